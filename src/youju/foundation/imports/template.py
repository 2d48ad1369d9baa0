"""The template of an import: headings, an example, drop-downs, a sheet of notes."""

from __future__ import annotations

import io

import xlsxwriter

from youju.foundation.imports.declaring import Choice, Importer
from youju.foundation.imports.kinds import Flag

_ROWS = 5_000
_LIST = 255  # characters that Excel takes in a list of choices


def template_of(importer: Importer) -> bytes:
    """An xlsx file that the import reads back."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        head = book.add_format(
            {"bold": True, "bg_color": "#E8EEF2", "border": 1, "text_wrap": True, "valign": "top"}
        )
        must = book.add_format(
            {"bold": True, "bg_color": "#FBE9D7", "border": 1, "text_wrap": True, "valign": "top"}
        )
        text, example = (
            book.add_format({"num_format": "@"}),
            book.add_format({"font_color": "#7F7F7F", "num_format": "@"}),
        )
        page, notes = book.add_worksheet(importer.title[:31]), book.add_worksheet("填写说明")
        page.freeze_panes(1, 0)
        for place, column in enumerate(importer.columns):
            page.write_string(0, place, column.heading, must if column.required else head)
            page.set_column(place, place, max(10, min(40, len(column.heading) * 2 + 4)), text)
            if column.example:
                page.write_string(1, place, column.example, example)
            labels = _labels(column.kind)
            if labels and len(",".join(labels)) <= _LIST:
                page.data_validation(
                    1,
                    place,
                    _ROWS,
                    place,
                    {"validate": "list", "source": labels, "error_message": "请从列表里选"},
                )
        for row, cells in enumerate(_notes(importer)):
            for place, cell in enumerate(cells):
                notes.write_string(row, place, cell, head if row == 0 else None)
        notes.set_column(0, 3, 24)
        book.set_custom_property("youju-importer", f"{importer.code} {importer.version}")
    return out.getvalue()


def _labels(kind: object) -> list[str]:
    if isinstance(kind, Choice):
        return list(kind.labels.values())
    return ["是", "否"] if isinstance(kind, Flag) else []


def _notes(importer: Importer) -> list[tuple[str, str, str, str]]:
    rows = [("列", "必填", "填什么", "说明")]
    for column in importer.columns:
        labels = _labels(column.kind)
        what = f"{column.kind.name}：{'、'.join(labels)}" if labels else column.kind.name
        rows.append((column.heading, "必填" if column.required else "", what[:300], column.help))
    rows.append(("", "", "", "第 2 行是示例，填写时请覆盖；不要改动表头。"))
    return rows
