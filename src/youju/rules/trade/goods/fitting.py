"""How well a goods name fits the wording of a tariff line: the share of its signs that the wording says too.

Explainable on purpose: the shared words are named, so that an officer sees why the measure spoke. Counted are runs of two or
more signs that stand in both, and the last sign of the name (包, 箱, 带), which in Chinese says what the thing is. Stop
words are not counted; a policy table of synonyms lets 双肩包 meet 背包.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import cast

from youju.rules.law import PolicyValue, names, table

STOP = "trade.goods.name_stop_words"
SYNONYMS = "trade.goods.name_synonyms"
SHARE = "trade.goods.name_fit_share"
_NOT_WORDS = re.compile(r"[^\u3400-\u9fffA-Za-z]+")
_LEAST = 2


@dataclass(frozen=True, slots=True)
class Fit:
    """A name against a wording.

    Args:
        share: of the name's signs, 0 to 1; of the best among the name and what its synonyms make of it.
        shared: the words in both.
        judged: what of the name was compared, stop words taken out.
        comparable: whether both sides say anything at all beyond stop words.
    """

    share: Decimal
    shared: tuple[str, ...]
    judged: str
    comparable: bool


def fit(name: str, wording: str, law: Mapping[str, PolicyValue]) -> Fit:
    """Measure a name against a wording."""
    stops = names(law, STOP)
    text = _bare(wording, stops)
    best = _measure(_bare(name, stops), text)
    for other in _readings(name, law):
        found = _measure(_bare(other, stops), text)
        best = found if found.share > best.share else best
    return best


def _readings(name: str, law: Mapping[str, PolicyValue]) -> Iterable[str]:
    plain = unicodedata.normalize("NFKC", name)
    for word, others in table(law, SYNONYMS).items():
        if word in plain:
            yield from (plain.replace(word, other) for other in cast("tuple[str, ...]", others))


def _measure(name: str, wording: str) -> Fit:
    if not name or not wording:
        return Fit(Decimal(0), (), name, comparable=False)
    runs = tuple(dict.fromkeys(_runs(name, wording)))
    covered = sum(len(run) for run in runs)
    # The head noun alone is a word in common as well; inside a run it has been counted.
    if name[-1] in wording and not any(name.endswith(run) for run in runs):
        runs, covered = (*runs, name[-1]), covered + 1
    share = (Decimal(min(covered, len(name))) / len(name)).quantize(Decimal("0.01"))
    return Fit(share, runs, name, comparable=True)


def _runs(name: str, wording: str) -> Iterable[str]:
    """The longest runs of two or more signs of the name that stand in the wording, from left to right."""
    start = 0
    while start <= len(name) - _LEAST:
        end = start + _LEAST
        if name[start:end] not in wording:
            start += 1
            continue
        while end < len(name) and name[start : end + 1] in wording:
            end += 1
        yield name[start:end]
        start = end


@lru_cache(maxsize=16_384)
def _bare(text: str, stops: tuple[str, ...]) -> str:
    plain = _NOT_WORDS.sub(" ", unicodedata.normalize("NFKC", text).casefold())
    for word in sorted(stops, key=len, reverse=True):
        plain = plain.replace(word.casefold(), " ")
    return "".join(plain.split())
