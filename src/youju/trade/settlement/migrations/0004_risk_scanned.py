from django.db import migrations

# What came for declarations, in dollars at the customs rates of its month, less what was taken back: what the risk scan reads.
RECEIPTS = """
CREATE VIEW settlement_scanned_receipts WITH (security_invoker = true) AS
SELECT l.number::text AS declaration, m.day AS received_on,
       round((CASE m.kind WHEN 'match' THEN 1 ELSE -1 END) * m.money_cny / u.rate, 2) AS usd,
       coalesce(taken.payer, m.payer) <> 'unlike' AS from_buyer
FROM settlement_movement m JOIN settlement_lot l ON l.id = m.lot_id
LEFT JOIN settlement_movement taken ON taken.id = m.of_id
JOIN LATERAL (
  SELECT rate FROM orders_rate WHERE currency = 'USD' AND month <= m.day ORDER BY month DESC LIMIT 1
) u ON true
"""


class Migration(migrations.Migration):
    dependencies = [("settlement", "0003_rows"), ("orders", "0012_risk_scanned")]

    operations = [migrations.RunSQL(RECEIPTS, "DROP VIEW settlement_scanned_receipts")]
