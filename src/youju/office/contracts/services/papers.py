"""Files of contracts and deliverables, and the acceptance sheet."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, BinaryIO

from django.db import transaction

from youju.foundation.audit.services import record
from youju.foundation.documents.selectors import DocumentView, document_of
from youju.foundation.documents.services import Requested, request_document
from youju.foundation.files.selectors import Attached, Kept, attachments
from youju.foundation.files.services import attach, keep
from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.office.contracts import events, permissions
from youju.office.contracts.documents.sheet import CODE, sheet_context
from youju.office.contracts.selectors.lists import deliverable_of, one_of
from youju.office.contracts.services.registering import locked
from youju.rules.office.contracts.lifecycle import ACCEPTED, DELIVERABLE_KIND

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


def add_paper(*, actor: User, contract_id: int, content: bytes | BinaryIO, name: str) -> Attached:
    """Attach a file to a contract: its text, a supplementary agreement, what was delivered.

    Raises:
        PermissionDenied: the actor registers no contracts.
        InputError: no such contract (404), a file that cannot be taken.
    """
    require(actor, permissions.EDIT)
    seen = one_of(actor, contract_id)
    kept = keep(content, name=name, purpose="evidence")
    with transaction.atomic():
        row = locked(actor, seen.pk)
        found = attach(sha256=kept.sha256, subject=events.subject_of(row), name=kept.name, role="contract")
        record(events.PAPER, events.subject_of(row), None, {"file": found.name})
    return found


def hand_out_paper(*, actor: User, contract_id: int, file_id: int) -> Attached:
    """A file of a contract.

    Raises:
        PermissionDenied: the actor sees no contracts.
        InputError: there is none (404).
    """
    require(actor, permissions.VIEW)
    row = one_of(actor, contract_id)
    found = next((each for each in attachments(events.subject_of(row)) if each.id == file_id), None)
    if found is None:
        raise InputError("没有这个文件", how="请回到合同页面", status=404)
    return found


@transaction.atomic
def request_sheet(*, actor: User, deliverable_id: int) -> Requested:
    """Ask for the acceptance sheet of an accepted deliverable as docx.

    Raises:
        PermissionDenied: the actor sees no contracts.
        InputError: no such deliverable (404), or it is not accepted (409).
    """
    require(actor, permissions.VIEW)
    row = deliverable_of(actor, deliverable_id)
    if row.state != ACCEPTED:
        raise InputError("还没有验收", where=row.title, how="验收通过后才有验收单", status=409)
    return request_document(
        actor=actor,
        template=CODE,
        format="docx",
        context=sheet_context(row.contract, row),
        subject=events.deliverable_subject(row, row.contract.number),
        name=f"验收单{row.contract.number}-{row.place}",
    )


@transaction.atomic
def hand_out_sheet(*, actor: User, document_id: uuid.UUID) -> tuple[DocumentView, Kept]:
    """An acceptance sheet that was made; the download is on the trail.

    Raises:
        PermissionDenied: the actor sees no contracts.
        InputError: there is none, or it is not made yet (404).
    """
    require(actor, permissions.VIEW)
    found = document_of(document_id)
    if found is None or found.subject.kind != DELIVERABLE_KIND or found.kept is None:
        raise InputError("没有这份验收单，或者它还没有生成好", how="请回到成果页面", status=404)
    record(events.SHEET_DOWNLOADED, found.subject, None, {"file": found.name})
    return found, found.kept
