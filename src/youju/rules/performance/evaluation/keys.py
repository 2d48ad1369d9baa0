"""A key evaluation (重点评价): items under 决策, 过程, 产出, 效益; experts' points; each item's mean and spread."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import cast

from youju.rules.law import Table, decimal, table
from youju.rules.performance.evaluation.points import HUNDRED, plain, rounded
from youju.rules.performance.evaluation.schemas import LawOf, Schema

FRAMEWORK = "performance.evaluation.key.framework"
SPREAD = "performance.evaluation.key.spread"
RESULTS = ("产出", "效益")
"""The parts of the framework that show what came of the money."""


@dataclass(frozen=True, slots=True)
class KeyItem:
    """An item of the framework: its part, what is looked at, how points are given, its weight, points by expert."""

    number: int
    part: str
    name: str
    standard: str
    weight: Decimal
    points: Mapping[str, Decimal | None]

    @property
    def given(self) -> list[Decimal]:
        """The points that experts gave."""
        return [each for each in self.points.values() if each is not None]


@dataclass(frozen=True, slots=True)
class KeyCase:
    """A key evaluation on a day; ``closing`` where it is about to be finished."""

    project: str
    day: date
    items: tuple[KeyItem, ...]
    closing: bool = False


@dataclass(frozen=True, slots=True)
class KeyScore:
    """An item's mean (to the hundredth) with the lowest and highest points, the spread in per cent of its weight, and words."""

    item: KeyItem
    mean: Decimal | None
    spread: Decimal
    flagged: bool
    reason: str


@dataclass(frozen=True, slots=True)
class KeyResult:
    """Means by item, sums by part with their weights, total and grade; ``None`` while an item has no points."""

    items: tuple[KeyScore, ...]
    parts: tuple[tuple[str, Decimal, Decimal], ...]
    total: Decimal | None
    grade: str


def framework(law: LawOf) -> list[tuple[str, str, str, Decimal]]:
    """The house's framework: (part, name, standard, weight) of each item, in order."""
    rows = []
    for part, items in table(law, FRAMEWORK).items():
        for name, entry in cast("Table", items).items():
            row = cast("Table", entry)
            rows.append((part, name, str(row["standard"]), Decimal(str(row["weight"]))))
    return rows


def scored_key(items: Sequence[KeyItem], schema: Schema, law: LawOf) -> KeyResult:
    """The mean of the experts' points for each item, summed; the grade is that of the schema."""
    most = decimal(law, SPREAD)
    scores = tuple(_scored(item, most) for item in items)
    parts: dict[str, tuple[Decimal, Decimal]] = {}
    for each in scores:
        weight, points = parts.get(each.item.part, (Decimal(0), Decimal(0)))
        parts[each.item.part] = (weight + each.item.weight, points + (each.mean or Decimal(0)))
    known = bool(scores) and all(each.mean is not None for each in scores)
    total = sum((each.mean or Decimal(0) for each in scores), Decimal(0)) if known else None
    grade = schema.grade(total) if total is not None else ""
    return KeyResult(scores, tuple((part, *sums) for part, sums in parts.items()), total, grade)


def _scored(item: KeyItem, most: Decimal) -> KeyScore:
    given = item.given
    if not given:
        return KeyScore(item, None, Decimal(0), flagged=False, reason="还没有专家打分。")
    mean = rounded(Fraction(sum(given, Decimal(0))) / len(given))
    low, high = min(given), max(given)
    spread = rounded(Fraction(high - low) / Fraction(item.weight) * HUNDRED) if item.weight else Decimal(0)
    words = f"{len(given)} 位专家平均 {plain(mean)} 分（{plain(low)}—{plain(high)}）"
    flagged = spread > most
    if flagged:
        words += f"，最高与最低相差 {plain(spread)}%（占分值），超过 {plain(most)}%，请核对"
    return KeyScore(item, mean, spread, flagged, f"{words}。")
