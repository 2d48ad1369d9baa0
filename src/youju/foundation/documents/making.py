"""Making a document: rendered outside any transaction, kept and marked in one. Killed and run again it gives one file."""

from __future__ import annotations

import json
import uuid
from typing import Any

from django.db import transaction
from django.utils import timezone

from youju.foundation.audit.services import record
from youju.foundation.documents import events
from youju.foundation.documents.models import Document
from youju.foundation.documents.templates import template_of
from youju.foundation.files.services import attach, keep
from youju.foundation.jobs.defining import Progress, job
from youju.foundation.kernel.errors import InputError
from youju.foundation.kernel.subjects import Subject

State = Document.State


@job("documents.make", title="生成文书", atomic=False)
def make(*, progress: Progress, document_id: str) -> dict[str, Any]:
    """Make the file of a document that was asked for; ``{"document", "sha256"}``.

    A file that was kept before a kill and has no row yet is the same file the second time, for the same data gives the
    same bytes; the document and its file are tied in one transaction.

    Raises:
        InputError: the data cannot be printed, or template or document are gone; the document says so as well.
    """
    row = Document.objects.filter(pk=uuid.UUID(document_id)).first()
    if row is None:
        raise InputError("要生成的文书已经不在了", how="请重新申请", status=404)
    if row.state == State.MADE:
        return {"document": document_id, "sha256": row.sha256}
    try:
        template = template_of(row.template)
        if template.hash != row.template_hash:
            raise InputError(
                f"“{template.title}”的模板在申请之后更新过",
                where=row.name,
                how="请按新模板重新申请",
                status=409,
            )
        progress(0, 2, "排版")
        content = template.render(json.loads(row.context), row.format)
        progress(1, 2, "保存")
        sha256 = _finish(row, content)
    except InputError as error:
        _fail(row, str(error))
        raise
    progress(2, 2, "完成")
    return {"document": document_id, "sha256": sha256}


@transaction.atomic
def _finish(row: Document, content: bytes) -> str:
    locked = Document.objects.select_for_update().get(pk=row.pk)
    if locked.state == State.MADE:
        return locked.sha256
    kept = keep(content, name=row.name, purpose="document")
    subject = Subject(events.KIND, str(row.pk), row.name)
    attach(sha256=kept.sha256, subject=subject, name=row.name, role=events.ROLE)
    locked.state, locked.sha256, locked.made_at, locked.error = State.MADE, kept.sha256, timezone.now(), ""
    locked.save(update_fields=["state", "sha256", "made_at", "error"])
    record(events.MADE, subject, None, {"sha256": kept.sha256, "size": kept.size, "version": row.version})
    return kept.sha256


def _fail(row: Document, sentence: str) -> None:
    Document.objects.filter(pk=row.pk, state=State.ASKED).update(state=State.FAILED, error=sentence)
