"""The demo's projects: what the office knows of them, their one adjustment and their batches. No decisions, no trail."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from youju.foundation.kernel.chance import Chance
from youju.foundation.workflow.demo import write_cases
from youju.foundation.workflow.walks import CHINA, Walk, office_hour
from youju.funds.projects.models import Adjustment, Batch, Project, Step
from youju.funds.projects.services.locking import next_number
from youju.rules.funds.projects.lifecycle import (
    ADJUSTMENT_FLOW,
    ADJUSTMENT_KIND,
    APPROVED,
    BATCH_FLOW,
    BATCH_KIND,
    CLOSED,
)

_STAFF, _FINANCE, _HEAD = ("demo-stf", "陈立"), ("demo-fin", "王芳"), ("demo-hed", "李建国")


def load(year: int, told: Mapping[str, Any], batches: Sequence[str], days: Mapping[str, date]) -> None:
    """Sections, steps, the adjustment and the batches of the year's projects.

    Args:
        year: the fiscal year.
        told: ``demo/funds/projects.yaml``.
        batches: the batch of each payment, in any order; ``B3-1`` is the first of the third project.
        days: batch → the day of its last payment.
    """
    rows = {row.code: row for row in Project.objects.filter(year=year)}
    for code, words in told["sections"].items():
        if code in rows:
            Project.objects.filter(pk=rows[code].pk).update(**words)
    for code, steps in told["steps"].items():
        for words in steps if code in rows else ():
            values = {**words, "amount": Decimal(words["amount"]) if "amount" in words else None}
            Step.objects.update_or_create(project=rows[code], kind=words["kind"], defaults=values)
    chance = Chance(year, "funds.projects", 0)
    for words in told["adjustments"]:
        if words["code"] in rows:
            _adjust(rows[words["code"]], words, chance)
    order = {row.order: row for row in rows.values()}
    for name in sorted({each for each in batches if each}):
        number, _, part = name[1:].partition("-")
        if int(number) in order:
            _batch(order[int(number)], int(part), days[name], chance)


def batch_ids(year: int) -> dict[str, int]:
    """The demo's batches by the name that its payments use."""
    found = {}
    rows = Batch.objects.filter(project__year=year).select_related("project")
    for row in rows.order_by("pk"):
        part = sum(each.project_id == row.project_id and each.pk <= row.pk for each in rows)
        found[f"B{row.project.order}-{part}"] = row.pk
    return found


def _adjust(row: Project, words: Mapping[str, Any], chance: Chance) -> None:
    began = office_hour(words["adjusted_on"], chance)
    walk = Walk(ADJUSTMENT_FLOW, _FINANCE, began)
    walk.take("propose", _FINANCE, began)
    walk.take("approve", _HEAD, began + timedelta(days=1))
    made = Adjustment.objects.create(
        project=row,
        number=next_number("projects_adjustment_number", "TZ", f"{began:%y%m%d}"),
        source=words["source"],
        amount=Decimal(words["amount"]),
        document_number=words["document_number"],
        reason=words["reason"],
        state=APPROVED,
        proposed_by=[_FINANCE[0]],
        proposed_at=began,
        decided_by=[_HEAD[0]],
        decided_at=began + timedelta(days=1),
    )
    write_cases(ADJUSTMENT_KIND, [(made.number, f"{made.number} 预算调整", "", walk)])


def _batch(row: Project, part: int, last: date, chance: Chance) -> None:
    opened = office_hour(last - timedelta(days=25), chance)
    closed = datetime.combine(last + timedelta(days=12), time(15), CHINA)
    walk = Walk(BATCH_FLOW, _STAFF, opened)
    walk.take("open", _STAFF, opened)
    walk.take("deliver", _STAFF, closed - timedelta(days=2))
    walk.take("accept", _HEAD, closed, "资料齐全，同意验收。")
    made = Batch.objects.create(
        project=row,
        number=next_number("projects_batch_number", "PC", f"{opened:%y%m%d}"),
        title=f"第{part}批资金",
        due_on=last + timedelta(days=15),
        state=CLOSED,
        opened_by=[_STAFF[0]],
        opened_at=opened,
        accepted_by=[_HEAD[0]],
        closed_on=timezone.localdate(closed),
        note="资料齐全，同意验收。",
    )
    write_cases(BATCH_KIND, [(made.number, f"{made.number} {made.title}", "", walk)])
