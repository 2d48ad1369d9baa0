"""Figures as pages tell them: grouped numbers with their unit, bars for parts, columns of rows by their labels."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils import timezone

from youju.analytics.tables import analytic_tables
from youju.foundation.metrics.describing import digits
from youju.foundation.metrics.selectors import Shown
from youju.foundation.shell.figures import grouped, share

SHOWN_PARTS = 20
_TOLD = (
    "order_number",
    "name",
    "hs_code",
    "country",
    "transport_mode",
    "paperless",
    "released_on",
    "filed_on",
)
"""What of a row is shown beside its link; everything else is in the export and on the record's page."""
_PLACES = {"CNY": 2, "%": 2, "kg": 3, "CNY/kg": 2}


@dataclass(frozen=True, slots=True)
class Bar:
    """A part as a bar: its share of the largest in whole per cent."""

    code: str
    label: str
    told: str
    rows: int
    width: int


def number(value: Decimal | None, unit: str) -> str:
    """A value with its thousands apart, rounded to what its unit shows; a dash for none."""
    if value is None:
        return "—"
    places = _PLACES.get(unit, 0)
    rounded = round(value, places)
    # Fewer digits only where nothing is lost that the unit has.
    return grouped(rounded if rounded == value or unit in _PLACES else value.normalize())


def bars(shown: Shown) -> list[Bar]:
    """The largest parts as bars."""
    largest = max((abs(part.value) for part in shown.parts), default=Decimal(0))
    return [
        Bar(part.code, part.label, told(part.value), part.rows, share(abs(part.value), largest))
        for part in shown.parts[:SHOWN_PARTS]
    ]


def told(value: Decimal) -> str:
    """A contribution without idle zeros, two decimals where it has cents."""
    return grouped(digits(value))


def columns(shown: Shown) -> list[tuple[str, str]]:
    """The further columns of the rows that are shown: name and heading."""
    if not shown.rows:
        return []
    labels = {
        column.name: column.label
        for name in shown.metric.tables
        for column in analytic_tables()[name].columns
    }
    return [(name, labels[name]) for name in _TOLD if name in shown.rows[0].more and name in labels]


def period_choices() -> list[tuple[str, str]]:
    """Periods that people mostly ask for."""
    year = timezone.localdate().year
    return [(str(each), f"{each}年") for each in range(year, year - 5, -1)]


def cell(value: Any) -> str:
    """A cell of a row."""
    if isinstance(value, bool):
        return "是" if value else "否"
    return told(value) if isinstance(value, Decimal) else str(value if value is not None else "")
