from importlib import import_module

from django.db import migrations

from youju.foundation.database.rows import guard

# The auditor reads everything and writes, since internal supervision is kept here; of tasks the auditor writes nothing.
_ROWS = import_module("youju.office.tasks.migrations.0002_rows")
APART = "(SELECT youju_reach('writes')) <> 'audit'"
WORKS = f"({{all}} OR {{sections}} IS NOT NULL OR ((SELECT youju_all('reads')) AND {APART}))"
BEFORE = [
    guard(
        "tasks_task",
        f"({_ROWS.INSIDE} OR organisation = {{organisation}})",
        writes=f"({_ROWS.WORKS} OR organisation = {{organisation}})",
    ),
    guard(
        "tasks_matter", f"({_ROWS.INSIDE} OR {_ROWS.OF_TASK})", writes=f"({_ROWS.WORKS} OR {_ROWS.OF_TASK})"
    ),
    guard("tasks_mediation", f"({_ROWS.INSIDE} OR (shown AND {_ROWS.OF_TASK}))", writes=_ROWS.WORKS),
    guard("tasks_reminder", _ROWS.INSIDE, writes=_ROWS.WORKS),
]
AFTER = [
    guard(
        "tasks_task",
        f"({_ROWS.INSIDE} OR organisation = {{organisation}})",
        writes=f"({WORKS} OR organisation = {{organisation}})",
    ),
    guard(
        "tasks_matter",
        f"({_ROWS.INSIDE} OR {_ROWS.OF_TASK})",
        writes=f"({WORKS} OR ({_ROWS.OF_TASK} AND {APART}))",
    ),
    guard("tasks_mediation", f"({_ROWS.INSIDE} OR (shown AND {_ROWS.OF_TASK}))", writes=WORKS),
    guard("tasks_reminder", _ROWS.INSIDE, writes=WORKS),
]


class Migration(migrations.Migration):
    dependencies = [("tasks", "0002_rows")]

    operations = [
        migrations.RunSQL([*before.reverse_sql, *after.sql], [*after.reverse_sql, *before.sql])
        for before, after in zip(BEFORE, AFTER, strict=True)
    ]
