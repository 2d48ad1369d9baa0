"""Which months of a fiscal year are asked about."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from youju.analytics.periods import Period, PeriodError, add_months
from youju.foundation.kernel.errors import InputError

HOW = "请写成 2023-07 或 2023-07-31"


def period_until(year: int, until: date | None) -> Period:
    """The months from January to the one that a day lies in; without a day to this month, or the whole of a year that is over.

    Raises:
        InputError: the day lies outside the year (422).
    """
    whole = Period.year(year)
    if until is None:
        today = timezone.localdate()
        until = min(max(today, whole.start), whole.last_day)
    if not whole.contains(until):
        raise InputError(f"{until} 不在 {year} 年内", where="截至", how=HOW, status=422)
    return Period(whole.start, add_months(until.replace(day=1), 1))


def until_named(text: str, year: int) -> date | None:
    """A day from ``2023-07`` or ``2023-07-31``; nothing from nothing.

    Raises:
        InputError: it is neither (422).
    """
    text = text.strip()
    if not text:
        return None
    try:
        day = date.fromisoformat(text) if len(text) > 7 else Period.parse(text).last_day
    except (ValueError, PeriodError) as error:
        raise InputError(f"看不懂“{text[:20]}”", where="截至", how=HOW, status=422) from error
    return period_until(year, day).last_day
