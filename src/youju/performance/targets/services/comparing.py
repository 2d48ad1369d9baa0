"""The difference of two versions as a workbook."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING

import xlsxwriter
from django.db import transaction

from youju.foundation.audit.services import record_read
from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.performance.targets import events, permissions, selectors
from youju.rules.performance.targets.diff import Difference

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

WIDTHS = (24, 40, 12, 18, 18, 44, 44)
# As typed text: a cell that begins with = stays a text, a web address no link.
OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


@transaction.atomic
def export_difference(*, actor: User, left_id: int, right_id: int) -> bytes:
    """What differs between two versions, one changed cell a row, as xlsx.

    Raises:
        InputError: one of the versions is not there (404), or they are of different units or years (422).
        PermissionDenied: the actor may not export.
    """
    require(actor, permissions.EXPORT)
    left, right = selectors.set_of(left_id), selectors.set_of(right_id)
    if left is None or right is None:
        raise InputError("没有这个版本", how="请回到版本列表重新选择", status=404)
    if (left.unit_key, left.fiscal_year) != (right.unit_key, right.fiscal_year):
        raise InputError("两个版本不是同一单位同一年度的", how="请在同一年度里选择两个版本")
    shown = selectors.comparison(left, right)
    record_read(
        events.COMPARED,
        events.set_subject(right),
        fields=[f"与第 {left.version} 版的对比", f"{shown.cells} 格"],
    )
    headings = (
        "项目编码", "项目名称", "变化", "位置", "栏目", f"第 {left.version} 版", f"第 {right.version} 版",
    )  # fmt: skip
    return _book(headings, list(_lines(shown.difference)))


def _book(headings: tuple[str, ...], lines: list[tuple[str | None, ...]]) -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, OPTIONS) as book:
        sheet = book.add_worksheet("版本对比")
        head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        body = book.add_format({"text_wrap": True, "valign": "top"})
        for column, (heading, width) in enumerate(zip(headings, WIDTHS, strict=True)):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, heading, head)
        for row, line in enumerate(lines, 1):
            for column, text in enumerate(line):
                sheet.write_string(row, column, "（无）" if text is None else text, body)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(len(lines), 1), len(headings) - 1)
    return file.getvalue()


def _lines(difference: Difference) -> Iterator[tuple[str | None, ...]]:
    for cell in difference.outside:
        yield ("", "部门与表头", "改动", cell.place, cell.label, cell.before, cell.after)
    for project in difference.changed:
        for cell in project.cells:
            yield (
                project.code, project.name, _kind(cell.label, cell.before, cell.after), cell.place, cell.label,
                cell.before, cell.after,
            )  # fmt: skip
    for gone in difference.gone:
        yield (gone.code, gone.name, "不再出现", "项目", "整个项目", gone.budget, None)
    for new in difference.new:
        yield (new.code, new.name, "新增", "项目", "整个项目", None, new.budget)


def _kind(label: str, before: str | None, after: str | None) -> str:
    if label == "排列顺序":
        return "移动"
    if label == "整行":
        return "增行" if before is None else "删行"
    return "改动" if after is not None else "删去"
