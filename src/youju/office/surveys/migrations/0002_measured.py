"""The view that satisfaction is computed over; the box is emptied for good soon after a survey is closed."""

from django.db import migrations

from youju.foundation.metrics.noting import note_changes

# A survey stands on the last day of the period that it asks about; over all channels only.
ANSWERS = """
CREATE VIEW surveys_answers WITH (security_invoker = true) AS
SELECT t.id AS tally_id, s.id AS survey_id, s.number::text AS number, s.title::text AS title, s.project::text AS project,
       t.tag::text AS tag, trim_scale(t.score)::text AS level, t.answers::bigint AS answers,
       (make_date(s.year, CASE s.quarter WHEN 0 THEN 12 ELSE s.quarter * 3 END, 1) + interval '1 month - 1 day')::date AS period_end
FROM surveys_tally t JOIN surveys_survey s ON s.id = t.survey_id
WHERE t.channel_id IS NULL AND s.state = 'closed'
"""
# What was deleted from these two is swept from the disk within a minute, not when a fifth of the table is dead.
SWEPT = [
    f"ALTER TABLE {table} SET (autovacuum_vacuum_threshold = 0, autovacuum_vacuum_scale_factor = 0)"
    for table in ("surveys_token", "surveys_envelope")
]


class Migration(migrations.Migration):
    dependencies = [("surveys", "0001_first"), ("metrics", "0001_first")]

    operations = [
        migrations.RunSQL(ANSWERS, "DROP VIEW surveys_answers"),
        migrations.RunSQL(SWEPT, migrations.RunSQL.noop),
        note_changes("surveys_survey", source="surveys", when="{row}.state = 'closed'"),
    ]
