"""The form of one line of ``youju doctor``."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """What a check found; the values are the words that the user reads."""

    GOOD = "正常"
    MEND = "需处理"
    OPTIONAL = "可选"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at: its name, what was found, and how to mend it where that is needed."""

    name: str
    state: State
    found: str
    mend: str = ""


def good(name: str, found: str) -> Check:
    """A check that found all in order."""
    return Check(name, State.GOOD, found)


def mend(name: str, found: str, how: str) -> Check:
    """A check that found something to mend."""
    return Check(name, State.MEND, found, how)
