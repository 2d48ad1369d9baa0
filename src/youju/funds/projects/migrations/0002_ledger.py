"""The ledger follows sources and adjustments (and payments, ``payments.0002``) by triggers alone; numbers for adjustments and batches.

Adjusting and asking may meet on one project: each locks the project's row of the ledger first (``projects_lock``), several in
the order of their ids. The functions run as the owner, and the application role may not write the ledger (its comment says so).
"""

from django.db import migrations

LEDGER = """
CREATE FUNCTION projects_open_ledger() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  INSERT INTO projects_ledger (project_id, initial, budget, reserved, paid) VALUES (NEW.id, 0, 0, 0, 0);
  RETURN NULL;
END $$;
CREATE TRIGGER projects_project_ledger AFTER INSERT ON projects_project FOR EACH ROW EXECUTE FUNCTION projects_open_ledger();

CREATE FUNCTION projects_follow_source() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP <> 'INSERT' THEN
    UPDATE projects_ledger SET initial = initial - OLD.amount, budget = budget - OLD.amount WHERE project_id = OLD.project_id;
  END IF;
  IF TG_OP <> 'DELETE' THEN
    UPDATE projects_ledger SET initial = initial + NEW.amount, budget = budget + NEW.amount WHERE project_id = NEW.project_id;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER projects_source_follows AFTER INSERT OR DELETE ON projects_source
  FOR EACH ROW EXECUTE FUNCTION projects_follow_source();

-- A correction changes both sides in one statement: in between, the budget could be less than what is spent.
CREATE FUNCTION projects_change_source() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF NEW.project_id <> OLD.project_id THEN
    RAISE EXCEPTION 'a source of money stays with its project' USING ERRCODE = 'check_violation';
  END IF;
  UPDATE projects_ledger SET initial = initial - OLD.amount + NEW.amount, budget = budget - OLD.amount + NEW.amount
  WHERE project_id = NEW.project_id;
  RETURN NULL;
END $$;
CREATE TRIGGER projects_source_changes AFTER UPDATE ON projects_source
  FOR EACH ROW EXECUTE FUNCTION projects_change_source();

CREATE FUNCTION projects_follow_adjustment() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP = 'DELETE' OR (TG_OP = 'UPDATE' AND OLD.state = 'approved') THEN
    RAISE EXCEPTION 'an approved adjustment stands: adjust again' USING ERRCODE = 'check_violation';
  END IF;
  IF TG_OP = 'UPDATE' AND (OLD.state IN ('refused', 'withdrawn') OR NEW.amount <> OLD.amount OR NEW.project_id <> OLD.project_id
                           OR NEW.source <> OLD.source) THEN
    RAISE EXCEPTION 'an adjustment is decided as it was proposed, and once' USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.state = 'approved' THEN
    UPDATE projects_ledger SET budget = budget + NEW.amount WHERE project_id = NEW.project_id;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER projects_adjustment_follows AFTER INSERT OR UPDATE ON projects_adjustment
  FOR EACH ROW EXECUTE FUNCTION projects_follow_adjustment();
CREATE TRIGGER projects_adjustment_stays AFTER DELETE ON projects_adjustment
  FOR EACH ROW WHEN (OLD.state = 'approved') EXECUTE FUNCTION projects_follow_adjustment();

CREATE FUNCTION projects_lock(a_projects bigint[]) RETURNS SETOF projects_ledger
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT * FROM projects_ledger WHERE project_id = ANY (a_projects) ORDER BY project_id FOR UPDATE
$$;

CREATE SEQUENCE projects_adjustment_number;
CREATE SEQUENCE projects_batch_number;
COMMENT ON TABLE projects_ledger IS 'youju: read-only for the application';
"""
NO_LEDGER = """
COMMENT ON TABLE projects_ledger IS NULL;
DROP SEQUENCE projects_batch_number;
DROP SEQUENCE projects_adjustment_number;
DROP FUNCTION projects_lock(bigint[]);
DROP TRIGGER projects_adjustment_stays ON projects_adjustment;
DROP TRIGGER projects_adjustment_follows ON projects_adjustment;
DROP FUNCTION projects_follow_adjustment();
DROP TRIGGER projects_source_changes ON projects_source;
DROP FUNCTION projects_change_source();
DROP TRIGGER projects_source_follows ON projects_source;
DROP FUNCTION projects_follow_source();
DROP TRIGGER projects_project_ledger ON projects_project;
DROP FUNCTION projects_open_ledger();
"""


class Migration(migrations.Migration):
    dependencies = [("projects", "0001_first")]

    operations = [migrations.RunSQL(LEDGER, NO_LEDGER)]
