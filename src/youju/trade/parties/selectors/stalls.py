"""Markets and stalls: who holds what today, and the map of a floor."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from youju.foundation.kernel.errors import InputError
from youju.foundation.policies import law_on
from youju.rules.law import whole
from youju.rules.trade.parties.lifecycle import APPROVED
from youju.trade.parties.models import Market, Party, Stall, Tenancy
from youju.trade.parties.selectors.partners import names_of, signs_of

HELD, FREE, EXPIRING, SUSPENDED = "held", "free", "expiring", "suspended"
STATES = {HELD: "已租", FREE: "空置", EXPIRING: "快到期", SUSPENDED: "不能营业"}
_DAYS = "trade.parties.reminder_days"


@dataclass(frozen=True, slots=True)
class StallCell:
    """A stall on a day. ``holder`` is its name over the door, ``sign`` the core of it; ``party`` is set where the
    reader may open its file.

    ``state``: one of ``STATES``; that a holder's filing ends soon or is suspended is told to its readers alone.
    """

    id: int
    number: str
    floor: int
    row: int
    position: int
    state: str
    holder: str
    sign: str
    party: int | None
    since: date | None

    @property
    def state_label(self) -> str:
        """The state in Chinese."""
        return STATES[self.state]


@dataclass(frozen=True, slots=True)
class FloorMap:
    """A floor of a market: its stalls by row and position, how many are in which state, which floors there are."""

    market: Market
    floor: int
    floors: tuple[int, ...]
    cells: tuple[StallCell, ...]
    counts: dict[str, int]


@dataclass(frozen=True, slots=True)
class StallPage:
    """A stall with everybody who held it."""

    stall: Stall
    tenancies: tuple[tuple[Tenancy, str, bool], ...]
    current: Tenancy | None


def market_rows() -> QuerySet[Any]:
    """The markets with how many stalls they have and how many of them are held today."""
    today = timezone.localdate()
    now = Q(stalls__tenancies__valid_from__lte=today) & (
        Q(stalls__tenancies__valid_to=None) | Q(stalls__tenancies__valid_to__gt=today)
    )
    return Market.objects.annotate(
        stall_count=Count("stalls", distinct=True), held_count=Count("stalls", filter=now, distinct=True)
    )


def market_of(market_id: int) -> Market:
    """One market.

    Raises:
        InputError: there is none (404).
    """
    market = Market.objects.filter(pk=market_id).first()
    if market is None:
        raise InputError("没有这个市场", how="请从市场列表重新选择", status=404)
    return market


def floor_map(market_id: int, floor: int | None = None, *, on: date | None = None) -> FloorMap:
    """The stalls of a floor on a day (today). Five queries, however many stalls; an unknown floor gives the lowest.

    Raises:
        InputError: no such market (404).
    """
    market, day = market_of(market_id), on or timezone.localdate()
    floors = tuple(
        Stall.objects.filter(market=market).order_by("floor").values_list("floor", flat=True).distinct()
    )
    chosen = floor if floor in floors else (floors[0] if floors else 1)
    found = (
        tuple(_cells(_held(Stall.objects.filter(market=market, floor=chosen), day), day)) if floors else ()
    )
    counts = {state: sum(cell.state == state for cell in found) for state in STATES}
    return FloorMap(market, chosen or 0, floors, found, counts)


def stall_cells(
    market_id: int, *, floor: int | None = None, state: str = "", text: str = ""
) -> list[StallCell]:
    """The table behind the map: the stalls of a market (of one floor), today."""
    day = timezone.localdate()
    rows = Stall.objects.filter(market=market_id)
    if floor is not None:
        rows = rows.filter(floor=floor)
    words = text.replace("\0", "").casefold().split()
    return [
        cell
        for cell in _cells(_held(rows, day), day)
        if (not state or cell.state == state)
        and all(word in f"{cell.number} {cell.holder}".casefold() for word in words)
    ]


def stall_page(stall_id: int) -> StallPage:
    """A stall and who held it: (tenancy, name, whether the reader may open its file). Four queries.

    Raises:
        InputError: there is none (404).
    """
    stall = Stall.objects.select_related("market").filter(pk=stall_id).first()
    if stall is None:
        raise InputError("没有这个摊位", how="请从摊位图重新选择", status=404)
    rows = list(stall.tenancies.all())
    names = names_of(row.party_id for row in rows)
    reached = set(Party.objects.filter(pk__in=names).values_list("pk", flat=True))
    current = next((row for row in rows if row.valid_to is None), None)
    held = tuple((row, names.get(row.party_id, ("", ""))[1], row.party_id in reached) for row in rows)
    return StallPage(stall, held, current)


def stalls_of(party_id: int) -> list[Tenancy]:
    """The tenancies of a party that last, with stall and market. One query."""
    return list(
        Tenancy.objects.filter(party=party_id, valid_to=None)
        .select_related("stall__market")
        .order_by("stall__market__code", "stall__number")
    )


def _held(stalls: QuerySet[Stall], day: date) -> QuerySet[Any]:
    now = Tenancy.objects.filter(stall=OuterRef("pk"), valid_from__lte=day).filter(
        Q(valid_to=None) | Q(valid_to__gt=day)
    )
    return stalls.annotate(
        holder_id=Subquery(now.values("party_id")[:1]), since=Subquery(now.values("valid_from")[:1])
    ).order_by("floor", "row", "position")


def _cells(rows: Sequence[Any] | QuerySet[Any], day: date) -> list[StallCell]:
    found = list(rows)
    holders = {row.holder_id for row in found if row.holder_id}
    names = signs_of(holders)
    reached = {party.pk: party for party in Party.objects.filter(pk__in=holders)} if holders else {}
    soon = day + timedelta(days=whole(law_on(day), _DAYS))
    return [
        StallCell(
            id=row.pk,
            number=row.number,
            floor=row.floor,
            row=row.row,
            position=row.position,
            state=_state(reached.get(row.holder_id), day, soon) if row.holder_id else FREE,
            holder=names.get(row.holder_id, ("", ""))[0],
            sign=names.get(row.holder_id, ("", ""))[1],
            party=row.holder_id if row.holder_id in reached else None,
            since=row.since,
        )
        for row in found
    ]


def _state(party: Party | None, day: date, soon: date) -> str:
    if party is None:
        return HELD
    if party.state != APPROVED or (party.valid_to is not None and party.valid_to < day):
        return SUSPENDED
    return EXPIRING if party.valid_to is not None and party.valid_to <= soon else HELD
