"""What other rooms and the pages of this one read about targets. Callers check permissions (views, API)."""

from youju.performance.targets.selectors.departments import DepartmentPage, department_page
from youju.performance.targets.selectors.documents import document
from youju.performance.targets.selectors.findings import RuleCount, findings, rule_counts
from youju.performance.targets.selectors.overviews import Hit, Overview, overview, overview_of, search
from youju.performance.targets.selectors.previews import PreviewPage, finished_import, preview_page
from youju.performance.targets.selectors.projects import (
    FUNDS,
    Place,
    ProjectPage,
    ProjectRow,
    funds_of,
    project_page,
    project_rows,
)
from youju.performance.targets.selectors.sets import active_set, active_sets, is_stale

__all__ = [
    "FUNDS",
    "DepartmentPage",
    "Hit",
    "Overview",
    "Place",
    "PreviewPage",
    "ProjectPage",
    "ProjectRow",
    "RuleCount",
    "active_set",
    "active_sets",
    "department_page",
    "document",
    "findings",
    "finished_import",
    "funds_of",
    "is_stale",
    "overview",
    "overview_of",
    "preview_page",
    "project_page",
    "project_rows",
    "rule_counts",
    "search",
]
