"""How a goods name is found again: its pinyin initials and the short pieces of text that an index can hold.

``grams``: of Chinese text each character and each pair, of initials each pair and each triple. What contains a word contains
all pieces of the word, so an index over the pieces leaves few lines to look at; no extension of the database is needed.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import zip_longest

_HAN = re.compile(r"[\u3400-\u9fff]+")
_LATIN = re.compile(r"[a-z0-9]+")
_READINGS = 4
_SHORT = 2
_LONG = 3


def initials(name: str) -> str:
    """The first letters of a name's syllables, Latin letters and digits kept; several spellings parted by a space.

    Words are read as words (``银行`` gives ``yh``). The second spelling takes each character's next possible letter, and so
    on: ``重型`` gives ``zx cx``.
    """
    columns = [_letters(syllable) for syllable in _syllables(name)]
    longest = min(max((len(column) for column in columns), default=0), _READINGS)
    spellings = ["".join(column[min(place, len(column) - 1)] for column in columns) for place in range(longest)]
    return " ".join(dict.fromkeys(spellings))


def grams(name: str, spelled: str) -> list[str]:
    """The pieces of a name and of its initials, each once, in order."""
    pieces: dict[str, None] = {}
    for run in _HAN.findall(name):
        for first, second in zip_longest(run, run[1:]):
            pieces[first] = None
            if second:
                pieces[first + second] = None
    for run in _LATIN.findall(spelled):
        pieces |= dict.fromkeys(_cut(run, _SHORT)) | dict.fromkeys(_cut(run, _LONG))
    return list(pieces)


def wanted(word: str) -> list[str]:
    """The pieces that a line must hold for a word of a search to be in it: the longest ones that ``grams`` keeps."""
    if _HAN.fullmatch(word):
        return _cut(word, _SHORT) or [word]
    return _cut(word, _LONG) or _cut(word, _SHORT)


def is_han(word: str) -> bool:
    """Whether a word is Chinese through and through."""
    return bool(_HAN.fullmatch(word))


def _cut(text: str, size: int) -> list[str]:
    return [text[place : place + size] for place in range(len(text) - size + 1)]


def _syllables(name: str) -> list[tuple[str, str]]:
    """Each character with its reading in the word; runs of Latin letters and digits stand for themselves."""
    from pypinyin import Style, lazy_pinyin

    found: list[tuple[str, str]] = []
    for run in re.findall(r"[\u3400-\u9fff]+|[A-Za-z0-9]+", name):
        if _HAN.fullmatch(run):
            found += zip(run, lazy_pinyin(run, style=Style.FIRST_LETTER), strict=False)
        else:
            found += [("", letter) for letter in run.lower()]
    return found


def _letters(syllable: tuple[str, str]) -> list[str]:
    sign, first = syllable
    return list(dict.fromkeys([first, *_others(sign)])) if sign else [first]


@lru_cache(maxsize=20_000)
def _others(sign: str) -> tuple[str, ...]:
    from pypinyin import Style, pinyin

    return tuple(reading for reading in pinyin(sign, style=Style.FIRST_LETTER, heteronym=True)[0] if reading)
