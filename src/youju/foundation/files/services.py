"""Keeping files: streamed, hashed on the way, in place before a row speaks of them."""

from __future__ import annotations

import hashlib
import io
import os
import tempfile
from pathlib import Path
from typing import BinaryIO

from django.db import connection, transaction
from django.utils import timezone

from youju.foundation.audit.services import record
from youju.foundation.files import events
from youju.foundation.files.kinds import KINDS, kind_of
from youju.foundation.files.models import Attachment, Content
from youju.foundation.files.names import clean
from youju.foundation.files.selectors import Attached, Kept, attached
from youju.foundation.files.stores import store
from youju.foundation.kernel import places
from youju.foundation.kernel.context import current
from youju.foundation.kernel.errors import InputError
from youju.foundation.kernel.subjects import Subject
from youju.foundation.policies import law_on
from youju.rules.law import names, table

_PIECE = 1024 * 1024
_ROLE = 40


def keep(content: bytes | BinaryIO, *, name: str, purpose: str) -> Kept:
    """Keep a content for a purpose (``upload``, ``evidence``, ``document``, ``picture``); the same content is kept once.

    What nobody attaches is collected after the time of the policy.

    Raises:
        InputError: empty, above the purpose's size (413), or of a kind that the purpose does not take (415).
    """
    shown = clean(name)
    law = law_on(timezone.localdate())
    limit = int(str(table(law, "foundation.files.max_bytes")[purpose]))
    allowed = names(table(law, "foundation.files.kinds"), purpose)
    source = io.BytesIO(content) if isinstance(content, bytes) else content
    spool = _spool_folder() / f"{os.getpid()}-{os.urandom(8).hex()}"
    try:
        with spool.open("xb+") as file:
            digest, size = _copy(source, file, limit, shown)
            kind = kind_of(file, shown)
            file.flush()
            os.fsync(file.fileno())
        if kind.code not in allowed:
            instead = "、".join(KINDS[code].name for code in allowed)
            raise InputError(f"这是{kind.name}，这里不收", where=shown, how=f"请改为：{instead}", status=415)
        with transaction.atomic():
            _lock(digest)
            store().put(digest, spool)
            row, _ = Content.objects.get_or_create(pk=digest, defaults={"size": size, "kind": kind.code})
    finally:
        spool.unlink(missing_ok=True)
    # The first to bring a content decided its kind; csv and plain text differ by name alone.
    return Kept(row.sha256, row.size, KINDS[row.kind], shown)


@transaction.atomic
def attach(*, sha256: str, subject: Subject, name: str, role: str) -> Attached:
    """Tie a kept content to a record under a name, in a role such as ``source`` or ``evidence``; twice is once.

    Raises:
        InputError: the content is not kept, or not any more (404).
    """
    _lock(sha256)
    if not Content.objects.filter(pk=sha256).exists():
        raise InputError("要附上的文件已经不在了", where=clean(name), how="请重新上传", status=404)
    row, new = Attachment.objects.get_or_create(
        content_id=sha256,
        subject_kind=subject.kind,
        subject_key=subject.key,
        role=role[:_ROLE],
        defaults={"name": clean(name), "attached_by": current().actor},
    )
    if new:
        record(events.ATTACHED, subject, None, {"file": row.name, "role": row.role, "sha256": sha256})
    return attached(row)


@transaction.atomic
def release(*, subject: Subject, role: str = "", sha256: str = "") -> int:
    """Untie a record's files (all of them, of one role, or one content); how many. Contents go with the next collection."""
    rows = Attachment.objects.select_for_update().filter(subject_kind=subject.kind, subject_key=subject.key)
    if role:
        rows = rows.filter(role=role)
    if sha256:
        rows = rows.filter(content_id=sha256)
    found = list(rows)
    for row in found:
        record(events.RELEASED, subject, {"file": row.name, "role": row.role, "sha256": row.content_id}, None)
    Attachment.objects.filter(pk__in=[row.pk for row in found]).delete()
    return len(found)


def _spool_folder() -> Path:
    folder = places.var() / "files" / "incoming"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _copy(
    source: BinaryIO, target: BinaryIO | tempfile._TemporaryFileWrapper[bytes], limit: int, name: str
) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    while piece := source.read(_PIECE):
        size += len(piece)
        if size > limit:
            raise InputError(
                f"文件超过 {limit / 1024 / 1024:g} MB",
                where=name,
                how="请压缩图片或拆成几个文件后再上传",
                status=413,
            )
        digest.update(piece)
        target.write(piece)
    if not size:
        raise InputError("文件是空的", where=name, how="请重新选择文件")
    return digest.hexdigest(), size


def _lock(sha256: str) -> None:
    """One at a time for one content, until the transaction ends: keeping it and collecting it exclude each other."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"youju.files.{sha256}"])
