"""Files of an event: what is handed to participants, and what proves the result."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, BinaryIO

from django.db import transaction

from youju.foundation.audit.services import record
from youju.foundation.documents.selectors import DocumentView, document_of
from youju.foundation.documents.services import Requested, request_document
from youju.foundation.files.selectors import Attached, Kept, attachments
from youju.foundation.files.services import attach, keep
from youju.foundation.identity.permissions import allowed, require
from youju.foundation.kernel.errors import InputError
from youju.office.events import events, permissions
from youju.office.events.documents.summary import CODE, summary_context
from youju.office.events.selectors.lists import one_of
from youju.office.events.selectors.pages import event_page
from youju.office.events.services.planning import locked
from youju.rules.office.events.lifecycle import ACCEPTED, CANCELLED, EVENT_KIND

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

ROLES = {"report": "结果文件", "material": "资料（企业可见）", "paper": "内部文件"}
"""What a file of an event is for; enterprises see the second."""


def add_file(*, actor: User, event_id: int, role: str, content: bytes | BinaryIO, name: str) -> Attached:
    """Attach a file to an event.

    Raises:
        PermissionDenied: the actor enters no events.
        InputError: no such event (404), it is accepted or cancelled (409), an unknown role, a file that cannot be taken.
    """
    require(actor, permissions.EDIT)
    if role not in ROLES:
        raise InputError("没有这种用途", where="用途", how="请从列表里选择")
    seen = one_of(actor, event_id)
    kept = keep(content, name=name, purpose="evidence")
    with transaction.atomic():
        row = locked(actor, seen.pk)
        if row.state in (ACCEPTED, CANCELLED):
            raise InputError(f"{row.number} 已经结束，不能再附文件", how="请刷新页面", status=409)
        subject = events.subject_of(row)
        found = attach(sha256=kept.sha256, subject=subject, name=kept.name, role=role)
        record(events.FILED, subject, None, {"file": found.name})
    return found


def hand_out_file(*, actor: User, event_id: int, file_id: int) -> Attached:
    """A file of an event: any for the centre, material for an enterprise that sees the event.

    Raises:
        InputError: there is none (404).
    """
    row = one_of(actor, event_id)
    role = "" if allowed(actor, permissions.VIEW) else "material"
    files = attachments(events.subject_of(row), role)
    found = next((each for each in files if each.id == file_id), None)
    if found is None:
        raise InputError("没有这个文件", how="请回到活动页面", status=404)
    return found


@transaction.atomic
def request_summary(*, actor: User, event_id: int) -> Requested:
    """Ask for the summary of an event as docx.

    Raises:
        PermissionDenied: the actor exports no events.
        InputError: no such event (404).
    """
    require(actor, permissions.EXPORT)
    page = event_page(actor, event_id)
    return request_document(
        actor=actor,
        template=CODE,
        format="docx",
        context=summary_context(page),
        subject=events.subject_of(page.event),
        name=f"活动小结{page.event.number}",
    )


@transaction.atomic
def hand_out_summary(*, actor: User, document_id: uuid.UUID) -> tuple[DocumentView, Kept]:
    """A summary that was made; the download is on the trail.

    Raises:
        PermissionDenied: the actor exports no events.
        InputError: there is none, or it is not made yet (404).
    """
    require(actor, permissions.EXPORT)
    found = document_of(document_id)
    if found is None or found.subject.kind != EVENT_KIND or found.kept is None:
        raise InputError("没有这份小结，或者它还没有生成好", how="请回到活动页面", status=404)
    record(events.SUMMARISED, found.subject, None, {"file": found.name})
    return found, found.kept
