from django.db import migrations

# What later rooms' views show of an order line: where it came from, who bought it, which item it was. In the asker's reach.
ORIGINS = """
CREATE VIEW orders_line_origins WITH (security_invoker = true) AS
SELECT l.id AS order_line_id, o.id AS order_id, o.number AS order_number, l.line_no, l.good_id, o.buyer_id
FROM orders_orderline l JOIN orders_order o ON o.id = l.order_id
"""


class Migration(migrations.Migration):
    dependencies = [("orders", "0006_webhooks_around")]

    operations = [migrations.RunSQL(ORIGINS, "DROP VIEW orders_line_origins")]
