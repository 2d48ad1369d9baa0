from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("workflow", "0002_names"),
    ]

    operations = [
        migrations.AddField(
            model_name="case",
            name="waits_at",
            field=ArrayField(
                base_field=models.CharField(max_length=16),
                blank=True,
                db_default=[],
                default=list,
                size=None,
                verbose_name="等待的单位",
            ),
        ),
    ]
