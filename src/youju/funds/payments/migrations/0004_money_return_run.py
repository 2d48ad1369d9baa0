from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("payments", "0003_measured")]

    operations = [
        migrations.AddField(
            model_name="bankreturn",
            name="run",
            field=models.UUIDField(blank=True, null=True, verbose_name="后台任务"),
        ),
        migrations.AddField(
            model_name="bankreturn",
            name="done",
            field=models.BooleanField(db_default=True, default=True, verbose_name="已全部入账"),
        ),
    ]
