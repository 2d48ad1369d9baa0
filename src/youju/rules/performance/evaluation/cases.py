"""What a rule EVL-… looks at: a scored self-evaluation, or one of its rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from youju.rules.findings import Finding
from youju.rules.performance.evaluation.facts import Evaluation
from youju.rules.performance.evaluation.points import HUNDRED
from youju.rules.performance.evaluation.rows import ScoredRow
from youju.rules.performance.evaluation.schemas import Schema


@dataclass(frozen=True)
class EvaluationCase:
    """A whole self-evaluation with its points: those of the execution of the budget, those of each row."""

    facts: Evaluation
    schema: Schema
    execution: Decimal
    rows: Sequence[ScoredRow] = field(repr=False)

    @property
    def executed_share(self) -> Fraction:
        """What was spent of the adjusted budget, in per cent."""
        return Fraction(self.facts.budget.executed) / Fraction(self.facts.budget.adjusted) * HUNDRED

    @property
    def indicators(self) -> Decimal:
        """The points of all rows."""
        return sum((each.score for each in self.rows), Decimal(0))

    def says(self, message: str, suggestion: str, field: str) -> Finding:
        """A finding about the evaluation as a whole."""
        return Finding(message, suggestion, {"project": self.facts.project, "row": None, "field": field})


@dataclass(frozen=True)
class RowCase:
    """One scored row inside its evaluation."""

    whole: EvaluationCase = field(repr=False)
    scored: ScoredRow

    def says(self, message: str, suggestion: str, field: str) -> Finding:
        """A finding about a field of this row."""
        at = {"project": self.whole.facts.project, "row": self.scored.number, "field": field}
        return Finding(message, suggestion, at)
