"""Everything that the filter leaves, as CSV (UTF-8 with BOM) or xlsx, streamed, with its count said in the file.

A cell never starts a formula: in CSV a leading ``= + - @``, tab or return gets an apostrophe before it unless
the whole cell is a number; in xlsx text is written as text.
"""

from __future__ import annotations

import csv
import re
import tempfile
from collections.abc import Iterator
from decimal import Decimal
from typing import Any
from urllib.parse import quote

import xlsxwriter
from django.db.models import QuerySet
from django.http import FileResponse, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone

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


def export(shown: Shown, kind: str) -> HttpResponseBase:
    """Answer with the file; ``kind`` is ``csv`` or ``xlsx``."""
    columns = [column for column in shown.listing.columns if column.export]
    stamp = timezone.localtime().strftime("%Y-%m-%d")
    name = f"{shown.listing.export_name}_{stamp}.{kind}"
    if kind == "csv":
        response: HttpResponseBase = StreamingHttpResponse(
            _csv_lines(shown, columns), content_type="text/csv; charset=utf-8"
        )
    else:
        response = FileResponse(
            _workbook(shown, columns),
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


def _closing(shown: Shown, count: int) -> str:
    filters = "；".join(f"{label}：{value}" for label, value in shown.filters) or "无"
    return f"共 {count:,} 行；筛选：{filters}；导出时间：{timezone.localtime():%Y-%m-%d %H:%M}"


def _csv_lines(shown: Shown, columns: list[Column]) -> Iterator[bytes]:
    writer = csv.writer(_Line())
    yield b"\xef\xbb\xbf" + str(writer.writerow([safe_text(column.label) for column in columns])).encode()
    count = 0
    for row in _rows(shown):
        count += 1
        yield str(writer.writerow([safe_text(plain(column, row)) for column in columns])).encode()
    yield str(writer.writerow([_closing(shown, count)])).encode()


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


def _workbook(shown: Shown, columns: list[Column]) -> Any:
    if shown.window.total + 2 > XLSX_ROWS:
        raise InputError("行数超过 xlsx 一张表的上限", how="请改为导出 CSV，或先缩小筛选范围")
    file = tempfile.TemporaryFile()  # noqa: SIM115 - FileResponse closes it
    book = xlsxwriter.Workbook(
        file, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    head = book.add_format({"bold": True, "bottom": 2, "text_wrap": True, "valign": "vcenter"})
    note = book.add_format({"italic": True, "font_color": "#5b6070"})
    sheet = book.add_worksheet(shown.listing.title[:31])
    sheet.freeze_panes(1, 0)
    for place, column in enumerate(columns):
        sheet.set_column(place, place, 16 if column.numeric else 24)
        sheet.write_string(0, place, column.label, head)
    count = 0
    for row in _rows(shown):
        count += 1
        for place, column in enumerate(columns):
            text = plain(column, row)
            if (
                column.numeric
                and _PLAIN_NUMBER.fullmatch(text)
                and len(text.strip("+-0.")) <= _NO_DIGITS_LOST
            ):
                sheet.write_number(count, place, float(text))
            elif text:
                sheet.write_string(count, place, _fitting(text))
    sheet.write_string(count + 1, 0, _closing(shown, count), note)
    book.close()
    file.seek(0)
    return file
