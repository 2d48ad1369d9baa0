"""Whether the payer is the buyer, by name: one spelling, without legal forms; words in another order are the same name."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

from youju.rules.law import PolicyValue, names, whole

FORMS = "trade.settlement.legal_forms"
SIMILARITY = "trade.settlement.payer_similarity"
SAME, ALIKE, UNLIKE, UNKNOWN = "same", "alike", "unlike", "unknown"
LawOf = Mapping[str, PolicyValue]


@dataclass(frozen=True, slots=True)
class Likeness:
    """How like the payer is to the nearest buyer: ``level``, 0–100, and which name it was compared to."""

    level: str
    similarity: int = 0
    buyer: str = ""


def words_of(text: str, law: LawOf) -> tuple[str, ...]:
    """``Société Étoile S.A.R.L.`` → ``("SOCIETE", "ETOILE")``: capitals without accents and signs; Chinese as it is."""
    bare = "".join(
        sign for sign in unicodedata.normalize("NFKD", text.upper()) if not unicodedata.combining(sign)
    )
    # A point inside an abbreviation parts nothing (S.A.), every other sign does.
    parts = "".join(sign if sign.isalnum() else " " for sign in bare.replace(".", "")).split()
    forms = frozenset(names(law, FORMS))
    kept = tuple(part for part in parts if part not in forms)
    return kept or tuple(parts)


def likeness(payer: str, buyers: Iterable[str], law: LawOf) -> Likeness:
    """The payer beside the buyers of the goods; ``unknown`` where there is no name to compare.

    Names of the same words, in any order, are the same. Else the letters are compared, as they stand and with the words sorted.
    """
    told = words_of(payer, law)
    best = Likeness(UNKNOWN)
    for buyer in buyers:
        other = words_of(buyer, law)
        if not told or not other:
            continue
        if sorted(told) == sorted(other):
            return Likeness(SAME, 100, buyer)
        near = max(_ratio(told, other), _ratio(sorted(told), sorted(other)))
        if best.level == UNKNOWN or near > best.similarity:
            best = Likeness(ALIKE if near >= whole(law, SIMILARITY) else UNLIKE, near, buyer)
    return best


def _ratio(first: Iterable[str], second: Iterable[str]) -> int:
    # Rounded down: 100 is said of the same words alone.
    return min(99, int(SequenceMatcher(None, "".join(first), "".join(second), autojunk=False).ratio() * 100))
