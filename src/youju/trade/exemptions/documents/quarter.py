"""The quarterly table of actual consignors as xlsx: a sheet of rows with its total, a sheet that controls it."""

from __future__ import annotations

import io
from decimal import Decimal
from typing import TYPE_CHECKING

import xlsxwriter

if TYPE_CHECKING:
    from youju.trade.exemptions.selectors.quarters import QuarterTable

HEADS = ("序号", "实际委托方", "备案号", "纳税人识别号", "出口额（元）", "报关单数", "报关单号")
_WIDTHS = (6, 32, 16, 22, 18, 10, 60)
_CELL = 32_767


def write_xlsx(table: QuarterTable) -> bytes:
    """The workbook. Amounts stand as numbers where fifteen digits hold them; the control sheet repeats them as text."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(
        buffer, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    head = book.add_format({"bold": True, "bottom": 2, "text_wrap": True, "valign": "vcenter"})
    money = book.add_format({"num_format": "#,##0.00"})
    total = book.add_format({"bold": True, "top": 1, "num_format": "#,##0.00"})
    sheet = book.add_worksheet("实际委托方")
    sheet.freeze_panes(1, 0)
    for place, (label, width) in enumerate(zip(HEADS, _WIDTHS, strict=True)):
        sheet.set_column(place, place, width)
        sheet.write_string(0, place, label, head)
    for place, row in enumerate(table.rows, 1):
        sheet.write_number(place, 0, place)
        sheet.write_string(place, 1, row.name)
        sheet.write_string(place, 2, row.number)
        sheet.write_string(place, 3, row.tax_id or "（缺）")
        sheet.write_number(place, 4, float(row.amount), money)
        sheet.write_number(place, 5, len(row.declarations))
        sheet.write_string(place, 6, "、".join(row.declarations)[:_CELL])
    end = len(table.rows) + 1
    sheet.write_string(end, 1, f"合计 {len(table.rows)} 个委托方", total)
    sheet.write_number(end, 4, float(table.amount), total)
    sheet.write_number(end, 5, table.declarations, total)
    control = book.add_worksheet("控制合计")
    control.set_column(0, 0, 34)
    control.set_column(1, 1, 72)
    for place, (label, value) in enumerate(controls(table)):
        control.write_string(place, 0, label, head)
        control.write_string(place, 1, value)
    book.close()
    return buffer.getvalue()


def controls(table: QuarterTable) -> list[tuple[str, str]]:
    """What the second sheet says: label and value."""
    difference = table.amount - table.declared
    return [
        ("代理", f"{table.agent}（{table.agent_number}）"),
        ("季度", f"{table.quarter}，{table.first} 至 {table.last}"),
        ("委托方数", str(len(table.rows))),
        ("报关单数（同一票有几家委托方的只计一次）", str(table.declarations)),
        ("报关单来源行数", str(table.lines)),
        ("各委托方出口额之和（元）", f"{table.amount:.2f}"),
        ("放行的报关单来源行之和（元）", f"{table.declared:.2f}"),
        ("差额（元），应为 0", f"{difference:.2f}" if difference else str(Decimal("0.00"))),
        ("没有识别号的委托方", str(sum(not row.tax_id for row in table.rows))),
        ("数据校验值（SHA-256）", table.sha256),
        ("依据", "国家税务总局公告2025年第17号（未核对原文）；金额按报关当月海关汇率折人民币"),
    ]
