"""How likely two filings are of one party: a score with its reasons in words. People decide; nothing is merged by it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from youju.rules.law import PolicyValue, table, whole

WEIGHTS = "trade.parties.duplicate_weights"
THRESHOLD = "trade.parties.duplicate_threshold"
SIMILARITY = "trade.parties.duplicate_name_similarity"
BLOCK = "trade.parties.duplicate_block"
LawOf = Mapping[str, PolicyValue]
MOST = 100


@dataclass(frozen=True, slots=True)
class Likeness:
    """What two filings have in common.

    Args:
        similarity: of the two names' cores (字号), 0–100; 100 is the same.
        identifiers: Chinese names of the identifiers whose numbers are the same, telephones aside.
        phone: whether a telephone number is the same.
        legal_person, address: what is the same in both, empty where it differs or is blank.
    """

    similarity: int = 0
    identifiers: tuple[str, ...] = ()
    phone: bool = False
    legal_person: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Score:
    """0–100, and why; ``speaks`` when it reaches the threshold."""

    points: int
    reasons: tuple[str, ...]
    speaks: bool


def score(likeness: Likeness, law: LawOf) -> Score:
    """Add up what the two have in common."""
    weights = table(law, WEIGHTS)
    found: list[tuple[str, str]] = []
    if likeness.similarity >= MOST:
        found.append(("same_name", "名称的字号相同"))
    elif likeness.similarity >= whole(law, SIMILARITY):
        found.append(("similar_name", f"名称相近（相似度 {likeness.similarity}）"))
    found += [("identifier", f"{name}相同") for name in likeness.identifiers]
    if likeness.phone:
        found.append(("phone", "电话号码相同"))
    if likeness.legal_person:
        found.append(("legal_person", f"法定代表人同名（{likeness.legal_person}）"))
    if likeness.address:
        found.append(("address", "地址相同"))
    points = min(MOST, sum(cast("int", weights[name]) for name, _ in found))
    return Score(points, tuple(words for _, words in found), points >= whole(law, THRESHOLD))
