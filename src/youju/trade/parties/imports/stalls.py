"""The import of stalls and their holders: a market's whole list in one sheet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from youju.foundation.imports.declaring import (
    Batch,
    CellFinding,
    Code,
    Column,
    Day,
    Effects,
    Importer,
    Text,
    Whole,
)
from youju.trade.parties import permissions
from youju.trade.parties.services.stall_lists import (
    Line,
    compare_lines,
    judge_lines,
    store_lines,
    undo_lines,
    what_goes,
)

CODE = "parties.stalls"
COLUMNS = (
    Column("market", "市场代码", Text(8), required=True, help="先在“市场与摊位”里登记市场", example="HD"),
    Column("floor", "楼层", Whole(-9, 99), required=True, example="1"),
    Column("row", "排", Whole(1, 9999), required=True, example="3"),
    Column("position", "位", Whole(1, 9999), required=True, example="12"),
    Column("number", "摊位号", Code(20), required=True, example="A3-12"),
    Column("holder", "承租人备案号", Code(20), help="空着的摊位不填", example=""),
    Column("since", "起租日期", Day(), help="填了承租人的必填", example=""),
)


def _lines(batch: Batch) -> list[Line]:
    return [Line(row.number, *row.values) for row in batch.rows]


def check(batch: Batch) -> Iterable[CellFinding]:
    """Each line that cannot be taken, at its cell."""
    return (CellFinding(*each) for each in judge_lines(_lines(batch)))


def compare(batch: Batch) -> Effects:
    """How many stalls are new, moved, or get another holder."""
    found = compare_lines(_lines(batch))
    return Effects(found.new, found.changed, found.unchanged, found.stamp, found.sample)


def store(batch: Batch) -> Mapping[str, Any]:
    """All lines, or none."""
    return store_lines(actor=batch.actor, lines=_lines(batch), source=f"批次 {batch.id}")


def consequences(batch: Batch) -> Sequence[str]:
    """What taking it back would do."""
    return what_goes(batch.kept)


def undo(batch: Batch) -> None:
    """The stalls and holders as they were before the batch."""
    undo_lines(actor=batch.actor, kept=batch.kept, source=f"批次 {batch.id}")


STALLS = Importer(
    code=CODE,
    title="市场摊位和承租人",
    permission=permissions.IMPORT.value,
    columns=COLUMNS,
    store=store,
    check=check,
    compare=compare,
    consequences=consequences,
    undo=undo,
    url="/parties/markets/",
    description="一次登记一个市场的摊位位置和承租人；已有的摊位按摊位号更新位置，承租人不同的先登记退租再登记新户。",
)
