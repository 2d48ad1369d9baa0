"""Whose rows, and the views that metrics are computed over."""

from django.db import migrations

from youju.foundation.database.rows import guard
from youju.foundation.metrics.noting import note_changes

# Whoever works inside sees all tasks; an enterprise sees what it brought.
INSIDE = "({all} OR {sections} IS NOT NULL)"
# Finance and the performance officer write nothing of the trade, but tasks are their own work as well: where a row is not an
# enterprise's deed alone, whoever reads everything may write it as far as the database is concerned; permissions say who does.
WORKS = "({all} OR {sections} IS NOT NULL OR (SELECT youju_all('reads')))"
OF_TASK = "EXISTS (SELECT 1 FROM tasks_task t WHERE t.id = task_id)"

DUE = """
CREATE VIEW tasks_due WITH (security_invoker = true) AS
SELECT id AS task_id, number::text AS number, kind::text AS kind, '|' || array_to_string(tags, '|') || '|' AS tags,
       project::text AS project, section::text AS section, due_on, state = 'accepted' AS accepted,
       coalesce(accepted_on <= due_on, false) AS on_time
FROM tasks_task
WHERE cancelled_on IS NULL OR cancelled_on > due_on
"""
RECEIVED = """
CREATE VIEW tasks_received WITH (security_invoker = true) AS
SELECT t.id AS task_id, t.number::text AS number, t.kind::text AS kind, m.topic::text AS topic,
       '|' || array_to_string(t.tags, '|') || '|' AS tags, t.project::text AS project, t.received_on,
       t.state = 'accepted' AS closed, coalesce(t.accepted_on <= t.due_on, false) AS within_limit,
       t.state = 'accepted' AND m.outcome = 'met' AS met
FROM tasks_task t JOIN tasks_matter m ON m.task_id = t.id
WHERE t.cancelled_on IS NULL OR t.cancelled_on > t.due_on
"""


class Migration(migrations.Migration):
    dependencies = [("tasks", "0001_first"), ("identity", "0004_reach"), ("metrics", "0001_first")]

    operations = [
        guard(
            "tasks_task",
            f"({INSIDE} OR organisation = {{organisation}})",
            writes=f"({WORKS} OR organisation = {{organisation}})",
        ),
        guard("tasks_matter", f"({INSIDE} OR {OF_TASK})", writes=f"({WORKS} OR {OF_TASK})"),
        guard("tasks_mediation", f"({INSIDE} OR (shown AND {OF_TASK}))", writes=WORKS),
        guard("tasks_reminder", INSIDE, writes=WORKS),
        migrations.RunSQL(DUE, "DROP VIEW tasks_due"),
        migrations.RunSQL(RECEIVED, "DROP VIEW tasks_received"),
        note_changes("tasks_task", source="tasks", when="{row}.id IS NOT NULL"),
    ]
