"""What people do with targets. Each is keyword-only, one transaction, and asks for its permission first."""

from youju.performance.targets.services.confirming import confirm_import, discard_import
from youju.performance.targets.services.inspecting import lint_upload, read_upload
from youju.performance.targets.services.linting import relint, relint_stale
from youju.performance.targets.services.serving import assign_subgoals
from youju.performance.targets.services.staging import change_year, stage_upload

__all__ = [
    "assign_subgoals",
    "change_year",
    "confirm_import",
    "discard_import",
    "lint_upload",
    "read_upload",
    "relint",
    "relint_stale",
    "stage_upload",
]
