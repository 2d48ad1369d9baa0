"""Files that prove what was done, and those that come with a matter."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from django.db import transaction

from youju.foundation.audit.services import record
from youju.foundation.files.selectors import Attached, attachments
from youju.foundation.files.services import attach, keep
from youju.foundation.identity.permissions import allowed, require
from youju.foundation.kernel.errors import InputError
from youju.office.tasks import events, permissions
from youju.office.tasks.selectors.lists import one_of
from youju.office.tasks.services.changing import locked
from youju.rules.office.tasks.lifecycle import ACCEPTED, CANCELLED

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

ROLES = {"evidence": "证明", "given": "申请方提供"}


def add_evidence(*, actor: User, task_id: int, content: bytes | BinaryIO, name: str) -> Attached:
    """Attach a file to a task: as evidence by the centre, as what was given by the enterprise that brought it.

    Raises:
        PermissionDenied: the actor neither does tasks nor brings matters.
        InputError: none of the kind that the actor may see (404), it has ended (409), a file that cannot be taken.
    """
    inside = allowed(actor, permissions.VIEW)
    require(actor, permissions.DO if inside else permissions.OWN)
    seen = one_of(actor, task_id)
    kept = keep(content, name=name, purpose="evidence")
    with transaction.atomic():
        row = locked(actor, seen.pk)
        if row.state in (ACCEPTED, CANCELLED):
            raise InputError(f"{row.number} 已经结束，不能再附文件", how="请刷新页面", status=409)
        subject = events.subject_of(row)
        found = attach(
            sha256=kept.sha256, subject=subject, name=kept.name, role="evidence" if inside else "given"
        )
        record(events.EVIDENCE, subject, None, {"file": found.name})
    return found


def hand_out_file(*, actor: User, task_id: int, file_id: int) -> Attached:
    """A file of a task that the actor may see; an enterprise sees those that it gave, and what proves the answer.

    Raises:
        InputError: there is none (404).
    """
    row = one_of(actor, task_id)
    found = next((each for each in attachments(events.subject_of(row)) if each.id == file_id), None)
    if found is None:
        raise InputError("没有这个文件", how="请回到任务页面", status=404)
    return found
