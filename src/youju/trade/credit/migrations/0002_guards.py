"""Whose scores, pleas and certificates these are; what is only ever added; the series of numbers."""

from django.db import migrations

from youju.foundation.database.rows import guard

# A party sees its own, staff those of their sections; scores and decisions are written by the room for all at once.
OWN = (
    "{all} OR organisation_id = {organisation} OR (cardinality(sections) = 0 AND {sections} IS NOT NULL)"
    " OR sections::text[] && {sections}"
)
SEQUENCES = "CREATE SEQUENCE credit_plea_number; CREATE SEQUENCE credit_list_number;"
NO_SEQUENCES = "DROP SEQUENCE credit_list_number; DROP SEQUENCE credit_plea_number;"
# What scored somebody stays: only whether it is the one that counts may change.
KEPT = """
CREATE FUNCTION credit_score_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (to_jsonb(NEW) - 'current') IS DISTINCT FROM (to_jsonb(OLD) - 'current') THEN
    RAISE EXCEPTION 'score % stays as it was made', OLD.id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER credit_score_stays BEFORE UPDATE ON credit_score FOR EACH ROW EXECUTE FUNCTION credit_score_stays();
"""
NOT_KEPT = "DROP TRIGGER credit_score_stays ON credit_score; DROP FUNCTION credit_score_stays();"


class Migration(migrations.Migration):
    dependencies = [("credit", "0001_first"), ("identity", "0004_reach")]

    operations = [
        migrations.RunSQL(SEQUENCES, NO_SEQUENCES),
        migrations.RunSQL(KEPT, NOT_KEPT),
        guard("credit_score", OWN, writes="{all}"),
        guard("credit_setaside", OWN, writes="{all}"),
        guard("credit_plea", OWN),
        guard("credit_certificate", OWN),
    ]
