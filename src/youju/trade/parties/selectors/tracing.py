"""Stalls as the chain of goods names them: where a merchant sold on a day, and who sold at a stall from when to when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection

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


@dataclass(frozen=True, slots=True)
class TracedSeller:
    """Who sold: filing number, name, the stalls that it held, latest first."""

    number: str
    name: str
    stalls: Sequence[TracedStall]


NOBODY = TracedSeller("", "", ())
_SELLERS = """
SELECT d.id, d.number, d.name, s.id, s.number, m.code, m.name, t.valid_from, t.valid_to
FROM parties_directory(%s) d LEFT JOIN parties_tenancy t ON t.party_id = d.id
LEFT JOIN parties_stall s ON s.id = t.stall_id LEFT JOIN parties_market m ON m.id = s.market_id
ORDER BY d.id, t.valid_from DESC, s.id
"""


def sellers(parties: Iterable[int]) -> Mapping[int, TracedSeller]:
    """Party id → its name and the stalls that it held, of partners too. One query, or none for no ids."""
    wanted = sorted(set(parties))
    found: dict[int, TracedSeller] = {}
    if not wanted:
        return found
    held: dict[int, list[TracedStall]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_SELLERS, [wanted])
        for key, number, name, stall, sign, market, market_name, since, until in cursor.fetchall():
            found.setdefault(key, TracedSeller(number, name, held.setdefault(key, [])))
            if stall is not None:
                held[key].append(TracedStall(stall, sign, market, market_name, since, until or ALWAYS))
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
