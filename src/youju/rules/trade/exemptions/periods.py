"""Tax periods: by when a month's filing and a quarter's table are due."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta

from youju.rules.law import PolicyValue, names, text, whole
from youju.rules.workflow import DueDay, add_working_days

LawOf = Mapping[str, PolicyValue]
FILING_DAY, REPORT_DAY = "trade.exemptions.filing_day", "trade.exemptions.report_day"
REPORTED, FIXED = "trade.exemptions.consignor_report", "foundation.workflow.fixed_holidays"
MONTHS, QUARTER = 12, 3
_QUARTER = re.compile(r"(20\d\d)Q([1-4])")


def month_of(day: date) -> date:
    """The first day of its month."""
    return day.replace(day=1)


def next_month(month: date, by: int = 1) -> date:
    """The first day of the month so many months on; back where ``by`` is negative."""
    place = month.year * MONTHS + month.month - 1 + by
    return date(place // MONTHS, place % MONTHS + 1, 1)


def filing_due(month: date, law: LawOf) -> DueDay:
    """The last day for filing what was released in a month; moved to the next working day from a holiday."""
    return _on_working_day(next_month(month).replace(day=whole(law, FILING_DAY)), law)


def report_due(quarter: str, law: LawOf) -> DueDay:
    """The last day for an agent's table of a quarter."""
    after = bounds_of(quarter)[1] + timedelta(days=1)
    return _on_working_day(after.replace(day=whole(law, REPORT_DAY)), law)


def quarter_of(day: date) -> str:
    """Such as ``2025Q4``."""
    return f"{day.year}Q{(day.month - 1) // QUARTER + 1}"


def bounds_of(quarter: str) -> tuple[date, date]:
    """First and last day of a quarter.

    Raises:
        ValueError: it is no quarter.
    """
    found = _QUARTER.fullmatch(quarter)
    if found is None:
        raise ValueError(quarter)
    first = date(int(found[1]), (int(found[2]) - 1) * QUARTER + 1, 1)
    return first, next_month(first, QUARTER) - timedelta(days=1)


def is_reported(law: LawOf) -> bool:
    """Whether agents report their consignors by the law of the day."""
    return text(law, REPORTED) == "quarterly"


def _on_working_day(day: date, law: LawOf) -> DueDay:
    return add_working_days(day, 0, frozenset(names(law, FIXED)))
