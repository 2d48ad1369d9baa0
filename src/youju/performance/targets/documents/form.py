"""The official form, once for every kind of file: its words, and its tables as grids of cells.

The form is that of the Hebei budget documents: per project a head (code, name, amounts, purpose, plan, goals)
and below it the indicator rows, whose first- and second-level names are merged cells.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from youju.foundation.documents.templates import Figure
from youju.rules.performance.targets.facts import PLAN_MONTHS, Department, DocumentHead, Indicator, Project

PART_ONE = "第一部分　部门整体绩效目标"
PART_TWO = "第二部分　预算项目绩效目标"
OVERALL, PARTS, SAFEGUARDS = "一、总体绩效目标", "二、分项绩效目标", "三、工作保障措施"
SUBGOAL, SUBGOAL_INDICATOR = "绩效目标：", "绩效指标："
SUBJECT = "targets.project"
"""The kind of record that every figure of the form is about; its key is the project's code."""
HEADINGS = ("一级指标", "二级指标", "三级指标", "绩效指标描述", "指标值", "指标值确定依据")

_BREAK = re.compile("[\n\r\v\f\u2028\u2029]")

Look = Literal["label", "text", "amount", "name"]


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table: its paragraphs, how far it reaches, how it looks.

    ``amount`` is set as figures, ``name`` is a merged first- or second-level name, ``text`` is running text. ``figure``
    says what the number in the cell measures; it goes with it into the file.
    """

    paragraphs: tuple[str, ...]
    look: Look = "text"
    columns: int = 1
    rows: int = 1
    figure: Figure | None = None

    @property
    def text(self) -> str:
        """The paragraphs, one a line."""
        return "\n".join(self.paragraphs)


Row = tuple[Cell | None, ...]
"""The cells of a row from left to right; ``None`` stands for a column that a cell above reaches into."""


@dataclass(frozen=True, slots=True)
class Spans:
    """How many grid columns, right of the first, each cell of the head takes: rows of code, amounts and plan."""

    code: tuple[int, int, int]
    budget: tuple[int, int, int, int, int, int]
    columns: int

    def plan(self, months: int) -> list[int]:
        """The columns shared out among the months, wider ones at the right."""
        least, wider = divmod(self.columns, months)
        return [least + (index >= months - wider) for index in range(months)]


def document_title(head: DocumentHead) -> str:
    """The title of the whole document, with the fiscal year where it is known."""
    year = f"{head.fiscal_year}年" if head.fiscal_year is not None else ""
    return f"{year}部门预算绩效目标"


def head_lines(head: DocumentHead) -> list[str]:
    """The lines below the title: whose document it is, in which unit its amounts stand."""
    return [line for line in (unit_line(head), money_line(head)) if line]


LineKind = Literal["section", "item", "text"]


def department_lines(department: Department) -> list[tuple[LineKind, str]]:
    """Part one line by line, below its own heading; a line may hold several paragraphs, parted by line ends."""
    lines: list[tuple[LineKind, str]] = [("section", OVERALL)]
    if department.goal:
        lines.append(("text", department.goal))
    lines.append(("section", PARTS))
    for number, item in enumerate(department.subgoals, 1):
        lines.append(("item", f"（{ordinal(number)}）{item.title}"))
        lines.append(("text", f"{SUBGOAL}{item.goal}"))
        lines.append(("text", f"{SUBGOAL_INDICATOR}{item.indicator}"))
    lines.append(("section", SAFEGUARDS))
    for number, guard in enumerate(department.safeguards, 1):
        lines.append(("text", f"（{ordinal(number)}）{guard.title}{'。' if guard.text else ''}{guard.text}"))
    return lines


def unit_line(head: DocumentHead) -> str:
    """Whose form it is: code and name in one, as the official form prints them; with a label where one is missing."""
    if head.unit_code and head.unit_name:
        return f"{head.unit_code}{head.unit_name}"
    if head.unit_name:
        return f"单位名称：{head.unit_name}"
    return f"单位编码：{head.unit_code}" if head.unit_code else ""


def money_line(head: DocumentHead) -> str:
    """In which unit the amounts stand."""
    return f"单位：{head.money_unit}"


def project_heading(number: int, project: Project) -> str:
    """The heading above a project's table."""
    return f"{number}.{project.name}绩效目标表"


def ordinal(number: int) -> str:
    """A number in Chinese, 1–99: 一, 十一, 二十."""
    digits = "零一二三四五六七八九"
    tens, ones = divmod(number, 10)
    if tens == 0:
        return digits[ones]
    return f"{digits[tens] if tens > 1 else ''}十{digits[ones] if ones else ''}" if tens < 10 else str(number)


def head_rows(project: Project, spans: Spans, head: DocumentHead) -> list[Row]:
    """The rows of a project's head on a grid of one label column and ``spans.columns`` more."""
    year = str(head.fiscal_year) if head.fiscal_year is not None else ""
    subject = f"{SUBJECT}:{project.code}"

    def label(text: str, columns: int = 1, rows: int = 1) -> Cell:
        return Cell((text,), "label", columns, rows)

    def amount(value: str | None, columns: int, code: str, month: str = "") -> Cell:
        period = f"{year}-{month}" if year and month else year
        figure = Figure(value, f"targets.{code}", head.money_unit, period, subject) if value else None
        return Cell((value or "",), "amount", columns, figure=figure)

    code, named, name = spans.code
    budget = spans.budget
    months = sorted({*PLAN_MONTHS, *project.plan})
    widths = spans.plan(len(months))
    return [
        (
            label("项目编码"),
            Cell((project.code,), "text", code),
            label("项目名称", named),
            Cell((project.name,), "text", name),
        ),
        (
            label("预算规模及资金用途", rows=2),
            label("预算数", budget[0]),
            amount(project.budget, budget[1], "budget"),
            label("其中：财政资金", budget[2]),
            amount(project.fiscal, budget[3], "fiscal"),
            label("其他资金", budget[4]),
            amount(project.other, budget[5], "other"),
        ),
        (None, Cell((project.purpose,), "text", spans.columns)),
        (
            label("资金支出计划", rows=2),
            *(label(f"{int(month)}月底", width) for month, width in zip(months, widths, strict=True)),
        ),
        (
            None,
            *(
                amount(project.plan.get(month), width, f"plan.{month}", month)
                for month, width in zip(months, widths, strict=True)
            ),
        ),
        (label("绩效目标"), Cell(_goals(project) or ("",), "text", spans.columns)),
    ]


def _goals(project: Project) -> tuple[str, ...]:
    """Each goal a paragraph; a line break inside one would read back as the next goal, so it goes, as at reading."""
    return tuple("".join(_BREAK.split(goal)) for goal in project.goals)


def indicator_rows(project: Project, head: DocumentHead) -> list[Row]:
    """The indicator rows, six columns; equal names merge only where their rows touch, second inside first level."""
    indicators = project.indicators
    first = _runs([row.level1 for row in indicators], [True] * len(indicators))
    second = _runs([row.level2 for row in indicators], [length is None for length in first])
    rows: list[Row] = []
    for number, (row, length1, length2) in enumerate(zip(indicators, first, second, strict=True), 1):
        rows.append(
            (
                Cell((row.level1,), "name", 1, length1) if length1 else None,
                Cell((row.level2,), "name", 1, length2) if length2 else None,
                Cell((row.level3,)),
                Cell((row.description,)),
                Cell((row.raw_value,), figure=_indicator_figure(project, number, row, head)),
                Cell((row.basis,)),
            )
        )
    return rows


def _indicator_figure(project: Project, number: int, row: Indicator, head: DocumentHead) -> Figure | None:
    """The value of the row with that number, from 1; a blank is no figure."""
    if not row.raw_value.strip():
        return None
    year = str(head.fiscal_year) if head.fiscal_year is not None else ""
    code = f"targets.indicator:{project.code}:{number}"
    return Figure(row.raw_value, code, row.value.unit or "", year, f"{SUBJECT}:{project.code}")


def _runs(names: Sequence[str], may_continue: Sequence[bool]) -> list[int | None]:
    """For each place the length of the run of equal names that begins there; ``None`` inside a run.

    A blank name never joins the blank above it: blank cells stay as they are, each on its own.
    """
    starts = [
        index
        for index, name in enumerate(names)
        if index == 0 or not name or name != names[index - 1] or not may_continue[index]
    ]
    lengths: list[int | None] = [None] * len(names)
    for start, end in pairwise([*starts, len(names)]):
        lengths[start] = end - start
    return lengths
