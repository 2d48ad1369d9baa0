"""A company's name taken apart: brand (字号), trades, branch; without place and legal form."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from youju.rules.funds.duplicates.spelling import folding, plain, sound
from youju.rules.law import PolicyValue, names, table

REGIONS = "funds.duplicates.region_words"
FORMS = "funds.duplicates.legal_forms"
BRANCHES = "funds.duplicates.branch_words"
TRADES = "funds.duplicates.trade_words"
GLYPHS = "funds.duplicates.near_glyphs"
_PLACE = re.compile(r"^[一-鿿]{2,3}?(?:省|市|自治区)")


def _longest(words: Iterable[str]) -> list[str]:
    """The longest first, so that a word never hides a longer one."""
    return sorted(words, key=lambda word: (-len(word), word))


@dataclass(frozen=True, slots=True)
class Name:
    """A name for comparing.

    Args:
        core: the brand, e.g. ``宏达`` of 保定市白沟新城宏达箱包有限公司第一分公司; the whole name if nothing else is left.
        trades: canonical trades found, e.g. ``{"箱包"}``.
        whole: brand and trades as they stood, without place, form and branch.
        branch: ``第一分公司``, or empty.
        sound, folded: the brand by its syllables, and with look-alike characters made one.
    """

    core: str = ""
    trades: frozenset[str] = frozenset()
    whole: str = ""
    branch: str = ""
    sound: str = ""
    folded: str = ""


class NameReader:
    """Takes names apart by the word lists of one law."""

    def __init__(self, law: Mapping[str, PolicyValue]) -> None:
        self._regions = re.compile("|".join(_longest(names(law, REGIONS))))
        self._form = re.compile(f"(?:{'|'.join(_longest(names(law, FORMS)))})$")
        ends = "|".join(_longest(names(law, BRANCHES)))
        self._branch = re.compile(
            rf"^(.+?(?:公司|厂|商行|经营部|批发部|集团))([^公]{{0,10}}?(?:{ends}))$|^(..+?)(第?[0-9一二三四五六七八九十]+(?:{ends}))$"
        )
        self._trade_of = {
            word: canonical
            for canonical in table(law, TRADES)
            for word in names(table(law, TRADES), canonical)
        }
        self._trades = re.compile("|".join(_longest(self._trade_of)))
        self._fold = folding(names(law, GLYPHS))

    def fold(self, text: str) -> str:
        """Look-alike characters made one."""
        return text.translate(self._fold)

    def read(self, text: str) -> Name:
        """Take a name apart. Reading ``whole`` again gives the same brand and trades."""
        rest = self._traditional(plain(text))
        if not rest:
            return Name()
        rest, branch = self._parted(rest)
        rest = self._without(self._regions, self._without(_PLACE, rest))
        rest = self._without_form(rest)
        trades = frozenset(self._trade_of[word] for word in self._trades.findall(rest))
        core = self._trades.sub("", rest)
        if not core:
            core, trades = rest, frozenset()
        return Name(core, trades, rest, branch, sound(core), self.fold(core))

    def _traditional(self, text: str) -> str:
        # The words of trades and forms have to be found in either script.
        return text.translate(
            {ord("貿"): "贸", ord("際"): "际", ord("國"): "国", ord("進"): "进", ord("廠"): "厂"}
        )

    def _parted(self, text: str) -> tuple[str, str]:
        found = self._branch.match(text)
        if not found:
            return text, ""
        head, tail, other_head, other_tail = found.groups()
        return (head, tail) if head else (other_head, other_tail)

    def _without_form(self, text: str) -> str:
        while True:
            rest = self._form.sub("", text)
            if rest == text or not rest:
                return text
            text = rest

    @staticmethod
    def _without(pattern: re.Pattern[str], text: str) -> str:
        return pattern.sub("", text) or text
