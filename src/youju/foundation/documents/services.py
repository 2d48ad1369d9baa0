"""Asking for a document: a row and a job in the caller's transaction; what was made of the same data is had at once."""

from __future__ import annotations

import hashlib
import json
import uuid
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from youju.foundation.audit.services import record
from youju.foundation.documents import events
from youju.foundation.documents.making import make
from youju.foundation.documents.models import Document
from youju.foundation.documents.permissions import require
from youju.foundation.documents.selectors import DEAD
from youju.foundation.documents.templates import Context, Template, context_hash, plain, template_of
from youju.foundation.files.names import clean
from youju.foundation.files.selectors import describe
from youju.foundation.files.services import attach
from youju.foundation.jobs.selectors import run as run_of
from youju.foundation.jobs.services import enqueue
from youju.foundation.kernel.context import current
from youju.foundation.kernel.subjects import Subject

State = Document.State
_LABEL = 300


@dataclass(frozen=True, slots=True)
class Requested:
    """What came of a request.

    Args:
        id: of the document.
        run: of the job that makes it, for its page; ``None`` where the file is there already.
        reused: whether the file or the job was there before; pages say so.
    """

    id: uuid.UUID
    run: uuid.UUID | None
    reused: bool


@transaction.atomic
def request_document(
    *, actor: Any, template: str, format: str, context: Context, subject: Subject, name: str = ""
) -> Requested:
    """Ask for a document about a record.

    Args:
        actor: who asks; ``None`` for the system itself where the template has no permission.
        template: the code.
        format: one of the template's endings.
        context: plain data, all that the template prints.
        subject: the record.
        name: of the file without its ending; the template's title where it is left out.

    Raises:
        PermissionDenied: the actor may not have such documents.
        InputError: there is no such template (404) or it has no such format (400).
        TypeError: the context is no plain data (a fault of the program).
    """
    found = template_of(template)
    require(actor, found)
    found.check_format(format)
    text, hashed = plain(context), context_hash(context)
    row, new = Document.objects.get_or_create(
        fingerprint=fingerprint(found, hashed, format, subject),
        defaults={
            "template": found.code,
            "version": found.version,
            "template_hash": found.hash,
            "context": text,
            "context_hash": hashed,
            "format": format,
            "name": f"{clean(name or found.title)}.{format}",
            "subject_kind": subject.kind,
            "subject_key": subject.key,
            "subject_label": subject.label[:_LABEL],
            "requested_by": current().actor,
        },
    )
    row = Document.objects.select_for_update().get(pk=row.pk)
    if row.state == State.MADE or (not new and _under_way(row)):
        record(events.REUSED, _subject(row), None, {"format": row.format, "sha256": row.sha256})
        return Requested(row.pk, None if row.state == State.MADE else row.run, reused=True)
    if _take_over(row):
        return Requested(row.pk, None, reused=True)
    row.state, row.error = State.ASKED, ""
    row.run = enqueue(
        make, subject=subject, title=f"生成{row.name}", key=f"documents:{row.pk}", document_id=str(row.pk)
    )
    row.save(update_fields=["state", "error", "run"])
    record(events.REQUESTED, _subject(row), None, _facts(row))
    return Requested(row.pk, row.run, reused=False)


def fingerprint(template: Template, hashed: str, format: str, subject: Subject) -> str:
    """What makes two requests the same one; sha256 in hex."""
    parts = [template.code, template.hash, hashed, format, subject.kind, subject.key]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def _under_way(row: Document) -> bool:
    found = run_of(row.run) if row.state == State.ASKED and row.run else None
    return found is not None and found.state not in (*DEAD, "done")


def _take_over(row: Document) -> bool:
    """The file that the same template made of the same data for another record."""
    twin = (
        Document.objects.filter(
            template=row.template,
            template_hash=row.template_hash,
            context_hash=row.context_hash,
            format=row.format,
            state=State.MADE,
        )
        .exclude(pk=row.pk)
        .first()
    )
    if twin is None or describe(twin.sha256) is None:
        return False
    attach(sha256=twin.sha256, subject=_subject(row), name=row.name, role=events.ROLE)
    row.state, row.sha256, row.made_at, row.error = State.MADE, twin.sha256, timezone.now(), ""
    row.save(update_fields=["state", "sha256", "made_at", "error"])
    record(events.REUSED, _subject(row), None, _facts(row))
    return True


def _subject(row: Document) -> Subject:
    return Subject(events.KIND, str(row.pk), row.name)


def _facts(row: Document) -> dict[str, Any]:
    return {
        "template": row.template,
        "version": row.version,
        "template_hash": row.template_hash,
        "context_hash": row.context_hash,
        "format": row.format,
        "about": f"{row.subject_kind}:{row.subject_key}",
    }
