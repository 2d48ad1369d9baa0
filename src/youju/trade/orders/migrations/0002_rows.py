from django.db import migrations

from youju.foundation.database.rows import guard, taking_part


class Migration(migrations.Migration):
    dependencies = [("orders", "0001_first"), ("parties", "0002_rows")]

    operations = [
        guard("orders_order", taking_part("orders_order")),
        guard("orders_orderline", taking_part("orders_order", through="order_id")),
        guard("orders_orderfinding", taking_part("orders_order", through="order_id")),
    ]
