"""Disposals: asked for, reviewed, approved by the head, entered with day and proceeds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from youju.foundation.audit.services import record
from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.foundation.workflow.services import advance, start
from youju.funds.assets import events, permissions
from youju.funds.assets.facts import disposal_facts
from youju.funds.assets.models import Asset, Disposal
from youju.funds.assets.selectors.lists import disposal_of
from youju.funds.assets.services.depreciating import charge_until_left
from youju.funds.assets.services.hands import hands_of
from youju.funds.assets.services.refusing import checked
from youju.funds.assets.services.registering import locked
from youju.rules.funds.assets.lifecycle import (
    DISPOSAL_FLOW,
    DISPOSED,
    DONE,
    DRAFT,
    LEAVING,
    OFFERED,
    REFUSED,
    REQUESTED,
    WAYS,
    WITHDRAWN,
)

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

_STEPS = ("review", "approve")


@dataclass(frozen=True, slots=True)
class Completion:
    """How it left: the day, what it brought in CNY, the number of the document."""

    disposed_on: date
    proceeds: Decimal = Decimal(0)
    document: str = ""


@transaction.atomic
def request_disposal(*, actor: User, asset_id: int, way: str, reason: str, stocktake: str = "") -> Disposal:
    """Ask that an asset may leave; until it is decided the card says 待处置.

    Raises:
        PermissionDenied: the actor asks for no disposals.
        InputError: no such asset (404), it has left, is on its way or being moved (409), no such way, no reason.
        AssetRefusedError: what the rules found.
    """
    require(actor, permissions.DISPOSE)
    asset = locked(actor, asset_id)
    if asset.state in (DISPOSED, LEAVING):
        raise InputError(f"资产 {asset.number} 已经处置或正在处置", how="请看它的处置记录", status=409)
    if asset.moves.filter(state__in=[DRAFT, OFFERED]).exists():
        raise InputError(f"资产 {asset.number} 正在移交", how="请等移交办完", status=409)
    if way not in WAYS:
        raise InputError("没有这种处置方式", where="处置方式", how="请从列表里选择")
    if not reason.strip():
        raise InputError("处置须写明原因", where="原因", how="请写一句话")
    row = Disposal(
        asset=asset, way=way, reason=reason.strip(), state=REQUESTED, before=asset.state, stocktake=stocktake,
        requested_by=[actor.username], cost=asset.cost, depreciated=asset.depreciated,
    )  # fmt: skip
    checked(disposal_facts(row, asset, "request", timezone.localdate(), actor.username))
    row.save()
    subject = events.disposal_subject(row, asset)
    start(flow=DISPOSAL_FLOW, subject=subject, actor=actor, organisation=actor.organisation.code)
    advance(flow=DISPOSAL_FLOW, subject=subject, transition="submit", actor=actor)
    row.requested_by = hands_of(subject, actor)
    row.save(update_fields=["requested_by"])
    asset.state, asset.lent_to, asset.lent_until = LEAVING, "", None
    asset.save(update_fields=["state", "lent_to", "lent_until"])
    return row


@transaction.atomic
def take_disposal_step(
    *,
    actor: User,
    disposal_id: int,
    step: str,
    reason: str = "",
    expected: str = "",
    completion: Completion | None = None,
) -> Disposal:
    """Review, approve, refuse, withdraw or complete a disposal.

    Raises:
        PermissionDenied: no permission for the step, or three-person control bars the actor.
        InputError: none of the kind (404), the step does not lead on from here (409), a reason or the completion is missing.
        AssetRefusedError: the rules stop it.
    """
    require(actor, permissions.VIEW)
    seen = disposal_of(actor, disposal_id)
    asset = locked(actor, seen.asset_id)
    row = Disposal.objects.select_for_update().get(pk=seen.pk)
    today = timezone.localdate()
    if step in _STEPS:
        checked(disposal_facts(row, asset, "step", today, actor.username))
    if step == "complete":
        _complete(row, asset, completion, today)
    subject = events.disposal_subject(row, asset)
    case = advance(
        flow=DISPOSAL_FLOW, subject=subject, transition=step, actor=actor, reason=reason, expected=expected
    )
    row.state = case.state
    if step == "review":
        row.reviewed_by = hands_of(subject, actor)
    elif step == "approve":
        row.approved_by, row.approved_on = hands_of(subject, actor), today
    row.save()
    if row.state in (REFUSED, WITHDRAWN):
        asset.state = row.before if row.before != "lent" else "in_use"
    elif row.state == DONE:
        asset.state, asset.disposed_on = DISPOSED, row.disposed_on
        told = {"way": row.way, "proceeds": row.proceeds, "disposed_on": row.disposed_on}
        record(events.LEFT, events.subject_of(asset), {"state": LEAVING}, told)
    asset.revision += 1
    asset.save()
    return row


def _complete(row: Disposal, asset: Asset, given: Completion | None, today: date) -> None:
    """Enter how it left; the card is depreciated up to the month before.

    Raises:
        InputError: nothing given, or the day is not between approval and today.
    """
    if given is None:
        raise InputError("请填处置日期和收入", where="处置日期")
    first = max(filter(None, (row.approved_on, asset.acquired_on)))
    if not first <= given.disposed_on <= today:
        raise InputError("处置的日子不对", where="处置日期", how=f"应在 {first} 至 {today} 之间")
    if given.proceeds < 0:
        raise InputError("处置收入不能是负数", where="处置收入")
    row.disposed_on, row.proceeds, row.document = given.disposed_on, given.proceeds, given.document.strip()
    checked(disposal_facts(row, asset, "complete", today))
    charge_until_left(asset, given.disposed_on)
    row.cost, row.depreciated = asset.cost, asset.depreciated
