"""Rounds of counting: opened over a scope, ended, differences decided, the result confirmed by another person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from youju.foundation.audit.services import record
from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.foundation.workflow.services import advance, start
from youju.funds.assets import events, permissions
from youju.funds.assets.facts import stocktake_facts
from youju.funds.assets.models import Asset, Item, Stocktake
from youju.funds.assets.selectors.lists import AssetFilter, assets, stocktake_of
from youju.funds.assets.services.disposing import request_disposal
from youju.funds.assets.services.refusing import checked
from youju.funds.assets.services.registering import next_number, section_of
from youju.rules.funds.assets.counting import (
    DECISIONS,
    DIFFERENCES,
    FOUND,
    MISPLACED,
    MISSING,
    UNCOUNTED,
)
from youju.rules.funds.assets.lifecycle import SETTLING, STOCKTAKE_FLOW

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


@dataclass(frozen=True, slots=True)
class StocktakeWish:
    """A round: what it is called, over which section and place (both empty: all), until when."""

    title: str
    due_on: date
    section: str = ""
    place: str = ""


@transaction.atomic
def open_stocktake(*, actor: User, wish: StocktakeWish) -> Stocktake:
    """Open a round; its list is what the register says now.

    Raises:
        PermissionDenied: the actor keeps no register.
        InputError: no such section, a last day that has passed, no title.
        AssetRefusedError: nothing in scope, or more than a phone holds.
    """
    require(actor, permissions.EDIT)
    today = timezone.localdate()
    if not wish.title.strip():
        raise InputError("盘点要有名称", where="名称", how="例如：2023 年度盘点")
    if wish.due_on < today:
        raise InputError("期限已经过了", where="期限", how="请选今天或以后的日期")
    scope = assets(actor, AssetFilter(section=section_of(wish.section), place=wish.place.strip()))
    row = Stocktake(
        number=next_number("assets_stocktake_number", "PD", f"{today:%y%m}"),
        title=wish.title.strip(),
        section=wish.section,
        place=wish.place.strip(),
        opened_on=today,
        due_on=wish.due_on,
        size=scope.count(),
        opened_by=actor.username,
    )
    checked(stocktake_facts(row, "open", today, size=row.size))
    row.save(force_insert=True)
    Item.objects.bulk_create((listed(row, asset) for asset in scope.order_by("pk")), batch_size=1_000)
    subject = events.stocktake_subject(row)
    start(
        flow=STOCKTAKE_FLOW,
        subject=subject,
        actor=actor,
        organisation=actor.organisation.code,
        due=row.due_on,
    )
    record(events.OPENED, subject, None, {"size": row.size, "due_on": row.due_on, "section": row.section})
    return row


def listed(row: Stocktake, asset: Asset) -> Item:
    """A line of the list: what the card says as the round begins."""
    return Item(
        stocktake=row, number=asset.number, asset=asset, section=asset.section, place=asset.place,
        keeper_name=asset.keeper_name,
    )  # fmt: skip


@transaction.atomic
def take_stocktake_step(
    *, actor: User, stocktake_id: int, step: str, reason: str = "", expected: str = ""
) -> Stocktake:
    """End the counting (what nobody counted is missing), go on counting, or confirm the result.

    Raises:
        PermissionDenied: no permission for the step, or who ended the counting would confirm it.
        InputError: none of the kind (404), the step does not lead on from here (409), a reason is missing.
        AssetRefusedError: differences that nobody decided on.
    """
    require(actor, permissions.VIEW)
    row = locked_round(actor, stocktake_id)
    today = timezone.localdate()
    if step == "close":
        checked(stocktake_facts(row, "close", today))
    case = advance(
        flow=STOCKTAKE_FLOW,
        subject=events.stocktake_subject(row),
        transition=step,
        actor=actor,
        reason=reason,
        expected=expected,
    )
    row.state = case.state
    if step == "finish":
        row.finished_by = actor.username
        row.items.filter(result=UNCOUNTED).update(result=MISSING)
    elif step == "reopen":
        row.finished_by = ""
        row.items.filter(result=MISSING, decision="").update(result=UNCOUNTED)
    elif step == "close":
        row.closed_by, row.closed_on = actor.username, today
        found = row.items.filter(result__in=[FOUND, MISPLACED]).values("asset")
        Asset.objects.filter(pk__in=found).update(counted_on=today)
    row.save()
    return row


@transaction.atomic
def decide(*, actor: User, stocktake_id: int, item_id: int, decision: str, why: str) -> Item:
    """Decide what is done about a difference: a missing one is explained, found or disposed of; a surplus one becomes a card
    (entered beside this), one in a wrong place is moved on the card.

    Raises:
        PermissionDenied: the actor keeps no register, or (to dispose) asks for no disposals.
        InputError: no such line (404), the counting goes on or is confirmed (409), no such decision, no reason.
        AssetRefusedError: the rules stop the disposal.
    """
    require(actor, permissions.EDIT)
    row = locked_round(actor, stocktake_id)
    if row.state != SETTLING:
        raise InputError(
            "清点结束以后、结果确认以前才能处理差异", where=row.number, how="请先结束清点", status=409
        )
    item = row.items.select_for_update(of=("self",)).select_related("asset").filter(pk=item_id).first()
    if item is None or item.result not in DIFFERENCES:
        raise InputError("没有这件差异", where=row.number, how="请刷新页面", status=404)
    if decision not in DECISIONS[item.result]:
        raise InputError("没有这种处理", where="处理意见", how="请从列表里选择")
    if not why.strip():
        raise InputError("处理差异须写说明", where="说明", how="请写一句话")
    if item.decision == "dispose":
        raise InputError("已经提出处置申请", where=item.number, how="请在处置里办理", status=409)
    if decision == "card" and not Asset.objects.filter(number__iexact=why.strip()).exists():
        raise InputError("没有这个编号的卡片", where="说明", how="请先登记新卡片，再把它的编号写在这里")
    if item.result == MISSING and decision == "dispose" and item.asset:
        request_disposal(
            actor=actor, asset_id=item.asset.pk, way="loss", reason=why.strip(), stocktake=row.number
        )
    if item.result == MISPLACED and decision == "update" and item.asset and item.found_place:
        Asset.objects.filter(pk=item.asset.pk).update(place=item.found_place)
        told = {"place": item.found_place}
        record(events.MOVED, events.subject_of(item.asset), {"place": item.asset.place}, told)
    item.decision, item.decided_why, item.decided_by = decision, why.strip(), actor.username
    item.save()
    record(
        events.SETTLED, events.stocktake_subject(row), None,
        {"number": item.number, "decision": DECISIONS[item.result][decision], "note": item.decided_why},
    )  # fmt: skip
    return item


def locked_round(actor: User, stocktake_id: int) -> Stocktake:
    """A round under lock.

    Raises:
        InputError: there is none (404).
    """
    seen = stocktake_of(actor, stocktake_id)
    return Stocktake.objects.select_for_update().get(pk=seen.pk)
