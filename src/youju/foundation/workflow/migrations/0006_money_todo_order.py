from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("workflow", "0005_sizes_timed_steps")]

    operations = [
        # What waits for a permission and a person (or nobody), in the order of the to-do list. It begins like the index of
        # 0004, which it replaces.
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("finished_at__isnull", True)),
                fields=["assigned_to", "waiting_for", "due_on", "entered_at", "id"],
                name="workflow_case_waiting_first",
            ),
        ),
        migrations.RemoveIndex(model_name="case", name="workflow_case_assigned"),
    ]
