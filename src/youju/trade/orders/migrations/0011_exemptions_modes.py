from django.db import migrations

# Who files the exemption of an order's goods, for the views of the exemptions room. In the asker's reach.
MODES = """
CREATE VIEW orders_exemption_modes WITH (security_invoker = true) AS
SELECT o.id AS order_id, o.exemption_mode::text AS mode FROM orders_order o
"""


class Migration(migrations.Migration):
    dependencies = [("orders", "0010_ordersp_hot")]

    operations = [migrations.RunSQL(MODES, "DROP VIEW orders_exemption_modes")]
