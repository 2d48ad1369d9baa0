"""The declaration of the bulk edit by spreadsheet: what its columns are, and which services check, store and take back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from youju.foundation.imports.declaring import (
    Batch,
    CellFinding,
    Choice,
    Column,
    Effects,
    Importer,
    Text,
)
from youju.performance.targets import permissions
from youju.performance.targets.services import bulk
from youju.rules.performance.targets.bulk import DELETE, Line
from youju.rules.performance.targets.diff import INDICATOR_LABELS
from youju.rules.performance.targets.lifecycle import DRAFT
from youju.rules.performance.targets.typed import ROW_FIELDS

CODE = "targets.bulk"
_CELL = 2000
_COLUMN = {"mark": "row_mark", "code": "code", "": ""}

COLUMNS = (
    Column("row_mark", "行标识", Text(100), help="系统用来认行，不要改动；新增一行时留空"),
    Column("code", "项目编码", Text(64), required=True, help="这一行属于哪个项目"),
    Column("name", "项目名称", Text(_CELL), help="只供对照，改了也不起作用"),
    Column("action", "操作", Choice({DELETE: "删除"}), help="填“删除”就删去这一行，其余留空"),
    *(Column(name, INDICATOR_LABELS[name], Text(_CELL)) for name in ROW_FIELDS),
)


def _lines(batch: Batch) -> list[Line]:
    first = len(COLUMNS) - len(ROW_FIELDS)
    return [
        Line(
            number=row.number,
            mark=row.values[0] or "",
            code=row.values[1] or "",
            action=row.values[3] or "",
            cells={name: row.values[first + at] or "" for at, name in enumerate(ROW_FIELDS)},
        )
        for row in batch.rows
    ]


def check(batch: Batch) -> Iterable[CellFinding]:
    """Each line that cannot be taken, at its cell."""
    lines = _lines(batch)
    target_set, plan = bulk.bulk_plan(lines)
    if target_set is None:
        number = lines[0].number if lines else 1
        yield CellFinding(
            number, "row_mark", "文件里没有可用的行标识，或来自几个版本；请从草稿的页面下载批量修改表再改"
        )
        return
    if target_set.state != DRAFT:
        yield CellFinding(
            lines[0].number,
            "row_mark",
            f"第 {target_set.version} 版已不是草稿，请从现在的草稿重新下载批量修改表",
        )
        return
    for trouble in plan.troubles:
        yield CellFinding(trouble.number, _COLUMN[trouble.column], trouble.message)


def compare(batch: Batch) -> Effects:
    """What would change, row by row."""
    target_set, plan = bulk.bulk_plan(_lines(batch))
    if target_set is None:
        return Effects(0, 0, 0, "")
    return Effects(
        new=plan.new,
        changed=plan.altered + plan.dropped,
        unchanged=plan.unchanged,
        token=bulk.bulk_token(target_set, plan),
        sample=plan.touched[: bulk.SAMPLE],
    )


def store(batch: Batch) -> Mapping[str, Any]:
    """All lines into the draft."""
    return bulk.bulk_store(actor=batch.actor, lines=_lines(batch), source=f"批次 {batch.id}")


def consequences(batch: Batch) -> Sequence[str]:
    """What taking it back would do."""
    return bulk.bulk_consequences(batch.kept)


def undo(batch: Batch) -> None:
    """The tables as they were before the batch."""
    bulk.bulk_undo(actor=batch.actor, kept=batch.kept, source=f"批次 {batch.id}")


BULK = Importer(
    code=CODE,
    title="绩效指标批量修改",
    permission=permissions.EDIT.value,
    columns=COLUMNS,
    store=store,
    check=check,
    compare=compare,
    consequences=consequences,
    undo=undo,
    url="/targets/versions/",
    description="从草稿下载全部指标，在 Excel 里改好再传回；先看改动，确认后整批写入草稿，也可以整批撤销。",
)
HEADINGS = tuple(column.heading for column in COLUMNS)
