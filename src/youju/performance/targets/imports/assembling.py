"""Blocks → one document: the lines pass by once, each goes to whoever knows its label."""

from __future__ import annotations

from collections.abc import Sequence

from youju.foundation.documents.reading import Block
from youju.foundation.kernel.errors import InputError
from youju.performance.targets.imports.departments import DepartmentReader
from youju.performance.targets.imports.drafts import Draft, labelled
from youju.performance.targets.imports.heads import HeadReader
from youju.performance.targets.imports.indicators import IndicatorRows, header_of
from youju.performance.targets.imports.labels import Column, Field, field_with_value, is_numbered
from youju.performance.targets.imports.lines import Line, lines_of
from youju.performance.targets.imports.texts import paragraphs, printed
from youju.rules.performance.targets.facts import Project, TargetDocument

_TITLE_ENDS = ("绩效目标表", "绩效目标申报表", "绩效目标批复表")


def assemble(blocks: Sequence[Block], filename: str) -> TargetDocument:
    """Find the part of the department and the project tables in the blocks of a document.

    Raises:
        InputError: no target table at all, one without a project code, two with the same code, or a cell
            that cannot be what its label says.
    """
    reader = _Assembler(filename)
    for line in lines_of(blocks):
        if line.cells:
            reader.row(line)
        elif line.text.strip():
            reader.paragraph(line.text)
    return reader.finish()


class _Assembler:
    def __init__(self, filename: str) -> None:
        self._filename = filename
        self._head = HeadReader(filename)
        self._department = DepartmentReader()
        self._drafts: list[Draft] = []
        self._titles: set[str] = set()
        self._new_title = False
        self._list_table = 0

    @property
    def _draft(self) -> Draft | None:
        return self._drafts[-1] if self._drafts else None

    def paragraph(self, text: str) -> None:
        """Text outside tables: a title, a line of the head, part one, or a goal that stands below its table."""
        line = printed(text)
        both = field_with_value(line)
        if both is not None:
            self._labelled(Line(text=line), [both], [])
            return
        if line.endswith(_TITLE_ENDS):
            self._new_title = line not in self._titles
            self._titles.add(line)
        draft = self._draft
        waits_for_goals = draft is not None and draft.section is Field.GOALS and draft.rows is None
        if draft is not None and waits_for_goals and is_numbered(line) and not line.endswith(_TITLE_ENDS):
            draft.goals.extend(paragraphs(text))
            return
        if self._department.inside or not self._head.take(text, title=draft is None):
            self._department.take(text.strip())

    def row(self, line: Line) -> None:
        """One table row."""
        if line.table == self._list_table:
            return
        header = header_of(line.cells)
        if header is not None:
            self._header(header, line)
            return
        draft = self._draft
        if draft is not None and draft.rows is not None and not draft.rows.may_be_label(line.cells):
            if not self._take_head(line):
                self._indicator(draft.rows, line)
            return
        parts, months, heads_list = labelled(line.cells)
        if heads_list:
            self._list_table = line.table
        elif self._is_department_row(parts, months):
            self._spoken(line)
        elif parts or (months and draft is not None):
            self._labelled(line, parts, months)
        elif draft is None:
            self._spoken(line)
        elif draft.rows is None:
            # A purpose that reads like the line of the unit (000一) stands right of its label, the line does not.
            beside_label = line.cells[0].covered or not printed(line.cells[0].text)
            if draft.section is None or beside_label or not self._take_head(line):
                draft.take_unlabelled(line)
        elif not self._take_head(line):
            self._indicator(draft.rows, line)

    def finish(self) -> TargetDocument:
        """Check the whole and give it as facts."""
        drafts = [draft for draft in self._drafts if draft.rows is not None or Field.CODE in draft.fields]
        if not drafts:
            raise InputError(
                "没有找到绩效目标表",
                where=self._filename,
                how="表里应有“项目编码”和“一级指标、二级指标、三级指标、指标值”等栏目，请核对是否选对了文件",
            )
        projects = tuple(draft.finish(self._head.money_unit, self._filename) for draft in drafts)
        self._refuse_twins(drafts, projects)
        return TargetDocument(self._head.finish(projects), self._department.finish(), projects)

    def _refuse_twins(self, drafts: list[Draft], projects: tuple[Project, ...]) -> None:
        seen: dict[str, str] = {}
        for draft, project in zip(drafts, projects, strict=True):
            if project.code in seen:
                raise InputError(
                    f"项目编码 {project.code} 出现了两次：{seen[project.code]}和{draft.place}",
                    where=self._filename,
                    how="请更正其中一个编码，或删去重复的表",
                )
            seen[project.code] = draft.place

    def _header(self, header: dict[Column, int], line: Line) -> None:
        draft = self._draft
        if draft is None or (draft.rows is not None and self._new_title):
            draft = self._open(line)
        self._new_title = False
        if draft.rows is None:
            draft.rows = IndicatorRows(header, line, self._filename)
        else:
            draft.rows.repeat(header, line)

    def _labelled(self, line: Line, parts: list[tuple[Field, str]], months: list[tuple[int, str]]) -> None:
        draft = self._draft
        if draft is None or any(not draft.accepts(found) for found, _ in parts):
            draft = self._open(line)
        draft.take_labelled(line, parts, months)

    def _open(self, line: Line) -> Draft:
        self._department.close()
        self._new_title = False
        place = f"第 {line.table} 张表" if line.table else "表外"
        self._drafts.append(Draft(place=place, table=line.table))
        return self._drafts[-1]

    def _indicator(self, rows: IndicatorRows, line: Line) -> None:
        if not line.opens or rows.continues(line, None):
            rows.take(line)

    def _is_department_row(self, parts: list[tuple[Field, str]], months: list[tuple[int, str]]) -> bool:
        """A goal that no project is open for is the department's (part one set as a table)."""
        return (
            self._draft is None
            and not months
            and bool(parts)
            and all(found is Field.GOALS for found, _ in parts)
        )

    def _take_head(self, line: Line) -> bool:
        """Whether a row is only the line of unit and money unit above a table."""
        own = [cell.text for cell in line.cells if not cell.covered and printed(cell.text)]
        if not own or len(own) > 2:
            return False
        taken = [self._head.take(text, line.place, title=False) for text in own]
        return all(taken)

    def _spoken(self, line: Line) -> None:
        """A row above all projects: the cells of a sheet or layout table that hold part one and the titles."""
        own = [cell.text for cell in line.cells if not cell.covered and printed(cell.text)]
        if len(own) == 2 and printed(own[0]).rstrip("：:") in ("绩效目标", "绩效指标"):
            own = [f"{printed(own[0]).rstrip('：:')}：{own[1]}"]
        for text in own:
            for part in text.split("\n"):
                if part.strip():
                    self.paragraph(part)
