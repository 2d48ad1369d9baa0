from django.db import migrations

from youju.foundation.database.rows import guard, taking_part

# Who takes part in the order may take from its balance; who takes part in a consolidation or packing reaches its lines.
OF_ORDER_LINE = "{all} OR EXISTS (SELECT 1 FROM orders_orderline l WHERE l.id = order_line_id AND " + (
    taking_part("orders_order", through="l.order_id") + ")"
)
OF_CONTAINER = "{all} OR EXISTS (SELECT 1 FROM packing_container c WHERE c.id = container_id AND " + (
    taking_part("packing_packing", through="c.packing_id") + ")"
)


class Migration(migrations.Migration):
    dependencies = [("packing", "0001_first"), ("orders", "0002_rows")]

    operations = [
        guard("packing_balance", OF_ORDER_LINE),
        guard("packing_consolidation", taking_part("packing_consolidation")),
        guard("packing_consolidatedline", taking_part("packing_consolidation", through="consolidation_id")),
        guard("packing_packing", taking_part("packing_packing")),
        guard("packing_container", taking_part("packing_packing", through="packing_id")),
        guard("packing_packedline", OF_CONTAINER),
    ]
