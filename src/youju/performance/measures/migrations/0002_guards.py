"""What never changes: a freezing and its rows; what a person signed, and who."""

from django.db import migrations

KEPT = """
CREATE FUNCTION measures_guard_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a freezing of measures stands as it was made' USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER measures_freeze_guarded BEFORE UPDATE OR DELETE ON measures_freeze
  FOR EACH ROW EXECUTE FUNCTION measures_guard_kept();
CREATE TRIGGER measures_frozenrow_guarded BEFORE UPDATE OR DELETE ON measures_frozenrow
  FOR EACH ROW EXECUTE FUNCTION measures_guard_kept();

CREATE FUNCTION measures_guard_signed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE'
     OR (NEW.unit_key, NEW.fiscal_year, NEW.project, NEW.row, NEW.name_hash, NEW.until, NEW.value, NEW.tier, NEW.tier_rate, NEW.text,
         NEW.evidence, NEW.signed_by, NEW.signed_at)
     IS DISTINCT FROM (OLD.unit_key, OLD.fiscal_year, OLD.project, OLD.row, OLD.name_hash, OLD.until, OLD.value, OLD.tier,
         OLD.tier_rate, OLD.text, OLD.evidence, OLD.signed_by, OLD.signed_at) THEN
    RAISE EXCEPTION 'what was signed stands as it was signed' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER measures_attestation_guarded BEFORE UPDATE OR DELETE ON measures_attestation
  FOR EACH ROW EXECUTE FUNCTION measures_guard_signed();
CREATE TRIGGER measures_adjustment_guarded BEFORE UPDATE OR DELETE ON measures_adjustment
  FOR EACH ROW EXECUTE FUNCTION measures_guard_signed();

CREATE FUNCTION measures_guard_binding() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR (OLD.state NOT IN ('draft') AND
     (NEW.unit_key, NEW.fiscal_year, NEW.project, NEW.row, NEW.name_hash, NEW.basis, NEW.metric, NEW.parameters, NEW.reading,
      NEW.version, NEW.confirmed_by, NEW.confirmed_at)
     IS DISTINCT FROM (OLD.unit_key, OLD.fiscal_year, OLD.project, OLD.row, OLD.name_hash, OLD.basis, OLD.metric, OLD.parameters,
      OLD.reading, OLD.version, OLD.confirmed_by, OLD.confirmed_at)) THEN
    RAISE EXCEPTION 'binding % stands as it was confirmed', OLD.id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER measures_binding_guarded BEFORE UPDATE OR DELETE ON measures_binding
  FOR EACH ROW EXECUTE FUNCTION measures_guard_binding();
"""
GONE = """
DROP TRIGGER measures_binding_guarded ON measures_binding;
DROP FUNCTION measures_guard_binding();
DROP TRIGGER measures_adjustment_guarded ON measures_adjustment;
DROP TRIGGER measures_attestation_guarded ON measures_attestation;
DROP FUNCTION measures_guard_signed();
DROP TRIGGER measures_frozenrow_guarded ON measures_frozenrow;
DROP TRIGGER measures_freeze_guarded ON measures_freeze;
DROP FUNCTION measures_guard_kept();
"""


class Migration(migrations.Migration):
    dependencies = [("measures", "0001_first")]

    operations = [migrations.RunSQL(KEPT, GONE)]
