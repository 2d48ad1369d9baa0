"""Tables of the room of evaluation."""

from youju.performance.evaluation.models.departments import DepartmentEvaluation, DepartmentLine
from youju.performance.evaluation.models.keys import ExpertPoint, KeyEvaluation, KeyItem
from youju.performance.evaluation.models.results import AppliedResult
from youju.performance.evaluation.models.rows import EvaluationRow, Figure
from youju.performance.evaluation.models.selves import Fund, SelfEvaluation

__all__ = [
    "AppliedResult",
    "DepartmentEvaluation",
    "DepartmentLine",
    "EvaluationRow",
    "ExpertPoint",
    "Figure",
    "Fund",
    "KeyEvaluation",
    "KeyItem",
    "SelfEvaluation",
]
