"""Metrics for Prometheus, added up over all worker processes.

``PROMETHEUS_MULTIPROC_DIR`` (set when the product is started) lets each process write its own file; ``expose`` adds them up
and asks the database for what only it knows.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest, multiprocess
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

_BUCKETS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10)
_requests = Counter("youju_requests", "Answered requests", ["route", "method", "status"])
_seconds = Histogram("youju_request_seconds", "Time to answer", ["route"], buckets=_BUCKETS)
_statements = Counter("youju_statements", "Database statements")
_statement_seconds = Counter("youju_statement_seconds", "Time in database statements")


def request(route: str, method: str, status: int, seconds: float) -> None:
    """Count an answer. Unknown addresses share one name: a scanner must not make a thousand series."""
    name = route or "unknown"
    _requests.labels(name, method, str(status)).inc()
    _seconds.labels(name).observe(seconds)


def statement(seconds: float) -> None:
    """Count a statement."""
    _statements.inc()
    _statement_seconds.inc(seconds)


def expose() -> bytes:
    """Everything in Prometheus' text format."""
    registry = CollectorRegistry()
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        multiprocess.MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    else:
        for each in (_requests, _seconds, _statements, _statement_seconds):
            registry.register(each)
    registry.register(_Installation())
    return generate_latest(registry)


class _Installation(Collector):
    """What is asked at the moment of the scrape: the queue, the trail, the disk, the last backup."""

    def collect(self) -> Iterator[Any]:
        from youju.foundation.operations import selectors

        for name, help_text, value in selectors.figures():
            yield GaugeMetricFamily(f"youju_{name}", help_text, value=value)
