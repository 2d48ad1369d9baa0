from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("workflow", "0003_agree_waits_at")]

    operations = [
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("finished_at__isnull", True)),
                fields=["assigned_to", "waiting_for", "due_on"],
                name="workflow_case_assigned",
            ),
        ),
    ]
