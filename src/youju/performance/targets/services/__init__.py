"""What people do with targets. Each is keyword-only, one transaction, and asks for its permission first."""

from youju.performance.targets.services.adjusting import Paper, begin_adjustment, describe_adjustment
from youju.performance.targets.services.advancing import take_step, take_step_once
from youju.performance.targets.services.answering import answer_finding
from youju.performance.targets.services.bulk import bulk_sheet
from youju.performance.targets.services.clearing import clear_abandoned
from youju.performance.targets.services.comparing import export_difference
from youju.performance.targets.services.confirming import confirm_import, discard_import
from youju.performance.targets.services.editing import (
    Checked,
    Kept,
    StaleSaveError,
    check_typing,
    forget_typing,
    keep_typing,
    save_project,
)
from youju.performance.targets.services.inspecting import lint_upload, read_upload
from youju.performance.targets.services.linting import relint, relint_stale
from youju.performance.targets.services.serving import assign_subgoals
from youju.performance.targets.services.sources import hand_out, note_download
from youju.performance.targets.services.staging import change_year, stage_upload

__all__ = [
    "Checked",
    "Kept",
    "Paper",
    "StaleSaveError",
    "answer_finding",
    "assign_subgoals",
    "begin_adjustment",
    "bulk_sheet",
    "change_year",
    "check_typing",
    "clear_abandoned",
    "confirm_import",
    "describe_adjustment",
    "discard_import",
    "export_difference",
    "forget_typing",
    "hand_out",
    "keep_typing",
    "lint_upload",
    "note_download",
    "read_upload",
    "relint",
    "relint_stale",
    "save_project",
    "stage_upload",
    "take_step",
    "take_step_once",
]
