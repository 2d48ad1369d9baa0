from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("packing", "0002_rows")]

    operations = [
        migrations.RunSQL(
            "CREATE SEQUENCE packing_consolidation_number; CREATE SEQUENCE packing_packing_number",
            "DROP SEQUENCE packing_packing_number; DROP SEQUENCE packing_consolidation_number",
        )
    ]
