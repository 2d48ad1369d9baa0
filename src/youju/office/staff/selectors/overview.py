"""The months of a year: head count and wages, what is missing, what was reminded of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Count, F, Q, Sum
from django.utils import timezone

from youju.foundation.identity.permissions import require
from youju.office.staff import permissions
from youju.office.staff.models import Agreement, Reminder, StaffLine, StaffMonth
from youju.office.staff.selectors.missing import expected_months, imported_months
from youju.rules.office.staff.lifecycle import STATES
from youju.rules.office.staff.months import first_of, months_between

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

ZERO = Decimal(0)
MISSING, AHEAD, NONE = "缺少", "未到", "无约定"


@dataclass(frozen=True, slots=True)
class MonthLine:
    """A month: ``count`` on the payroll, ``positions`` agreed (``None``: no contract), wages in CNY, ``late``: lines not paid
    in full though due. ``sheet``: it has a page.
    """

    month: date
    state: str
    state_label: str
    sheet: bool
    count: int
    positions: int | None
    due: Decimal
    paid: Decimal
    late: int


@dataclass(frozen=True, slots=True)
class Overview:
    """A year. ``least``: the fewest on the payroll in a month, where every month of the year is there."""

    year: int
    years: tuple[int, ...]
    months: tuple[MonthLine, ...]
    missing: tuple[date, ...]
    least: int | None
    due: Decimal
    paid: Decimal
    reminders: tuple[Reminder, ...]


def overview(actor: User, year: int | None = None) -> Overview:
    """A year, by default the latest that has months. Six queries, however many people there are.

    Raises:
        PermissionDenied: the actor sees no staff.
    """
    require(actor, permissions.VIEW)
    today = timezone.localdate()
    there = imported_months()
    expected = expected_months(today, there)
    years = sorted({month.year for month in there | expected} or {today.year}, reverse=True)
    year = year if year in years else years[0]
    first, last = date(year, 1, 1), date(year, 12, 1)
    found = {
        row["month"]: row
        for row in StaffLine.objects.filter(current=True, month__gte=first, month__lte=last)
        .order_by()
        .values("month")
        .annotate(
            count=Count("pk", filter=Q(on_payroll=True)),
            due_sum=Sum("due"),
            paid_sum=Sum("paid"),
            late=Count("pk", filter=Q(paid__lt=F("due"), due_on__lt=today)),
        )
    }
    sheets = dict(StaffMonth.objects.filter(month__gte=first, month__lte=last).values_list("month", "state"))
    terms = list(
        Agreement.objects.filter(valid_from__lt=date(year + 1, 1, 1), valid_to__gte=first).values_list(
            "valid_from", "valid_to", "positions"
        )
    )
    months = tuple(
        _line(month, found.get(month), sheets.get(month, ""), terms, month in expected, today)
        for month in months_between(first, last)
    )
    reminders = Reminder.objects.filter(month__gte=first, month__lte=last)[:20]
    return Overview(
        year=year,
        years=tuple(years),
        months=months,
        missing=tuple(month for month in sorted(expected - there) if month.year == year),
        least=min(each.count for each in months) if len(found) == 12 else None,
        due=sum((each.due for each in months), ZERO),
        paid=sum((each.paid for each in months), ZERO),
        reminders=tuple(reminders),
    )


def _line(  # noqa: PLR0917 - what a month is seen with
    month: date,
    found: Mapping[str, object] | None,
    state: str,
    terms: list[tuple[date, date, int]],
    expected: bool,
    today: date,
) -> MonthLine:
    running = [positions for begins, ends, positions in terms if first_of(begins) <= month <= ends]
    label = MISSING if expected else AHEAD if month >= first_of(today) else NONE
    if found is not None:
        label = STATES[state]
    figures: Mapping[str, object] = found or {}
    return MonthLine(
        month=month,
        state=state if found else "",
        state_label=label,
        sheet=bool(state),
        count=int(str(figures.get("count", 0))),
        positions=sum(running) if running else None,
        due=Decimal(str(figures.get("due_sum", 0))),
        paid=Decimal(str(figures.get("paid_sum", 0))),
        late=int(str(figures.get("late", 0))),
    )
