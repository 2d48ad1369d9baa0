"""What analytics reads of projects, and the log of its changes."""

from django.db import migrations

from youju.foundation.metrics.noting import note_changes

VIEWS = """
CREATE VIEW projects_budgets WITH (security_invoker = true) AS
SELECT p.id AS project_id, p.code::text AS project, make_date(p.year::int, 1, 1) AS year_start, l.budget::numeric(18, 2) AS budget
FROM projects_project p JOIN projects_ledger l ON l.project_id = p.id;

CREATE VIEW projects_plan_points WITH (security_invoker = true) AS
SELECT * FROM (
  SELECT q.id AS point_id, p.id AS project_id, p.code::text AS project,
         (make_date(p.year::int, q.month::int, 1) + interval '1 month - 1 day')::date AS month_end, q.amount::numeric(18, 2) AS planned
  FROM projects_planpoint q JOIN projects_project p ON p.id = q.project_id WHERE q.amount IS NOT NULL
) points WHERE month_end <= (now() AT TIME ZONE 'Asia/Shanghai')::date;

CREATE VIEW projects_closed_batches WITH (security_invoker = true) AS
SELECT b.id AS batch_id, b.number::text AS number, p.code::text AS project, b.closed_on
FROM projects_batch b JOIN projects_project p ON p.id = b.project_id WHERE b.state = 'closed';

CREATE FUNCTION projects_note_budget() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN PERFORM metrics_note('projects', NEW.project_id); RETURN NULL; END $$;
CREATE TRIGGER projects_ledger_noted AFTER INSERT OR UPDATE OF budget ON projects_ledger
  FOR EACH ROW EXECUTE FUNCTION projects_note_budget();
"""
NO_VIEWS = """
DROP TRIGGER projects_ledger_noted ON projects_ledger;
DROP FUNCTION projects_note_budget();
DROP VIEW projects_closed_batches;
DROP VIEW projects_plan_points;
DROP VIEW projects_budgets;
"""


class Migration(migrations.Migration):
    dependencies = [("projects", "0002_ledger"), ("metrics", "0001_first")]

    operations = [
        migrations.RunSQL(VIEWS, NO_VIEWS),
        note_changes("projects_planpoint", source="plans", when="{row}.amount IS NOT NULL"),
        note_changes("projects_batch", source="batches", when="{row}.state = 'closed'"),
    ]
