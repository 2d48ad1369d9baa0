"""Reading cases: one, its steps, what somebody has to do, what is late."""

from youju.foundation.workflow.selectors.between import StepTaken, steps_between
from youju.foundation.workflow.selectors.choosing import Available, available, candidates
from youju.foundation.workflow.selectors.lists import (
    absences,
    cases,
    days_late,
    finished_steps,
    late,
    standing_in_for,
)
from youju.foundation.workflow.selectors.pages import (
    CasePage,
    TodoPage,
    absence_page,
    case_page,
    todo_page,
)
from youju.foundation.workflow.selectors.todo import (
    COUNT_MOST,
    TODO_MOST,
    TodoItem,
    counted,
    todo,
    todo_count,
    todo_counts,
    todo_late_count,
)
from youju.foundation.workflow.selectors.views import (
    CaseView,
    Milestone,
    StepView,
    case,
    case_of,
    log_of,
    milestones,
    open_keys,
    states_of,
    view,
)

__all__ = [
    "COUNT_MOST",
    "TODO_MOST",
    "Available",
    "CasePage",
    "CaseView",
    "Milestone",
    "StepTaken",
    "StepView",
    "TodoItem",
    "TodoPage",
    "absence_page",
    "absences",
    "available",
    "candidates",
    "case",
    "case_of",
    "case_page",
    "cases",
    "counted",
    "days_late",
    "finished_steps",
    "late",
    "log_of",
    "milestones",
    "open_keys",
    "standing_in_for",
    "states_of",
    "steps_between",
    "todo",
    "todo_count",
    "todo_counts",
    "todo_late_count",
    "todo_page",
    "view",
]
