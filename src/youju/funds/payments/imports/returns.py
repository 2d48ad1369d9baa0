"""The bank's answers as a workbook or CSV: the rows under the headings that say reference, amount, result and day.

Not an ``Importer``: there one wrong cell stops the file and a person confirms the preview, here every answer that fits must be
booked although the next one is odd, and the same file may come again.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from youju.foundation.documents.reading.limits import limits_today
from youju.foundation.imports.sheets import read_sheet
from youju.foundation.kernel.errors import InputError

_HEADINGS = {
    "reference": ("付款凭证号", "凭证号", "业务编号", "付款编号", "reference"),
    "amount": ("金额", "交易金额", "付款金额", "amount"),
    "result": ("结果", "处理结果", "状态", "交易状态", "result"),
    "on": ("日期", "交易日期", "入账日期", "处理日期", "date"),
    "reason": ("退回原因", "失败原因", "原因", "备注", "reason"),
}
_PAID = frozenset({"成功", "已付", "支付成功", "交易成功", "已入账", "paid", "s"})
_RETURNED = frozenset({"退回", "失败", "退汇", "支付失败", "交易失败", "已退回", "returned", "f"})
_DAY = re.compile(r"(\d{4})[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})日?(?:[ T].*)?")
_LOOK = 30


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One answer; ``line`` counts from 1 in the sheet; CNY."""

    line: int
    reference: str
    amount: Decimal
    paid: bool
    on: date
    reason: str


def read_answers(content: bytes, name: str, *, most: int) -> list[AnswerRow]:
    """Every answer of the file.

    Raises:
        InputError: no table, its headings are not there, too many rows, or a cell cannot be read: then nothing is taken.
    """
    sheet = read_sheet(content, name, limits_today())
    rows = [*sheet.cells, *sheet.rest]
    top, columns = _headings(rows, name)
    found = []
    for number, row in enumerate(rows[top + 1 :], start=top + 2):
        reference = _text(_cell(row, columns["reference"]))
        if not reference or reference.startswith("合计") or _text(_cell(row, 0)).startswith("合计"):
            continue
        found.append(_answer(number, reference, row, columns, name))
        if len(found) > most:
            raise InputError(f"回单超过 {most} 行", where=name, how="请按日期分几份导出")
    if not found:
        raise InputError("回单里没有一行结果", where=name, how="请核对是不是银行的付款结果文件")
    return found


def _headings(rows: Sequence[Sequence[Any]], name: str) -> tuple[int, dict[str, int]]:
    for number, row in enumerate(rows[:_LOOK]):
        words = [_text(cell).lower() for cell in row]
        columns = {
            field: next(place for place, word in enumerate(words) if word in known)
            for field, known in _HEADINGS.items()
            if any(word in known for word in words)
        }
        if {"reference", "amount", "result"} <= columns.keys():
            if "on" not in columns:
                raise InputError("没有日期这一列", where=name, how="表头里要有“日期”或“交易日期”")
            return number, columns
    raise InputError(
        "找不到付款凭证号、金额和结果三列", where=name, how="表头应有“付款凭证号、金额、结果、日期、退回原因”"
    )


def _answer(number: int, reference: str, row: Sequence[Any], columns: dict[str, int], name: str) -> AnswerRow:
    where = f"{name}，第 {number} 行"
    result = _text(_cell(row, columns["result"])).lower()
    if result not in _PAID | _RETURNED:
        raise InputError(f"结果“{result[:20]}”看不懂", where=where, how="应写“成功”或“退回”")
    reason = _text(_cell(row, columns["reason"])) if "reason" in columns else ""
    return AnswerRow(
        line=number,
        reference=reference[:64],
        amount=_amount(_cell(row, columns["amount"]), where),
        paid=result in _PAID,
        on=_day(_cell(row, columns["on"]), where),
        reason=reason[:200],
    )


def _cell(row: Sequence[Any], column: int) -> Any:
    return row[column] if column < len(row) else None


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).replace("\0", "").strip()


def _amount(cell: Any, where: str) -> Decimal:
    try:
        # A workbook holds amounts as floats: to the cent they are what was typed.
        value = (
            Decimal(repr(cell)) if isinstance(cell, int | float) else Decimal(_text(cell).replace(",", ""))
        )
        cents = value.quantize(Decimal("0.01"))
    except (InvalidOperation, ValueError):
        cents = Decimal(-1)
        value = cents
    if cents <= 0 or abs(value - cents) > Decimal("0.0001"):
        raise InputError(f"金额“{_text(cell)[:20]}”读不出来", where=where, how="应为大于零的数，最多两位小数")
    return cents


def _day(cell: Any, where: str) -> date:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    found = _DAY.fullmatch(_text(cell))
    try:
        if found:
            return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        pass
    raise InputError(f"日期“{_text(cell)[:20]}”读不出来", where=where, how="应写成 2023-06-01")
