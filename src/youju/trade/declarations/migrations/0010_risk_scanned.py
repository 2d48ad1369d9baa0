from django.db import migrations

# Declarations that count with their lines and what stands in them, in the asker's reach: what the risk scan reads. Dollars at the
# customs rates of the month of declaring.
VIEWS = """
CREATE VIEW declarations_scanned_heads WITH (security_invoker = true) AS
SELECT d.id AS declaration_id, d.number::text AS declaration, d.entry_number::text AS entry_number, d.declared_on,
       (d.released_at AT TIME ZONE 'Asia/Shanghai')::date AS released_on, d.agent_id, p.number::text AS packing, d.currency,
       CASE WHEN d.currency = 'USD' THEN d.amount ELSE round(d.amount_cny / u.rate, 2) END AS usd,
       CASE WHEN d.currency = 'USD' THEN 1 ELSE d.rate / u.rate END AS to_usd
FROM declarations_declaration d JOIN packing_packing p ON p.id = d.packing_id
LEFT JOIN orders_rate u ON u.month = date_trunc('month', d.declared_on)::date AND u.currency = 'USD'
WHERE d.state NOT IN ('rejected', 'withdrawn') AND (d.currency = 'USD' OR u.rate IS NOT NULL);

CREATE VIEW declarations_scanned_lines WITH (security_invoker = true) AS
SELECT l.declaration_id, l.g_no, l.merged, l.amount, l.net_weight, h.declared_on
FROM declarations_declaredline l JOIN declarations_scanned_heads h ON h.declaration_id = l.declaration_id;

CREATE VIEW declarations_scanned_shares WITH (security_invoker = true) AS
SELECT l.declaration_id, l.g_no, s.order_line_id, s.quantity, s.amount, round(s.amount * h.to_usd, 2) AS usd, s.net_weight,
       h.declared_on
FROM declarations_sourceline s JOIN declarations_declaredline l ON l.id = s.line_id
JOIN declarations_scanned_heads h ON h.declaration_id = l.declaration_id
WHERE s.live
"""
GONE = """
DROP VIEW declarations_scanned_shares; DROP VIEW declarations_scanned_lines; DROP VIEW declarations_scanned_heads
"""


class Migration(migrations.Migration):
    dependencies = [
        ("declarations", "0009_released_loads"),
        ("orders", "0012_risk_scanned"),
        ("packing", "0007_risk_scanned"),
    ]

    operations = [migrations.RunSQL(VIEWS, GONE)]
