"""Rows as files: CSV, xlsx or Parquet, written batch by batch in flat memory, each saying how many rows it holds.

CSV is UTF-8 with a mark at its beginning, as spreadsheets in China expect; its last line says the count. xlsx has it in the row
below the last; Parquet in its metadata under ``youju.rows`` (and in its own footer). No text cell can start a formula.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from typing import IO, Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import xlsxwriter

KINDS = ("csv", "xlsx", "parquet")
XLSX_ROWS = 1_048_576
"""Rows that the xlsx format can hold in a sheet, headings included."""
_DIGITS = 15  # significant digits that a spreadsheet's number keeps
_STARTS = r"^[=+\-@\t\r]"
_AS_OBJECTS = 4_000  # rows that are Python objects at once, whatever the size of the batches
_ROW_GROUP = 65_536


class TooManyRowsError(ValueError):
    """More rows than the format can hold; the message is a sentence in Chinese."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A column of the file: its name in the batches and its Chinese heading."""

    name: str
    label: str


def write(
    kind: str,
    file: IO[bytes],
    batches: Iterable[pa.RecordBatch],
    headings: Sequence[Heading],
    *,
    title: str,
    note: str,
) -> int:
    """Write rows; how many there were.

    Args:
        kind: one of :data:`KINDS`.
        file: open for writing bytes.
        batches: the rows.
        headings: the columns wanted, in order.
        title: of the sheet.
        note: what the rows are (period, filters, time), said after the count.

    Raises:
        TooManyRowsError: xlsx cannot hold them.
    """
    return {"csv": _csv, "xlsx": _xlsx, "parquet": _parquet}[kind](file, batches, headings, title, note)


def parquet_of_texts(
    file: IO[bytes], rows: Iterable[Sequence[str]], headings: Sequence[Heading], *, title: str, note: str
) -> int:
    """Rows that are text already, as Parquet columns of text, a blank as none; how many there were."""
    names = [heading.name for heading in headings]
    left = iter(rows)

    def batches() -> Iterator[pa.RecordBatch]:
        while piece := list(islice(left, _AS_OBJECTS)):
            columns = zip(*piece, strict=True)
            arrays = [pa.array([cell or None for cell in cells], pa.string()) for cells in columns]
            yield pa.RecordBatch.from_arrays(arrays, names=names)

    return write("parquet", file, batches(), headings, title=title, note=note)


def _csv(
    file: IO[bytes], batches: Iterable[pa.RecordBatch], headings: Sequence[Heading], _: str, note: str
) -> int:
    file.write(b"\xef\xbb\xbf" + _line([heading.label for heading in headings]))
    count = 0
    for batch in _pieces(batches):
        count += batch.num_rows
        columns = [_texts(batch.column(heading.name)).to_pylist() for heading in headings]
        text = io.StringIO()
        csv.writer(text).writerows(zip(*columns, strict=True))
        file.write(text.getvalue().encode())
    file.write(_line([closing(count, note)]))
    return count


def _line(cells: Sequence[str]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerow(cells)
    return text.getvalue().encode()


def _texts(column: pa.Array) -> pa.Array:
    told = pc.fill_null(pc.cast(column, pa.string()), "")
    if not pa.types.is_string(column.type):
        return told
    return pc.if_else(
        pc.match_substring_regex(told, _STARTS), pc.binary_join_element_wise("'", told, ""), told
    )


def _xlsx(
    file: IO[bytes], batches: Iterable[pa.RecordBatch], headings: Sequence[Heading], title: str, note: str
) -> int:
    book = xlsxwriter.Workbook(
        file, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    head = book.add_format({"bold": True, "bottom": 2, "text_wrap": True, "valign": "vcenter"})
    quiet = book.add_format({"italic": True, "font_color": "#5b6070"})
    sheet = book.add_worksheet(title[:31])
    sheet.freeze_panes(1, 0)
    for place, heading in enumerate(headings):
        sheet.set_column(place, place, 16)
        sheet.write_string(0, place, heading.label, head)
    count = 0
    try:
        for batch in _pieces(batches):
            if count + batch.num_rows + 2 > XLSX_ROWS:
                raise TooManyRowsError("行数超过 xlsx 一张表的上限，请改为导出 CSV 或 Parquet，或先缩小范围")
            columns = [batch.column(heading.name).to_pylist() for heading in headings]
            for row in zip(*columns, strict=True):
                count += 1
                for place, value in enumerate(row):
                    _cell(sheet, count, place, value)
        sheet.write_string(count + 1, 0, closing(count, note), quiet)
    finally:
        # Closing lets go of the rows kept on disk, also where the file is given up.
        book.close()
    return count


def _cell(sheet: Any, row: int, place: int, value: object) -> None:
    if value is None or value == "":
        return
    if isinstance(value, int) and not isinstance(value, bool) and len(str(value)) <= _DIGITS:
        sheet.write_number(row, place, value)
    elif isinstance(value, Decimal) and len(value.normalize().as_tuple().digits) <= _DIGITS:
        sheet.write_number(row, place, float(value))
    else:
        sheet.write_string(row, place, str(value))


def _parquet(
    file: IO[bytes], batches: Iterable[pa.RecordBatch], headings: Sequence[Heading], title: str, note: str
) -> int:
    names = [heading.name for heading in headings]
    labels = {heading.name: heading.label for heading in headings}
    writer: pq.ParquetWriter | None = None
    count = 0
    for table in _groups(batch.select(names) for batch in batches):
        if writer is None:
            fields = [field.with_metadata({"label": labels[field.name]}) for field in table.schema]
            writer = pq.ParquetWriter(file, pa.schema(fields), compression="zstd")
        writer.write_table(table, row_group_size=_ROW_GROUP)
        count += table.num_rows
    if writer is None:
        writer = pq.ParquetWriter(file, pa.schema([(name, pa.string()) for name in names]))
    writer.add_key_value_metadata({"youju.title": title, "youju.rows": str(count), "youju.note": note})
    writer.close()
    return count


def _pieces(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    for batch in batches:
        for start in range(0, batch.num_rows, _AS_OBJECTS):
            yield batch.slice(start, _AS_OBJECTS)


def _groups(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.Table]:
    """Small batches put together until they make a row group."""
    waiting: list[pa.RecordBatch] = []
    rows = 0
    for batch in batches:
        waiting.append(batch)
        rows += batch.num_rows
        if rows >= _ROW_GROUP:
            yield pa.Table.from_batches(waiting)
            waiting, rows = [], 0
    if waiting:
        yield pa.Table.from_batches(waiting)


def closing(count: int, note: str) -> str:
    """The sentence that a file ends with."""
    return f"共 {count:,} 行；{note}"
