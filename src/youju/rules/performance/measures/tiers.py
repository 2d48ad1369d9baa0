"""The three tiers of a qualitative row, by the value of the metric that it is bound to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import cast

from youju.rules.law import PolicyValue, Table, table
from youju.rules.performance.evaluation.points import plain

TIERS = "performance.measures.tiers"
LABELS = {"reached": "达成", "partly": "部分达成", "missed": "未达成"}
"""Codes of tiers, best first, as ``performance.evaluation`` knows them."""
LawOf = Mapping[str, PolicyValue]


@dataclass(frozen=True, slots=True)
class Tiered:
    """A tier with its rate in per cent, and why in words."""

    code: str
    rate: Decimal
    why: str

    @property
    def label(self) -> str:
        """In Chinese."""
        return LABELS[self.code]

    @property
    def reached(self) -> bool:
        """Whether it is the best."""
        return self.code == next(iter(LABELS))


def readings(law: LawOf) -> dict[str, str]:
    """The ways in which a value becomes a tier: code → what its value is."""
    return {code: str(cast("Table", row)["label"]) for code, row in table(law, TIERS).items()}


def tier_of(reading: str, value: Decimal, law: LawOf) -> Tiered | None:
    """The tier of a value, or None where there is no such way of reading."""
    row = cast("Table | None", table(law, TIERS).get(reading))
    if row is None:
        return None
    for code, label in LABELS.items():
        step = cast("Table", row[code])
        least = step.get("from")
        if least is None or value >= Decimal(str(least)):
            bound = f"达到 {plain(Decimal(str(least)))}%" if least is not None else "低于各档"
            return Tiered(code, Decimal(str(step["rate"])), f"{row['label']}{bound}，{label}")
    return None
