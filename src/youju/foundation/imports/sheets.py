"""A spreadsheet or csv file as rows of cells, with what a reader of the screen would not see: hidden rows, columns, sheets,
formulas without a value, cells with an error, merged cells.

Values come from calamine (1.2 s for 100,000 × 15). What it does not tell is found by a pass over the sheet's XML.
"""

from __future__ import annotations

import csv
import io
import posixpath
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from lxml import etree
from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

from youju.foundation.documents.reading.charsets import decode
from youju.foundation.documents.reading.limits import Limits
from youju.foundation.documents.reading.packages import Package
from youju.foundation.imports.limits import limit
from youju.foundation.kernel.errors import InputError

_HEAD = 50
"""Rows in which merged cells are filled in."""
_RESAVE = "请用 Excel 或 WPS 打开后另存为 xlsx，再上传"
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_HIDDEN_ROW = re.compile(rb'<row [^>]*?\br="(\d+)"[^>]*?\bhidden="(?:1|true)"')
_ROW = re.compile(rb'<row [^>]*?\br="(\d{1,9})"')
_FAR = re.compile(rb'<c [^>]*?\br="([A-Z]{2,3})\d')
_COLUMN = re.compile(rb"<col [^>]*/>")
_MERGE = re.compile(rb'<mergeCell [^>]*?ref="([A-Z]+)(\d+):([A-Z]+)(\d+)"')
_ERROR = re.compile(rb'<c [^>]*?\br="([A-Z]+)(\d+)"[^>]*?\bt="e"')
_EMPTY_FORMULA = re.compile(
    rb'<c [^>]*?\br="([A-Z]+)(\d+)"[^>]*?>\s*<f[^>]*?(?:/>|>[^<]*</f>)\s*(?:<v\s*/>|<v></v>)?\s*</c>'
)


@dataclass(slots=True)
class Sheet:
    """A read sheet. ``cells[r][c]`` counts from 0; rows and columns in the other fields count from 1.

    Of a workbook ``cells`` holds the first rows and ``rest`` gives the others, once: a hundred thousand rows as Python's objects
    beside calamine's own would be a hundred megabytes more. ``height`` counts all rows.
    """

    cells: Sequence[Sequence[Any]]
    name: str = ""
    part: str = ""
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    hidden_sheets: tuple[str, ...] = ()
    other_sheets: tuple[str, ...] = ()
    merges: tuple[tuple[int, int, int, int], ...] = ()
    errors: frozenset[tuple[int, int]] = frozenset()
    uncomputed: frozenset[tuple[int, int]] = frozenset()
    notes: list[str] = field(default_factory=list)
    rest: Iterator[Sequence[Any]] = field(default_factory=lambda: iter(()))
    height: int = 0

    def filled(self) -> None:
        """Give every cell of a merge its value: what the eye sees."""
        cells = [list(row) for row in self.cells[:_HEAD]]
        for top, left, bottom, right in self.merges:
            if bottom > len(cells):
                continue
            value = cells[top - 1][left - 1] if left <= len(cells[top - 1]) else None
            for row in range(top - 1, bottom):
                cells[row] += [None] * (right - len(cells[row]))
                for column in range(left - 1, right):
                    cells[row][column] = value
        self.cells = [*cells, *self.cells[_HEAD:]]


def read_sheet(content: bytes, name: str, limits: Limits) -> Sheet:
    """The first visible sheet of a workbook, or a csv file.

    Raises:
        InputError: neither, damaged, protected, or above the bounds; with what to do.
    """
    if content[:4] in (b"PK\x03\x04", b"PK\x05\x06"):
        return _workbook(content, name, limits)
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise InputError(
            "这是旧版 Excel（xls）或受密码保护的文件", where=name, how="请取消密码，并另存为 xlsx"
        )
    if content[:5] == b"%PDF-" or content[:4] in (b"\x89PNG", b"\xff\xd8\xff\xe0"):
        raise InputError("这不是表格文件", where=name, how="请上传 xlsx 或 csv")
    return _text(content, name)


def _workbook(content: bytes, name: str, limits: Limits) -> Sheet:
    Package(content, name, limits)  # refuses bombs and broken packages before anything is unpacked
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        visible = [each for each in book.sheets_metadata if each.visible == SheetVisibleEnum.Visible]
        hidden = tuple(each.name for each in book.sheets_metadata if each.visible != SheetVisibleEnum.Visible)
        if not visible:
            raise InputError("工作簿里没有看得见的工作表", where=name, how="请取消隐藏后再上传")
        # Before the values: the sheet's XML, tens of megabytes, is let go before they come.
        sheet = _unseen(content, name, visible[0].name)
        found = book.get_sheet_by_name(sheet.name)
    except CalamineError as error:
        raise InputError("工作簿读不出来，文件可能损坏", where=name, how=_RESAVE) from error
    # calamine leaves out the blank columns before the first filled one.
    before = [""] * (found.start[1] if found.start else 0)
    rows = ([*before, *row] for row in found.iter_rows()) if before else iter(found.iter_rows())
    sheet.height = found.end[0] + 1 if found.end else 0
    sheet.cells, sheet.rest = list(islice(rows, max(_HEAD, limit("header_rows")))), rows
    sheet.hidden_sheets, sheet.other_sheets = hidden, tuple(each.name for each in visible[1:])
    return sheet


def _unseen(content: bytes, name: str, chosen: str) -> Sheet:
    """What calamine does not tell of a sheet."""
    part = _part_of(content, chosen)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        try:
            xml = archive.read(part)
        except KeyError as error:
            raise InputError("工作簿缺少工作表内容，文件可能损坏", where=name, how=_RESAVE) from error
    _refuse_vast(xml, name)
    body = xml.find(b"<sheetData")
    errors = _ERROR.findall(xml) if b't="e"' in xml else []
    formulas = _EMPTY_FORMULA.findall(xml) if b"<f" in xml else []
    after = max(xml.rfind(b"</sheetData>"), 0)
    return Sheet(
        (),
        chosen,
        part,
        frozenset(int(number) for number in _HIDDEN_ROW.findall(xml)) if b"hidden" in xml else frozenset(),
        _hidden_columns(xml[: max(body, 0)]),
        merges=tuple(
            (int(a), column_number(b), int(c), column_number(d)) for b, a, d, c in _MERGE.findall(xml, after)
        ),
        errors=frozenset((int(row), column_number(column)) for column, row in errors),
        uncomputed=frozenset((int(row), column_number(column)) for column, row in formulas),
    )


def _refuse_vast(xml: bytes, name: str) -> None:
    """One cell in the far corner would make calamine build the whole rectangle: billions of cells from a file of 5 kB."""
    last = max((int(number) for number in _ROW.findall(xml)), default=0)
    wide = max((column_number(letters) for letters in set(_FAR.findall(xml))), default=0)
    if last > limit("max_rows") + 1_000 or wide > limit("max_columns"):
        raise InputError(
            f"表格一直用到第 {last} 行、{column_letters(max(wide, 1))} 列",
            where=name,
            how=f"至多 {limit('max_rows')} 行、{limit('max_columns')} 列；请删去数据以外的行和列（连格式一起）后再上传",
            status=413,
        )


def cells_of(content: bytes, sheet: str) -> Sequence[Sequence[Any]]:
    """The cells of a workbook that has been read once already."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)


def _part_of(content: bytes, sheet: str) -> str:
    """The path of a sheet's XML inside the package."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        book = etree.fromstring(archive.read("xl/workbook.xml"), parser)
        links = etree.fromstring(archive.read("xl/_rels/workbook.xml.rels"), parser)
    targets = {link.get("Id"): link.get("Target") for link in links}
    for each in book.iter(f"{_MAIN}sheet"):
        if each.get("name") == sheet:
            target = str(targets.get(each.get(_REL)))
            return target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
    return "xl/worksheets/sheet1.xml"


def _hidden_columns(head: bytes) -> frozenset[int]:
    found: set[int] = set()
    for tag in _COLUMN.findall(head):
        if re.search(rb'hidden="(?:1|true)"', tag):
            first, last = re.search(rb'min="(\d+)"', tag), re.search(rb'max="(\d+)"', tag)
            if first and last:
                found.update(range(int(first[1]), min(int(last[1]), int(first[1]) + 500) + 1))
    return frozenset(found)


def _text(content: bytes, name: str) -> Sheet:
    text = decode(content, name)
    if "\x00" in text:
        raise InputError("这不是表格文件", where=name, how="请上传 xlsx 或 csv")
    sample = text[:20_000]
    first = next((line for line in sample.splitlines() if line.strip()), "")
    delimiter = max(",;\t", key=first.count)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise InputError(
            f"csv 读不下去（{error}）", where=name, how="请核对引号是否成对，或另存为 xlsx"
        ) from error
    return Sheet([[cell if cell.strip() else None for cell in row] for row in rows], height=len(rows))


def column_number(letters: str | bytes) -> int:
    """``A`` → 1, ``AA`` → 27."""
    number = 0
    for sign in letters.decode() if isinstance(letters, bytes) else letters:
        number = number * 26 + ord(sign) - 64
    return number


def column_letters(number: int) -> str:
    """1 → ``A``, 27 → ``AA``."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
