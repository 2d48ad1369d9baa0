"""How a goods name is found again: its pinyin initials and the short pieces of text that an index can hold.

``grams``: of Chinese text each character and each pair, of initials each pair and each triple. What contains a word contains
all pieces of the word, so an index over the pieces leaves few lines to look at; no extension of the database is needed.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import zip_longest

_HAN = re.compile(r"[\u3400-\u9fff]+")
_LATIN = re.compile(r"[a-z0-9]+")
_SPELLINGS = 12
_SHORT = 2
_LONG = 3
_WORD = 6


def initials(name: str) -> str:
    """The first letters of a name's syllables, Latin letters and digits kept; several spellings parted by a space.

    Words are read as words (``银行`` gives ``yh`` first). Each further spelling reads one character in another way that begins
    with another letter: ``重型`` gives ``zx cx tx``.
    """
    columns = _syllables(name)
    first = "".join(column[0] for column in columns)
    spellings = [first]
    for place, column in enumerate(columns):
        spellings += [first[:place] + letter + first[place + 1 :] for letter in column[1:]]
    return " ".join(dict.fromkeys(spellings[:_SPELLINGS]))


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


def in_version(version_id: int, pieces: list[str]) -> list[str]:
    """Pieces as the index holds them: an index over all versions must not read the lines of the others."""
    return [f"{version_id}{piece}" for piece in pieces]


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


def _syllables(name: str) -> list[list[str]]:
    """For each character the letters that its readings begin with, the one in this word first."""
    found: list[list[str]] = []
    for run in re.findall(r"[\u3400-\u9fff]+|[A-Za-z0-9]+", name):
        if not _HAN.fullmatch(run):
            found += [[letter] for letter in run.lower()]
            continue
        place = 0
        while place < len(run):
            size, word = _word(run, place)
            for at in range(size):
                readings = _readings(run[place + at])
                first = word[at] if word else readings[0]
                found.append(list(dict.fromkeys([first, *readings])))
            place += size
    return found


def _word(run: str, place: int) -> tuple[int, str]:
    """The longest word that begins here: (its length, the first letters of its syllables); a lone character has none."""
    from pypinyin.constants import PHRASES_DICT

    for size in range(min(_WORD, len(run) - place), 1, -1):
        syllables = PHRASES_DICT.get(run[place : place + size])
        if syllables and len(syllables) == size:
            return size, "".join(_letter(each[0]) for each in syllables)
    return 1, ""


@lru_cache(maxsize=30_000)
def _readings(sign: str) -> tuple[str, ...]:
    from pypinyin.constants import PINYIN_DICT

    said = str(PINYIN_DICT.get(ord(sign), ""))
    return tuple(dict.fromkeys(_letter(each) for each in said.split(",") if each)) or (sign,)


def _letter(syllable: str) -> str:
    """``háng`` → ``h``; tone marks taken off."""
    return unicodedata.normalize("NFD", syllable)[:1]
