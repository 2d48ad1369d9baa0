"""What the workflow's log gives to analytics: steps with a promised day, and the metric over them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from youju.analytics.metrics import register_metric
from youju.analytics.tables import TIMED_STEPS
from youju.foundation.metrics.linking import Link, register_row_kind
from youju.foundation.metrics.metrics.procedures import STEP, WITHIN_LIMIT
from youju.foundation.metrics.sources import register_source
from youju.foundation.workflow.flows import page_of


def declare() -> None:
    """Called once, when the application is set up."""
    register_source(TIMED_STEPS, "workflow_timed_steps")
    register_metric(WITHIN_LIMIT)
    register_row_kind(STEP, "有时限的环节", link_steps)


def link_steps(rows: Sequence[Mapping[str, Any]]) -> list[Link]:
    """The page of the record that was on its way. Nothing is looked up."""
    return [
        Link(str(row["number"]), page_of(str(row.get("flow", "")), str(row.get("subject", ""))) or "")
        for row in rows
    ]
