"""The house's values for the lake, in force today; they stand in policies/foundation/metrics/."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from youju.analytics.lake.limits import Limits
from youju.foundation.policies import law_on
from youju.rules.law import whole


def _today(name: str) -> int:
    return whole(law_on(timezone.localdate()), f"foundation.metrics.{name}")


def limits() -> Limits:
    """How the lake is written."""
    return Limits(
        grace=timedelta(minutes=_today("lake_grace_minutes")),
        small_rows=_today("lake_small_rows"),
        small_files=_today("lake_small_files"),
        memory_mb=_today("lake_memory_mb"),
    )


def late() -> timedelta:
    """How old the lake's state may be."""
    return timedelta(minutes=_today("lake_lag_minutes"))
