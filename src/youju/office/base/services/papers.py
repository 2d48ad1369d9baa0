"""Files of records: the text of a document, a certificate; what proves a platform project."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from django.db import transaction

from youju.foundation.audit.services import record
from youju.foundation.files.selectors import Attached, attachments
from youju.foundation.files.services import attach, keep
from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.office.base import events, permissions
from youju.office.base.registers import REGISTERS
from youju.office.base.selectors.lists import record_of
from youju.office.base.selectors.pages import EVIDENCE, PAPER
from youju.office.base.services.registering import locked
from youju.rules.office.base.kinds import PLATFORMS
from youju.rules.office.base.lifecycle import ACCEPTED, STOPPED

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


def add_paper(
    *,
    actor: User,
    register: str,
    record_id: int,
    content: bytes | BinaryIO,
    name: str,
    evidence: bool = False,
) -> Attached:
    """Attach a file to a record; as ``evidence`` to a platform project that has not ended.

    Raises:
        PermissionDenied: the actor registers nothing of the base.
        InputError: no such record (404), it has ended (409), a file that cannot be taken.
    """
    require(actor, permissions.EDIT)
    seen = record_of(actor, register, record_id)
    proves = evidence and register == PLATFORMS
    kept = keep(content, name=name, purpose="evidence")
    with transaction.atomic():
        row = locked(actor, register, seen.pk)
        if proves and row.state in (ACCEPTED, STOPPED):
            raise InputError(f"{row.number} 已经结束，不能再附证明", how="请刷新页面", status=409)
        subject = REGISTERS[register].subject(row)
        role = EVIDENCE if proves else PAPER
        found = attach(sha256=kept.sha256, subject=subject, name=kept.name, role=role)
        record(events.PAPER, subject, None, {"file": found.name, "role": "证明" if proves else "文件"})
    return found


def hand_out_paper(*, actor: User, register: str, record_id: int, file_id: int) -> Attached:
    """A file of a record.

    Raises:
        PermissionDenied: the actor sees no base.
        InputError: there is none (404).
    """
    require(actor, permissions.VIEW)
    row = record_of(actor, register, record_id)
    subject = REGISTERS[register].subject(row)
    found = next((each for each in attachments(subject) if each.id == file_id), None)
    if found is None:
        raise InputError("没有这个文件", how="请回到记录页面", status=404)
    return found
