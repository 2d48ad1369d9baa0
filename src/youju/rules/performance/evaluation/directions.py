"""Which way is better: as the sign says; without a sign, or with =, as the indicator's name and level say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from youju.rules.law import names, table
from youju.rules.performance.evaluation.facts import Row
from youju.rules.performance.evaluation.quantities import Pair
from youju.rules.performance.evaluation.schemas import LawOf
from youju.rules.performance.targets.texts import mentions

LEVELS = "performance.targets.levels"
LOW = "performance.targets.low_share_names"
SAVINGS = "performance.targets.saving_words"
SPANS = "performance.targets.timeliness_words"
UP, DOWN, STRICT = frozenset("≥>"), frozenset("≤<"), frozenset("<>")


@dataclass(frozen=True, slots=True)
class Direction:
    """``less``: less is better; ``strict``: the target itself does not do; ``why`` in words."""

    less: bool
    strict: bool
    why: str


def direction_of(row: Row, pair: Pair, law: LawOf) -> Direction:
    """The direction of a row whose values are numbers."""
    sign = pair.operator
    if sign is not None and sign in UP | DOWN:
        less = sign in DOWN
        return Direction(less, sign in STRICT, f"目标值写“{sign}”，越{'少' if less else '多'}越好")
    written = "目标值写“=”" if sign == "=" else "目标值没有写比较符号"
    reason = _less_is_better(row, pair, law)
    if reason:
        return Direction(True, False, f"{written}，{reason}按不超过计")
    return Direction(False, False, f"{written}，按不低于计")


def _less_is_better(row: Row, pair: Pair, law: LawOf) -> str:
    """Why less is better, or nothing."""
    if not pair.target:
        return "目标值是零，"
    if mentions(row.level3, names(law, SAVINGS)):
        return ""
    if mentions(row.level3, names(law, LOW)):
        return "这类比率"
    if _is_level(row, "cost", law) and pair.kind == "money":
        return "成本指标"
    if _is_level(row, "timeliness", law) and pair.unit in names(law, SPANS):
        return "时限"
    return ""


def _is_level(row: Row, level: str, law: LawOf) -> bool:
    words = cast("tuple[str, ...]", table(law, LEVELS)[level])
    return mentions(row.level1, words) or mentions(row.level2, words)
