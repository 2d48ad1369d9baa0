"""The findings of a check as xlsx."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

from youju.foundation.documents.packing import repack
from youju.rules.performance.report_checks.changes import OUTCOMES

HEAD = ("序号", "位置", "报告所写", "说的是", "判断", "正确的数", "说明", "规则", "来源", "所在文字")
_WIDTHS = (6, 18, 16, 40, 10, 16, 40, 10, 26, 60)
_COLOURS = {"disagrees": "#f6d5d0", "agrees": "#dcecdc", "unjudged": "#e6e6e6"}
_CONTEXT = 40


def findings_workbook(result: Mapping[str, Any], title: str) -> bytes:
    """Two sheets: what disagrees, and every figure."""
    import xlsxwriter

    buffer = io.BytesIO()
    with xlsxwriter.Workbook(
        buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        formats = {
            name: book.add_format({"bg_color": colour, "text_wrap": True, "valign": "top"})
            for name, colour in _COLOURS.items()
        }
        for name, every in (("不符", False), ("全部数字", True)):
            sheet = book.add_worksheet(name)
            sheet.write_string(0, 0, title)
            for column, (label, width) in enumerate(zip(HEAD, _WIDTHS, strict=True)):
                sheet.write_string(1, column, label, head)
                sheet.set_column(column, column, width)
            sheet.freeze_panes(2, 0)
            rows = [each for each in result["verdicts"] if every or each["rule"]]
            for line, each in enumerate(rows, 1):
                text = result["passages"][each["passage"]]["text"]
                around = text[max(0, each["start"] - _CONTEXT) : each["end"] + _CONTEXT]
                cells = (str(line), each["place"], each["printed"], each["what"], OUTCOMES[each["outcome"]], each["right"],
                         each["why"], each["rule"], each["source"], around)  # fmt: skip
                for column, cell in enumerate(cells):
                    sheet.write_string(line + 1, column, cell, formats[each["outcome"]])
            if not rows:
                sheet.write_string(2, 0, "没有")
    return repack(buffer.getvalue())
