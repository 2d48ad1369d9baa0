"""The words of a report that say what a figure is, from the policies."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import cast

from youju.rules.law import PolicyValue, decimal, names, table
from youju.rules.performance.report_checks.facts import Kind

PREFIX = "performance.report_checks."
_SLACK = ("about_percent", "nearly_percent", "more_percent")
_LISTS = ("whole_words", "other_words", "part_words", "rising_words", "falling_words")


@dataclass(frozen=True, slots=True)
class Slack:
    """In per cent of the right value: how far 约 may be off, how little 近 may fall short of, how far 余 may go beyond."""

    about: Decimal
    nearly: Decimal
    more: Decimal


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Kind words by length, and what makes a figure somebody else's or a part."""

    kinds: Mapping[str, Kind]
    pattern: re.Pattern[str]
    whole: re.Pattern[str]
    others: re.Pattern[str]
    parts: re.Pattern[str]
    rising: re.Pattern[str]
    falling: re.Pattern[str]
    slack: Slack


def lexicon(law: Mapping[str, PolicyValue]) -> Lexicon:
    """The words of a day."""
    kinds = tuple(
        (kind, tuple(cast("tuple[str, ...]", row))) for kind, row in table(law, PREFIX + "kind_words").items()
    )
    lists = tuple(names(law, PREFIX + each) for each in _LISTS)
    return _compiled(kinds, lists, Slack(*(decimal(law, PREFIX + each) for each in _SLACK)))


@lru_cache(maxsize=8)
def _compiled(
    words: tuple[tuple[str, tuple[str, ...]], ...], lists: tuple[tuple[str, ...], ...], slack: Slack
) -> Lexicon:
    kinds = {word: Kind(kind) for kind, row in words for word in row}
    whole, others, parts, rising, falling = (any_of(each) for each in lists)
    return Lexicon(kinds, any_of(kinds), whole, others, parts, rising, falling, slack)


def any_of(words: object) -> re.Pattern[str]:
    """A pattern of words, the longest first; an empty list matches nothing."""
    known = sorted(cast("tuple[str, ...]", words), key=lambda each: (-len(each), each))
    return re.compile("|".join(re.escape(each) for each in known) or r"(?!)")
