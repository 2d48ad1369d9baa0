from django.db import migrations

# The lines of sales that count, in dollars at the customs rates of their month, in the asker's reach: what the risk scan reads.
LINES = """
CREATE VIEW orders_scanned_lines WITH (security_invoker = true) AS
SELECT l.id AS order_line_id, o.number::text AS order_number, l.line_no, o.ordered_on, o.merchant_id, o.agent_id, o.buyer_id,
       l.hs_code::text AS hs_code, l.name::text AS name, trim(l.model || ' ' || l.name_en) AS words, l.brand::text AS brand,
       coalesce(g.brand_kind, 'none') AS brand_kind, g.authorised_until, l.unit::text AS unit, l.quantity,
       CASE WHEN o.currency = 'USD' THEN l.amount ELSE round(l.amount * o.rate / u.rate, 2) END AS usd,
       l.net_weight, l.gross_weight, l.volume
FROM orders_order o JOIN orders_orderline l ON l.order_id = o.id
LEFT JOIN goods_brands g ON g.good_id = l.good_id
LEFT JOIN orders_rate u ON u.month = o.rate_month AND u.currency = 'USD'
WHERE o.kind = 'sale' AND o.state IN ('registered', 'confirmed') AND (o.currency = 'USD' OR u.rate IS NOT NULL)
"""


class Migration(migrations.Migration):
    dependencies = [("orders", "0011_exemptions_modes"), ("goods", "0011_risk_scanned")]

    operations = [migrations.RunSQL(LINES, "DROP VIEW orders_scanned_lines")]
