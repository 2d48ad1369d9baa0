"""From what a reader asks for to a question: the period unless said, the house's groups, filters in shape."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from youju.analytics.cuts import SHAPES, Dimension, Question
from youju.analytics.periods import Period, PeriodError
from youju.foundation.kernel.errors import InputError
from youju.trade.statistics.metrics.cutting import latest_release
from youju.trade.statistics.selectors.groups import groups_on
from youju.trade.statistics.selectors.labels import TITLES

MOST_MONTHS, MOST_VALUES = 120, 20
"""The longest period, and the most values of one filter, that are asked for at once."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question and the day whose law (groups, names) it is asked under."""

    question: Question
    day: date

    @property
    def period(self) -> Period:
        """The months asked about."""
        return self.question.period


def asked(
    *, period: str = "", since: str = "", until: str = "", filters: Mapping[str, str] | None = None
) -> Asked:
    """A question from words.

    Args:
        period: ``2023``, ``2023Q2``, ``2023-06`` or ``2023-01..2023-07``; empty: ``since`` and ``until``.
        since: first month, ``2023-01``.
        until: last month, included; either of them alone reaches to the other end of its year.
        filters: dimension → values apart by commas; empty ones count for nothing.

    Raises:
        InputError: a period or a value that cannot be read (422).
    """
    day = timezone.localdate()
    return Asked(Question(period_of(period, since, until), _filters(filters or {}), groups_on(day)), day)


def period_of(period: str, since: str, until: str) -> Period:
    """The period asked for; the usual one where nothing is said.

    Raises:
        InputError: it cannot be read, or is longer than ten years (422).
    """
    try:
        if period:
            found = Period.parse(period)
        elif since or until:
            first = since or f"{until[:4]}-01"
            found = Period.parse(f"{first}..{until or first[:4] + '-12'}")
        else:
            return usual_period()
    except PeriodError as error:
        raise InputError(str(error), where="期间", status=422) from error
    if len(found.months) > MOST_MONTHS:
        raise InputError("期间太长", where="期间", how=f"一次最多看 {MOST_MONTHS} 个月", status=422)
    return found


def usual_period() -> Period:
    """The year up to its latest whole month that has releases; this year's months where there is none. Two queries at most."""
    today = timezone.localdate()
    latest = latest_release(today.replace(day=1)) or today
    return Period(date(latest.year, 1, 1), Period.month(latest).end)


def last_month() -> date:
    """The first day of the latest whole month that has releases; the month before this one where there is none."""
    today = timezone.localdate()
    latest = latest_release(today.replace(day=1))
    return (latest or Period.month(today).before().start).replace(day=1)


def _filters(wish: Mapping[str, str]) -> dict[Dimension, tuple[str, ...]]:
    found = {}
    for name, text in wish.items():
        if not text:
            continue
        dimension = Dimension(name)
        values = tuple(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))
        if len(values) > MOST_VALUES:
            raise InputError(f"一次最多选 {MOST_VALUES} 个", where=TITLES[dimension], status=422)
        if wrong := [value for value in values if not SHAPES[dimension].fullmatch(value)]:
            raise InputError(
                f"“{wrong[0][:20]}”不对", where=TITLES[dimension], how="请从页面上选择", status=422
            )
        if values:
            found[dimension] = values
    return found
