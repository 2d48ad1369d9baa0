"""What other rooms and analytics read of the ledger: what was collected, line by line and movement by movement."""

from django.db import migrations

from youju.foundation.metrics.noting import note_changes

# What a merchant collected for a declared line, for rooms above (their views join this one, not the ledger's table).
COLLECTED = """
CREATE VIEW settlement_collected WITH (security_invoker = true) AS
SELECT l.id AS lot_id, l.declaration_id, l.g_no, l.merchant_id, l.declared, l.collected
FROM settlement_lot l WHERE l.live
"""
# A write-off adds, an undoing or a refund takes away, in CNY at the rate of the receipt's day.
MOVED = """
CREATE VIEW settlement_moved WITH (security_invoker = true) AS
SELECT m.id AS movement_id, m.lot_id, l.declaration_id, l.number || '-' || l.version AS declaration,
       l.entry_number::text AS entry_number, l.g_no::bigint AS g_no, l.merchant_id, l.agent_id, m.kind::text AS kind, m.day AS moved_on,
       l.currency::text AS currency, CASE m.kind WHEN 'match' THEN m.amount ELSE -m.amount END AS amount,
       CASE m.kind WHEN 'match' THEN m.money_cny ELSE -m.money_cny END AS collected_cny
FROM settlement_movement m JOIN settlement_lot l ON l.id = m.lot_id
"""
# Both sides at the customs rate of the declaration, so that a moving rate makes no share; the two add up to the line's value.
LINES = """
CREATE VIEW settlement_lines WITH (security_invoker = true) AS
SELECT t.lot_id, t.declaration_id, t.declaration, t.entry_number, t.g_no, t.merchant_id, t.agent_id, t.released_on, t.currency,
       t.declared, t.collected, t.value_cny, t.part_cny AS collected_cny, t.value_cny - t.part_cny AS open_cny
FROM (SELECT l.id AS lot_id, l.declaration_id, l.number || '-' || l.version AS declaration, l.entry_number::text AS entry_number,
             l.g_no::bigint AS g_no, l.merchant_id, l.agent_id, l.released_on, l.currency::text AS currency, l.declared, l.collected,
             l.value_cny, CASE WHEN l.collected = l.declared THEN l.value_cny ELSE least(round(l.collected * l.rate, 2), l.value_cny) END
               AS part_cny
      FROM settlement_lot l WHERE l.live) t
"""
# A reservation changes a line too, but nothing that analytics shows.
NOTED = [
    """CREATE FUNCTION settlement_note_line() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
    BEGIN PERFORM metrics_note('settlement_lines', NEW.id); RETURN NULL; END $$""",
    """CREATE TRIGGER settlement_lot_noted_new AFTER INSERT ON settlement_lot
    FOR EACH ROW EXECUTE FUNCTION settlement_note_line()""",
    """CREATE TRIGGER settlement_lot_noted AFTER UPDATE ON settlement_lot FOR EACH ROW
    WHEN ((OLD.declared, OLD.collected, OLD.live, OLD.entry_number) IS DISTINCT FROM (NEW.declared, NEW.collected, NEW.live, NEW.entry_number))
    EXECUTE FUNCTION settlement_note_line()""",
]
UNNOTED = [
    "DROP TRIGGER settlement_lot_noted ON settlement_lot",
    "DROP TRIGGER settlement_lot_noted_new ON settlement_lot",
    "DROP FUNCTION settlement_note_line()",
]


class Migration(migrations.Migration):
    dependencies = [("settlement", "0004_risk_scanned"), ("metrics", "0001_first")]

    operations = [
        migrations.RunSQL(COLLECTED, "DROP VIEW settlement_collected"),
        migrations.RunSQL(MOVED, "DROP VIEW settlement_moved"),
        migrations.RunSQL(LINES, "DROP VIEW settlement_lines"),
        note_changes("settlement_movement", source="settlement_moved", when="{row}.lot_id IS NOT NULL"),
        migrations.RunSQL(NOTED, UNNOTED),
    ]
