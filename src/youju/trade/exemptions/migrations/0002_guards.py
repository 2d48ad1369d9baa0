"""Whose rows, the views over released goods, totals that a trigger keeps."""

from django.db import migrations

from youju.foundation.database.rows import guard, taking_part
from youju.foundation.metrics.noting import note_changes

# The tax office reads all; it takes in filings and gives or takes back certificates, and writes nothing else of the trade.
TAX = "(SELECT youju_reach('writes')) = 'tax'"


def _or_tax(rows: str) -> str:
    return f"({rows} OR {TAX})"


LINES = """
CREATE VIEW exemptions_lines WITH (security_invoker = true) AS
SELECT r.line_id, r.declaration_id, r.declaration, r.entry_number, r.g_no, r.released_on,
       (r.released_on - extract(day FROM r.released_on)::int + 1) AS month,
       r.agent_id, r.merchant_id, m.mode, CASE m.mode WHEN 'agent' THEN r.agent_id ELSE r.merchant_id END AS filer_id,
       r.order_number, r.line_no, r.hs_code, r.name, r.currency, r.amount, r.value_cny
FROM declarations_released_lines r JOIN orders_exemption_modes m ON m.order_id = r.order_id
"""
# The ledger of settlement keeps a row for each merchant in a declared line: several source lines may share it.
BOARD = """
CREATE VIEW exemptions_board WITH (security_invoker = true) AS
SELECT r.*, f.filing_id, h.number::text AS filing_number, h.state::text AS filing_state, f.amount_cny AS filed_cny,
       c.certificate_id, i.invoiced, s.declared AS collectable, s.collected
FROM exemptions_lines r
LEFT JOIN exemptions_filingline f ON f.source_id = r.line_id AND f.live
LEFT JOIN exemptions_filing h ON h.id = f.filing_id
LEFT JOIN exemptions_certificateline c ON c.source_id = r.line_id AND c.live
LEFT JOIN settlement_lot s
  ON s.declaration_id = r.declaration_id AND s.g_no = r.g_no AND s.merchant_id = r.merchant_id AND s.live
LEFT JOIN LATERAL (
  SELECT sum(v.amount) AS invoiced FROM exemptions_invoice v
  WHERE v.order_number = r.order_number AND v.consignor_id = r.merchant_id
) i ON true
"""
DUES = """
CREATE VIEW exemptions_dues WITH (security_invoker = true) AS
SELECT f.id AS filing_id, f.number::text AS number, f.filer_id, f.consignor_id, f.mode::text AS mode, f.month, f.period_due,
       f.on_time, f.amount_cny
FROM exemptions_filing f WHERE f.on_time IS NOT NULL AND f.state <> 'replaced'
"""
TOTALS = [
    """CREATE FUNCTION exemptions_total() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
    BEGIN
      UPDATE exemptions_filing f SET lines_count = coalesce(t.lines, 0), amount_cny = coalesce(t.amount, 0)
      FROM (SELECT w.id, count(l.id) AS lines, sum(l.amount_cny) AS amount
            FROM (SELECT DISTINCT filing_id AS id FROM touched) w LEFT JOIN exemptions_filingline l ON l.filing_id = w.id
            GROUP BY w.id) t
      WHERE f.id = t.id;
      RETURN NULL;
    END $$""",
    """CREATE TRIGGER exemptions_line_added AFTER INSERT ON exemptions_filingline REFERENCING NEW TABLE AS touched
    FOR EACH STATEMENT EXECUTE FUNCTION exemptions_total()""",
    """CREATE TRIGGER exemptions_line_gone AFTER DELETE ON exemptions_filingline REFERENCING OLD TABLE AS touched
    FOR EACH STATEMENT EXECUTE FUNCTION exemptions_total()""",
]
NO_TOTALS = [
    "DROP TRIGGER exemptions_line_gone ON exemptions_filingline",
    "DROP TRIGGER exemptions_line_added ON exemptions_filingline",
    "DROP FUNCTION exemptions_total()",
]


class Migration(migrations.Migration):
    dependencies = [
        ("exemptions", "0001_first"),
        ("identity", "0004_reach"),
        ("metrics", "0001_first"),
        ("declarations", "0009_released_loads"),
        ("orders", "0011_exemptions_modes"),
        ("parties", "0011_exemptions_tax_ids"),
        ("settlement", "0003_rows"),
    ]

    operations = [
        *(
            guard(
                f"exemptions_{table}",
                taking_part(f"exemptions_{table}"),
                writes=_or_tax(taking_part(f"exemptions_{table}")),
            )
            for table in ("filing", "certificate")
        ),
        guard("exemptions_filingline", taking_part("exemptions_filing", through="filing_id")),
        guard(
            "exemptions_certificateline",
            taking_part("exemptions_certificate", through="certificate_id"),
            writes=_or_tax(taking_part("exemptions_certificate", through="certificate_id")),
        ),
        guard("exemptions_invoice", taking_part("exemptions_invoice")),
        guard("exemptions_quarterreport", taking_part("exemptions_quarterreport")),
        migrations.RunSQL(LINES, "DROP VIEW exemptions_lines"),
        migrations.RunSQL(BOARD, "DROP VIEW exemptions_board"),
        migrations.RunSQL(DUES, "DROP VIEW exemptions_dues"),
        migrations.RunSQL(TOTALS, NO_TOTALS),
        note_changes(
            "exemptions_filing",
            source="exemption_filings",
            when="{row}.on_time IS NOT NULL AND {row}.state <> 'replaced'",
        ),
    ]
