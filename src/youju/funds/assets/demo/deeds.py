"""What happened to the demo's assets: transfers, disposals, the year's stocktake, each with its case."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from youju.foundation.workflow.demo import write_cases
from youju.foundation.workflow.walks import CHINA, Walk
from youju.funds.assets import events
from youju.funds.assets.models import Asset, Count, Disposal, Item, Move, Stocktake
from youju.funds.assets.services.registering import next_number
from youju.rules.funds.assets.counting import FOUND, MISPLACED, MISSING, SURPLUS
from youju.rules.funds.assets.lifecycle import (
    DISPOSAL_FLOW,
    DISPOSAL_KIND,
    DISPOSED,
    LEAVING,
    MOVE_FLOW,
    MOVE_KIND,
    STOCKTAKE_FLOW,
    STOCKTAKE_KIND,
)

FINANCE, STAFF, COLLEAGUE, HEAD = (
    ("demo-fin", "王芳"),
    ("demo-stf", "陈立"),
    ("demo-stf2", "刘洋"),
    ("demo-hed", "李建国"),
)
CENTRE = "DEMO-ZX"
Cards = Mapping[tuple[int, int], Asset]


def _at(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), CHINA)


def move(cards: Cards, told: Sequence[Mapping[str, Any]]) -> None:
    """Transfers, accepted or waiting for the receiver."""
    people = dict([STAFF, COLLEAGUE, FINANCE, HEAD])
    for each in told:
        asset = cards[tuple(each["card"])]
        receiver = (each["keeper"], people[each["keeper"]])
        walk = Walk(MOVE_FLOW, FINANCE, _at(each["offered"], 9))
        walk.take("offer", FINANCE, _at(each["offered"], 10))
        walk.assigned = receiver
        row = Move(
            asset=asset, kind=each["kind"], from_section=asset.section, from_place=asset.place,
            from_keeper_name=asset.keeper_name, to_section=each["section"], to_place=each["place"], to_keeper=receiver[0],
            to_keeper_name=receiver[1], note=each["note"], offered_by=[FINANCE[0]], offered_at=_at(each["offered"], 10),
            is_demo=True,
        )  # fmt: skip
        if each["accepted"]:
            walk.take("accept", receiver, _at(each["accepted"], 15))
            row.accepted_by, row.ended_on = [receiver[0]], each["accepted"]
            asset.section, asset.place = row.to_section, row.to_place
            asset.keeper, asset.keeper_name = receiver
            asset.revision += 1
            asset.save()
        row.state = walk.state
        row.save()
        write_cases(MOVE_KIND, [(str(row.pk), events.move_subject(row, asset).label, CENTRE, walk)])


def dispose(cards: Cards, told: Sequence[Mapping[str, Any]], *, before: date) -> None:
    """The disposals whose last step so far was taken in the month before a day; their cards follow."""
    first = (before - timedelta(days=1)).replace(day=1)
    for each in told:
        if not first <= (each["done"] or each["requested"]) < before:
            continue
        asset = cards[tuple(each["card"])]
        asset.refresh_from_db()
        asked = each["requested"]
        walk = Walk(DISPOSAL_FLOW, STAFF, _at(asked, 9))
        walk.take("submit", STAFF, _at(asked, 10))
        walk.take("review", COLLEAGUE, _at(asked + timedelta(days=1), 10))
        row = Disposal(
            asset=asset, way=each["way"], reason=each["reason"], before=asset.state, requested_by=[STAFF[0]],
            requested_at=_at(asked, 10), reviewed_by=[COLLEAGUE[0]], cost=asset.cost, depreciated=asset.depreciated,
            is_demo=True,
        )  # fmt: skip
        asset.state = LEAVING
        if each["done"]:
            walk.take("approve", HEAD, _at(asked + timedelta(days=3), 16))
            walk.take("complete", STAFF, _at(each["done"], 15))
            row.approved_by, row.approved_on = [HEAD[0]], asked + timedelta(days=3)
            row.disposed_on, row.proceeds, row.document = (
                each["done"],
                Decimal(each["proceeds"]),
                each["document"],
            )
            asset.state, asset.disposed_on = DISPOSED, each["done"]
        row.state = walk.state
        row.save()
        asset.revision += 1
        asset.save()
        write_cases(DISPOSAL_KIND, [(str(row.pk), events.disposal_subject(row, asset).label, CENTRE, walk)])


def count(assets: Sequence[Asset], cards: Cards, told: Mapping[str, Any]) -> None:
    """The year's round: counted by two, one missing and not decided, some misplaced, one surplus."""
    scope = [row for row in assets if row.section == told["section"] and row.acquired_on < told["opened"]]
    scope = [row for row in scope if row.state != DISPOSED]
    walk = Walk(STOCKTAKE_FLOW, FINANCE, _at(told["opened"], 9))
    walk.take("finish", FINANCE, _at(told["finished"], 17))
    row = Stocktake.objects.create(
        number=next_number("assets_stocktake_number", "PD", f"{told['opened']:%y%m}"), title=told["title"],
        section=told["section"], opened_on=told["opened"], due_on=told["due"], state=walk.state, size=len(scope),
        opened_by=FINANCE[0], finished_by=FINANCE[0], is_demo=True,
    )  # fmt: skip
    missing = {cards[tuple(key)].pk for key in told["missing"]}
    places = {cards[tuple(each["card"])].pk: each["place"] for each in told["misplaced"]}
    twice = {cards[tuple(key)].pk for key in told["twice"]}
    items, counts = [], []
    for place, asset in enumerate(scope):
        item = Item(
            stocktake=row, number=asset.number, asset=asset, section=asset.section, place=asset.place,
            keeper_name=asset.keeper_name, is_demo=True,
        )  # fmt: skip
        items.append(item)
        if asset.pk in missing:
            item.result = MISSING
            continue
        who = (STAFF, COLLEAGUE)[place % 2]
        item.result = MISPLACED if asset.pk in places else FOUND
        item.found_place = places.get(asset.pk, asset.place)
        _counted(item, who, _at(told["opened"] + timedelta(days=1), 9) + timedelta(minutes=2 * place))
        counts.append(_count(row, item, who))
        if asset.pk in twice:
            other = (STAFF, COLLEAGUE)[1 - place % 2]
            item.conflict = f"{other[1]}又盘了一次"
            counts.append(_count(row, item, other, "conflict"))
    for each in told["surplus"]:
        item = Item(
            stocktake=row, number=each["number"], listed=False, result=SURPLUS, found_place=each["place"], note=each["note"],
            is_demo=True,
        )  # fmt: skip
        _counted(item, STAFF, _at(told["finished"], 11))
        items.append(item)
        counts.append(_count(row, item, STAFF))
    Item.objects.bulk_create(items)
    Count.objects.bulk_create(counts)
    write_cases(STOCKTAKE_KIND, [(str(row.pk), events.stocktake_subject(row).label, CENTRE, walk)])


def _counted(item: Item, who: tuple[str, str], moment: datetime) -> None:
    item.counted_by, item.counted_name, item.counted_at = *who, moment


def _count(row: Stocktake, item: Item, who: tuple[str, str], outcome: str = "new") -> Count:
    moment = item.counted_at or _at(row.opened_on, 9)
    return Count(
        id=uuid.uuid5(uuid.NAMESPACE_OID, f"{row.number} {item.number} {who[0]}"), stocktake=row, number=item.number,
        typed=item.number, place=item.found_place, note=item.note, made_at=moment, received_at=moment, by=who[0],
        by_name=who[1], outcome=outcome, is_demo=True,
    )  # fmt: skip
