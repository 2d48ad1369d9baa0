"""Tables of the targets room. Private to it: another room asks ``selectors``."""

from youju.performance.targets.models.editing import EditDraft
from youju.performance.targets.models.fields import PrintedNumber
from youju.performance.targets.models.findings import Answer, Finding
from youju.performance.targets.models.previews import ImportPreview
from youju.performance.targets.models.projects import (
    Indicator,
    PlanPoint,
    Project,
    ProjectGoal,
    ProjectSubgoal,
)
from youju.performance.targets.models.requests import StepRequest
from youju.performance.targets.models.sets import Safeguard, Subgoal, TargetSet

__all__ = [
    "Answer",
    "EditDraft",
    "Finding",
    "ImportPreview",
    "Indicator",
    "PlanPoint",
    "PrintedNumber",
    "Project",
    "ProjectGoal",
    "ProjectSubgoal",
    "Safeguard",
    "StepRequest",
    "Subgoal",
    "TargetSet",
]
