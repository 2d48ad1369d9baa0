"""What people do with projects. Each is keyword-only, one transaction, permission checked, on the trail."""

from youju.funds.projects.services.adjusting import propose_adjustment, step_adjustment
from youju.funds.projects.services.batching import open_batch, register_batch_hold, step_batch
from youju.funds.projects.services.changing import (
    attach_paper,
    change_project,
    close_project,
    reopen_project,
    save_step,
    set_plan,
    set_sources,
)
from youju.funds.projects.services.creating import create_project, take_up_targets
from youju.funds.projects.services.locking import lock_ledgers
from youju.funds.projects.services.taking import (
    Approved,
    register_targets,
    take_up_year,
    years_with_targets,
)

__all__ = [
    "Approved",
    "attach_paper",
    "change_project",
    "close_project",
    "create_project",
    "lock_ledgers",
    "open_batch",
    "propose_adjustment",
    "register_batch_hold",
    "register_targets",
    "reopen_project",
    "save_step",
    "set_plan",
    "set_sources",
    "step_adjustment",
    "step_batch",
    "take_up_targets",
    "take_up_year",
    "years_with_targets",
]
