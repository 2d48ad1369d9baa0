"""The demo's report, authored in ``demo/report_checks/report.yaml``, as the Word file that its section would hand in."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any

import yaml

from youju.foundation.documents.packing import repack
from youju.foundation.kernel import places

if TYPE_CHECKING:
    from docx.document import Document as Word

_WRITTEN = datetime(2024, 1, 25)  # noqa: DTZ001 - Word keeps the day without a zone


@cache
def told() -> dict[str, Any]:
    """``demo/report_checks/report.yaml``: name, title, body, and what is planted in it."""
    found: dict[str, Any] = yaml.load(
        (places.DEMO / "report_checks" / "report.yaml").read_bytes(), Loader=yaml.CSafeLoader
    )
    return found


def word_file() -> bytes:
    """The report as docx; the same bytes each time."""
    from youju.performance.targets.documents import styles

    plan = told()
    word = styles.prepared()
    core = word.core_properties
    core.title, core.author, core.last_modified_by, core.comments = plan["title"], "示例", "示例", ""
    core.created = core.modified = _WRITTEN
    styles.add(word, plan["title"], "Title")
    rows: list[list[str]] = []
    for line in [*plan["body"], ""]:
        if line.startswith("|"):
            rows.append([cell.strip() for cell in line.removeprefix("|").split("|")])
            continue
        _table(word, rows)
        rows = []
        hashes, _, text = line.rpartition("# ")
        if text:
            styles.add(word, text, f"Heading {len(hashes) + 2}" if text != line else "Normal")
    buffer = io.BytesIO()
    word.save(buffer)
    return repack(buffer.getvalue())


def _table(word: Word, rows: Sequence[Sequence[str]]) -> None:
    if not rows:
        return
    table = word.add_table(len(rows), len(rows[0]), style="Table Grid")
    for cells, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(cells.cells, texts, strict=True):
            cell.text = text
