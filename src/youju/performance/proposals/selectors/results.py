"""Where last year's self-evaluation comes in (结果应用): the room that knows it says so here, in its ``AppConfig.ready``."""

from __future__ import annotations

from collections.abc import Callable, Mapping

Source = Callable[[int], Mapping[str, str]]
"""A fiscal year → grade (优, 良, 中, 差) by project code, of what was approved; one query."""

_sources: list[Source] = []


def register_results(source: Source) -> None:
    """Let a room give the grades of a year's self-evaluation; a later one adds to an earlier one."""
    if source not in _sources:
        _sources.append(source)


def known_results(year: int) -> dict[str, str]:
    """The grades of a year by project code; empty where no room knows any."""
    found: dict[str, str] = {}
    for source in _sources:
        found |= source(year)
    return found
