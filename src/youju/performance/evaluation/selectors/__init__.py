"""Reading evaluations; ``results`` is what other rooms ask for."""

from youju.performance.evaluation.selectors.departments import DepartmentPage, department_page
from youju.performance.evaluation.selectors.keys import KeyPage, key_evaluations, key_of, key_page
from youju.performance.evaluation.selectors.overviews import (
    Drift,
    Overview,
    Result,
    ScoredRow,
    applied_results,
    approved_grades,
    drifts,
    overview,
    results,
    score_of,
)
from youju.performance.evaluation.selectors.papers import (
    PapersPage,
    department_paper,
    key_paper,
    papers_page,
    self_paper,
)
from youju.performance.evaluation.selectors.selves import (
    RowView,
    SelfFilter,
    SelfPage,
    self_evaluations,
    self_of,
    self_page,
)

__all__ = [
    "DepartmentPage",
    "Drift",
    "KeyPage",
    "Overview",
    "PapersPage",
    "Result",
    "RowView",
    "ScoredRow",
    "SelfFilter",
    "SelfPage",
    "applied_results",
    "approved_grades",
    "department_page",
    "department_paper",
    "drifts",
    "key_evaluations",
    "key_of",
    "key_page",
    "key_paper",
    "overview",
    "papers_page",
    "results",
    "score_of",
    "self_evaluations",
    "self_of",
    "self_page",
    "self_paper",
]
