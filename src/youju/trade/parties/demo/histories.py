"""When the demo's filings were made and by whom, by how they stand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from youju.foundation.kernel.chance import Chance
from youju.foundation.workflow.walks import Walk, next_moment, office_hour
from youju.rules.trade.parties.lifecycle import APPROVED, CANCELLED, DRAFT, PARTY_FLOW, REVIEWING, SUBMITTED
from youju.rules.workflow import is_working_day
from youju.trade.parties.demo.planning import Plan
from youju.trade.parties.demo.tables import authored

_YEAR = date(2023, 1, 3)
_YEAR_DAYS = 345
_BEFORE = date(2020, 3, 2)
_BEFORE_DAYS = 1_000
_AHEAD = 62
User = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Validity:
    """From when to when a filing is good."""

    first: date
    last: date


def walk(plan: Plan, stands: str, filer: User, officers: tuple[User, User], chance: Chance) -> Walk:
    """The case of a party that stands so, filed by ``filer`` and handled by the officers."""
    if stands in {DRAFT, SUBMITTED, REVIEWING, "returned"}:
        return _under_way(plan, stands, filer, officers, chance)
    moment = _filed(chance)
    made = Walk(PARTY_FLOW, filer, moment)
    _submit(made, filer, chance)
    if chance.percent(12):
        _accept(made, officers[0], chance)
        _return(made, officers[1], chance)
        made.take("submit", filer, next_moment(made.entered, chance.between(1, 4), chance))
    _accept(made, officers[0], chance)
    approver = officers[1] if officers[1] != filer else officers[0]
    made.take("approve", approver, next_moment(made.entered, _days(chance, 3), chance))
    reasons = authored("standing")["reasons"]
    if stands == "suspended":
        made.take("suspend", officers[0], _later(made.entered, chance), chance.pick(reasons["suspend"]))
    if stands == CANCELLED:
        made.take("cancel", officers[0], _later(made.entered, chance), chance.pick(reasons["cancel"]))
    return made


def approved_at(made: Walk) -> datetime | None:
    """When the filing was approved, or ``None``."""
    return next((step.at for step in made.steps if step.target == APPROVED), None)


def submitted_at(made: Walk) -> datetime | None:
    """When the filing was last submitted, or ``None``."""
    return next((step.at for step in reversed(made.steps) if step.transition == "submit"), None)


def validity(plan: Plan, stands: str, approved: date, years: int, chance: Chance) -> Validity:
    """A filing is renewed each time it ends, but for those that end soon or have ended by the plan's day."""
    if stands == "expiring":
        last = plan.today + timedelta(days=chance.between(3, 45))
    elif stands == "expired":
        last = plan.today - timedelta(days=chance.between(5, 200))
    else:
        last = _years_after(approved, years) - timedelta(days=1)
        while last <= plan.today + timedelta(days=_AHEAD) and stands != CANCELLED:
            last = _years_after(last, years)
    return Validity(min(approved, last), last)


def _under_way(plan: Plan, stands: str, filer: User, officers: tuple[User, User], chance: Chance) -> Walk:
    late = chance.percent(20)
    age = {DRAFT: 12, SUBMITTED: 1, REVIEWING: 3, "returned": 6}[stands] + (5 if late else 0)
    made = Walk(PARTY_FLOW, filer, office_hour(_working_day_before(plan.today, age + 1), chance))
    if stands == DRAFT:
        return made
    made.take("submit", filer, office_hour(_working_day_before(plan.today, age), chance))
    if stands == SUBMITTED:
        return made
    made.take("accept", officers[0], office_hour(_working_day_before(plan.today, age - 1), chance))
    if stands == "returned":
        reason = chance.pick(authored("standing")["reasons"]["return"])
        made.take(
            "return", officers[1], office_hour(_working_day_before(plan.today, age - 3), chance), reason
        )
    return made


def _filed(chance: Chance) -> datetime:
    this_year = chance.percent(35)
    first, days = (_YEAR, _YEAR_DAYS) if this_year else (_BEFORE, _BEFORE_DAYS)
    return next_moment(
        datetime.combine(first + timedelta(days=chance.below(days)), datetime.min.time()), 1, chance
    )


def _submit(made: Walk, filer: User, chance: Chance) -> None:
    made.take("submit", filer, next_moment(made.entered, 0, chance))


def _accept(made: Walk, officer: User, chance: Chance) -> None:
    made.take("accept", officer, next_moment(made.entered, _days(chance, 2), chance))


def _return(made: Walk, officer: User, chance: Chance) -> None:
    reason = chance.pick(authored("standing")["reasons"]["return"])
    made.take("return", officer, next_moment(made.entered, _days(chance, 3), chance), reason)


def _days(chance: Chance, promised: int) -> int:
    """Nearly always within what was promised, in three of a hundred cases a day or two more."""
    return promised + chance.between(1, 2) if chance.percent(3) else chance.between(1, promised)


def _later(moment: datetime, chance: Chance) -> datetime:
    return next_moment(moment, chance.between(20, 180), chance)


def _working_day_before(day: date, count: int) -> date:
    while count > 0:
        day -= timedelta(days=1)
        count -= is_working_day(day)
    return day


def _years_after(day: date, years: int) -> date:
    """The same day so many years later; 28 February for the 29th."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
