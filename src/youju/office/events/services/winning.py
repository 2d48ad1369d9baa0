"""Firms of trade services that are to be won for the market, step by step (招商)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from youju.foundation.audit.services import record
from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.foundation.kernel.sealing import seal, unseal
from youju.office.events import events, permissions
from youju.office.events.models import Event, Prospect
from youju.office.events.selectors.lists import prospect_of, signup_of
from youju.office.events.services.planning import locked
from youju.office.events.services.refusing import checked
from youju.rules.office.events.facts import StageFacts
from youju.rules.office.events.kinds import SERVICE_KINDS, EventKind
from youju.rules.office.events.lifecycle import OPEN, PROSPECT_NEXT, PROSPECT_STAGES

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


@dataclass(frozen=True, slots=True)
class ProspectWish:
    """A firm that was spoken to; the contact is sealed."""

    firm: str
    service: str
    contacted_on: date
    region: str = ""
    contact_name: str = ""
    contact_phone: str = ""
    note: str = ""


@transaction.atomic
def add_prospect(*, actor: User, event_id: int, wish: ProspectWish) -> Prospect:
    """Enter a firm that was spoken to.

    Raises:
        PermissionDenied: the actor enters no events.
        InputError: no such event (404), it is no recruitment or is over (409), an unknown service.
        EventRefusedError: what the rules found.
    """
    require(actor, permissions.EDIT)
    event = locked(actor, event_id)
    if event.kind != EventKind.RECRUITMENT:
        raise InputError("这次活动不是招商", where=event.number, how="请打开招商活动", status=409)
    open_(event)
    if wish.service not in SERVICE_KINDS:
        raise InputError("没有这一类服务", where="服务类别", how="请从列表里选择")
    firm = wish.firm.replace("\0", "").strip()
    again = event.prospects.filter(firm=firm).exists()
    checked(StageFacts("add", timezone.localdate(), firm, wish.contacted_on, again=again))
    named = wish.contact_name.strip() or wish.contact_phone.strip()
    row = Prospect.objects.create(
        event=event,
        firm=firm,
        service=wish.service,
        region=wish.region.replace("\0", "").strip(),
        contact=seal(json.dumps([wish.contact_name.strip(), wish.contact_phone.strip()])) if named else "",
        contacted_on=wish.contacted_on,
        last_on=wish.contacted_on,
        note=wish.note.replace("\0", "").strip(),
        created_by=actor.username,
    )
    told = {"firm": firm, "service": row.service, "on": wish.contacted_on}
    record(events.PROSPECT, events.prospect_subject(row), None, told)
    return row


@transaction.atomic
def move_prospect(*, actor: User, prospect_id: int, stage: str, on: date, note: str) -> Prospect:
    """Write down that a firm came a step further, or was lost; who was lost may be spoken to again.

    Raises:
        PermissionDenied: the actor enters no events.
        InputError: none of the kind (404), the step does not lead on from here or the event is over (409), no words on a loss.
        EventRefusedError: a day that is out of order.
    """
    require(actor, permissions.EDIT)
    seen = prospect_of(actor, prospect_id)
    open_(locked(actor, seen.event_id))
    row = Prospect.objects.select_for_update().get(pk=seen.pk)
    if stage not in PROSPECT_NEXT[row.stage]:
        raise InputError(
            f"现在是“{PROSPECT_STAGES[row.stage]}”，不能直接登记这一步",
            where=row.firm,
            how="请刷新页面",
            status=409,
        )
    words = note.replace("\0", "").strip()[:500]
    if stage == "lost" and not words:
        raise InputError("没有写未成的原因", where="说明", how="请写一句话")
    checked(StageFacts("step", timezone.localdate(), row.firm, on, row.last_on))
    before = row.stage
    setattr(row, f"{stage}_on", on)
    if before == "lost":
        row.lost_on = None
    row.stage, row.last_on, row.note = stage, on, words or row.note
    row.save()
    told = {"stage": stage, "on": on, "note": words or None}
    record(events.PROSPECT_STEP, events.prospect_subject(row), {"stage": before}, told)
    return row


@transaction.atomic
def unmask_prospect(*, actor: User, prospect_id: int) -> tuple[str, str]:
    """Name and telephone of a firm that is to be won; the look stands on the trail.

    Raises:
        PermissionDenied: the actor may not.
        InputError: there is none (404).
    """
    require(actor, permissions.UNMASK)
    row = prospect_of(actor, prospect_id)
    return _opened(row.contact, row)


@transaction.atomic
def unmask_signup(*, actor: User, signup_id: int) -> tuple[str, str]:
    """Name and telephone of a firm that signed up; the look stands on the trail.

    Raises:
        PermissionDenied, InputError: as :func:`unmask_prospect`.
    """
    require(actor, permissions.UNMASK)
    row = signup_of(actor, signup_id)
    if not row.contact:
        raise InputError("没有联系方式", where=row.firm, how="请回到报名页面", status=404)
    record(events.UNMASKED, events.signup_subject(row, row.event.name), None, None)
    name, phone = json.loads(unseal(row.contact))
    return str(name), str(phone)


def open_(event: Event) -> None:
    """Stop what is done to an event that is over.

    Raises:
        InputError: it is (409).
    """
    if event.state not in OPEN:
        raise InputError(f"{event.number} 已经提交结果或结束", how="不能再改名单", status=409)


def _opened(contact: str, row: Prospect) -> tuple[str, str]:
    if not contact:
        raise InputError("没有联系方式", where=row.firm, how="请回到招商对象的页面", status=404)
    record(events.UNMASKED, events.prospect_subject(row), None, None)
    name, phone = json.loads(unseal(contact))
    return str(name), str(phone)
