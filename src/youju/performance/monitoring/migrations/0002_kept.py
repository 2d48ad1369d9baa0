"""What never changes: the figures of a round as they were frozen, and what was replied."""

from django.db import migrations

KEPT = """
CREATE FUNCTION monitoring_guard_project() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.round_id, NEW.place, NEW.code, NEW.name, NEW.funds_id, NEW.initial, NEW.budget, NEW.executed, NEW.rate,
      NEW.forecast, NEW.method, NEW.colour, NEW.reached, NEW.targets_colour)
     IS DISTINCT FROM (OLD.round_id, OLD.place, OLD.code, OLD.name, OLD.funds_id, OLD.initial, OLD.budget, OLD.executed,
      OLD.rate, OLD.forecast, OLD.method, OLD.colour, OLD.reached, OLD.targets_colour) THEN
    RAISE EXCEPTION 'project % of a round stands as it was frozen', OLD.code USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER monitoring_project_guarded BEFORE UPDATE ON monitoring_monitoredproject
  FOR EACH ROW EXECUTE FUNCTION monitoring_guard_project();

CREATE FUNCTION monitoring_guard_row() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.project_id, NEW.place, NEW.level1, NEW.level2, NEW.level3, NEW.raw_value, NEW.operator, NEW.number, NEW.unit,
      NEW.kind, NEW.basis, NEW.metric, NEW.parameters, NEW.value, NEW.shown, NEW.tier, NEW.tier_rate, NEW.degree,
      NEW.forecast, NEW.method, NEW.share, NEW.colour, NEW.suggested, NEW.why)
     IS DISTINCT FROM (OLD.project_id, OLD.place, OLD.level1, OLD.level2, OLD.level3, OLD.raw_value, OLD.operator,
      OLD.number, OLD.unit, OLD.kind, OLD.basis, OLD.metric, OLD.parameters, OLD.value, OLD.shown, OLD.tier,
      OLD.tier_rate, OLD.degree, OLD.forecast, OLD.method, OLD.share, OLD.colour, OLD.suggested, OLD.why) THEN
    RAISE EXCEPTION 'row % of a round stands as it was frozen', OLD.place USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER monitoring_row_guarded BEFORE UPDATE ON monitoring_monitoredrow
  FOR EACH ROW EXECUTE FUNCTION monitoring_guard_row();

CREATE FUNCTION monitoring_guard_reply() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a reply stays as it was given' USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER monitoring_reply_guarded BEFORE UPDATE OR DELETE ON monitoring_reply
  FOR EACH ROW EXECUTE FUNCTION monitoring_guard_reply();
"""
GONE = """
DROP TRIGGER monitoring_reply_guarded ON monitoring_reply;
DROP FUNCTION monitoring_guard_reply();
DROP TRIGGER monitoring_row_guarded ON monitoring_monitoredrow;
DROP FUNCTION monitoring_guard_row();
DROP TRIGGER monitoring_project_guarded ON monitoring_monitoredproject;
DROP FUNCTION monitoring_guard_project();
"""


class Migration(migrations.Migration):
    dependencies = [("monitoring", "0001_first")]

    operations = [migrations.RunSQL(KEPT, GONE)]
