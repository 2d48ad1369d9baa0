"""A release as machine-readable files: JSON, CSV, xlsx, docx."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Sequence
from typing import Any

from youju.foundation.documents.packing import repack
from youju.performance.disclosure.documents.site.views import projects_of
from youju.performance.disclosure.documents.word import release_word
from youju.performance.disclosure.selectors.releases import Published
from youju.performance.targets.documents import write_document
from youju.rules.performance.disclosure.lifecycle import TARGETS
from youju.rules.performance.targets.codec import from_json

PROJECT_HEAD = (
    "code",
    "name",
    "purpose",
    "budget_wan",
    "fiscal_wan",
    "other_wan",
    "plan_03",
    "plan_06",
    "plan_10",
    "plan_12",
    "adjusted_wan",
    "executed_wan",
    "rate_percent",
    "score",
    "grade",
)
INDICATOR_HEAD = (
    "code",
    "row",
    "level1",
    "level2",
    "level3",
    "target",
    "value",
    "degree_percent",
    "weight",
    "score",
    "metric",
    "figures",
    "basis",
    "adjusted",
)
FIGURE_HEAD = (
    "key",
    "label",
    "label_en",
    "value",
    "unit",
    "origin",
    "metric",
    "formula",
    "period",
    "as_of",
    "rows",
    "formula_hash",
    "row_hash",
    "definition",
    "definition_en",
)


def plain_release(release: Published) -> dict[str, Any]:
    """The whole release as plain data: what ``data.json`` holds."""
    return {
        "kind": release.kind,
        "year": release.year,
        "version": release.version,
        "unit": release.unit_name,
        "until": release.until.isoformat() if release.until else None,
        "published_on": release.published_on.isoformat(),
        "reason": release.reason,
        "content_hash": release.content_hash,
        "money_unit": "万元",
        "versions": versions(release),
        **release.content,
    }


def versions(release: Published) -> list[dict[str, Any]]:
    """Every version that is or was public."""
    return [
        {"version": each.version, "state": each.state, "published_on": each.published_on.isoformat(),
         "closed_on": each.closed_on.isoformat() if each.closed_on else None, "reason": each.reason, "closing": each.closing,
         "content_hash": each.content_hash}
        for each in release.versions
    ]  # fmt: skip


def json_bytes(value: Any) -> bytes:
    """JSON that people can read too."""
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def rows_of(release: Published, name: str) -> Iterator[Sequence[str]]:
    """The rows of a table, its head first: ``projects``, ``indicators`` or ``figures``."""
    content = release.content
    if name == "figures":
        yield FIGURE_HEAD
        yield from ([str(each[column]) for column in FIGURE_HEAD] for each in content["figures"].values())
        return
    projects = projects_of(release)
    if name == "projects":
        yield PROJECT_HEAD
        for each in projects:
            plan = [amount for _, amount in each.plan]
            yield (
                each.code,
                each.name,
                each.purpose,
                each.budget,
                each.fiscal,
                each.other,
                *plan,
                each.adjusted,
                each.executed,
                each.rate,
                each.total,
                each.grade,
            )
        return
    yield INDICATOR_HEAD
    for each in projects:
        for row in each.rows:
            metrics = dict.fromkeys(content["figures"][how.key]["metric"] for how in row.how)
            yield (
                each.code,
                str(row.number),
                row.level1,
                row.level2,
                row.level3,
                row.target,
                row.value,
                row.degree,
                row.weight,
                row.score,
                " ".join(filter(None, metrics)),
                " ".join(how.key for how in row.how),
                row.basis,
                row.adjusted,
            )


def csv_bytes(release: Published, name: str) -> bytes:
    """A table as CSV with the mark that spreadsheets expect; no cell starts a formula."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows([[_safe(cell) for cell in row] for row in rows_of(release, name)])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def xlsx_bytes(release: Published) -> bytes:
    """The three tables as sheets."""
    import xlsxwriter

    buffer = io.BytesIO()
    with xlsxwriter.Workbook(
        buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        head = book.add_format({"bold": True, "bottom": 1})
        for name, title in (("projects", "项目"), ("indicators", "指标"), ("figures", "数字怎样得来")):
            sheet = book.add_worksheet(title)
            for line, row in enumerate(rows_of(release, name)):
                for column, cell in enumerate(row):
                    sheet.write_string(line, column, cell, head if line == 0 else None)
            sheet.freeze_panes(1, 0)
            sheet.set_column(0, 20, 18)
    return repack(buffer.getvalue())


def docx_bytes(release: Published) -> bytes:
    """The form: the official one for targets, tables of what was reached for the others."""
    if release.kind == TARGETS:
        return write_document(from_json(release.content["document"]), "docx")
    return release_word(release, projects_of(release))


def _safe(cell: str) -> str:
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell
