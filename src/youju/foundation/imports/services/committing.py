"""The commit of a batch: everything in one transaction, or nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from youju.foundation.audit.services import record
from youju.foundation.identity.permissions import Permission, require
from youju.foundation.imports import events
from youju.foundation.imports.models import Batch
from youju.foundation.imports.services.checking import work_on
from youju.foundation.imports.services.receiving import batch_subject, importer_of, let_go
from youju.foundation.imports.staging import staged
from youju.foundation.kernel.errors import InputError

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

Progress = Callable[[int, int], None]


@transaction.atomic
def prepare_commit(*, actor: User, batch_id: UUID, token: str, acknowledged: bool) -> Batch:
    """A person confirms what the preview showed; the job then writes. Twice is once.

    Raises:
        InputError: the batch does not wait for this (409), the preview was another one (409), notes not acknowledged (422).
        PermissionDenied: the actor may not use the import.
    """
    batch = locked(batch_id)
    declared = importer_of(batch.importer)
    require(actor, Permission(declared.permission))
    if batch.state in (Batch.State.COMMITTING, Batch.State.COMMITTED):
        return batch
    if batch.state != Batch.State.READY:
        raise InputError(f"这一批{batch.get_state_display()}，不能确认", how="请刷新页面", status=409)
    if (batch.effects or {}).get("token", "") != token:
        raise InputError("预览已经不准", how="请刷新页面，看过最新的预览再确认", status=409)
    if batch.notes and not acknowledged:
        raise InputError("请先确认已看过“须知”", where="须知", how="勾选后再确认导入", status=422)
    batch.state = Batch.State.COMMITTING
    batch.save(update_fields=["state"])
    return batch


@transaction.atomic
def commit_batch(*, batch_id: UUID, progress: Progress = lambda _done, _total: None) -> Batch:
    """Write a confirmed batch. Called by the job, whose mark ``done`` is in the same transaction.

    Where what is stored has changed since the preview, nothing is written: the batch goes back to its preview, made anew.
    """
    batch = locked(batch_id)
    if batch.state != Batch.State.COMMITTING:
        return batch
    declared = importer_of(batch.importer)
    rows = list(staged(str(batch.pk), declared))
    work = work_on(batch, rows)
    if declared.compare:
        effects = declared.compare(work)
        if effects.token != (batch.effects or {}).get("token"):
            batch.state, batch.effects = Batch.State.READY, asdict(effects)
            batch.error = "预览之后，已存的数据又有了改动；请看过新的预览再确认"
            batch.save()
            return batch
    progress(0, len(rows))
    try:
        with transaction.atomic():
            kept = dict(declared.store(work))
    except InputError as error:
        batch.state, batch.error = Batch.State.FAILED, str(error)
        batch.save()
        return batch
    progress(len(rows), len(rows))
    batch.state, batch.kept, batch.committed_at, batch.error = Batch.State.COMMITTED, kept, timezone.now(), ""
    batch.save()
    record(
        events.COMMITTED,
        batch_subject(batch),
        None,
        {"importer": declared.title, "rows": len(rows), "sha256": batch.sha256, "file": batch.name},
    )
    batch.staged.all().delete()
    let_go(batch)
    return batch


def locked(batch_id: UUID) -> Batch:
    """The batch, locked.

    Raises:
        InputError: there is none (404).
    """
    batch = Batch.objects.select_for_update(of=("self",)).select_related("user").filter(pk=batch_id).first()
    if batch is None:
        raise InputError("没有这一批导入", how="请回到批量导入的列表", status=404)
    return batch
