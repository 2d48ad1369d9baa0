"""What rooms know of the conduct of parties (信用记录): each room registers how it tells its own, the room of credit asks all.

A provider answers for all parties in one pass, whatever their number, and tells only what happened on days that will not change:
a record told of a past month is told the same way a year later. It is asked with every row in reach.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from youju.rules.trade.credit.facts import ConductRecord
from youju.rules.trade.credit.kinds import KINDS

__all__ = ["ConductRecord", "ConductSource", "conduct", "conduct_sources", "register_conduct"]

Provider = Callable[[frozenset[int] | None, date, date], Iterable[ConductRecord]]
"""``(parties, since, until)``, both days included; ``None``: all parties. A provider that cannot narrow may tell more."""


@dataclass(frozen=True, slots=True)
class ConductSource:
    """A room that tells records: its code and name, the kinds that it tells, how."""

    code: str
    title: str
    kinds: frozenset[str]
    provider: Provider


_sources: dict[str, ConductSource] = {}


def register_conduct(code: str, title: str, kinds: Iterable[str], provider: Provider) -> None:
    """Enter a room's records; called from ``AppConfig.ready``. Once more under the same code replaces it.

    Raises:
        ValueError: a kind that the rules of credit do not know.
    """
    told = frozenset(kinds)
    if unknown := told - set(KINDS):
        raise ValueError(f"{code}: unknown kinds of conduct {sorted(unknown)}")
    _sources[code] = ConductSource(code, title, told, provider)


def conduct_sources() -> tuple[ConductSource, ...]:
    """The rooms that tell records, by code."""
    return tuple(_sources[code] for code in sorted(_sources))


def conduct(
    parties: Iterable[int] | None, since: date, until: date, *, kinds: Iterable[str] | None = None
) -> Iterator[ConductRecord]:
    """Every record of the days, room by room; ``kinds`` leaves out rooms that tell none of them."""
    wanted = None if kinds is None else frozenset(kinds)
    asked = None if parties is None else frozenset(parties)
    for source in conduct_sources():
        if wanted is not None and not wanted & source.kinds:
            continue
        for each in source.provider(asked, since, until):
            if since <= each.day <= until and (wanted is None or each.kind in wanted):
                yield each
