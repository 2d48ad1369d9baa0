"""Counts as phones send them: each once by its own id, in any order, from several people at once."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from youju.foundation.audit.services import record
from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.foundation.policies import law_on
from youju.funds.assets import events, permissions
from youju.funds.assets.models import Asset, Count, Item, Stocktake
from youju.funds.assets.services.stocktaking import locked_round
from youju.rules.funds.assets.counting import RESULTS, UNCOUNTED, number_of, result_of
from youju.rules.funds.assets.lifecycle import COUNTING, DISPOSED
from youju.rules.law import whole

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

NEW, AGAIN, CONFLICT, UNREADABLE = "new", "again", "conflict", "unreadable"


@dataclass(frozen=True, slots=True)
class CountIn:
    """One count: an id of the sender's own, what was typed or scanned, where it stood (empty: where the list says), when."""

    id: uuid.UUID
    text: str
    made_at: datetime
    place: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Counted:
    """What became of a count. ``outcome``: new, again (sent before), conflict (somebody else counted it), unreadable."""

    id: uuid.UUID
    number: str
    outcome: str
    result: str
    message: str


@transaction.atomic
def upload_counts(*, actor: User, stocktake_id: int, counts: Sequence[CountIn]) -> list[Counted]:
    """Take counts in; what was sent before is not written again. A handful of queries, however many they are.

    Raises:
        PermissionDenied: the actor does not count.
        InputError: no such round (404), counting is over (409), too many at once (413).
    """
    require(actor, permissions.COUNT)
    most = whole(law_on(timezone.localdate()), "funds.assets.upload_most")
    if len(counts) > most:
        raise InputError(f"一次至多上传 {most} 条", how="请分几次上传", status=413)
    # The lock of the round puts two phones one behind the other; what each finds is what the other wrote.
    row = locked_round(actor, stocktake_id)
    there = {each.pk: each for each in Count.objects.filter(pk__in=[each.id for each in counts])}
    if row.state != COUNTING and any(each.id not in there for each in counts):
        raise InputError(
            "这次盘点已经结束清点", where=row.number, how="请联系组织盘点的人继续清点", status=409
        )
    read = {each.id: number_of(each.text) for each in counts}
    known = _assets(read.values())
    lines = _items(row, read.values())
    answers, fresh = [], []
    for given in counts:
        number = read[given.id]
        if before := there.get(given.id):
            answers.append(_again(given, before, row, lines))
            continue
        if not number:
            answers.append(Counted(given.id, "", UNREADABLE, "", "这不是资产编号，也不是资产标签。"))
            continue
        line = lines.get(number) or _met(row, number, known.get(number))
        answer, item = _apply(actor, row, given, line, known.get(number))
        lines[number] = item
        there[given.id] = _kept(actor, row, given, answer)
        fresh.append(there[given.id])
        answers.append(answer)
    _write(fresh, list(lines.values()))
    if fresh:
        record(events.COUNTED, events.stocktake_subject(row), None, {"count": len(fresh)})
    return answers


def _assets(numbers: Iterable[str]) -> dict[str, Asset]:
    rows = Asset.objects.filter(number__in=set(numbers)).exclude(state=DISPOSED)
    return {each.number: each for each in rows}


def _items(row: Stocktake, numbers: Iterable[str]) -> dict[str, Item]:
    return {each.number: each for each in row.items.filter(number__in=set(numbers))}


def _again(given: CountIn, before: Count, row: Stocktake, lines: dict[str, Item]) -> Counted:
    if before.stocktake_id != row.pk:
        raise InputError("这条清点已用在另一次盘点上", where=str(given.id), how="请重新清点", status=409)
    item = lines.get(before.number)
    result = item.result if item else ""
    return Counted(given.id, before.number, AGAIN, result, "已经收到过，没有重复登记。")


def _met(row: Stocktake, number: str, asset: Asset | None) -> Item:
    """A line for what stands on no list."""
    item = Item(stocktake=row, number=number, asset=asset, listed=False)
    if asset:
        item.section, item.place, item.keeper_name = asset.section, asset.place, asset.keeper_name
    return item


def _apply(
    actor: User, row: Stocktake, given: CountIn, item: Item, asset: Asset | None
) -> tuple[Counted, Item]:
    number = item.number
    result = result_of(
        known=asset is not None, listed=item.listed, expected_place=item.place, found_place=given.place
    )
    other = item.counted_by and item.counted_by != actor.username
    place = given.place.strip() or (item.place if item.listed else row.place)
    if other:
        # The first count stands; the second is kept and told to both.
        where = f"，地点“{place}”" if place != item.found_place else ""
        item.conflict = f"{actor.display_name}又盘了一次{where}"[:200]
        said = f"{item.counted_name}已经盘过这件{where and f'（在“{item.found_place}”，您填的是“{place}”）'}，请两人核对。"
        return Counted(given.id, number, CONFLICT, item.result, said), item
    later = item.counted_at is None or given.made_at >= item.counted_at or item.result == UNCOUNTED
    if later:
        item.result, item.found_place, item.note = result, place, given.note.strip()
        item.counted_by, item.counted_name, item.counted_at = (
            actor.username,
            actor.display_name,
            given.made_at,
        )
    name = asset.name if asset else "清单和台账里都没有这个编号"
    return Counted(given.id, number, NEW, item.result, f"{RESULTS[item.result]}：{name}"), item


def _kept(actor: User, row: Stocktake, given: CountIn, answer: Counted) -> Count:
    return Count(
        id=given.id, stocktake=row, number=answer.number, typed=given.text[:200], place=given.place.strip(),
        note=given.note.strip(), made_at=given.made_at, by=actor.username, by_name=actor.display_name,
        outcome=answer.outcome,
    )  # fmt: skip


def _write(fresh: list[Count], lines: list[Item]) -> None:
    Count.objects.bulk_create(fresh)
    Item.objects.bulk_create([each for each in lines if each.pk is None])
    fields = ["result", "found_place", "note", "counted_by", "counted_name", "counted_at", "conflict"]
    Item.objects.bulk_update([each for each in lines if each.pk is not None], fields, batch_size=500)
