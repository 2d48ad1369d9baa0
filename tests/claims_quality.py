"""How well hits fit what was planted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from claims_planted import FUZZY, HARD


@dataclass(frozen=True, slots=True)
class Quality:
    """How well hits fit what was planted: recall on hard and fuzzy kinds, by kind, and precision."""

    hard: float
    fuzzy: float
    precision: float
    kinds: dict[str, float]
    hits: int

    def as_json(self) -> dict[str, Any]:
        """Shares to four places."""
        kinds = {kind: round(share, 4) for kind, share in self.kinds.items()}
        whole = {name: round(getattr(self, name), 4) for name in ("hard", "fuzzy", "precision")}
        return whole | {"hits": self.hits, "recall_by_kind": kinds}


def quality(truth: dict[tuple[str, str], str], found: set[tuple[str, str]]) -> Quality:
    """Compare pairs of ids (the smaller first) with the truth."""
    kinds = {
        kind: _share([pair in found for pair, planted_as in truth.items() if planted_as == kind])
        for kind in (*HARD, *FUZZY)
    }
    return Quality(
        hard=_share([pair in found for pair, kind in truth.items() if kind in HARD]),
        fuzzy=_share([pair in found for pair, kind in truth.items() if kind in FUZZY]),
        precision=_share([pair in truth for pair in found]),
        kinds=kinds,
        hits=len(found),
    )


def _share(answers: list[bool]) -> float:
    return sum(answers) / len(answers) if answers else 1.0
