"""The demo's tasks, written once in one transaction."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from youju.foundation.audit.services import record
from youju.foundation.identity.selectors import user_named
from youju.foundation.kernel.context import reaching_all
from youju.foundation.kernel.sealing import Sealer
from youju.foundation.kernel.subjects import Subject
from youju.foundation.workflow.demo import write_cases
from youju.office.tasks import events
from youju.office.tasks.demo.rows import PEOPLE, Made, made, plans
from youju.office.tasks.models import Matter, Mediation, Plan, Task, TaskSeries
from youju.rules.office.tasks.lifecycle import TASK_KIND

CENTRE, MERCHANT = "DEMO-ZX", "DEMO-SH"


@transaction.atomic
def load(*, today: date) -> bool:
    """Load them once; whether anything was loaded. Where tasks stand already nothing is touched."""
    with reaching_all():
        if Task.objects.exists():
            return False
        rows = made(today)
        there = Plan.objects.bulk_create(Plan(**each) for each in plans())
        merchant = user_named(PEOPLE["mer"][0])
        tasks = Task.objects.bulk_create(
            Task(
                **each.task,
                plan=there[each.plan] if each.plan is not None else None,
                organisation=merchant.organisation_id if each.own and merchant else None,
            )
            for each in rows
        )
        _matters(rows, tasks)
        write_cases(
            TASK_KIND,
            [
                (str(task.pk), str(task), MERCHANT if each.own else CENTRE, each.walk)
                for each, task in zip(rows, tasks, strict=True)
            ],
        )
        _series(tasks)
        record(
            events.LOADED,
            Subject(events.DEMO_KIND, "2023", "示例年度的任务"),
            None,
            {"count": len(tasks)},
        )
    return True


def _matters(rows: list[Made], tasks: list[Task]) -> None:
    sealer = Sealer()
    pairs = [(each, task) for each, task in zip(rows, tasks, strict=True) if each.matter is not None]
    Matter.objects.bulk_create(
        Matter(task=task, **((each.matter or {}) | {"contact": sealer.seal((each.matter or {})["contact"])}))
        for each, task in pairs
    )
    Mediation.objects.bulk_create(
        Mediation(task=task, **held) for each, task in pairs for held in each.mediations
    )


def _series(tasks: list[Task]) -> None:
    """Numbers go on behind those of the demo."""
    last: dict[str, int] = {}
    for task in tasks:
        code, _, place = task.number.partition("-")
        last[code] = max(last.get(code, 0), int(place))
    TaskSeries.objects.bulk_create(TaskSeries(code=code, last=place) for code, place in last.items())
