"""Reading monitoring rounds, rectification orders and suspensions."""

from youju.performance.monitoring.selectors.holding import (
    held_projects,
    holds_payments,
    suspension_of,
    suspensions,
)
from youju.performance.monitoring.selectors.lists import (
    STATES,
    OrderFilter,
    is_late,
    order_of,
    orders,
    project_of,
    round_of,
    rounds,
    section_named,
)
from youju.performance.monitoring.selectors.pages import (
    OrderPage,
    ProjectPage,
    RoundPage,
    RowView,
    answers_for,
    evidence_role,
    may_fill,
    order_page,
    project_page,
    round_page,
)
from youju.performance.monitoring.selectors.plain import round_in_month, whole_round
from youju.performance.monitoring.selectors.results import Progress, latest_progress

__all__ = [
    "STATES",
    "OrderFilter",
    "OrderPage",
    "Progress",
    "ProjectPage",
    "RoundPage",
    "RowView",
    "answers_for",
    "evidence_role",
    "held_projects",
    "holds_payments",
    "is_late",
    "latest_progress",
    "may_fill",
    "order_of",
    "order_page",
    "orders",
    "project_of",
    "project_page",
    "round_in_month",
    "round_of",
    "round_page",
    "rounds",
    "section_named",
    "suspension_of",
    "suspensions",
    "whole_round",
]
