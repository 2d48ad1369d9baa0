from django.db import migrations

from youju.foundation.webhooks.announcing import announce


class Migration(migrations.Migration):
    dependencies = [("packing", "0003_packing_series"), ("webhooks", "0001_first")]

    operations = [
        announce("packing_consolidation", kind="packing.consolidation"),
        announce("packing_packing", kind="packing.packing"),
    ]
