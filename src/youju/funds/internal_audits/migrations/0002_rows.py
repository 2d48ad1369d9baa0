"""Whose rows they are, and what never changes: a sample as it was drawn."""

from django.db import migrations

from youju.foundation.database.rows import guard

# Whoever works inside reads; the auditor and the head write, the responsible section answers for its findings.
INSIDE = "({all} OR {sections} IS NOT NULL)"
AUDITS = "({all} OR (SELECT youju_reach('writes')) = 'audit')"
# Finance is the section CW whatever sections its accounts name.
ANSWERS = (
    "({all} OR (SELECT youju_reach('writes')) = 'audit' OR {sections} @> ARRAY[section::text]"
    " OR (section = 'CW' AND (SELECT youju_reach('writes')) = 'money'))"
)
OF_FINDING = (
    "({all} OR (SELECT youju_reach('writes')) = 'audit' OR EXISTS (SELECT 1 FROM internal_audits_finding f"
    " WHERE f.id = finding_id AND ({sections} @> ARRAY[f.section::text]"
    " OR (f.section = 'CW' AND (SELECT youju_reach('writes')) = 'money'))))"
)
KEPT = """
CREATE FUNCTION internal_audits_guard_sample() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'sample % stands as it was drawn', OLD.number USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER internal_audits_sample_guarded BEFORE UPDATE OR DELETE ON internal_audits_sample
  FOR EACH ROW EXECUTE FUNCTION internal_audits_guard_sample();

CREATE FUNCTION internal_audits_guard_item() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR (NEW.sample_id, NEW.place, NEW.stratum, NEW.number, NEW.subject_kind, NEW.subject_key, NEW.amount)
     IS DISTINCT FROM (OLD.sample_id, OLD.place, OLD.stratum, OLD.number, OLD.subject_kind, OLD.subject_key, OLD.amount) THEN
    RAISE EXCEPTION 'item % of a sample stands as it was drawn', OLD.place USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER internal_audits_item_guarded BEFORE UPDATE OR DELETE ON internal_audits_sampleitem
  FOR EACH ROW EXECUTE FUNCTION internal_audits_guard_item();

-- A section answers for a finding: what was found, where and until when stays the auditor's.
CREATE FUNCTION internal_audits_guard_finding() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF youju_reach('writes') NOT IN ('all', 'audit')
     AND (NEW.number, NEW.title, NEW.description, NEW.category, NEW.seriousness, NEW.basis, NEW.amount, NEW.subject_kind,
          NEW.subject_key, NEW.record_amount, NEW.section, NEW.found_on, NEW.noticed_on, NEW.due_on, NEW.verified_by,
          NEW.closed_on, NEW.reopened)
     IS DISTINCT FROM (OLD.number, OLD.title, OLD.description, OLD.category, OLD.seriousness, OLD.basis, OLD.amount,
          OLD.subject_kind, OLD.subject_key, OLD.record_amount, OLD.section, OLD.found_on, OLD.noticed_on, OLD.due_on,
          OLD.verified_by, OLD.closed_on, OLD.reopened) THEN
    RAISE EXCEPTION 'finding % is the auditor''s to change', OLD.number USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER internal_audits_finding_guarded BEFORE UPDATE ON internal_audits_finding
  FOR EACH ROW EXECUTE FUNCTION internal_audits_guard_finding();
"""
GONE = """
DROP TRIGGER internal_audits_finding_guarded ON internal_audits_finding;
DROP FUNCTION internal_audits_guard_finding();
DROP TRIGGER internal_audits_item_guarded ON internal_audits_sampleitem;
DROP FUNCTION internal_audits_guard_item();
DROP TRIGGER internal_audits_sample_guarded ON internal_audits_sample;
DROP FUNCTION internal_audits_guard_sample();
"""


def only(table: str, writes: str, *, others: str, word: str) -> migrations.RunSQL:
    """A guard whose one policy (``adds`` or ``changes``) lets more people in than the others."""
    usual, wide = guard(table, INSIDE, writes=others), guard(table, INSIDE, writes=writes)
    named = f"CREATE POLICY {table}_{word}"
    made = [b if b.startswith(named) else a for a, b in zip(usual.sql, wide.sql, strict=True)]
    return migrations.RunSQL(made, usual.reverse_sql)


class Migration(migrations.Migration):
    dependencies = [("internal_audits", "0001_first"), ("identity", "0004_reach")]

    operations = [
        *(
            guard(f"internal_audits_{table}", INSIDE, writes=AUDITS)
            for table in ("plan", "planitem", "engagement", "sample", "sampleitem", "reminder", "series")
        ),
        only("internal_audits_finding", ANSWERS, others=AUDITS, word="changes"),
        only("internal_audits_reply", OF_FINDING, others=AUDITS, word="adds"),
        migrations.RunSQL(KEPT, GONE),
    ]
