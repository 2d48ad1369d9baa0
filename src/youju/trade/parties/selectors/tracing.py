"""Stalls as the chain of goods names them: where a merchant sold on a day, and who sold at a stall from when to when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from youju.trade.parties.models import Party, Stall, Tenancy

ALWAYS = date(9999, 12, 31)
"""The day after the last one of what lasts."""


@dataclass(frozen=True, slots=True)
class TracedStall:
    """A stall: id, number, its market's code and name; ``since`` and ``until`` (not included) of one tenancy of it."""

    id: int
    number: str
    market: str
    market_name: str
    since: date
    until: date

    @property
    def key(self) -> str:
        """Market and number: what names one stall among all markets."""
        return f"{self.market}:{self.number}"


def stalls_held(parties: Iterable[int]) -> Mapping[int, Sequence[TracedStall]]:
    """Party id → the stalls that it held, latest first. One query, or none for no ids."""
    wanted = sorted(set(parties))
    found: dict[int, list[TracedStall]] = {}
    if not wanted:
        return found
    rows = Tenancy.objects.filter(party__in=wanted).select_related("stall__market")
    for row in rows.order_by("party_id", "-valid_from", "stall_id"):
        of = row.stall
        stall = TracedStall(
            of.pk, of.number, of.market.code, of.market.name, row.valid_from, row.valid_to or ALWAYS
        )
        found.setdefault(row.party_id, []).append(stall)
    return found


def stall_on(held: Sequence[TracedStall], day: date) -> TracedStall | None:
    """The stall at which a party sold on a day, of those that it held."""
    return next((each for each in held if each.since <= day < each.until), None)


def stalls_numbered(number: str, market: str = "") -> list[tuple[int, str, str, str]]:
    """(id, number, market's code, market's name) of the stalls with a number. One query."""
    rows = Stall.objects.filter(number=number)
    if market:
        rows = rows.filter(market__code=market)
    return list(rows.order_by("market__code").values_list("pk", "number", "market__code", "market__name"))


def holders_of(stall: int) -> list[tuple[int, date, date]]:
    """(party id, since, until) of everybody who held a stall. One query."""
    rows = Tenancy.objects.filter(stall=stall).order_by("valid_from")
    return [(row.party_id, row.valid_from, row.valid_to or ALWAYS) for row in rows]


def party_numbered(number: str) -> tuple[int, str] | None:
    """(id, name) of the party with a filing number, where the asker may read its file. One query."""
    row = Party.objects.filter(number=number).exclude(number="").values_list("pk", "name").first()
    return (row[0], row[1]) if row else None


def regions_of(parties: Iterable[int]) -> Mapping[int, str]:
    """Party id → the region from which it takes its goods (货源地区), in the asker's reach. One query."""
    rows = Party.objects.filter(pk__in=sorted(set(parties)))
    return dict(rows.values_list("pk", "region"))
