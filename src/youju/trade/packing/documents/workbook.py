"""The packing list as a workbook: the container plan with bars on the first sheet, the goods on the second."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import xlsxwriter

_PLAN = ("箱号", "箱型", "封志号", "行数", "件数", "毛重（千克）", "载重（千克）", "载重用了",
         "体积（立方米）", "容积（立方米）", "容积用了")  # fmt: skip
_GOODS = ("箱号", "交易单", "序号", "商品编码", "品名", "单位", "数量", "件数", "净重（千克）", "毛重（千克）",
          "体积（立方米）", "总价")  # fmt: skip
_WIDTHS = {0: 16, 1: 18, 4: 22}
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}


def write_xlsx(context: Mapping[str, Any], moment: datetime) -> bytes:
    """The packing list, said to be made at ``moment``. Figures are text, so that none loses a digit; shares are numbers."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, _OPTIONS) as book:
        book.set_properties(
            {
                "title": f"装箱单 {context['number']}",
                "author": "有据",
                "created": moment.astimezone(UTC).replace(tzinfo=None),
            }
        )
        head = book.add_format({"bold": True, "bottom": 2, "text_wrap": True, "valign": "vcenter"})
        figure = book.add_format({"align": "right", "num_format": "@"})
        share = book.add_format({"num_format": "0.0%"})
        strong = book.add_format({"bold": True})
        _plan(book.add_worksheet("装箱图"), context, (head, figure, share, strong), book)
        _goods(book.add_worksheet("装箱明细"), context, (head, figure, strong))
    return buffer.getvalue()


def _plan(sheet: Any, context: Mapping[str, Any], looks: tuple[Any, ...], _book: Any) -> None:
    head, figure, share, strong = looks
    sheet.write_string(0, 0, f"装箱单 {context['number']}", strong)
    row = 1
    for label, value in context["head"]:
        sheet.write_string(row, 0, label)
        sheet.write_string(row, 1, value)
        row += 1
    row += 1
    sheet.set_column(0, len(_PLAN) - 1, 14)
    for place, word in enumerate(_PLAN):
        sheet.write_string(row, place, word, head)
    first = row + 1
    for row, box in enumerate(context["containers"], first):
        load = box["load"]
        texts = {0: box["number"], 1: box["kind"], 2: box["seal"]}
        figures = {4: load[1], 5: load[3], 6: box["payload"], 8: load[4], 9: box["volume"]}
        for place, word in texts.items():
            sheet.write_string(row, place, word)
        sheet.write_number(row, 3, len(box["lines"]))
        for place, word in figures.items():
            sheet.write_string(row, place, word, figure)
        sheet.write_number(row, 7, box["weight_share"] / 1000, share)
        sheet.write_number(row, 10, box["volume_share"] / 1000, share)
    last = max(first, first + len(context["containers"]) - 1)
    bar = {"type": "data_bar", "min_type": "num", "min_value": 0, "max_type": "num", "max_value": 1}
    sheet.conditional_format(first, 7, last, 7, bar | {"bar_color": "#1F4E5F"})
    sheet.conditional_format(first, 10, last, 10, bar | {"bar_color": "#7FA9A8"})
    total = context["total"]
    told = f"合计 {len(context['containers'])} 箱，{total[1]} 件，毛重 {total[3]} 千克，体积 {total[4]} 立方米，总价 {total[5]}"
    sheet.write_string(last + 2, 0, told, strong)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _goods(sheet: Any, context: Mapping[str, Any], looks: tuple[Any, ...]) -> None:
    head, figure, strong = looks
    for place, word in enumerate(_GOODS):
        sheet.set_column(place, place, _WIDTHS.get(place, 13))
        sheet.write_string(0, place, word, head)
    sheet.freeze_panes(1, 0)
    row = 0
    for box in context["containers"]:
        for line in box["lines"]:
            row += 1
            words = (
                box["number"],
                line["order"],
                str(line["line_no"]),
                line["hs_code"],
                line["name"],
                line["unit"],
            )
            for place, word in enumerate(words):
                sheet.write_string(row, place, word)
            for place, word in enumerate(line["figures"], len(words)):
                sheet.write_string(row, place, word, figure)
    sheet.write_string(row + 1, 0, "合计", strong)
    for place, word in enumerate(context["total"][1:], 7):
        sheet.write_string(row + 1, place, word, figure)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
