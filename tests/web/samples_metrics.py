"""Arguments for the pages of the metric catalogue."""

from __future__ import annotations

from metrics_made import frozen
from web.samples import Arguments, sample


@sample("metrics:metric", "metrics:freeze", "api:metric_value")
def metric() -> Arguments:
    return {"code": "exports.value_cny"}


@sample("metrics:table")
def table() -> Arguments:
    return {"name": "released_lines"}


@sample("metrics:frozen", "metrics:compare")
def kept() -> Arguments:
    return {"figure": frozen().pk}
