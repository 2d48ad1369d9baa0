"""Pictures of the statistics as they stand on a page: one for a desk, one for a telephone; the table behind them beside."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from django.utils.safestring import SafeString

from youju.foundation.documents.pictures import Chart
from youju.foundation.documents.widths import in_two_widths
from youju.trade.statistics.charts import NARROW, WIDE, Bar, Point
from youju.trade.statistics.metrics.cutting import Month
from youju.trade.statistics.selectors import Labelled, short
from youju.trade.statistics.web import figures
from youju.trade.statistics.web.wishes import Wish

_WAN = Decimal(10_000)


def both(draw: Callable[[int], Chart]) -> SafeString:
    """A picture in two widths; the narrow screen sees the second."""
    return in_two_widths(*(draw(width) for width in (WIDE, NARROW)))


def points(months: Sequence[Month], wish: Wish | None = None) -> list[Point]:
    """Months for a picture; each opens its rows where a wish says under which filters."""
    has_before = any(month.year_value for month in months)
    years = len({month.month.year for month in months}) > 1
    return [
        Point(
            f"{month.month:%y-%m}" if years else f"{month.month.month}月",
            float(month.sums.value / _WAN),
            float(month.year_value / _WAN) if has_before else None,
            f"{month.sums.value / _WAN:,.0f}",
            wish.rows(period=f"{month.month:%Y-%m}") if wish else "",
        )
        for month in months
    ]


def bars(rows: Sequence[Labelled], name: str, wish: Wish | None = None) -> list[Bar]:
    """Groups for a picture."""
    return [
        Bar(
            short(row.label),
            float(row.sums.value / _WAN),
            f"{figures.wan(row.sums.value)}　{figures.rate(row.group.share)}",
            wish.rows(**{name: row.key}) if wish else "",
        )
        for row in rows
    ]
