"""What this room gives to analytics: the table of district statistics and the metric over it."""

from __future__ import annotations

from youju.analytics.metrics import register_metric
from youju.analytics.tables import DISTRICT_STATISTICS
from youju.foundation.metrics.sources import register_source
from youju.trade.statistics.metrics.districts import DISTRICT_GROWTH


def declare() -> None:
    """Called once, when the application is set up."""
    register_source(DISTRICT_STATISTICS, "statistics_district_figures")
    register_metric(DISTRICT_GROWTH)
