"""What the charts share: widths, labels cut to fit, numbers for the pen, the table that a chart carries."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation

import altair as alt

WIDE, NARROW = 720, 340
"""Widths of a whole picture in pixels: a desk screen or a page of paper, and a telephone."""
_NARROW_BELOW = 500

AnyChart = alt.Chart | alt.LayerChart | alt.FacetChart


def is_narrow(width: int) -> bool:
    """Whether a picture of this width has to be laid out for a telephone."""
    return width < _NARROW_BELOW


def table_of(chart: AnyChart) -> tuple[list[str], list[list[str]]]:
    """The table behind a chart: headings and rows, every figure as printed, blanks as ``""``."""
    table = chart.usermeta["table"]
    return list(table["headings"]), [list(row) for row in table["rows"]]


def with_table(chart: AnyChart, headings: list[str], rows: list[list[str]]) -> AnyChart:
    """The chart, carrying its table; Vega-Lite leaves ``usermeta`` alone."""
    chart.usermeta = {"table": {"headings": headings, "rows": rows}}
    return chart


def number(text: str | None) -> Decimal | None:
    """An amount as a number; ``None`` for a blank and for text that is no amount."""
    try:
        found = Decimal(text) if text is not None else None
    except InvalidOperation:
        return None
    return found if found is not None and found.is_finite() else None


def short_label(name: str, cells: int) -> str:
    """The name cut in its middle to ``cells`` half-width cells: its end often holds the document number."""
    if _cells(name) <= cells:
        return name
    tail_room = (cells - 2) * 2 // 5
    head, tail = _fitting(name, cells - 2 - tail_room), _fitting(reversed(name), tail_room)
    return f"{head}…{tail[::-1]}"


def _cells(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in text)


def _fitting(chars: Iterable[str], cells: int) -> str:
    """The longest beginning of ``chars`` that fits into so many half-width cells."""
    taken = ""
    for char in chars:
        if _cells(taken + char) > cells:
            break
        taken += char
    return taken
