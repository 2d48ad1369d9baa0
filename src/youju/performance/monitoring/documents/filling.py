"""The sheet that sections fill in: a row an indicator, its figures for reading, the last columns to be written."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import TYPE_CHECKING

from youju.performance.monitoring.documents.contexts import ahead_of, done_of
from youju.performance.monitoring.facts import row_key
from youju.rules.performance.monitoring.facts import CAUSES, LIKELIHOODS

if TYPE_CHECKING:
    from youju.performance.monitoring.models import MonitoredProject, Round

READ = ("行标识", "项目", "三级指标", "年度指标值", "执行情况", "全年预计", "建议的可能性")
WRITTEN = ("完成目标可能性", "偏差原因", "说明", "改进措施", "备注")
_WIDTHS = (18, 24, 26, 16, 16, 14, 12, 14, 14, 34, 34, 20)


def write_sheet(row: Round, projects: Iterable[MonitoredProject]) -> bytes:
    """The sheet of some projects of a round; ``rows`` of each are loaded."""
    import xlsxwriter

    buffer = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_numbers": False,
        "strings_to_urls": False,
    }
    with xlsxwriter.Workbook(buffer, options) as book:
        page = book.add_worksheet("偏差原因填报表")
        base = {
            "font_name": "宋体",
            "font_size": 10,
            "valign": "vcenter",
            "text_wrap": True,
            "border": 1,
            "num_format": "@",
        }
        head = book.add_format(base | {"bold": True, "bg_color": "#F2F3F6", "align": "center"})
        given = book.add_format(base | {"bg_color": "#F7F7F7"})
        open_ = book.add_format(base)
        for column, (text, width) in enumerate(zip((*READ, *WRITTEN), _WIDTHS, strict=True)):
            page.set_column(column, column, width)
            page.write_string(0, column, text, head)
        line = 0
        for project in projects:
            for each in project.rows.all():
                line += 1
                cells = (
                    f"{row.number}/{row_key(project, each)}", project.name, each.level3, each.raw_value, done_of(each),
                    ahead_of(each), LIKELIHOODS.get(each.suggested, ""), LIKELIHOODS.get(each.likelihood, ""),
                    CAUSES.get(each.cause, ""), each.explanation, each.measure, each.remark,
                )  # fmt: skip
                for column, text in enumerate(cells):
                    page.write_string(line, column, text, given if column < len(READ) else open_)
        first = len(READ)
        for column, words in ((first, LIKELIHOODS), (first + 1, CAUSES)):
            if line:
                page.data_validation(
                    1, column, line, column, {"validate": "list", "source": list(words.values())}
                )
        page.freeze_panes(1, 3)
    return buffer.getvalue()
