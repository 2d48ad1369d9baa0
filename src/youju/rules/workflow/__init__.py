"""Workflows as data: which states a record goes through, who moves it on, and in how many working days."""

from youju.rules.workflow.flows import Flow, State, Transition
from youju.rules.workflow.workdays import DueDay, add_working_days, is_working_day, working_days_between

__all__ = [
    "DueDay",
    "Flow",
    "State",
    "Transition",
    "add_working_days",
    "is_working_day",
    "working_days_between",
]
