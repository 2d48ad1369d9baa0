"""The list of payments for the bank, as CSV and as a workbook: header, rows, control total and count."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal

import xlsxwriter

from youju.foundation.documents.packing import repack

HEADINGS = ("序号", "付款凭证号", "收款人", "收款账号", "开户银行", "金额", "用途")
_WIDTHS = (6, 22, 28, 26, 30, 16, 36)


@dataclass(frozen=True, slots=True)
class Line:
    """One row; the amount in CNY."""

    line: int
    reference: str
    payee: str
    account: str
    bank: str
    amount: Decimal
    purpose: str


def heading(number: str, day: date, lines: Sequence[Line], total: Decimal) -> list[tuple[str, str]]:
    """What stands above the rows: number, day, count and control total."""
    return [
        ("清单编号", number),
        ("日期", day.isoformat()),
        ("笔数", str(len(lines))),
        ("合计金额", f"{total:.2f}"),
    ]


def as_csv(number: str, day: date, lines: Sequence[Line], total: Decimal) -> bytes:
    """The list as CSV, UTF-8 with a mark so that Excel reads it; ends with the total again."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    for pair in heading(number, day, lines, total):
        writer.writerow(pair)
    writer.writerow(HEADINGS)
    for each in lines:
        writer.writerow([str(cell) for cell in _cells(each)])
    writer.writerow(["合计", f"{len(lines)} 笔", "", "", "", f"{total:.2f}", ""])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def as_xlsx(number: str, day: date, lines: Sequence[Line], total: Decimal) -> bytes:
    """The list as a workbook; accounts and references are text, so that no digit is lost. The same rows give the same bytes."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    # A workbook knows no time zones.
    made = datetime.combine(day, time())
    book.set_properties({"title": f"银行付款清单 {number}", "created": made})
    sheet = book.add_worksheet("付款清单")
    bold, text = book.add_format({"bold": True}), book.add_format({"num_format": "@"})
    money = book.add_format({"num_format": "0.00"})
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    above = heading(number, day, lines, total)
    for place, (label, value) in enumerate(above):
        sheet.write_string(place, 0, label, bold)
        sheet.write_string(place, 1, value, text)
    first = len(above)
    for column, label in enumerate(HEADINGS):
        sheet.write_string(first, column, label, bold)
    for place, each in enumerate(lines, start=first + 1):
        for column, cell in enumerate(_cells(each)):
            if column == HEADINGS.index("金额"):
                sheet.write_number(place, column, float(each.amount), money)
            else:
                sheet.write_string(place, column, str(cell), text)
    last = first + 1 + len(lines)
    sheet.write_string(last, 0, "合计", bold)
    sheet.write_string(last, 1, f"{len(lines)} 笔", bold)
    sheet.write_number(last, HEADINGS.index("金额"), float(total), money)
    book.close()
    return repack(out.getvalue())


def _cells(line: Line) -> tuple[object, ...]:
    return (
        line.line,
        line.reference,
        line.payee,
        line.account,
        line.bank,
        f"{line.amount:.2f}",
        line.purpose,
    )
