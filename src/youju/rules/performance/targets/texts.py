"""Comparing what people typed: white space, width and punctuation aside."""

from __future__ import annotations

import re
from collections.abc import Iterable

from youju.rules.performance.targets.values import plain

_SPACE = re.compile(r"\s+")
_MARKS = re.compile(r"[^\w]+|_+")
_ENUMERATOR = re.compile(
    r"\s*(?:\d{1,2}\s*[.、．)）](?!\d)|[（(]?[一二三四五六七八九十]{1,3}\s*[)）、.．])\s*"
)


def tight(text: str) -> str:
    """Half-width and without any white space: two cells that print the same are equal."""
    return _SPACE.sub("", plain(text))


def bare(text: str) -> str:
    """Letters and digits only: two sentences that differ in punctuation are equal."""
    return _MARKS.sub("", plain(text))


def unnumbered(text: str) -> str:
    """A goal without its leading number (``1.``, ``（一）``)."""
    return _ENUMERATOR.sub("", text, count=1) if _ENUMERATOR.match(text) else text


def mentions(text: str, words: Iterable[str]) -> bool:
    """Whether any of the words stands in the text."""
    return any(word in text for word in words)
