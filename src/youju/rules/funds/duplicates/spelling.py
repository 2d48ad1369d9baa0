"""One spelling of a text: full-width, case, spaces and signs made equal; sounds and look-alike characters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache

_SIGNS = re.compile(r"[\W_]+")
_NUMERAL = re.compile(r"[〇零一二三四五六七八九十]+")
_DIGITS = {sign: str(value) for value, sign in enumerate("零一二三四五六七八九")} | {"〇": "0"}
_TEN = "十"


def plain(text: str) -> str:
    """Half-width, upper case, letters, digits and Chinese characters only: ``（白沟）ａｂ-１`` → ``白沟AB1``."""
    return _SIGNS.sub("", unicodedata.normalize("NFKC", text).upper())


def digits(text: str) -> str:
    """The decimal digits of a text, half-width."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", text) if sign in "0123456789")


def numerals(text: str) -> str:
    """Chinese numerals below a hundred as digits: ``十二号楼`` → ``12号楼``; ``二〇三`` → ``203``."""
    return _NUMERAL.sub(lambda found: _number(found.group()), text)


def _number(word: str) -> str:
    if _TEN not in word:
        return "".join(_DIGITS[sign] for sign in word)
    tens, _, ones = word.partition(_TEN)
    if _TEN in ones or len(tens) > 1 or len(ones) > 1:
        return word
    return (_DIGITS[tens] if tens else "1") + (_DIGITS[ones] if ones else "0")


def folding(groups: Iterable[str]) -> dict[int, str]:
    """A table for ``str.translate``: each character of a group becomes the group's first."""
    return {ord(sign): group[0] for group in groups for sign in group[1:]}


@cache
def _sound(sign: str) -> str:
    from pypinyin.constants import PINYIN_DICT

    said = str(PINYIN_DICT.get(ord(sign), "")).partition(",")[0]
    bare = "".join(part for part in unicodedata.normalize("NFD", said) if part.isascii())
    return bare or sign


def sound(text: str) -> str:
    """Syllables without tones, one reading for each character: ``宏达`` and ``鸿达`` → ``hong da``."""
    return " ".join(map(_sound, text))
