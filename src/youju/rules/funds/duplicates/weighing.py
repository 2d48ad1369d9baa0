"""How much what two claims have in common weighs: two ways to look at it, the heavier counts.

As one company filed twice: every field speaks, differences speak against. As related companies: name, and whatever differs,
say nothing; only what is shared counts. Weights are tenths of a bit, after Fellegi and Sunter (1969)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from youju.rules.funds.duplicates.likeness import Likeness
from youju.rules.law import PolicyValue, table, whole

WEIGHTS = "funds.duplicates.weights"
THRESHOLD = "funds.duplicates.threshold"
FIELDS = ("name", "phone", "person", "address")


@dataclass(frozen=True, slots=True)
class Weight:
    """Total in tenths of a bit, by field, and whether people should look at the pair."""

    total: int
    fields: Mapping[str, int]
    listed: bool


class Scale:
    """Weighs by the table of one law."""

    def __init__(self, law: Mapping[str, PolicyValue]) -> None:
        steps = cast("Mapping[str, tuple[tuple[int, int], ...]]", table(law, WEIGHTS))
        self._steps = {level: tuple((most, points) for most, points in each) for level, each in steps.items()}
        self._threshold = whole(law, THRESHOLD)

    def weigh(self, likeness: Likeness) -> Weight:
        """The weight of a likeness; of one claimant only what is claimed twice counts."""
        if likeness.one_claimant:
            return Weight(0, {}, likeness.hard)
        fields = {field: self._points(likeness, field) for field in FIELDS}
        related = sum(points for field, points in fields.items() if field != "name" and points > 0)
        total = max(sum(fields.values()), related)
        return Weight(total, fields, likeness.hard or total >= self._threshold)

    def _points(self, likeness: Likeness, field: str) -> int:
        level = getattr(likeness, field)
        held = likeness.holders.get(field, 0) if likeness.holders else 0
        for most, points in self._steps.get(f"{field}_{level}", ()) if level else ():
            if held <= most:
                return points
        return 0
