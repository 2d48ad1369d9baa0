"""A self-evaluation (绩效自评) as it is handed in, as frozen facts.

The attribute names are those of the JSON that ``youju evaluation score`` reads. Amounts are in one money unit, whichever
it is; points and percentages are exact decimals; a blank is ``None``, never zero.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

_SHOWN = re.compile(r".{0,24}")
_UNSEEN = re.compile(r"[\s\x00-\x1f\x7f-\x9f\u2028\u2029]+")


class EvaluationError(ValueError):
    """Why a self-evaluation cannot be scored: what, where, how to mend it; each a piece of one Chinese sentence."""

    def __init__(self, what: str, *, where: str = "", how: str = "") -> None:
        self.what, self.where, self.how = what, where, how
        super().__init__(what)


@dataclass(frozen=True, slots=True)
class Budget:
    """The money of a project: budget of the year's beginning, after adjustment, what was spent; all in one unit.

    ``deviation`` says why little was spent, where somebody has said it.
    """

    initial: Decimal | None
    adjusted: Decimal
    executed: Decimal
    deviation: str = ""


@dataclass(frozen=True, slots=True)
class Reduction:
    """A recorded decision that takes ``rate`` per cent of a row's points, because its target had been set too low."""

    rate: Decimal
    decision: str


@dataclass(frozen=True, slots=True)
class Row:
    """One indicator row. ``target`` and ``actual`` stand as written.

    ``tier`` and ``tier_rate`` (per cent) judge what is no number; ``deviation`` says why the actual value is far off the
    target; ``weight`` is in points.
    """

    level1: str
    level2: str
    level3: str
    target: str
    actual: str | None = None
    weight: Decimal | None = None
    tier: str | None = None
    tier_rate: Decimal | None = None
    deviation: str = ""
    reduction: Reduction | None = None


@dataclass(frozen=True, slots=True)
class Evaluation:
    """A whole self-evaluation: schema by its code, money, rows in the form's order; ``day`` is the day whose
    law applies (``None``: today), ``fiscal_year`` the year that dates without a year belong to."""

    schema: str
    budget: Budget
    rows: tuple[Row, ...]
    project: str | None = None
    day: date | None = None
    fiscal_year: int | None = None


def place(number: int, row: Row) -> str:
    """How a sentence names a row, e.g. ``第 2 行“满意度”``."""
    name = row.level3 or row.level2 or row.level1
    return f"第 {number} 行{quoted(name) if name.strip() else ''}"


def quoted(text: str) -> str:
    """The beginning of what somebody wrote, in one line that any terminal can show, within “”."""
    plain = _UNSEEN.sub(" ", text).strip().encode("utf-8", "replace").decode()
    match = _SHOWN.match(plain)
    begin = match[0] if match else ""
    return f"“{begin}{'' if begin == plain else '…'}”"
