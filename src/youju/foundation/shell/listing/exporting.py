"""Everything that the filter leaves, as CSV (UTF-8 with BOM) or xlsx, streamed, with its count said in the file.

A cell never starts a formula: in CSV a leading ``= + - @``, tab or return gets an apostrophe before it unless
the whole cell is a number; in xlsx text is written as text.
"""

from __future__ import annotations

import csv
import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from urllib.parse import quote

import xlsxwriter
from django.db.models import QuerySet
from django.http import FileResponse, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone

from youju.foundation.kernel.context import carried
from youju.foundation.kernel.errors import InputError
from youju.foundation.shell.listing.columns import Column, as_text
from youju.foundation.shell.listing.showing import Shown

CHUNK = 2_000
XLSX_ROWS = 1_048_576  # rows that the xlsx format can hold in a sheet
XLSX_TEXT = 32_767  # characters that it can hold in a cell
_PLAIN_NUMBER = re.compile(r"[-+]?\d+(\.\d+)?")
_FORMULA_START = ("=", "+", "-", "@", "\t", "\r")
_NO_DIGITS_LOST = 15  # significant digits that a spreadsheet's number keeps


class _Line:
    """Hands the written line back instead of keeping it."""

    def write(self, text: str) -> str:
        return text


@dataclass(frozen=True, slots=True)
class Export:
    """A table to hand out.

    Args:
        name: of the file, without date and ending.
        title: of the sheet.
        headings: heading → whether its cells are numbers, in order.
        rows: cells as text without thousands signs, a blank for none; read once.
        filters: what narrowed the rows, in Chinese; stands in the closing line with the count.
        count: how many rows there are, where it is known before.
        names: of the columns in Parquet, ASCII; needed for that kind alone.
    """

    name: str
    title: str
    headings: tuple[tuple[str, bool], ...]
    rows: Iterable[Sequence[str]]
    filters: str = ""
    count: int | None = None
    names: tuple[str, ...] = ()


def export(shown: Shown, kind: str) -> HttpResponseBase:
    """Answer with the file of a list; ``kind`` is ``csv``, ``xlsx`` or ``parquet``."""
    columns = [column for column in shown.listing.columns if column.export]
    return handed_out(
        Export(
            name=shown.listing.export_name,
            title=shown.listing.title,
            headings=tuple((column.label, column.numeric) for column in columns),
            rows=([plain(column, row) for column in columns] for row in _rows(shown)),
            filters="；".join(f"{label}：{value}" for label, value in shown.filters),
            count=shown.window.total if kind == "xlsx" else None,
            names=tuple(column.key for column in columns),
        ),
        kind,
    )


def handed_out(table: Export, kind: str) -> HttpResponseBase:
    """Answer with a table as a file; ``kind`` is ``csv``, ``xlsx`` or ``parquet``.

    Raises:
        InputError: more rows than a sheet of xlsx can hold.
    """
    stamp = timezone.localtime().strftime("%Y-%m-%d")
    name = f"{table.name}_{stamp}.{kind}"
    if kind == "csv":
        response: HttpResponseBase = StreamingHttpResponse(
            carried(_csv_lines(table)), content_type="text/csv; charset=utf-8"
        )
    elif kind == "parquet":
        response = FileResponse(_parquet(table), content_type="application/vnd.apache.parquet")
    else:
        response = FileResponse(
            _workbook(table),
            content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        )
    response["Content-Disposition"] = (
        f"attachment; filename=\"export.{kind}\"; filename*=UTF-8''{quote(name)}"
    )
    response["Cache-Control"] = "no-store"
    return response


def _rows(shown: Shown) -> Iterator[Any]:
    if isinstance(shown.rows, QuerySet):
        return shown.rows.iterator(chunk_size=CHUNK)
    return iter(shown.rows)


def _closing(table: Export, count: int) -> str:
    return f"共 {count:,} 行；筛选：{table.filters or '无'}；导出时间：{timezone.localtime():%Y-%m-%d %H:%M}"


def _csv_lines(table: Export) -> Iterator[bytes]:
    writer = csv.writer(_Line())
    yield b"\xef\xbb\xbf" + str(writer.writerow([safe_text(label) for label, _ in table.headings])).encode()
    count = 0
    for row in table.rows:
        count += 1
        yield str(writer.writerow([safe_text(cell) for cell in row])).encode()
    yield str(writer.writerow([_closing(table, count)])).encode()


def _parquet(table: Export) -> Any:
    from youju.analytics.writing import Heading, parquet_of_texts  # Arrow is loaded by who asks for Parquet

    file = tempfile.TemporaryFile()  # noqa: SIM115 - FileResponse closes it
    headings = [Heading(name, label) for name, (label, _) in zip(table.names, table.headings, strict=True)]
    note = f"筛选：{table.filters or '无'}；导出时间：{timezone.localtime():%Y-%m-%d %H:%M}"
    parquet_of_texts(file, table.rows, headings, title=table.title, note=note)
    file.seek(0)
    return file


def plain(column: Column, row: Any) -> str:
    """The value without thousands signs; a blank stays blank."""
    value = column.read(row)
    if value is None or value == "":
        return ""
    return str(value) if column.numeric or isinstance(value, Decimal) else str(as_text(value))


def safe_text(text: str) -> str:
    """Text that no spreadsheet takes for a formula."""
    if text.startswith(_FORMULA_START) and not _PLAIN_NUMBER.fullmatch(text):
        return "'" + text
    return text


def _fitting(text: str) -> str:
    """Text cut to what a cell can hold; XlsxWriter would leave the whole cell out."""
    return text if len(text) <= XLSX_TEXT else text[: XLSX_TEXT - 1] + "…"


def _workbook(table: Export) -> Any:
    if (table.count or 0) + 2 > XLSX_ROWS:
        raise InputError("行数超过 xlsx 一张表的上限", how="请改为导出 CSV，或先缩小筛选范围")
    file = tempfile.TemporaryFile()  # noqa: SIM115 - FileResponse closes it
    book = xlsxwriter.Workbook(
        file, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    head = book.add_format({"bold": True, "bottom": 2, "text_wrap": True, "valign": "vcenter"})
    note = book.add_format({"italic": True, "font_color": "#5b6070"})
    sheet = book.add_worksheet(table.title[:31])
    sheet.freeze_panes(1, 0)
    for place, (label, numeric) in enumerate(table.headings):
        sheet.set_column(place, place, 16 if numeric else 24)
        sheet.write_string(0, place, label, head)
    numbers = [numeric for _, numeric in table.headings]
    count = 0
    for row in table.rows:
        count += 1
        for place, (text, numeric) in enumerate(zip(row, numbers, strict=True)):
            if numeric and _PLAIN_NUMBER.fullmatch(text) and len(text.strip("+-0.")) <= _NO_DIGITS_LOST:
                sheet.write_number(count, place, float(text))
            elif text:
                sheet.write_string(count, place, _fitting(text))
    sheet.write_string(count + 1, 0, _closing(table, count), note)
    book.close()
    file.seek(0)
    return file
