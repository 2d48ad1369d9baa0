"""Files in: at once, or in pieces that survive a lost connection."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from django.db import transaction

from youju.foundation.audit.services import record
from youju.foundation.files.names import clean
from youju.foundation.files.services import attach, keep, release
from youju.foundation.identity.permissions import Permission, require
from youju.foundation.imports import events
from youju.foundation.imports.declaring import Importer, find
from youju.foundation.imports.limits import limit
from youju.foundation.imports.models import Batch, Upload
from youju.foundation.kernel import places
from youju.foundation.kernel.errors import InputError
from youju.foundation.kernel.subjects import Subject

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


@transaction.atomic
def receive(
    *,
    actor: User,
    importer: str,
    name: str,
    content: bytes | BinaryIO,
    parameters: Mapping[str, Any] | None = None,
    again: bool = False,
) -> tuple[Batch, bool]:
    """Keep a file and open a batch for it; (the batch, whether it is new). The caller then asks for its check.

    The same file again gives the batch that it made before, unless that one is over or ``again`` is set.

    Raises:
        InputError: no such import (404), or the file cannot be kept.
        PermissionDenied: the actor may not use the import.
    """
    declared = importer_of(importer)
    require(actor, Permission(declared.permission))
    kept = keep(content, name=name, purpose="upload")
    wanted = dict(parameters or {})
    over = (Batch.State.DISCARDED, Batch.State.FAILED, Batch.State.UNDONE)
    before = (
        Batch.objects.filter(
            importer=importer, sha256=kept.sha256, parameters=wanted, version=declared.version
        )
        .exclude(state__in=over)
        .order_by("-created_at")
        .first()
    )
    if before is not None and not again:
        return before, False
    batch = Batch.objects.create(
        importer=importer,
        version=declared.version,
        parameters=wanted,
        user=actor,
        name=kept.name,
        sha256=kept.sha256,
    )
    attach(sha256=kept.sha256, subject=batch_subject(batch), name=kept.name, role="source")
    record(
        events.UPLOADED,
        batch_subject(batch),
        None,
        {"importer": declared.title, "file": kept.name, "sha256": kept.sha256},
    )
    return batch, True


@transaction.atomic
def begin_upload(
    *, actor: User, importer: str, name: str, size: int, parameters: Mapping[str, Any] | None = None
) -> Upload:
    """Begin to take a file in pieces.

    Raises:
        InputError: no such import (404), or a size of nothing.
        PermissionDenied: the actor may not use the import.
    """
    declared = importer_of(importer)
    require(actor, Permission(declared.permission))
    if size <= 0:
        raise InputError("文件是空的", where=clean(name), how="请重新选择文件")
    return Upload.objects.create(
        user=actor, importer=importer, name=clean(name), size=size, parameters=dict(parameters or {})
    )


@transaction.atomic
def put_piece(*, actor: User, upload_id: uuid.UUID, offset: int, piece: bytes) -> int:
    """Take the next piece; how much has arrived. A piece that came before, in full, changes nothing.

    Raises:
        InputError: no such upload (404), a gap or an overlap (409, tells what has arrived), a piece too big (413).
    """
    upload = _locked(actor, upload_id)
    if len(piece) > limit("piece_bytes"):
        raise InputError("这一段太大", how=f"每段至多 {limit('piece_bytes') // 1024} KB", status=413)
    if offset + len(piece) <= upload.received:
        return upload.received
    if offset != upload.received or offset + len(piece) > upload.size:
        raise InputError(
            f"应从第 {upload.received} 字节接着传",
            where=upload.name,
            how="请查询已收到的字节数再续传",
            status=409,
        )
    path = _path(upload)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("r+b" if path.exists() else "wb") as file:
        # What a lost transaction left behind the noted end is written over.
        file.seek(offset)
        file.write(piece)
    upload.received = offset + len(piece)
    upload.save(update_fields=["received"])
    return upload.received


@transaction.atomic
def finish_upload(*, actor: User, upload_id: uuid.UUID, sha256: str) -> tuple[Batch, bool]:
    """The last piece has come: check the whole and open a batch.

    Raises:
        InputError: something is missing, or the whole is not what was sent (both 409: send it again).
    """
    upload = _locked(actor, upload_id)
    path = _path(upload)
    if upload.received != upload.size:
        raise InputError(
            f"还差 {upload.size - upload.received} 字节", where=upload.name, how="请接着传", status=409
        )
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        if digest != sha256:
            raise InputError("收到的文件与发出的不同", where=upload.name, how="请重新上传", status=409)
        file.seek(0)
        found = receive(
            actor=actor,
            importer=upload.importer,
            name=upload.name,
            content=file,
            parameters=upload.parameters,
        )
    upload.delete()
    transaction.on_commit(lambda: path.unlink(missing_ok=True))
    return found


def importer_of(code: str) -> Importer:
    """The declared import.

    Raises:
        InputError: there is none of the code (404).
    """
    declared = find(code)
    if declared is None:
        raise InputError("没有这种导入", how="请回到批量导入的列表", status=404)
    return declared


def batch_subject(batch: Batch) -> Subject:
    """The batch as the trail names it."""
    return Subject("imports.batch", str(batch.pk), batch.name)


def let_go(batch: Batch) -> None:
    """Untie the files of a private batch that is over; what nothing refers to is collected after the policy's hours."""
    declared = find(batch.importer)
    if declared is not None and declared.private:
        release(subject=batch_subject(batch))


def _locked(actor: User, upload_id: uuid.UUID) -> Upload:
    upload = Upload.objects.select_for_update().filter(pk=upload_id, user=actor).first()
    if upload is None:
        raise InputError("没有这次上传", how="请重新上传", status=404)
    return upload


def _path(upload: Upload) -> Path:
    return places.var() / "files" / "incoming" / f"upload-{upload.pk}"
