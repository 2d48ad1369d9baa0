"""A list of goods in an xlsx file: the first sheet holds the lines, a sheet ``表头`` what the message needs besides."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from youju.foundation.documents.reading.limits import limits_today
from youju.foundation.imports.kinds.base import plain
from youju.foundation.imports.sheets import Sheet, cells_of, column_letters, read_sheet
from youju.foundation.imports.tables import Table, read_table
from youju.foundation.kernel.errors import InputError
from youju.rules.trade.declarations.facts import USD
from youju.trade.declarations.imports.columns import BY_CODE, COLUMNS, GOODS
from youju.trade.declarations.imports.headers import header_of
from youju.trade.declarations.imports.requests import (
    PlanRequest,
    currency_of,
    day_of,
    goods_line,
    rates_of,
    today,
)

HEADER_SHEET = "表头"
_DAY, _CURRENCY, _RATE = ("日期", "申报日期", "date"), ("币制", "currency"), ("美元汇率", "usd_rate")


def read_workbook(content: bytes, name: str) -> PlanRequest:
    """Read a workbook.

    Raises:
        InputError: not a workbook that can be read, no header, a cell that cannot be taken (the first one is named).
    """
    sheet = read_sheet(content, name, limits_today())
    if sheet.name == HEADER_SHEET:
        raise InputError("第一张工作表应是商品清单", where=name, how=f"请把工作表“{HEADER_SHEET}”移到后面")
    named = _header_cells(content, sheet, name)
    notes: list[str] = []
    day = _named(named, _DAY)
    if day is None:
        notes.append(f"没有写申报日期，按今天 {today()} 适用规定；可在工作表“{HEADER_SHEET}”里写明“日期”")
    currency = _named(named, _CURRENCY)
    if currency is None and not _has_currency(sheet):
        notes.append(f"没有写币制，按 {USD} 处理；可在工作表“{HEADER_SHEET}”里写明“币制”")
    place = f"{name}，工作表“{HEADER_SHEET}”"
    rate = _named(named, _RATE)
    code = plain(currency).upper() if currency is not None else USD
    rates = {} if rate is None else rates_of({code: plain(rate)}, place)
    currency = currency_of(code, rates, place)
    used = {*_DAY, *_CURRENCY, *_RATE}
    header = header_of({key: plain(value) for key, value in named.items() if key not in used}, place)
    table = _table(sheet, name)
    codes = [column.code for column in COLUMNS]
    lines = tuple(goods_line(dict(zip(codes, row.values, strict=True)), currency) for row in table.rows)
    notes += [note for note in table.notes if HEADER_SHEET not in note]
    for flag in ("inspection", "export_duty"):
        if flag not in table.places:
            notes.append(f"没有“{BY_CODE[flag].heading}”列，都按“否”处理")
    found = today() if day is None else day_of(day, place)
    return PlanRequest(found, currency, lines, rates, header, tuple(notes))


def _table(sheet: Sheet, name: str) -> Table:
    try:
        table = read_table(sheet, GOODS)
    except InputError as error:
        where = f"{name}，{error.where}" if error.where else name
        raise InputError(error.what, where=where, how=error.how, status=error.status) from error
    faults = [finding for finding in table.findings if finding.severity == "error"]
    if not faults:
        return table
    first = faults[0]
    letters = column_letters(table.places[first.column]) if first.column in table.places else ""
    heading = BY_CODE[first.column].heading if first.column in BY_CODE else first.column
    more = f"（另有 {table.faults - 1} 处）" if table.faults > 1 else ""
    raise InputError(
        f"{first.message.rstrip('。')}{more}",
        where=f"{name}，第 {first.row} 行{f' {letters} 列' if letters else ''}“{heading}”",
        how="请在原表里改正后再试",
    )


def _has_currency(sheet: Sheet) -> bool:
    headings = {BY_CODE["currency"].heading, *BY_CODE["currency"].aliases}
    return any(str(cell).strip() in headings for row in sheet.cells[:20] for cell in row if cell is not None)


def _header_cells(content: bytes, sheet: Sheet, name: str) -> dict[str, Any]:
    """The first two columns of the sheet ``表头``: what, and its value."""
    if HEADER_SHEET not in sheet.other_sheets:
        return {}
    found: dict[str, Any] = {}
    for number, row in enumerate(cells_of(content, HEADER_SHEET), 1):
        cells: Sequence[Any] = [*row, None, None]
        key = plain(cells[0]) if cells[0] is not None else ""
        if not key or cells[1] is None or cells[1] == "" or (key, plain(cells[1])) == ("项目", "值"):
            continue
        if key in found:
            raise InputError(
                f"“{key}”写了两次", where=f"{name}，工作表“{HEADER_SHEET}”第 {number} 行", how="请只留一个"
            )
        found[key] = cells[1]
    return found


def _named(cells: dict[str, Any], names: Sequence[str]) -> Any:
    return next((cells[name] for name in names if name in cells), None)
