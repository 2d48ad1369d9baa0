"""Whose rows these are, what is only ever added, and that no payment pays for more than it was."""

from django.db import migrations

from youju.foundation.database.rows import guard

# Whoever works at the centre reads the register; finance and the sections write it.
READS = "({all} OR {sections} IS NOT NULL)"
WRITES = f"{READS} OR (SELECT youju_reach('writes')) = 'money'"
TABLES = (
    "assets_asset",
    "assets_funding",
    "assets_expensed",
    "assets_move",
    "assets_disposal",
    "assets_stocktake",
    "assets_item",
    "assets_run",
)
ADDED = ("assets_charge", "assets_count")
"""Tables that nobody changes or takes away from."""

SUMS = """
CREATE SEQUENCE assets_asset_number;
CREATE SEQUENCE assets_stocktake_number;

CREATE FUNCTION assets_within_payment() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  paid numeric;
  used numeric;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('assets payment ' || NEW.payment_id, 0));
  SELECT amount INTO paid FROM payments_payment WHERE id = NEW.payment_id;
  SELECT coalesce((SELECT sum(amount) FROM assets_funding WHERE payment_id = NEW.payment_id), 0)
       + coalesce((SELECT sum(amount) FROM assets_expensed WHERE payment_id = NEW.payment_id), 0) INTO used;
  IF used > paid THEN
    RAISE EXCEPTION 'assets of payment % make %, it was %', NEW.payment_id, used, paid USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER assets_funding_within AFTER INSERT OR UPDATE ON assets_funding
  FOR EACH ROW EXECUTE FUNCTION assets_within_payment();
CREATE TRIGGER assets_expensed_within AFTER INSERT OR UPDATE ON assets_expensed
  FOR EACH ROW EXECUTE FUNCTION assets_within_payment();
"""
NO_SUMS = """
DROP TRIGGER assets_expensed_within ON assets_expensed;
DROP TRIGGER assets_funding_within ON assets_funding;
DROP FUNCTION assets_within_payment();
DROP SEQUENCE assets_stocktake_number;
DROP SEQUENCE assets_asset_number;
"""


def _stays(table: str) -> migrations.RunSQL:
    """Rows of the table are added and stay as they are."""
    return migrations.RunSQL(
        [f"DROP POLICY {table}_changes ON {table}", f"DROP POLICY {table}_removes ON {table}"],
        [
            f"CREATE POLICY {table}_changes ON {table} FOR UPDATE USING (true)",
            f"CREATE POLICY {table}_removes ON {table} FOR DELETE USING (true)",
        ],
    )


class Migration(migrations.Migration):
    dependencies = [("assets", "0001_first"), ("payments", "0002_guards"), ("identity", "0004_reach")]

    operations = [
        migrations.RunSQL(SUMS, NO_SUMS),
        *(guard(table, READS, writes=WRITES) for table in (*TABLES, *ADDED)),
        *(_stays(table) for table in ADDED),
    ]
