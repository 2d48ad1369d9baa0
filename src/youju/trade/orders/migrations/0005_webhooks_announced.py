from django.db import migrations

from youju.foundation.webhooks.announcing import announce


class Migration(migrations.Migration):
    dependencies = [("orders", "0004_ordersweb_drafts"), ("webhooks", "0001_first")]

    operations = [
        announce("orders_order", kind="orders.order"),
    ]
