"""Transfers, loans and returns: offered by one, accepted by the one who receives."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from youju.foundation.audit.services import record
from youju.foundation.identity.permissions import require
from youju.foundation.identity.selectors import colleagues
from youju.foundation.kernel.errors import InputError
from youju.foundation.workflow.services import advance, start
from youju.funds.assets import events, permissions
from youju.funds.assets.models import Asset, Move
from youju.funds.assets.selectors.lists import move_of
from youju.funds.assets.services.hands import hands_of
from youju.funds.assets.services.refusing import checked
from youju.funds.assets.services.registering import locked, section_of
from youju.rules.funds.assets.facts import MoveFacts
from youju.rules.funds.assets.lifecycle import (
    ACCEPTED,
    DRAFT,
    IDLE,
    IN_USE,
    LENT,
    MOVE_FLOW,
    MOVES,
    OFFERED,
)

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


@dataclass(frozen=True, slots=True)
class MoveWish:
    """Where an asset is to go: ``kind`` transfer, lend (to somebody outside by name, until a day) or back."""

    kind: str
    keeper: str
    section: str = ""
    place: str = ""
    lent_to: str = ""
    until: date | None = None
    note: str = ""


@transaction.atomic
def offer_move(*, actor: User, asset_id: int, wish: MoveWish) -> Move:
    """Offer an asset to a colleague, whose acceptance moves the card.

    Raises:
        PermissionDenied: the actor keeps no register.
        InputError: no such asset (404); it has left, is being moved or disposed of, is (not) lent (409); bad wish.
    """
    require(actor, permissions.EDIT)
    row = locked(actor, asset_id)
    if wish.kind not in MOVES:
        raise InputError("没有这种移交方式", where="方式", how="请从列表里选择")
    allowed_from = (LENT,) if wish.kind == "back" else (IN_USE, IDLE)
    if row.state not in allowed_from:
        raise InputError(
            f"资产 {row.number} 现在不能办理{MOVES[wish.kind]}", how="请先看它的状态", status=409
        )
    if row.moves.filter(state__in=[DRAFT, OFFERED]).exists():
        raise InputError(f"资产 {row.number} 正在移交", how="请等接收人办理，或先撤回", status=409)
    receiver = colleagues(actor=actor).filter(username=wish.keeper).first()
    if receiver is None:
        raise InputError("没有这个接收人", where="接收人", how="请从列表里选择")
    if receiver.pk == actor.pk:
        raise InputError("接收人不能是您自己", where="接收人", how="请由同事提出，您来接收")
    if wish.kind == "lend" and (
        not wish.until or wish.until < timezone.localdate() or not wish.lent_to.strip()
    ):
        raise InputError("借出要写明借给谁、哪天归还", where="归还期限", how="归还期限不早于今天")
    made = Move.objects.create(
        asset=row,
        kind=wish.kind,
        state=OFFERED,
        from_section=row.section,
        from_place=row.place,
        from_keeper_name=row.keeper_name,
        to_section=section_of(wish.section) or row.section,
        to_place=wish.place.strip() or row.place,
        to_keeper=receiver.username,
        to_keeper_name=receiver.display_name,
        lent_to=wish.lent_to.strip() if wish.kind == "lend" else "",
        until=wish.until if wish.kind == "lend" else None,
        note=wish.note.strip(),
        offered_by=[actor.username],
    )
    subject = events.move_subject(made, row)
    start(flow=MOVE_FLOW, subject=subject, actor=actor, organisation=actor.organisation.code)
    advance(flow=MOVE_FLOW, subject=subject, transition="offer", actor=actor, assigned=receiver)
    made.offered_by = hands_of(subject, actor)
    made.save(update_fields=["offered_by"])
    return made


@transaction.atomic
def take_move_step(*, actor: User, move_id: int, step: str, reason: str = "", expected: str = "") -> Move:
    """Accept, refuse or withdraw a transfer; accepted, the card stands where it was to go.

    Raises:
        PermissionDenied: no permission for the step, or it waits for somebody else.
        InputError: none of the kind (404), the step does not lead on from here (409), a reason is missing.
        AssetRefusedError: who offered it would accept it.
    """
    require(actor, permissions.VIEW)
    seen = move_of(actor, move_id)
    asset = locked(actor, seen.asset_id)
    row = Move.objects.select_for_update().get(pk=seen.pk)
    subject = events.move_subject(row, asset)
    if step == "accept":
        checked(MoveFacts(timezone.localdate(), row.offered_by[0], actor.username))
    case = advance(
        flow=MOVE_FLOW, subject=subject, transition=step, actor=actor, reason=reason, expected=expected
    )
    row.state, row.ended_on = case.state, timezone.localdate()
    if case.state == ACCEPTED:
        row.accepted_by = hands_of(subject, actor)
        _arrive(asset, row)
    row.save()
    return row


def _arrive(asset: Asset, row: Move) -> None:
    before = {
        "section": asset.section,
        "place": asset.place,
        "keeper_name": asset.keeper_name,
        "state": asset.state,
    }
    asset.section, asset.place = row.to_section, row.to_place
    asset.keeper, asset.keeper_name = row.to_keeper, row.to_keeper_name
    asset.state = LENT if row.kind == "lend" else IN_USE
    asset.lent_to, asset.lent_until = row.lent_to, row.until
    asset.revision += 1
    asset.save()
    after = {
        "section": asset.section,
        "place": asset.place,
        "keeper_name": asset.keeper_name,
        "state": asset.state,
    }
    record(events.MOVED, events.subject_of(asset), before, after)
