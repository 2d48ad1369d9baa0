"""Where facts come from: each room below is asked through its selectors; another joins with one line in its ``apps.py``."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from youju.rules.performance.report_checks.facts import Fact

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


@dataclass(frozen=True, slots=True)
class Ask:
    """Whose data is wanted: the year of the report; ``actor`` is who asks, ``None`` at the machine's own command line."""

    actor: User | None
    year: int


@dataclass(frozen=True, slots=True)
class Source:
    """A room's facts: ``build`` gives those of a year."""

    code: str
    label: str
    build: Callable[[Ask], Iterable[Fact]]


_SOURCES: dict[str, Source] = {}


def register_source(source: Source) -> None:
    """Let a room's facts take part; a second of one code takes the place of the first."""
    _SOURCES[source.code] = source


def sources() -> tuple[Source, ...]:
    """Those known, in the order registered."""
    return tuple(_SOURCES.values())


def facts_of(ask: Ask) -> list[Fact]:
    """Everything that is known of a year."""
    return [fact for source in sources() for fact in source.build(ask)]
