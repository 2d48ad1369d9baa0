"""What the rules of the stages look at: a self-evaluation about to be handed on, or checked again by finance."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction

from youju.rules.findings import Finding
from youju.rules.performance.evaluation.facts import quoted
from youju.rules.performance.evaluation.schemas import Schema


@dataclass(frozen=True, slots=True)
class StageRow:
    """A row with its points and what people said of it.

    ``has_value``: a computed or attested value, or a tier, is there; ``reached`` as in ``ScoredRow``; ``own`` and ``own_reason``
    are what finance gives instead of ``score`` and why.
    """

    number: int
    name: str
    weight: Decimal
    score: Decimal | None = None
    has_value: bool = True
    bound: bool = True
    reached: Fraction | None = None
    cause: str = ""
    improvement: str = ""
    reduced: bool = False
    own: Decimal | None = None
    own_reason: str = ""

    @property
    def place(self) -> str:
        """How a sentence names it."""
        return f"第 {self.number} 行{quoted(self.name)}"


@dataclass(frozen=True, slots=True)
class Stage:
    """A whole self-evaluation at a step, on a day. ``executed`` is in per cent of the adjusted budget."""

    project: str
    day: date
    schema: Schema
    rows: tuple[StageRow, ...] = field(repr=False)
    targets_agreed: bool = True
    done: str = "已完成"
    executed: Fraction = Fraction(1)
    execution_reason: str = ""

    def says(self, message: str, suggestion: str, field: str, row: int | None = None) -> Finding:
        """A finding at a field of a row, or of the whole."""
        return Finding(message, suggestion, {"project": self.project, "row": row, "field": field})


def changed_rows(stage: Stage) -> Iterator[StageRow]:
    """The rows to which finance gave other points."""
    return (row for row in stage.rows if row.own is not None and row.own != row.score)
