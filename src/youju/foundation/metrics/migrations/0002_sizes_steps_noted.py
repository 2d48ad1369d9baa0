from django.db import migrations

from youju.foundation.metrics.noting import note_changes


class Migration(migrations.Migration):
    dependencies = [("metrics", "0001_first"), ("workflow", "0005_sizes_timed_steps")]

    operations = [note_changes("workflow_step", source="steps", when="{row}.due_on IS NOT NULL")]
