"""Taking a batch back: what it would touch is told first; and giving a waiting one up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from youju.foundation.audit.services import record
from youju.foundation.identity.permissions import Permission, require
from youju.foundation.imports import events
from youju.foundation.imports.models import Batch
from youju.foundation.imports.services.checking import work_on
from youju.foundation.imports.services.committing import locked
from youju.foundation.imports.services.receiving import batch_subject, importer_of, let_go
from youju.foundation.kernel.errors import InputError

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


@transaction.atomic
def consequences(*, actor: User, batch_id: UUID) -> Sequence[str]:
    """What taking the batch back would touch, in sentences.

    Raises:
        InputError: it cannot be taken back, and why (409).
        PermissionDenied: the actor may not take imports back.
    """
    require(actor, Permission.IMPORTS_UNDO)
    return _consequences(locked(batch_id))


@transaction.atomic
def undo(*, actor: User, batch_id: UUID, reason: str) -> Batch:
    """Take a committed batch back, all of it.

    Raises:
        InputError: no reason (422); it cannot be taken back (409).
        PermissionDenied: the actor may not take imports back.
    """
    require(actor, Permission.IMPORTS_UNDO)
    if not reason.strip():
        raise InputError("撤销导入须写明理由", where="理由", how="请写一句话", status=422)
    batch = locked(batch_id)
    told = _consequences(batch)
    declared = importer_of(batch.importer)
    assert declared.undo is not None  # noqa: S101 - _consequences has asked
    declared.undo(work_on(batch, ()))
    batch.state, batch.undone_at = Batch.State.UNDONE, timezone.now()
    batch.save(update_fields=["state", "undone_at"])
    record(
        events.UNDONE,
        batch_subject(batch),
        {"rows": batch.rows},
        {"consequences": list(told)},
        reason=reason.strip(),
    )
    return batch


@transaction.atomic
def discard(*, actor: User, batch_id: UUID) -> None:
    """Give up a batch that was not written.

    Raises:
        InputError: it is written or being written (409).
        PermissionDenied: the actor may not use the import.
    """
    batch = locked(batch_id)
    require(actor, Permission(importer_of(batch.importer).permission))
    if batch.state in (Batch.State.COMMITTING, Batch.State.COMMITTED, Batch.State.UNDONE):
        raise InputError(f"这一批{batch.get_state_display()}，不能放弃", how="已导入的可以撤销", status=409)
    if batch.state != Batch.State.DISCARDED:
        batch.staged.all().delete()
        batch.state = Batch.State.DISCARDED
        batch.save(update_fields=["state"])
        let_go(batch)
        record(events.DISCARDED, batch_subject(batch))


def _consequences(batch: Batch) -> Sequence[str]:
    declared = importer_of(batch.importer)
    if batch.state != Batch.State.COMMITTED:
        raise InputError(
            f"这一批{batch.get_state_display()}，不能撤销", how="只有已导入的可以撤销", status=409
        )
    if declared.undo is None:
        raise InputError("这种导入不能整批撤销", how="请逐条改正", status=409)
    told = list(declared.consequences(work_on(batch, ()))) if declared.consequences else []
    return told or [f"将撤销这一批的 {batch.rows} 行。"]
