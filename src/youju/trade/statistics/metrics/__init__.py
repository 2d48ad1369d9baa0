"""What this room gives to analytics: the table of district statistics and the metric over it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from youju.analytics.metrics import register_metric
from youju.analytics.tables import DISTRICT_STATISTICS
from youju.foundation.metrics.linking import Link, register_row_kind
from youju.foundation.metrics.sources import register_source
from youju.trade.statistics import addresses
from youju.trade.statistics.metrics.districts import DISTRICT_GROWTH, FIGURE


def declare() -> None:
    """Called once, when the application is set up."""
    register_source(DISTRICT_STATISTICS, "statistics_district_figures")
    register_metric(DISTRICT_GROWTH)
    register_row_kind(FIGURE, "全口径统计", link_figures)


def link_figures(rows: Sequence[Mapping[str, Any]]) -> list[Link]:
    """Month, district and mode of trade; they stand on one page. Nothing is looked up."""
    page = addresses.districts("") or ""
    return [Link(str(row["number"]), page) for row in rows]
