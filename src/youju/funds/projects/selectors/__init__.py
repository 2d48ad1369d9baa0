"""Reading projects."""

from youju.funds.projects.facts import ContractView, ProjectView
from youju.funds.projects.selectors.lists import adjustments_waiting, project_list, years
from youju.funds.projects.selectors.pages import (
    AdjustmentPage,
    BatchPage,
    ProjectPage,
    adjustment_page,
    batch_page,
    project_page,
)
from youju.funds.projects.selectors.views import (
    available,
    batch_of,
    batches_of,
    by_code,
    contract_of,
    contracts_of,
    late_steps,
    of_year,
    project_view,
    sources_of,
    views_of,
)

__all__ = [
    "AdjustmentPage",
    "BatchPage",
    "ContractView",
    "ProjectPage",
    "ProjectView",
    "adjustment_page",
    "adjustments_waiting",
    "available",
    "batch_of",
    "batch_page",
    "batches_of",
    "by_code",
    "contract_of",
    "contracts_of",
    "late_steps",
    "of_year",
    "project_list",
    "project_page",
    "project_view",
    "sources_of",
    "views_of",
    "years",
]
