"""What this room gives to analytics: budgets, plans and batches, and the metric of batches."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse

from youju.analytics.metrics import register_metric
from youju.analytics.tables import CLOSED_BATCHES, PLAN_POINTS, PROJECT_BUDGETS
from youju.foundation.metrics.linking import Link, register_row_kind
from youju.foundation.metrics.sources import register_source
from youju.funds.projects.metrics.batches import BATCH, BATCHES_COMPLETED

BUDGET, POINT = "projects.budget", "projects.plan"


def declare() -> None:
    """Called once, when the application is set up."""
    register_source(PROJECT_BUDGETS, "projects_budgets")
    register_source(PLAN_POINTS, "projects_plan_points")
    register_source(CLOSED_BATCHES, "projects_closed_batches")
    register_row_kind(BATCH, "支出批次", link_batches)
    register_row_kind(BUDGET, "项目预算", link_projects)
    register_row_kind(POINT, "支出计划节点", link_points)
    register_metric(BATCHES_COMPLETED)


def link_batches(rows: Sequence[Mapping[str, Any]]) -> list[Link]:
    """By their numbers; nothing is looked up."""
    return [Link(str(row["number"]), reverse("projects:batch", args=[row["number"]])) for row in rows]


def link_projects(rows: Sequence[Mapping[str, Any]]) -> list[Link]:
    """The row's key is the project's; nothing is looked up."""
    return [Link(str(row["number"]), reverse("projects:project", args=[row["row"]])) for row in rows]


def link_points(rows: Sequence[Mapping[str, Any]]) -> list[Link]:
    """A point's number is ``code month project``: the last word is the project's key."""
    links = []
    for row in rows:
        words = str(row["number"]).split()
        links.append(
            Link(" ".join(words[:-1]), reverse("projects:project-tab", args=[int(words[-1]), "plan"]))
        )
    return links
