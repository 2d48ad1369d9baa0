"""What analytics reads of payments, and the log of its changes."""

from django.db import migrations

from youju.foundation.metrics.noting import note_changes

VIEWS = """
CREATE VIEW payments_paid WITH (security_invoker = true) AS
SELECT m.id AS payment_id, m.number::text AS number, p.code::text AS project, m.paid_on, m.due_on, m.amount::numeric(18, 2) AS amount,
       ',' || array_to_string(m.tags, ',') || ',' AS tags,
       EXISTS (SELECT 1 FROM payments_auditfinding f WHERE f.payment_id = m.id AND f.is_open) AS finding,
       m.outcome = 'accepted' AS verified
FROM payments_payment m JOIN projects_project p ON p.id = m.project_id WHERE m.state = 'paid';

CREATE VIEW payments_due WITH (security_invoker = true) AS
SELECT m.id AS payment_id, m.number::text AS number, p.code::text AS project, m.due_on,
       coalesce(m.paid_on <= m.due_on, false) AS on_time, m.amount::numeric(18, 2) AS amount,
       ',' || array_to_string(m.tags, ',') || ',' AS tags
FROM payments_payment m JOIN projects_project p ON p.id = m.project_id
WHERE m.state NOT IN ('draft', 'rejected', 'cancelled')
  AND (m.state = 'paid' OR m.due_on < (now() AT TIME ZONE 'Asia/Shanghai')::date);

CREATE FUNCTION payments_note_finding() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN PERFORM metrics_note('payments', coalesce(NEW.payment_id, OLD.payment_id)); RETURN NULL; END $$;
CREATE TRIGGER payments_auditfinding_noted AFTER INSERT OR UPDATE OR DELETE ON payments_auditfinding
  FOR EACH ROW EXECUTE FUNCTION payments_note_finding();
"""
NO_VIEWS = """
DROP TRIGGER payments_auditfinding_noted ON payments_auditfinding;
DROP FUNCTION payments_note_finding();
DROP VIEW payments_due;
DROP VIEW payments_paid;
"""


class Migration(migrations.Migration):
    dependencies = [("payments", "0002_guards"), ("projects", "0003_measured"), ("metrics", "0001_first")]

    operations = [
        migrations.RunSQL(VIEWS, NO_VIEWS),
        note_changes(
            "payments_payment",
            source="payments",
            when="{row}.state NOT IN ('draft', 'rejected', 'cancelled')",
            columns="state, due_on, paid_on, outcome",
        ),
    ]
