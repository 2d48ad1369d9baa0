"""A project while it is being read: fields fill in by label, checks come when it is whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from youju.foundation.documents.reading import Cell, Covered
from youju.foundation.kernel.errors import InputError
from youju.performance.targets.imports import texts
from youju.performance.targets.imports.indicators import IndicatorRows
from youju.performance.targets.imports.labels import Field, field_of, field_with_value, month_of
from youju.performance.targets.imports.lines import Line
from youju.rules.performance.targets.facts import PLAN_MONTHS, Project

_OPENING = (Field.CODE, Field.NAME, Field.BUDGET)
_MONEY = (Field.BUDGET, Field.FISCAL, Field.OTHER)


@dataclass(slots=True)
class Draft:
    """One project table; ``section`` is the field whose rows follow without a label of their own."""

    place: str
    table: int
    fields: dict[Field, str] = field(default_factory=dict)
    places: dict[Field, str] = field(default_factory=dict)
    plan: dict[str, str] = field(default_factory=dict)
    plan_place: str = ""
    months: list[tuple[int, str]] = field(default_factory=list)
    goals: list[str] = field(default_factory=list)
    purpose: list[str] = field(default_factory=list)
    section: Field | None = None
    rows: IndicatorRows | None = None

    def accepts(self, found: Field) -> bool:
        """Whether a label may belong to this project: a second code, name or budget opens the next one."""
        return found not in _OPENING or (found not in self.fields and self.rows is None)

    def take_labelled(
        self, line: Line, parts: Sequence[tuple[Field, str]], months: Sequence[tuple[int, str]]
    ) -> None:
        """Take a row that names fields: what stands right of each label is its value."""
        for found, value in parts:
            if found is Field.GOALS:
                self.section = Field.GOALS
                self.goals.extend(texts.paragraphs(value))
            elif found in (Field.SCALE, Field.PURPOSE):
                self.section = Field.PURPOSE
                self._add_purpose(value)
            elif found is Field.PLAN:
                self.section = Field.PLAN
            else:
                self.fields[found] = value
                self.places[found] = line.place
        if months:
            self.section, self.months, self.plan_place = Field.PLAN, list(months), line.place
            self._take_plan_beside(line)

    def take_unlabelled(self, line: Line) -> None:
        """Take a row without a label: it belongs to the section that is open."""
        own = [cell.text for cell in line.cells if not cell.covered and cell.text.strip()]
        if self.section is Field.PURPOSE:
            for text in own:
                self._add_purpose(text)
        elif self.section is Field.GOALS:
            for text in own:
                self.goals.extend(texts.paragraphs(text))
        elif self.section is Field.PLAN and self.months and not self.plan:
            self._take_plan_below(line)

    def finish(self, money_unit: str, filename: str) -> Project:
        """The project as facts.

        Raises:
            InputError: no code, no indicator table, or an amount that is none.
        """
        code = texts.project_code(self.fields.get(Field.CODE, ""))
        if not code:
            raise InputError(
                "这张表没有项目编码",
                where=f"{filename}，{self.place}",
                how="请在“项目编码”右边的一格填写编码",
            )
        if self.rows is None:
            raise InputError(
                "这个项目没有指标表",
                where=f"{filename}，{self.place}（项目编码 {code}）",
                how="请补上“一级指标、二级指标、三级指标、指标值”的表头和各行",
            )

        def money(found: Field) -> str | None:
            where = f"{filename}，{self.places.get(found, self.place)}（项目编码 {code}），{found}"
            return texts.amount(self.fields.get(found, ""), money_unit, where)

        def planned(month: str) -> str | None:
            where = f"{filename}，{self.plan_place}（项目编码 {code}），资金支出计划 {int(month)} 月底"
            return texts.amount(self.plan.get(month, ""), money_unit, where)

        budget, fiscal, other = (money(found) for found in _MONEY)
        return Project(
            code=code,
            name=texts.printed(self.fields.get(Field.NAME, "")),
            budget=budget,
            fiscal=fiscal,
            other=other,
            purpose="".join(self.purpose),
            plan={month: planned(month) for month in sorted({*PLAN_MONTHS, *self.plan})},
            goals=tuple(self.goals),
            indicators=tuple(self.rows.indicators),
        )

    def _add_purpose(self, text: str) -> None:
        clean = texts.printed(text)
        if clean:
            self.purpose.append(clean)

    def _take_plan_beside(self, line: Line) -> None:
        """The layout 3月底 | 5.00 | 6月底 | 5.00: an amount right of every month."""
        beside: dict[str, str] = {}
        for column, month in self.months:
            after = column + 1
            while after < len(line.cells) and line.cells[after].covered is Covered.LEFT:
                after += 1
            if after < len(line.cells) and not _is_label(line.cells[after]):
                beside[month] = line.cells[after].text
        if len(beside) == len(self.months) and any(text.strip() for text in beside.values()):
            self.plan = beside

    def _take_plan_below(self, line: Line) -> None:
        """The usual layout: the amounts stand in the next row, each below its month."""
        if not any(cell.text.strip() and not cell.covered for cell in line.cells):
            self.plan = {month: "" for _, month in self.months}
        elif line.ragged and len(line.cells) == len(self.months):
            self.plan = {month: cell.text for (_, month), cell in zip(self.months, line.cells, strict=True)}
        else:
            cells = line.cells
            self.plan = {
                month: cells[column].text if column < len(cells) else "" for column, month in self.months
            }


def _is_label(cell: Cell) -> bool:
    return month_of(cell.text) is not None or field_of(cell.text) is not None


def _pairs(cells: Sequence[Cell]) -> list[tuple[Field, str]]:
    """A row of label, value, label, value: what stands at a value's place is a value, even if it reads like a label."""
    own = [cell for cell in cells if not cell.covered]
    heads = [field_of(cell.text) for cell in own[::2]]
    values = own[1::2]
    if len(heads) < 2 or len(heads) != len(values) or field_of(values[0].text) or month_of(values[0].text):
        return []
    if not {found for found in heads if found} <= {Field.CODE, Field.NAME, *_MONEY} or None in heads:
        return []
    return [(found, cell.text) for found, cell in zip(heads, values, strict=True) if found]


def labelled(cells: Sequence[Cell]) -> tuple[list[tuple[Field, str]], list[tuple[int, str]], bool]:
    """The labels of a row with their values, its months with their columns, and whether it heads a list.

    A row heads a list (项目编码 | 项目名称 | 预算数 over many projects) when the code's label has another label
    as its very neighbour; such a table is an overview and no target table.
    """
    paired = _pairs(cells)
    if paired:
        return paired, [], False
    parts: list[tuple[Field, list[str]]] = []
    months: list[tuple[int, str]] = []
    neighbour = heads_list = False
    for column, cell in enumerate(cells):
        if cell.covered:
            continue
        found = field_of(cell.text)
        if found is not None:
            heads_list = heads_list or (neighbour and parts[-1][0] is Field.CODE)
            parts.append((found, []))
            neighbour = True
            continue
        neighbour = False
        month = month_of(cell.text)
        both = field_with_value(cell.text) if month is None else None
        if month is not None:
            months.append((column, month))
        elif both is not None:
            parts.append((both[0], [both[1]]))
        elif parts and not months:
            parts[-1][1].append(cell.text)
    joined = [(found, ("\n" if found is Field.GOALS else "").join(values)) for found, values in parts]
    return joined, months, heads_list or (neighbour and parts[-1][0] is Field.CODE and len(parts) > 1)
