"""The view that the metric is computed over, and the notes that keep the lake current."""

from django.db import migrations

from youju.foundation.metrics.noting import note_changes

CURRENT = """
CREATE VIEW staff_current WITH (security_invoker = true) AS
SELECT id AS line_id, to_char(month, 'YYYY-MM') || ' ' || person AS number, month, section::text AS section,
       contract::text AS contract, project::text AS project, due_on, due, paid, paid_on, on_payroll
FROM staff_staffline WHERE current
"""


class Migration(migrations.Migration):
    dependencies = [("staff", "0001_first"), ("metrics", "0001_first")]

    operations = [
        migrations.RunSQL(CURRENT, "DROP VIEW staff_current"),
        note_changes("staff_staffline", source="staff_lines", when="{row}.current"),
    ]
