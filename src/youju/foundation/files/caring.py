"""Caring for the store: removing what nobody refers to, and finding what is missing or damaged."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice

from django.db import transaction
from django.utils import timezone

from youju.foundation.audit.services import record
from youju.foundation.files import events
from youju.foundation.files.models import Content
from youju.foundation.files.services import _lock, _spool_folder
from youju.foundation.files.stores import store
from youju.foundation.kernel.subjects import Subject
from youju.foundation.policies import law_on
from youju.rules.law import whole

Progress = Callable[[int, int], None]
_PIECE = 1024 * 1024
_BATCH = 1000


@dataclass(frozen=True, slots=True)
class Fault:
    """A content that is not what it should be: ``missing``, ``damaged`` or ``unknown`` (a file without a row)."""

    what: str
    sha256: str
    sentence: str


def collect_orphans() -> dict[str, int]:
    """Remove contents that nothing refers to, files without a row, and broken uploads, each older than the policy's grace.

    The row goes first, the file after its commit, each under the content's lock: whoever keeps the same content meanwhile
    either finds the row or puts the file anew.

    Raises:
        RuntimeError: a transaction is open. Its rollback would bring rows back whose files are gone.
    """
    grace = timedelta(hours=whole(law_on(timezone.localdate()), "foundation.files.orphan_hours"))
    before = timezone.now() - grace
    rows = list(
        Content.objects.filter(attachments__isnull=True, kept_at__lt=before).values_list("pk", flat=True)
    )
    gone = sum(_forget(sha256) for sha256 in rows)
    files = sum(_remove_file(sha256) for sha256 in _without_row(before))
    uploads = 0
    for path in _spool_folder().iterdir():
        if path.is_file() and path.stat().st_mtime < time.time() - grace.total_seconds():
            path.unlink(missing_ok=True)
            uploads += 1
    found = {"contents": gone, "files": files, "uploads": uploads}
    if any(found.values()):
        with transaction.atomic():
            record(events.COLLECTED, Subject("files.store", "all", "没有引用的文件"), None, dict(found))
    return found


def check_store(progress: Progress = lambda _done, _total: None) -> tuple[int, list[Fault]]:
    """Read every content again and compare it with its name; how many, and what is wrong."""
    known = dict(Content.objects.order_by("pk").values_list("pk", "size"))
    place, faults = store(), []
    for number, (sha256, size) in enumerate(known.items(), 1):
        progress(number, len(known))
        if place.size(sha256) is None:
            faults.append(Fault("missing", sha256, f"文件 {sha256[:12]}… 不见了，请从备份恢复"))
        elif place.size(sha256) != size or _hash(sha256) != sha256:
            faults.append(Fault("damaged", sha256, f"文件 {sha256[:12]}… 与它的校验值不符，请从备份恢复"))
    for sha256, _ in place.names():
        if sha256 not in known:
            faults.append(Fault("unknown", sha256, f"文件 {sha256[:12]}… 没有登记，会在下次清理时删除"))
    return len(known), faults


def _without_row(before: datetime) -> Iterator[str]:
    """Files that came before a moment and have no row; the database is asked for many at a time."""
    old = (sha256 for sha256, came in store().names() if came < before)
    while batch := list(islice(old, _BATCH)):
        known = set(Content.objects.filter(pk__in=batch).values_list("pk", flat=True))
        yield from (sha256 for sha256 in batch if sha256 not in known)


def _forget(sha256: str) -> bool:
    with transaction.atomic(durable=True):
        _lock(sha256)
        removed, _ = Content.objects.filter(pk=sha256, attachments__isnull=True).delete()
    return bool(removed) and _remove_file(sha256)


def _remove_file(sha256: str) -> bool:
    with transaction.atomic(durable=True):
        _lock(sha256)
        if Content.objects.filter(pk=sha256).exists():
            return False
        store().delete(sha256)
    return True


def _hash(sha256: str) -> str:
    digest = hashlib.sha256()
    with store().open(sha256) as file:
        while piece := file.read(_PIECE):
            digest.update(piece)
    return digest.hexdigest()
