"""From a sheet to rows of values: the header found by its labels, each cell read by its column's kind, every fault by cell."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import Any

from youju.foundation.imports.declaring import CellFinding, Column, Importer, Row
from youju.foundation.imports.kinds import BadCellError
from youju.foundation.imports.limits import limit
from youju.foundation.imports.sheets import Sheet, column_letters
from youju.foundation.kernel.errors import InputError

Progress = Callable[[int, int], None]
_TOTALS = re.compile(r"(合\s*计|总\s*计|小\s*计)[:：]?")
_TICK = 5_000
_KNOWN = 4_096
"""Cells of a column whose values are kept for when the same cell comes again: of what hardly repeats, more would take room."""


@dataclass(slots=True)
class Table:
    """What was read. ``places``: column code → column of the sheet (from 1); ``notes``: what must be said aloud."""

    header: int
    places: dict[str, int]
    rows: list[Row] = field(default_factory=list)
    findings: list[CellFinding] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    faults: int = 0


def read_table(sheet: Sheet, importer: Importer, progress: Progress = lambda _done, _total: None) -> Table:
    """Read every row below the header.

    Raises:
        InputError: no header, a required column missing, a heading twice, too many rows or columns.
    """
    sheet.filled()
    table = _header(sheet, importer)
    most = limit("max_findings")
    _say_aloud(sheet, table)
    readers = [_Reader(column, table.places.get(column.code), most) for column in importer.columns]
    body = sheet.height - table.header
    if body > limit("max_rows") + 1_000:
        raise InputError(f"有 {body} 行", how=f"一次至多 {limit('max_rows')} 行，请拆成几个文件", status=413)
    rows = chain(islice(sheet.cells, table.header, None), sheet.rest)
    for number, cells in enumerate(rows, table.header + 1):
        if number % _TICK == 0:
            progress(number - table.header, body)
        if not any(
            cell is not None and cell != "" and not (cell.__class__ is str and cell.isspace())
            for cell in cells
        ):
            continue
        if _is_total(cells, readers):
            table.notes.append(f"第 {number} 行是合计行，没有当作数据")
            continue
        table.rows.append(Row(number, tuple(reader.read(cells, number, table, sheet) for reader in readers)))
    # The reader's own copy of the sheet, a hundred megabytes for a hundred thousand rows, goes with the last of them.
    del rows
    sheet.rest = iter(())
    if len(table.rows) > limit("max_rows"):
        raise InputError(
            f"有 {len(table.rows)} 行", how=f"一次至多 {limit('max_rows')} 行，请拆成几个文件", status=413
        )
    if not table.rows:
        raise InputError("表头下面没有数据", where=f"第 {table.header} 行以下", how="请填写后再上传")
    for reader in readers:
        if reader.column.unique:
            _once(reader, importer, table, most)
    return table


def fault(table: Table, finding: CellFinding, most: int) -> None:
    """Note a finding; past the bound only its count."""
    table.faults += finding.severity == "error"
    if len(table.findings) < most:
        table.findings.append(finding)


class _Reader:
    """One column's cells; the same cell text is read once."""

    __slots__ = ("cache", "column", "most", "place", "read_cell")

    def __init__(self, column: Column, place: int | None, most: int) -> None:
        self.column, self.place, self.most = column, place, most
        self.read_cell = column.kind.read
        self.cache: dict[Any, Any] = {}

    def read(self, cells: Sequence[Any], number: int, table: Table, sheet: Sheet) -> Any:
        place = self.place
        cell = cells[place - 1] if place is not None and place <= len(cells) else None
        if cell is None or cell == "" or (cell.__class__ is str and not cell.strip()):
            if place is not None:
                self._blank(number, table, sheet, place)
            return None
        if sheet.errors and (number, place) in sheet.errors:
            self._fault(table, number, "公式出错，没有结果；请改正公式，或粘贴为数值")
            return None
        key = (cell.__class__, cell)
        try:
            return self.cache[key]
        except KeyError:
            pass
        try:
            value = self.read_cell(cell)
        except BadCellError as error:
            self._fault(table, number, str(error))
            return None
        if len(self.cache) < _KNOWN:
            self.cache[key] = value
        return value

    def _blank(self, number: int, table: Table, sheet: Sheet, place: int) -> None:
        if sheet.uncomputed and (number, place) in sheet.uncomputed:
            self._fault(table, number, "公式没有算出结果；请在 Excel 里打开并保存一次，或粘贴为数值")
        elif sheet.errors and (number, place) in sheet.errors:
            self._fault(table, number, "公式出错，没有结果；请改正公式，或粘贴为数值")
        elif self.column.required:
            self._fault(table, number, f"“{self.column.heading}”不能空")

    def _fault(self, table: Table, number: int, message: str) -> None:
        fault(table, CellFinding(number, self.column.code, message), self.most)


def _header(sheet: Sheet, importer: Importer) -> Table:
    wanted = {}
    for column in importer.columns:
        for heading in (column.heading, *column.aliases):
            wanted[_label(heading)] = column
    best: tuple[int, int, dict[str, int], list[str], list[str]] | None = None
    for number, cells in enumerate(sheet.cells[: limit("header_rows")], 1):
        if len(cells) > limit("max_columns") and any(cells[limit("max_columns") :]):
            raise InputError(
                f"第 {number} 行有 {len(cells)} 列", how=f"至多 {limit('max_columns')} 列，请删去多余的列"
            )
        above = sheet.cells[number - 2] if number > 1 else ()
        places, twice, unknown = _match(cells, above, wanted)
        if places and (best is None or len(places) > best[0]):
            best = (len(places), number, places, twice, unknown)
    if best is None:
        names = "、".join(column.heading for column in importer.columns[:6])
        raise InputError(
            "找不到表头", where=f"前 {limit('header_rows')} 行", how=f"请用模板填写；表头应有：{names} 等"
        )
    _, number, places, twice, unknown = best
    if twice:
        raise InputError(
            f"表头“{'、'.join(twice)}”出现了不止一次", where=f"第 {number} 行", how="请删去或改名重复的列"
        )
    missing = [column.heading for column in importer.columns if column.required and column.code not in places]
    if missing:
        raise InputError(
            f"缺少“{'、'.join(missing)}”列", where=f"第 {number} 行表头", how="请补上这些列，或用模板填写"
        )
    table = Table(number, places)
    if unknown:
        table.notes.append(f"不认识的列没有导入：{'、'.join(unknown[:10])}")
    return table


def _match(
    cells: Sequence[Any], above: Sequence[Any], wanted: dict[str, Column]
) -> tuple[dict[str, int], list[str], list[str]]:
    """The columns whose headings stand in a row; of a heading in two levels the upper one may stand before the lower."""
    places: dict[str, int] = {}
    twice, unknown = [], []
    for place, cell in enumerate(cells, 1):
        if cell is None or not str(cell).strip():
            continue
        upper = above[place - 1] if place <= len(above) else None
        column = wanted.get(_label(cell)) or (wanted.get(_label(f"{upper}{cell}")) if upper else None)
        if column is None:
            unknown.append(str(cell).strip()[:30])
        elif column.code in places:
            twice.append(column.heading)
        else:
            places[column.code] = place
    return places, twice, unknown


def _label(text: object) -> str:
    """A heading without white space, signs and marks such as ``*`` or ``（必填）``."""
    plain = unicodedata.normalize("NFKC", str(text)).casefold()
    plain = re.sub(r"\((必填|选填|可空)\)", "", plain)
    return re.sub(r"[\s*:()\[\]、,，。]", "", plain)


def _say_aloud(sheet: Sheet, table: Table) -> None:
    hidden = sorted(row for row in sheet.hidden_rows if row > table.header and row <= sheet.height)
    if hidden:
        shown = "、".join(str(row) for row in hidden[:10])
        table.notes.append(
            f"有 {len(hidden)} 行是隐藏的（第 {shown}{' 等' if len(hidden) > 10 else ''} 行），也会导入"
        )
    columns = [place for place in table.places.values() if place in sheet.hidden_columns]
    if columns:
        table.notes.append(
            f"隐藏的列也会导入：{'、'.join(column_letters(place) for place in sorted(columns))} 列"
        )
    if sheet.hidden_sheets:
        table.notes.append(f"隐藏的工作表没有导入：{'、'.join(sheet.hidden_sheets[:5])}")
    if sheet.other_sheets:
        table.notes.append(f"只导入第一张工作表“{sheet.name}”，没有导入：{'、'.join(sheet.other_sheets[:5])}")


def _is_total(cells: Sequence[Any], readers: Sequence[_Reader]) -> bool:
    """Whether the row sums the others: its first word says so, and a required cell of it is blank."""
    first = next((cell for cell in cells if cell is not None and cell != ""), None)
    if not isinstance(first, str) or not _TOTALS.fullmatch(first.strip()):
        return False
    blank = [
        reader
        for reader in readers
        if reader.place and (reader.place > len(cells) or cells[reader.place - 1] in (None, ""))
    ]
    return any(reader.column.required for reader in blank)


def _once(reader: _Reader, importer: Importer, table: Table, most: int) -> None:
    at = importer.index(reader.column.code)
    first: dict[Any, int] = {}
    for row in table.rows:
        value = row.values[at]
        if value is None:
            continue
        if value in first:
            fault(table, CellFinding(row.number, reader.column.code, f"与第 {first[value]} 行重复"), most)
        else:
            first[value] = row.number
