"""The demo's dispatched staff, authored in ``demo/office``, written once in one transaction.

Planted: the wages of February 2023 late, a correction in May, March opened again with a reason, January 2024 waiting to be
closed with one person not paid in full, February 2024 missing.
"""

from __future__ import annotations

import csv
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cache
from typing import Any

from django.db import transaction

from youju.foundation.audit.services import record
from youju.foundation.kernel import places
from youju.foundation.kernel.subjects import Subject
from youju.foundation.workflow.demo import write_cases
from youju.foundation.workflow.walks import CHINA, Walk
from youju.office.staff import events
from youju.office.staff.models import Agreement, StaffLine, StaffMonth
from youju.rules.office.staff.lifecycle import CLOSED, MONTH_FLOW, MONTH_KIND
from youju.rules.office.staff.months import months_between, named

STAFF, FINANCE, CENTRE = ("demo-stf", "陈立"), ("demo-fin", "王芳"), "DEMO-ZX"
LATE, REOPENED, CORRECTED = date(2023, 2, 1), date(2023, 3, 1), date(2023, 5, 1)


@cache
def table(name: str) -> tuple[dict[str, str], ...]:
    """A CSV file of ``demo/office``, by its name without ending."""
    with (places.DEMO / "office" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


@transaction.atomic
def load() -> bool:
    """Load them once; whether anything was loaded. Where months stand already nothing is touched."""
    if StaffMonth.objects.exists() or Agreement.objects.exists():
        return False
    agreements = Agreement.objects.bulk_create(_agreement(each) for each in table("dispatch"))
    cases, lines = [], []
    for month in months_between(date(2023, 1, 1), date(2024, 1, 1)):
        walk = _walk(month)
        sheet = StaffMonth.objects.create(month=month, is_demo=True, **_standing(month, walk))
        cases.append((named(month), events.month_subject(month).label, CENTRE, walk))
        agreed = next(row for row in agreements if row.valid_from <= month <= row.valid_to)
        lines += [line for each in table("staff") for line in _lines(sheet, each, agreed)]
    StaffLine.objects.bulk_create(lines)
    write_cases(MONTH_KIND, cases)
    record(
        events.LOADED, Subject(events.DEMO_KIND, "2023", "示例年度的派遣人员"), None, {"count": len(lines)}
    )
    return True


def _agreement(each: dict[str, str]) -> Agreement:
    return Agreement(
        contract=each["contract"],
        agency=each["agency"],
        positions=int(each["positions"]),
        valid_from=date.fromisoformat(each["valid_from"]),
        valid_to=date.fromisoformat(each["valid_to"]),
        project=each["project"],
        note=each["note"],
        created_by=STAFF[0],
        is_demo=True,
    )


def _walk(month: date) -> Walk:
    day = (month + timedelta(days=31)).replace(day=5)
    walk = Walk(MONTH_FLOW, STAFF, _at(day, 9))
    walk.take("import", STAFF, _at(day, 10))
    if month == CORRECTED:
        walk.take("correct", STAFF, _at(day, 15))
    if month.year == 2023:
        walk.take("close", FINANCE, _at(day + timedelta(days=3), 10))
    if month == REOPENED:
        walk.take("reopen", FINANCE, _at(day + timedelta(days=12), 10), "派遣单位补来了考勤，要核对")
        walk.take("keep", STAFF, _at(day + timedelta(days=13), 10))
        walk.take("close", FINANCE, _at(day + timedelta(days=14), 10))
    return walk


def _standing(month: date, walk: Walk) -> dict[str, Any]:
    found = {
        "state": walk.state,
        "imported_by": STAFF[0],
        "imported_at": walk.steps[1].at,
        "reopened": int(month == REOPENED),
    }
    if walk.state == CLOSED:
        found |= {"closed_by": FINANCE[0], "closed_name": FINANCE[1], "closed_on": walk.steps[-1].at.date()}
    return found


def _lines(sheet: StaffMonth, each: dict[str, str], agreed: Agreement) -> list[StaffLine]:
    month = sheet.month
    if not each["from"] <= named(month) <= each["to"]:
        return []
    due = Decimal(each["due"])
    if month == date(2023, 12, 1) and each["person"] == "PQ-006":
        due += Decimal("0.04")  # what the year's twelfth was rounded up by
    paid_on = month.replace(day=17 if month == LATE else 14)
    last = StaffLine(
        sheet=sheet,
        month=month,
        person=each["person"],
        position=each["position"],
        section=each["section"],
        contract=agreed.contract,
        agency=agreed.agency,
        project=agreed.project,
        due_on=month.replace(day=15),
        due=due,
        paid=due,
        paid_on=paid_on,
        created_by=STAFF[0],
        is_demo=True,
    )
    if month.year == 2024 and each["person"] == "PQ-003":
        last.paid = due - Decimal("800.00")
    if month != CORRECTED or each["person"] != "PQ-005":
        return [last]
    first = StaffLine(**{name: getattr(last, name) for name in _COPIED})
    first.paid = due - Decimal("500.00")
    first.current = False
    last.version, last.reason = 2, "派遣单位补发夜班补贴 500 元"
    return [first, last]


_COPIED = (
    "sheet", "month", "person", "position", "section", "contract", "agency", "project", "due_on", "due", "paid_on", "created_by",
    "is_demo",
)  # fmt: skip


def _at(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), CHINA)
