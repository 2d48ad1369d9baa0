"""The work of imports that outlives a request."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction

from youju.foundation.imports import services
from youju.foundation.imports.clearing import clear_waiting
from youju.foundation.imports.services.receiving import batch_subject
from youju.foundation.jobs.defining import Progress, job, periodic
from youju.foundation.jobs.services import enqueue

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import BinaryIO

    from youju.foundation.identity.models import User
    from youju.foundation.imports.models import Batch


@job("imports.check", title="检查导入文件")
def check(*, progress: Progress, batch_id: str) -> dict[str, Any]:
    """Read and judge a batch."""
    batch = services.check_batch(
        batch_id=UUID(batch_id), progress=lambda done, total: progress(done, total, "检查")
    )
    return {"state": batch.state, "rows": batch.rows, "faults": batch.faults}


@job("imports.commit", title="写入导入的数据")
def commit(*, progress: Progress, batch_id: str) -> dict[str, Any]:
    """Write a confirmed batch."""
    batch = services.commit_batch(
        batch_id=UUID(batch_id), progress=lambda done, total: progress(done, total, "写入")
    )
    return {"state": batch.state, "rows": batch.rows}


@periodic("imports.clear-waiting", title="清理没有确认的导入", cron="50 3 * * *")
def clear() -> dict[str, Any]:
    """Give up batches and uploads that nobody went on with."""
    return clear_waiting()


@transaction.atomic
def take_in(
    *,
    actor: User,
    importer: str,
    name: str,
    content: bytes | BinaryIO,
    parameters: Mapping[str, Any] | None = None,
    again: bool = False,
) -> tuple[Batch, bool]:
    """Receive a file and ask for its check; see ``services.receive``."""
    batch, new = services.receive(
        actor=actor, importer=importer, name=name, content=content, parameters=parameters, again=again
    )
    return (ask_for_check(batch), True) if new else (batch, False)


@transaction.atomic
def take_upload(*, actor: User, upload_id: uuid.UUID, sha256: str) -> tuple[Batch, bool]:
    """Finish an upload and ask for its check; see ``services.finish_upload``."""
    batch, new = services.finish_upload(actor=actor, upload_id=upload_id, sha256=sha256)
    return (ask_for_check(batch), True) if new else (batch, False)


@transaction.atomic
def confirm(*, actor: User, batch_id: UUID, token: str, acknowledged: bool) -> Batch:
    """Confirm a batch and ask for its commit; see ``services.prepare_commit``."""
    before = services.prepare_commit(actor=actor, batch_id=batch_id, token=token, acknowledged=acknowledged)
    if before.state == "committing":
        before.job = enqueue(
            commit,
            subject=batch_subject(before),
            key=f"imports.{before.pk}",
            once=True,
            batch_id=str(before.pk),
        )
        before.save(update_fields=["job"])
    return before


def ask_for_check(batch: Batch) -> Batch:
    """Let a worker check the batch."""
    batch.job = enqueue(
        check, subject=batch_subject(batch), key=f"imports.{batch.pk}", once=True, batch_id=str(batch.pk)
    )
    batch.save(update_fields=["job"])
    return batch
