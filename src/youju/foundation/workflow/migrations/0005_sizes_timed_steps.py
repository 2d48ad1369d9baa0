from django.db import migrations

TIMED = """
CREATE VIEW workflow_timed_steps WITH (security_invoker = true) AS
SELECT s.id AS step_id, c.label, c.flow::text AS flow, c.subject_key::text AS subject, s.transition::text AS step,
       (s.at AT TIME ZONE 'Asia/Shanghai')::date AS done_on, s.due_on, s.working_days::bigint AS working_days,
       s.within_limit AS within
FROM workflow_step s JOIN workflow_case c ON c.id = s.case_id WHERE s.due_on IS NOT NULL
"""


class Migration(migrations.Migration):
    dependencies = [("workflow", "0004_office_assigned")]

    operations = [migrations.RunSQL(TIMED, "DROP VIEW workflow_timed_steps")]
