"""Closing, reopening and cancelling consolidations and packings."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from youju.foundation.audit.services import record
from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.foundation.workflow.services import advance
from youju.rules.trade.packing.lifecycle import CANCELLED, CLOSED, CONSOLIDATION_FLOW, PACKING_FLOW
from youju.trade.packing import events, permissions
from youju.trade.packing.models import Consolidation, PackedLine, Packing
from youju.trade.packing.services import balancing, refusing
from youju.trade.packing.services.consolidating import figures, saved
from youju.trade.packing.services.loading import release

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

Hold = Callable[[int], str]
_holds: list[Hold] = []


def register_hold(hold: Hold) -> None:
    """Let a room above object to a packing being opened again or cancelled: ``hold(packing id)`` says why, or an empty text."""
    if hold not in _holds:
        _holds.append(hold)


def held_by(packing: int) -> str:
    """Why a room above does not let go of a packing; empty where none holds it."""
    return next((why for hold in _holds if (why := hold(packing))), "")


@transaction.atomic
def step_consolidation(
    *, actor: User, number: str, step: str, reason: str = "", expected: int | None = None
) -> Consolidation:
    """Close, reopen or cancel a consolidation; a cancelled one gives everything back to the balances.

    Args:
        actor: who asks.
        number: of the consolidation.
        step: ``close``, ``reopen`` or ``cancel``.
        reason: in words, for the last two.
        expected: the revision that the actor saw.

    Raises:
        InputError: no such consolidation or step (404), it is empty, packed or in another state (409), no reason (422).
        PermissionDenied: the actor may not pack, or takes no part.
    """
    require(actor, permissions.EDIT)
    row = refusing.held_consolidation(actor, number, expected)
    _known(step)
    if step == "close" and not row.lines.exists():
        raise InputError("里面还没有货", where=row.number, how="请先组入交易单", status=409)
    if step in {"reopen", "cancel"} and row.lines.filter(packed_quantity__gt=0).exists():
        raise InputError("里面的货已经装箱", where=row.number, how="请先从箱子里卸下", status=409)
    view = advance(
        flow=CONSOLIDATION_FLOW, subject=refusing.subject_of(row), transition=step, actor=actor, reason=reason
    )
    if view.state == CANCELLED:
        lines = list(row.lines.select_for_update().order_by("pk"))
        balancing.give_back({line.order_line_id: figures(line) for line in lines})
    row.state = view.state
    row.closed_at = timezone.now() if row.state == CLOSED else None
    saved(row)
    return row


@transaction.atomic
def step_packing(
    *, actor: User, number: str, step: str, reason: str = "", expected: int | None = None
) -> Packing:
    """Close, reopen or cancel a packing; a cancelled one gives its goods back to their consolidations.

    Raises:
        InputError, PermissionDenied: as ``step_consolidation``; a room above may object too (409).
    """
    require(actor, permissions.EDIT)
    row = refusing.held_packing(actor, number, expected)
    _known(step)
    packed = PackedLine.objects.filter(container__packing=row).order_by("pk")
    if step == "close":
        empty = row.containers.filter(lines=None).values_list("number", flat=True)
        if not packed.exists():
            raise InputError("箱子里还没有货", where=row.number, how="请先装货", status=409)
        if empty:
            told = "、".join(empty)
            raise InputError(f"箱 {told} 是空的", where=row.number, how="请装上货，或去掉空箱", status=409)
    elif why := held_by(row.pk):
        raise InputError(why, where=row.number, how="请先撤回报关单", status=409)
    view = advance(
        flow=PACKING_FLOW, subject=refusing.subject_of(row), transition=step, actor=actor, reason=reason
    )
    if view.state == CANCELLED and packed:
        record(events.UNPACKED, refusing.subject_of(row), release(list(packed)), None)
        packed.delete()
    row.state = view.state
    row.closed_at = timezone.now() if row.state == CLOSED else None
    saved(row)
    return row


def _known(step: str) -> None:
    if step not in {each.code for each in PACKING_FLOW.transitions}:
        raise InputError(f"没有“{step[:20]}”这一步", how="可选 close、reopen、cancel", status=404)
