"""The check of a batch: read, judge, stage; findings and the annotated workbook where something is wrong."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction

from youju.foundation.documents.reading.limits import limits_today
from youju.foundation.files.selectors import read_kept
from youju.foundation.files.services import attach, keep
from youju.foundation.imports import declaring
from youju.foundation.imports.annotating import annotate
from youju.foundation.imports.declaring import Importer, Row
from youju.foundation.imports.limits import limit
from youju.foundation.imports.models import Batch, Finding, StagedRow
from youju.foundation.imports.services.receiving import batch_subject, importer_of
from youju.foundation.imports.sheets import Sheet, read_sheet
from youju.foundation.imports.staging import keep_findings, stage
from youju.foundation.imports.tables import Table, fault, read_table
from youju.foundation.kernel.errors import InputError

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

Progress = Callable[[int, int], None]


@transaction.atomic
def check_batch(*, batch_id: UUID, progress: Progress = lambda _done, _total: None) -> Batch:
    """Check a batch, from its kept file; a second check of the same batch gives the same. Called by the job.

    A file that cannot be read ends the batch as failed, with the sentence.
    """
    batch = Batch.objects.select_for_update().select_related("user").get(pk=batch_id)
    if batch.state != Batch.State.CHECKING:
        return batch
    declared = importer_of(batch.importer)
    content = read_kept(batch.sha256)
    StagedRow.objects.filter(batch=batch).delete()
    Finding.objects.filter(batch=batch).delete()
    try:
        sheet = read_sheet(content, batch.name, limits_today())
        table = read_table(sheet, declared, progress)
    except InputError as error:
        batch.state, batch.error = Batch.State.FAILED, str(error)
        batch.save()
        return batch
    _judge(batch, declared, table)
    batch.places, batch.notes, batch.rows, batch.faults = (
        table.places,
        table.notes,
        len(table.rows),
        table.faults,
    )
    keep_findings(str(batch.pk), table.findings)
    if table.faults:
        batch.state = Batch.State.FINDINGS
        table.rows.clear()  # nobody asks for them any more, and the annotated workbook wants room
        batch.annotated = _annotated(batch, content, sheet, table)
    else:
        stage(str(batch.pk), declared, table.rows)
        batch.effects = _effects(batch, declared, table.rows)
        batch.state = Batch.State.READY
    batch.save()
    return batch


def work_on(batch: Batch, rows: Sequence[Row]) -> declaring.Batch:
    """The batch as an importer's functions get to know it."""
    user: User = batch.user
    return declaring.Batch(str(batch.pk), user, dict(batch.parameters), rows, dict(batch.kept or {}))


def _judge(batch: Batch, declared: Importer, table: Table) -> None:
    """What the importer says of all rows together; only where each cell could be read, else it would judge gaps."""
    if declared.check is None:
        return
    bad = {finding.row for finding in table.findings}
    good = [row for row in table.rows if row.number not in bad]
    most = limit("max_findings")
    for finding in declared.check(work_on(batch, good)):
        fault(table, finding, most)


def _effects(batch: Batch, declared: Importer, rows: Sequence[Row]) -> dict[str, Any] | None:
    return asdict(declared.compare(work_on(batch, rows))) if declared.compare else None


def _annotated(batch: Batch, content: bytes, sheet: Sheet, table: Table) -> str:
    reasons: dict[tuple[int, int], str] = {}
    first = min(table.places.values())
    for finding in table.findings:
        place = (finding.row, table.places.get(finding.column, first))
        reasons[place] = f"{reasons[place]}\n{finding.message}" if place in reasons else finding.message
        if len(reasons) >= limit("max_comments"):
            break
    stem = batch.name.rsplit(".", 1)[0]
    kept = keep(annotate(content, sheet, reasons), name=f"{stem}（有批注）.xlsx", purpose="document")
    attach(sha256=kept.sha256, subject=batch_subject(batch), name=kept.name, role="annotated")
    return kept.sha256
