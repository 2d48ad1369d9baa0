"""Reads of documents: one, those of a record, the one that a file was made as."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from django.db.models import QuerySet

from youju.foundation.documents.models import Document
from youju.foundation.files.selectors import Kept, describe
from youju.foundation.jobs.selectors import runs
from youju.foundation.kernel.subjects import Subject

State = Document.State
DEAD = ("failed", "cancelled")
"""States of a run after which nothing more happens by itself."""


class RunOf(Protocol):
    """What is asked of a run here."""

    state: str
    error: str


@dataclass(frozen=True, slots=True)
class DocumentView:
    """A document as other rooms see it. ``state``: asked, made or failed; hashes are sha256 in hex; times are aware."""

    id: uuid.UUID
    template: str
    version: str
    template_hash: str
    context_hash: str
    format: str
    name: str
    subject: Subject
    state: str
    state_label: str
    sha256: str
    run: uuid.UUID | None
    requested_by: str
    requested_at: datetime
    made_at: datetime | None
    error: str

    @property
    def ready(self) -> bool:
        """Whether its file can be had."""
        return self.state == State.MADE

    @property
    def kept(self) -> Kept | None:
        """Its file in the store, under its name: what ``files.sending.file_response`` takes. One query."""
        return describe(self.sha256, self.name) if self.sha256 else None


def document_of(document_id: uuid.UUID | str) -> DocumentView | None:
    """One document; ``None`` where there is none."""
    try:
        number = document_id if isinstance(document_id, uuid.UUID) else uuid.UUID(document_id)
    except ValueError:
        return None
    found = _views(Document.objects.defer("context").filter(pk=number))
    return found[0] if found else None


def documents(subject: Subject, *, template: str = "", limit: int = 100) -> list[DocumentView]:
    """The documents of a record, the newest first."""
    rows = Document.objects.defer("context").filter(subject_kind=subject.kind, subject_key=subject.key)
    return _views(rows.filter(template=template)[:limit] if template else rows[:limit])


def made_as(sha256: str) -> list[DocumentView]:
    """The documents whose file has this hash: an unchanged copy is known by it, whatever it is called now."""
    return _views(Document.objects.defer("context").filter(sha256=sha256)) if sha256 else []


def context_of(document_id: uuid.UUID) -> dict[str, Any] | None:
    """The plain data of which a document is made; ``None`` where there is no such document."""
    text = Document.objects.filter(pk=document_id).values_list("context", flat=True).first()
    return json.loads(text) if text is not None else None


def _views(rows: QuerySet[Document]) -> list[DocumentView]:
    found = list(rows)
    waiting = [row.run for row in found if row.state == State.ASKED and row.run]
    of_run = {run.pk: run for run in runs().filter(pk__in=waiting)} if waiting else {}
    return [_view(row, of_run.get(row.run) if row.run else None) for row in found]


def _view(row: Document, run: RunOf | None) -> DocumentView:
    state, error = row.state, row.error
    # A document that is still asked for while its run has ended otherwise has failed: the run knows why.
    if state == State.ASKED and (run is None or run.state in DEAD):
        state, error = State.FAILED, (run.error if run else "") or "后台任务没有完成；请重新申请。"
    return DocumentView(
        id=row.pk,
        template=row.template,
        version=row.version,
        template_hash=row.template_hash,
        context_hash=row.context_hash,
        format=row.format,
        name=row.name,
        subject=row.subject,
        state=str(state),
        state_label=str(State(state).label),
        sha256=row.sha256,
        run=row.run,
        requested_by=row.requested_by,
        requested_at=row.requested_at,
        made_at=row.made_at,
        error=error,
    )
