"""Enterprises on the way to the AEO certificate: intent, coaching, self-assessment, application, certificate."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, BinaryIO

from django.db import transaction
from django.utils import timezone

from youju.foundation.audit.services import record
from youju.foundation.files.selectors import Attached, attachments
from youju.foundation.files.services import attach, keep
from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.office.events import events, permissions
from youju.office.events.models import Application
from youju.office.events.selectors.lists import application_of
from youju.office.events.services.planning import locked
from youju.office.events.services.refusing import checked
from youju.office.events.services.winning import open_
from youju.rules.office.events.facts import StageFacts
from youju.rules.office.events.kinds import EventKind
from youju.rules.office.events.lifecycle import AEO_NEXT, AEO_PROVED, AEO_STAGES

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


@dataclass(frozen=True, slots=True)
class ApplicationWish:
    """An enterprise that means to become an authorised economic operator."""

    firm: str
    intent_on: date
    firm_code: str = ""
    note: str = ""


@transaction.atomic
def add_application(*, actor: User, event_id: int, wish: ApplicationWish) -> Application:
    """Enter an enterprise that means to apply.

    Raises:
        PermissionDenied: the actor enters no events.
        InputError: no such event (404), it is no AEO cultivation or is over (409).
        EventRefusedError: what the rules found.
    """
    require(actor, permissions.EDIT)
    event = locked(actor, event_id)
    if event.kind != EventKind.AEO:
        raise InputError("这次活动不是 AEO 培育", where=event.number, how="请打开 AEO 培育活动", status=409)
    open_(event)
    firm = wish.firm.replace("\0", "").strip()
    again = event.applications.filter(firm=firm).exists()
    checked(StageFacts("add", timezone.localdate(), firm, wish.intent_on, again=again))
    row = Application.objects.create(
        event=event,
        firm=firm,
        firm_code=wish.firm_code.strip(),
        intent_on=wish.intent_on,
        last_on=wish.intent_on,
        note=wish.note.replace("\0", "").strip(),
        created_by=actor.username,
    )
    record(events.APPLICATION, events.application_subject(row), None, {"firm": firm, "on": wish.intent_on})
    return row


@transaction.atomic
def move_application(*, actor: User, application_id: int, stage: str, on: date, note: str) -> Application:
    """Write down that an enterprise came a step further, was certified or refused.

    Raises:
        PermissionDenied: the actor enters no events.
        InputError: none of the kind (404), the step does not lead on from here or the event is over (409), no words on a refusal.
        EventRefusedError: a day that is out of order, a certificate that is not there.
    """
    require(actor, permissions.EDIT)
    seen = application_of(actor, application_id)
    open_(locked(actor, seen.event_id))
    row = Application.objects.select_for_update().get(pk=seen.pk)
    if stage not in AEO_NEXT[row.stage]:
        raise InputError(
            f"现在是“{AEO_STAGES[row.stage]}”，不能直接登记这一步",
            where=row.firm,
            how="请刷新页面",
            status=409,
        )
    words = note.replace("\0", "").strip()[:500]
    if stage == "refused" and not words:
        raise InputError("没有写未通过的原因", where="说明", how="请写一句话")
    subject = events.application_subject(row)
    checked(
        StageFacts(
            "step",
            timezone.localdate(),
            row.firm,
            on,
            row.last_on,
            stage in AEO_PROVED,
            len(attachments(subject)),
        )
    )
    before = row.stage
    setattr(row, f"{stage}_on", on)
    if before == "refused":
        row.refused_on = None
    row.stage, row.last_on, row.note = stage, on, words or row.note
    row.save()
    told = {"stage": stage, "on": on, "note": words or None}
    record(events.APPLICATION_STEP, subject, {"stage": before}, told)
    return row


def add_certificate(*, actor: User, application_id: int, content: bytes | BinaryIO, name: str) -> Attached:
    """Attach a file to an application: the self-assessment, what customs wrote, the certificate.

    Raises:
        PermissionDenied: the actor enters no events.
        InputError: none of the kind (404), the event is over (409), a file that cannot be taken.
    """
    require(actor, permissions.EDIT)
    seen = application_of(actor, application_id)
    kept = keep(content, name=name, purpose="evidence")
    with transaction.atomic():
        open_(locked(actor, seen.event_id))
        subject = events.application_subject(seen)
        found = attach(sha256=kept.sha256, subject=subject, name=kept.name, role="evidence")
        record(events.FILED, subject, None, {"file": found.name})
    return found


def hand_out_certificate(*, actor: User, application_id: int, file_id: int) -> Attached:
    """A file of an application.

    Raises:
        InputError: there is none (404).
    """
    row = application_of(actor, application_id)
    files = attachments(events.application_subject(row))
    found = next((each for each in files if each.id == file_id), None)
    if found is None:
        raise InputError("没有这个文件", how="请回到企业的页面", status=404)
    return found
