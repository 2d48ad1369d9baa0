"""office: the to-do page with 200,000 open tasks, 50 threads without pause: mean under 250 ms, none above 1 s, no error.

The product and the load are those of ``web_gate`` (granian, a worker for each core, the load on the same machine, a write each
second). 200,000 open tasks are put into the workflow and the room of tasks: of a thousand people 200 each, 100 of them late;
every tenth waits for nobody in particular and so for everybody. The one who asks has 20,000 of those and 200 of their own.

    YOUJU_BENCH_TASKS=200000  YOUJU_BENCH_SECONDS=15  YOUJU_BENCH_THREADS=50
"""

from __future__ import annotations

import json
import os
import subprocess
import sys

from web_gate import MEAN, MOST, ROOT, SECONDS, THREADS, ask, running, written_beside

TASKS = int(os.environ.get("YOUJU_BENCH_TASKS", "200000"))
PAGES = {
    "todo": ("/work/", "stf", "待办"),
    "tasks": ("/tasks/?only=mine", "stf", "任务"),
    "home": ("/", "stf", "待办"),
}


def main() -> None:
    """Print one JSON object."""
    with running(YOUJU_DEMO_SCALE="0.01") as (port, environment):
        _fill(environment)
        with written_beside(environment):
            figures = {name: ask(port, *page) for name, page in PAGES.items()}
    note = f"{TASKS:,} open tasks of 1,000 people, {THREADS} threads without pause, {SECONDS:g} s a page, a write every second, "
    note += "the load on the same machine. "
    note += "; ".join(
        f"{name}: mean {each['mean']:.0f} ms, max {each['max']:.0f} ms, {each['rate']:.0f}/s, {each['errors']} errors, "
        f"first visit {each['first']:.0f} ms"
        for name, each in figures.items()
    )
    todo = figures["todo"]
    kept = todo["mean"] < MEAN and todo["max"] < MOST and not todo["errors"]
    result = {
        "name": "office",
        "ours": round(todo["mean"], 1),
        "peer": MEAN,
        "ratio": round(todo["mean"] / MEAN, 3),
        "unit": "ms, mean of the to-do page",
        "n": todo["n"],
        "note": f"{'gate kept' if kept else 'GATE NOT KEPT'}. {note}",
    }
    print(json.dumps(result, ensure_ascii=False))


FILL = """
INSERT INTO tasks_task (number, kind, title, details, tags, project, section, person, person_name, acceptor, acceptor_name,
  received_on, starts_on, due_on, state, done_by, done_note, accepted_by, batch, revision, created_by, is_demo)
SELECT 'RW1999-' || n, 'work', '第' || n || '件', '', ARRAY['统计'], '', 'ZH', who, who, '', '',
  current_date - 130, current_date - 130, current_date + n % 200 - 100, 'planned', '', '', '', '', 0, 'demo-hed', true
FROM (SELECT n, CASE WHEN n % 10 = 0 THEN '' WHEN n % 1000 = 1 THEN 'demo-stf' ELSE 'p' || n % 1000 END AS who
      FROM generate_series(1, TASKS) n) made;
INSERT INTO workflow_case (subject_kind, subject_key, label, flow, flow_since, state, round, waiting_for, waits_at,
  assigned_to, assigned_name, organisation, started_by, started_name, entered_at, due_on, due_provisional)
SELECT 'tasks.task', id::text, number || ' ' || title, 'tasks.task', '2020-01-01', 'planned', 1, 'tasks.do', '{}',
  person, person, 'DEMO-ZX', 'demo-hed', '李建国', now(), due_on, false
FROM tasks_task WHERE number LIKE 'RW1999-%';
"""
CODE = """
import os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "youju.config.settings"
import django
django.setup()
from django.db import connection, transaction
from youju.foundation.database.addresses import Role
from youju.foundation.database.roles import acting_as
from youju.foundation.kernel.context import reaching_all
with reaching_all(), transaction.atomic(), connection.cursor() as cursor:
    for statement in sys.stdin.read().split(";\\n"):
        if statement.strip():
            cursor.execute(statement)
with acting_as(Role.OWNER), connection.cursor() as cursor:
    cursor.execute("ANALYZE")
"""


def _fill(environment: dict[str, str]) -> None:
    """Put the tasks and their cases into the tables, as a loader does, then let the planner look at them."""
    subprocess.run(
        [sys.executable, "-c", CODE],
        cwd=ROOT,
        env=environment,
        input=FILL.replace("TASKS", str(TASKS)),
        text=True,
        check=True,
    )


if __name__ == "__main__":
    main()
