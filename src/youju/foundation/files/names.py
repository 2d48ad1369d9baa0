"""A file's name is data: kept for people to read, never used as a path."""

from __future__ import annotations

import unicodedata

_LONGEST = 200
_BAD = set('\\/:*?"<>|')


def clean(name: str) -> str:
    """The last part of a name without signs that a disk or a header would trip over; never empty, at most 200 characters.

    >>> clean("../../etc/passwd")
    'passwd'
    >>> clean("C:\\\\账\\\\表 1.xlsx")
    '表 1.xlsx'
    """
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    # Control and direction signs (Cc, Cf) let a name pretend to be another.
    kept = "".join(
        "_" if sign in _BAD else sign for sign in last if unicodedata.category(sign) not in ("Cc", "Cf", "Cs")
    )
    kept = unicodedata.normalize("NFC", kept).strip(" .")
    if len(kept) > _LONGEST:
        stem, dot, ending = kept.rpartition(".")
        kept = (
            f"{stem[: _LONGEST - len(ending) - 1]}{dot}{ending}"
            if dot and len(ending) < 10
            else kept[:_LONGEST]
        )
    return kept or "未命名"
