from django.db import migrations, models

from youju.foundation.metrics.noting import note_changes

# As rules.trade.declarations.money shares it out: each part gets what the running total gains.
SHARE_OUT = """
UPDATE declarations_sourceline s SET amount_cny = shared.share FROM (
  SELECT s.id, round(sum(s.amount) OVER w * d.rate, 2) - round((sum(s.amount) OVER w - s.amount) * d.rate, 2) AS share
  FROM declarations_sourceline s
  JOIN declarations_declaredline l ON l.id = s.line_id JOIN declarations_declaration d ON d.id = l.declaration_id
  WINDOW w AS (PARTITION BY d.id ORDER BY s.id)
) shared WHERE shared.id = s.id
"""
DAY = "(d.released_at AT TIME ZONE 'Asia/Shanghai')::date"
VIEWS = f"""
CREATE INDEX declarations_released_on ON declarations_declaration
  (((released_at AT TIME ZONE 'Asia/Shanghai')::date)) WHERE state IN ('released', 'exported');

CREATE VIEW declarations_released_heads WITH (security_invoker = true) AS
SELECT d.id AS declaration_id, d.number || '-' || d.version AS declaration, d.entry_number::text AS entry_number,
       {DAY} AS released_on, d.declared_on, d.agent_id, d.country::text AS country, d.port::text AS port,
       d.transport_mode::text AS transport_mode, d.paperless, d.currency::text AS currency, d.amount,
       d.amount_cny AS value_cny, d.net_weight, d.gross_weight, d.packages::bigint AS packages
FROM declarations_declaration d WHERE d.state IN ('released', 'exported');

CREATE VIEW declarations_released_lines WITH (security_invoker = true) AS
SELECT s.id AS line_id, d.declaration_id, d.declaration, d.entry_number, l.g_no::bigint AS g_no, d.released_on,
       d.declared_on, d.agent_id, s.merchant_id, o.buyer_id, o.good_id, o.order_id, o.order_number::text AS order_number,
       o.line_no::bigint AS line_no, d.country, d.port, d.transport_mode, l.hs_code::text AS hs_code,
       l.chapter::text AS chapter, l.name::text AS name, l.unit::text AS unit, s.quantity, d.currency, s.amount,
       s.amount_cny AS value_cny, s.net_weight, s.gross_weight, s.packages::bigint AS packages
FROM declarations_sourceline s
JOIN declarations_declaredline l ON l.id = s.line_id
JOIN declarations_released_heads d ON d.declaration_id = l.declaration_id
JOIN orders_line_origins o ON o.order_line_id = s.order_line_id
WHERE s.live;
"""
GONE = """
DROP VIEW declarations_released_lines; DROP VIEW declarations_released_heads; DROP INDEX declarations_released_on
"""


class Migration(migrations.Migration):
    dependencies = [
        ("declarations", "0006_webhooks_announced"),
        ("orders", "0007_line_origins"),
        ("metrics", "0001_first"),
    ]

    operations = [
        migrations.AddField(
            "sourceline",
            "amount_cny",
            models.DecimalField("折人民币", max_digits=16, decimal_places=2, default=0),
            preserve_default=False,
        ),
        migrations.RunSQL(SHARE_OUT, migrations.RunSQL.noop),
        migrations.RunSQL(VIEWS, GONE),
        note_changes(
            "declarations_declaration", source="declarations", when="{row}.state IN ('released', 'exported')"
        ),
    ]
