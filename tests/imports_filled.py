"""Files as people fill them in: the template of an import with rows, the same as CSV; brought in and committed."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Any

import openpyxl

from youju.foundation.identity.models import User
from youju.foundation.imports import jobs
from youju.foundation.imports import selectors as batches
from youju.foundation.imports.declaring import Importer
from youju.foundation.imports.models import Batch
from youju.foundation.imports.template import template_of
from youju.foundation.jobs.running import work_off

Row = Mapping[str, Any]


def filled(importer: Importer, *rows: Row) -> bytes:
    """The import's own template with rows below its headings in place of the example."""
    book = openpyxl.load_workbook(io.BytesIO(template_of(importer)))
    sheet = book.worksheets[0]
    for place, column in enumerate(importer.columns, 1):
        assert sheet.cell(1, place).value == column.heading
        for number, row in enumerate(rows, 2):
            sheet.cell(number, place).value = row.get(column.code, "")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def as_csv(importer: Importer, *rows: Row) -> bytes:
    """The same as a CSV file, as a spreadsheet program in China saves it."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([column.heading for column in importer.columns])
    writer.writerows([[row.get(column.code, "") for column in importer.columns] for row in rows])
    return out.getvalue().encode("gb18030")


def bring(user: User, importer: Importer, *rows: Row, name: str = "表.xlsx") -> Batch:
    """A file received and checked: xlsx, or CSV by its name."""
    content = as_csv(importer, *rows) if name.endswith(".csv") else filled(importer, *rows)
    return bring_file(user, importer, content, name)


def bring_file(user: User, importer: Importer, content: bytes, name: str) -> Batch:
    """A file received and checked."""
    batch, _ = jobs.take_in(actor=user, importer=importer.code, name=name, content=content, parameters={})
    work_off()
    batch.refresh_from_db()
    return batch


def commit(user: User, batch: Batch) -> Batch:
    """A checked batch confirmed and written."""
    jobs.confirm(actor=user, batch_id=batch.pk, token=(batch.effects or {})["token"], acknowledged=True)
    work_off()
    batch.refresh_from_db()
    return batch


def told(batch: Batch, severity: str = "error") -> dict[str, str]:
    """What is said at each cell, e.g. ``D3``."""
    rows: Sequence[Any] = batches.findings(batch)
    return {batches.place(batch, each): each.message for each in rows if each.severity == severity}
