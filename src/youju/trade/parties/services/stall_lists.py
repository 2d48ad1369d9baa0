"""Lists of stalls as a spreadsheet brings them: judged together, compared with what is stored, stored, taken back."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from youju.foundation.audit.services import record
from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.trade.parties import events, permissions
from youju.trade.parties.models import Market, Party, Stall, Tenancy
from youju.trade.parties.selectors.may_act import Standing, standings

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

Fault = tuple[int, str, str]
_ASIDE = 1000


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the sheet; ``holder`` is a filing number."""

    row_number: int
    market: str
    floor: int
    row: int
    position: int
    number: str
    holder: str | None
    since: date | None

    @property
    def place(self) -> tuple[int, int, int]:
        """Floor, row, position."""
        return self.floor, self.row, self.position


@dataclass(frozen=True, slots=True)
class Compared:
    """How many stalls are new, changed, as they were; ``stamp`` of what was looked at; a few dozen changes in words."""

    new: int
    changed: int
    unchanged: int
    stamp: str
    sample: tuple[tuple[int, str, str, str], ...]


@dataclass(frozen=True)
class _Stored:
    """What is stored of the markets and parties that the lines name."""

    markets: dict[str, Market]
    stalls: dict[tuple[str, str], Stall]
    at: dict[tuple[str, int, int, int], str]
    open: dict[int, Tenancy]
    last: dict[int, date]
    parties: dict[str, Party]
    standing: dict[int, Standing]


def _stored(lines: Sequence[Line]) -> _Stored:
    """Six queries, however many lines."""
    markets = {
        each.code: each for each in Market.objects.filter(code__in={line.market.upper() for line in lines})
    }
    stalls = {
        (each.market.code, each.number): each
        for each in Stall.objects.filter(market__in=markets.values()).select_related("market")
    }
    open_: dict[int, Tenancy] = {}
    last: dict[int, date] = {}
    for each in Tenancy.objects.filter(stall__market__in=markets.values()).order_by("valid_from", "pk"):
        if each.valid_to is None:
            open_[each.stall_id] = each
        else:
            last[each.stall_id] = max(each.valid_to, last.get(each.stall_id, each.valid_to))
    numbers = {line.holder for line in lines if line.holder}
    parties = {each.number: each for each in Party.objects.filter(number__in=numbers)}
    standing = standings([each.pk for each in parties.values()], on=timezone.localdate())
    at = {(code, s.floor, s.row, s.position): number for (code, number), s in stalls.items()}
    return _Stored(markets, stalls, at, open_, last, parties, standing)


def judge_lines(lines: Sequence[Line]) -> Iterator[Fault]:
    """Each line that cannot be taken: (row number, column, sentence)."""
    now = _stored(lines)
    seen: dict[tuple[Any, ...], int] = {}
    named = {(line.market.upper(), line.number) for line in lines}
    for line in lines:
        code = line.market.upper()
        if code not in now.markets:
            yield line.row_number, "market", f"没有代码为 {code} 的市场，请先登记市场"
            continue
        for key, column, words in (
            ((code, line.number), "number", f"摊位号 {line.number}"),
            ((code, *line.place), "position", "同一楼层、排、位"),
        ):
            if key in seen:
                yield line.row_number, column, f"{words}在第 {seen[key]} 行已有，请核对"
            seen.setdefault(key, line.row_number)
        there = now.at.get((code, *line.place))
        if there and there != line.number and (code, there) not in named:
            yield line.row_number, "position", f"这个位置已是摊位 {there}，请核对，或把它的新位置也列入"
        yield from _judge_holder(line, now, now.stalls.get((code, line.number)))


def _judge_holder(line: Line, now: _Stored, stall: Stall | None) -> Iterator[Fault]:
    if not line.holder:
        if line.since:
            yield line.row_number, "since", "没有填承租人，起租日期请留空"
        return
    party = now.parties.get(line.holder)
    if party is None:
        yield line.row_number, "holder", f"没有备案号为 {line.holder} 的主体，或不由您的科室办理"
        return
    current = now.open.get(stall.pk) if stall else None
    if current is not None and current.party_id == party.pk:
        return
    if not now.standing[party.pk]:
        yield line.row_number, "holder", now.standing[party.pk].reason.rstrip("。")
    if line.since is None:
        yield line.row_number, "since", "填了承租人，请填起租日期"
    elif current is not None and line.since <= current.valid_from:
        yield (
            line.row_number,
            "since",
            f"现在的承租人从 {current.valid_from} 起租，新户的起租日期应晚于这一天",
        )
    elif stall and line.since < now.last.get(stall.pk, line.since):
        yield line.row_number, "since", f"前一户到 {now.last[stall.pk]} 才退租，请核对起租日期"


def compare_lines(lines: Sequence[Line]) -> Compared:
    """What the lines would change."""
    now = _stored(lines)
    new = changed = 0
    sample: list[tuple[int, str, str, str]] = []
    for line in lines:
        stall = now.stalls.get((line.market.upper(), line.number))
        before, after = _described(stall, now), _wanted(line, stall, now)
        if before != after:
            new, changed = new + (stall is None), changed + (stall is not None)
            sample.append((line.row_number, line.number, before, after))
    looked = repr(
        sorted((key, s.pk, s.floor, s.row, s.position) for key, s in now.stalls.items())
        + sorted((t.stall_id, t.party_id, str(t.valid_from)) for t in now.open.values())
        + sorted((p.pk, p.state, str(p.valid_to)) for p in now.parties.values())
    )
    stamp = hashlib.sha256(looked.encode()).hexdigest()
    return Compared(new, changed, len(lines) - new - changed, stamp, tuple(sample[:50]))


def _described(stall: Stall | None, now: _Stored) -> str:
    if stall is None:
        return ""
    held = now.open.get(stall.pk)
    by_key = {party.pk: number for number, party in now.parties.items()}
    who = by_key.get(held.party_id, "他户") if held else "空置"
    return f"{stall.floor} 层 {stall.row} 排 {stall.position} 位，{who}"


def _wanted(line: Line, stall: Stall | None, now: _Stored) -> str:
    place = f"{line.floor} 层 {line.row} 排 {line.position} 位"
    if line.holder:
        return f"{place}，{line.holder}"
    # A blank holder says nothing about who holds the stall: leaving is entered on its own page.
    return f"{place}，{_described(stall, now).partition('，')[2]}" if stall else f"{place}，空置"


@transaction.atomic
def store_lines(*, actor: User, lines: Sequence[Line], source: str) -> dict[str, Any]:
    """Store all lines. Returns what ``undo_lines`` needs.

    Raises:
        InputError: a line can no longer be taken.
        PermissionDenied: the actor may not import.
    """
    require(actor, permissions.IMPORT)
    list(
        Market.objects.select_for_update()
        .filter(code__in={line.market.upper() for line in lines})
        .order_by("pk")
    )
    for fault in judge_lines(lines):
        raise InputError(fault[2], where=f"第 {fault[0]} 行", status=409)
    now = _stored(lines)
    moved = [(line, now.stalls.get((line.market.upper(), line.number))) for line in lines]
    before = {
        str(stall.pk): [stall.floor, stall.row, stall.position]
        for line, stall in moved
        if stall and (stall.floor, stall.row, stall.position) != line.place
    }
    changing = [(line, stall) for line, stall in moved if stall and str(stall.pk) in before]
    # Two stalls may change places: first all step aside, onto floors that no building has.
    Stall.objects.filter(pk__in=[int(key) for key in before]).update(floor=F("floor") - _ASIDE)
    for line, stall in changing:
        stall.floor, stall.row, stall.position = line.place
    Stall.objects.bulk_update([stall for _, stall in changing], ["floor", "row", "position"], batch_size=1000)
    fresh = Stall.objects.bulk_create(
        [
            Stall(
                market=now.markets[line.market.upper()],
                floor=line.floor,
                row=line.row,
                position=line.position,
                number=line.number,
            )
            for line, stall in moved
            if stall is None
        ],
        batch_size=1000,
    )
    now.stalls.update({(each.market.code, each.number): each for each in fresh})
    ended, begun = _let(lines, now)
    kept = {
        "stalls": [each.pk for each in fresh],
        "places": before,
        "ended": ended,
        "begun": [each.pk for each in begun],
    }
    counts = {"stalls": len(fresh) + len(before), "tenancies": len(begun)}
    for market in now.markets.values():
        record(events.STALLS_IMPORTED, events.market_subject(market), None, counts, reason=source)
    return kept


def _let(lines: Iterable[Line], now: _Stored) -> tuple[list[int], list[Tenancy]]:
    """End the tenancies that another takes the place of, and begin the new ones."""
    ended: list[Tenancy] = []
    begun: list[Tenancy] = []
    for line in lines:
        party = now.parties.get(line.holder) if line.holder else None
        if party is None or line.since is None:
            continue
        stall = now.stalls[line.market.upper(), line.number]
        current = now.open.get(stall.pk)
        if current is not None:
            if current.party_id == party.pk:
                continue
            current.valid_to = line.since
            ended.append(current)
        begun.append(Tenancy(party=party, stall=stall, valid_from=line.since))
    Tenancy.objects.bulk_update(ended, ["valid_to"], batch_size=1000)
    return [each.pk for each in ended], Tenancy.objects.bulk_create(begun, batch_size=1000)


def what_goes(kept: Mapping[str, Any]) -> list[str]:
    """What taking a list back would do.

    Raises:
        InputError: later work stands on it.
    """
    begun, stalls = kept["begun"], kept["stalls"]
    if Tenancy.objects.filter(pk__in=begun, valid_to=None).count() < len(begun):
        raise InputError("这一批登记的承租后来又有退租", how="请在摊位页面逐个更正", status=409)
    if Tenancy.objects.filter(stall__in=stalls).exclude(pk__in=begun).exists():
        raise InputError("这一批新增的摊位后来又有承租登记", how="请在摊位页面逐个更正", status=409)
    return [
        f"删去这一批新增的 {len(stalls)} 个摊位。",
        f"{len(kept['places'])} 个摊位回到原来的位置。",
        f"取消 {len(begun)} 条承租登记，恢复 {len(kept['ended'])} 条被它们替代的登记。",
    ]


@transaction.atomic
def undo_lines(*, actor: User, kept: Mapping[str, Any], source: str) -> None:
    """Take a list back.

    Raises:
        InputError: later work stands on it (409).
    """
    what_goes(kept)
    stalls = Stall.objects.filter(pk__in=[*kept["stalls"], *map(int, kept["places"])])
    markets = {each.market_id: each.market for each in stalls.select_related("market")}
    begun = Tenancy.objects.filter(pk__in=kept["begun"]).select_related("stall__market")
    markets |= {each.stall.market_id: each.stall.market for each in begun}
    begun.delete()
    Tenancy.objects.filter(pk__in=kept["ended"]).update(valid_to=None)
    Stall.objects.filter(pk__in=kept["stalls"]).delete()
    Stall.objects.filter(pk__in=[int(key) for key in kept["places"]]).update(floor=F("floor") - _ASIDE)
    rows = list(Stall.objects.filter(pk__in=[int(key) for key in kept["places"]]))
    for each in rows:
        each.floor, each.row, each.position = kept["places"][str(each.pk)]
    Stall.objects.bulk_update(rows, ["floor", "row", "position"], batch_size=1000)
    for market in markets.values():
        record(events.STALLS_TAKEN_BACK, events.market_subject(market), reason=f"{actor.username} {source}")
