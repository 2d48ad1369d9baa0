"""How far spending has come: each project and all of them, against plan and time, with colour and forecast."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from django.db.models import Sum
from django.db.models.functions import ExtractMonth

from youju.foundation.identity.permissions import require
from youju.foundation.policies import law_on
from youju.funds.payments import permissions
from youju.funds.payments.models import Payment
from youju.funds.projects.selectors import ProjectView, of_year
from youju.rules.funds.payments.colours import colour_of
from youju.rules.funds.payments.forecasting import forecast
from youju.rules.funds.payments.lifecycle import PAID
from youju.rules.funds.payments.plans import MONTHS, by_time, due_points, end_of, months_passed
from youju.rules.law import whole

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

ZERO = Decimal(0)
_PLACE = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Line:
    """A project's progress on a day, or all of them (``project`` is ``None``).

    Money in CNY; rates in per cent of the adjusted budget, ``None`` for a budget of zero. ``planned`` is what the last point of
    the plan that has passed says, ``None`` where none has. ``expected`` is the planned rate, else that of time.
    """

    project: ProjectView | None
    budget: Decimal
    paid: Decimal
    reserved: Decimal
    planned: Decimal | None
    executed: Decimal | None
    expected: Decimal
    by_time: Decimal
    forecast: Decimal
    colour: str

    @property
    def gap(self) -> Decimal | None:
        """By how many points it is ahead of (behind, if negative) where it should be."""
        return None if self.executed is None else self.executed - self.expected


@dataclass(frozen=True, slots=True)
class MonthPoint:
    """A month's end, cumulative: planned (``None`` without a point of the plan), paid (``None`` in months to come), forecast."""

    month: int
    planned: Decimal | None
    paid: Decimal | None
    forecast: Decimal | None


@dataclass(frozen=True, slots=True)
class Board:
    """The board of a year on a day."""

    year: int
    day: date
    total: Line
    lines: Sequence[Line]
    points: Sequence[MonthPoint]


def board(*, actor: User, year: int, day: date, project_id: int | None = None) -> Board:
    """The progress of a year's projects at the end of a day; three queries.

    Args:
        actor: who asks.
        year: the fiscal year.
        day: what was paid later does not count.
        project_id: the picture's points of this project alone.

    Raises:
        PermissionDenied: the actor may not see progress.
    """
    require(actor, permissions.PROGRESS)
    projects = of_year(year)
    paid = paid_by_month(year, day)
    look = _look(year, day)
    lines = [_line(each, paid.get(each.id, {}), look) for each in projects]
    total = _total(lines, year, day)
    chosen = [each for each in projects if project_id is None or each.id == project_id]
    return Board(year, day, total, lines, _points(chosen, paid, look))


def project_line(view: ProjectView, day: date) -> Line:
    """One project's progress on a day."""
    paid = paid_by_month(view.year, day, view.id)
    return _line(view, paid.get(view.id, {}), _look(view.year, day))


def paid_by_month(year: int, day: date, project_id: int | None = None) -> dict[int, dict[int, Decimal]]:
    """What was paid of the year's projects up to a day: project id → month → CNY; another year counts to its edge."""
    rows = Payment.objects.filter(state=PAID, paid_on__lte=day, project__year=year)
    if project_id:
        rows = rows.filter(project_id=project_id)
    found: dict[int, dict[int, Decimal]] = {}
    grouped = rows.values("project_id", "paid_on__year", month=ExtractMonth("paid_on")).order_by()
    for each in grouped.annotate(sum=Sum("amount")):
        month = (
            each["month"]
            if each["paid_on__year"] == year
            else (1 if each["paid_on__year"] < year else MONTHS)
        )
        sums = found.setdefault(each["project_id"], {})
        sums[month] = sums.get(month, ZERO) + each["sum"]
    return found


@dataclass(frozen=True, slots=True)
class _Look:
    """From where a year is looked at: the day, how many months are over or running, how many the forecast's mean is taken of."""

    year: int
    day: date
    running: int
    window: int


def _look(year: int, day: date) -> _Look:
    over = months_passed(year, day)
    running = over + (day.year == year and day != end_of(day.year, day.month))
    return _Look(year, day, running, whole(law_on(day), "funds.payments.forecast_months"))


def _line(view: ProjectView, paid: dict[int, Decimal], look: _Look) -> Line:
    year, day = look.year, look.day
    spent = sum(paid.values(), ZERO)
    points = due_points(view.plan, year, day)
    planned = points[-1][1] if points else None
    time = by_time(year, day)
    expected = _rate(planned, view.budget) if planned is not None and view.budget else time
    executed = _rate(spent, view.budget) if view.budget else None
    ahead = forecast(
        [paid.get(month, ZERO) for month in range(1, look.running + 1)],
        reserved=view.reserved,
        budget=view.budget,
        window=look.window,
        months=MONTHS,
    )  # fmt: skip
    return Line(
        project=view,
        budget=view.budget,
        paid=spent,
        reserved=view.reserved,
        planned=planned,
        executed=executed,
        expected=expected or ZERO,
        by_time=time,
        forecast=ahead[-1] if ahead else spent,
        colour=colour_of(executed, expected or ZERO, law_on(day)) if executed is not None else "green",
    )


def _total(lines: Sequence[Line], year: int, day: date) -> Line:
    budget, paid = sum((x.budget for x in lines), ZERO), sum((x.paid for x in lines), ZERO)
    known = [line for line in lines if line.planned is not None]
    planned = sum((line.planned or ZERO for line in known), ZERO) if known else None
    time = by_time(year, day)
    # A project without a point so far is expected to keep to time.
    wanted = sum((line.expected * line.budget / 100 for line in lines), ZERO)
    executed = _rate(paid, budget) if budget else None
    expected = _rate(wanted, budget) if budget else time
    return Line(
        project=None,
        budget=budget,
        paid=paid,
        reserved=sum((line.reserved for line in lines), ZERO),
        planned=planned,
        executed=executed,
        expected=expected or ZERO,
        by_time=time,
        forecast=sum((line.forecast for line in lines), ZERO),
        colour=colour_of(executed, expected or ZERO, law_on(day)) if executed is not None else "green",
    )


def _points(
    projects: Sequence[ProjectView], paid: dict[int, dict[int, Decimal]], look: _Look
) -> list[MonthPoint]:
    shown = look.running
    by_month = [
        sum((paid.get(each.id, {}).get(month, ZERO) for each in projects), ZERO)
        for month in range(1, MONTHS + 1)
    ]
    ahead = forecast(
        by_month[:shown],
        reserved=sum((each.reserved for each in projects), ZERO),
        budget=sum((each.budget for each in projects), ZERO),
        window=look.window,
        months=MONTHS,
    )
    points = []
    for month in range(1, MONTHS + 1):
        planned = [amount for each in projects if (amount := each.plan.get(f"{month:02d}")) is not None]
        done = sum(by_month[:month], ZERO) if month <= shown else None
        future = ahead[month - shown - 1] if month > shown else done if month == shown else None
        points.append(MonthPoint(month, sum(planned, ZERO) if planned else None, done, future))
    return points


def _rate(part: Decimal | None, whole_: Decimal) -> Decimal | None:
    return None if part is None else (part * 100 / whole_).quantize(_PLACE, ROUND_HALF_UP)
