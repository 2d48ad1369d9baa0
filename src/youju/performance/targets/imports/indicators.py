"""The indicator rows of one project: a header maps the columns, rows follow, also after a page break."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from youju.foundation.documents.reading import Cell, Covered
from youju.foundation.kernel.errors import InputError
from youju.performance.targets.imports.labels import Column, Field, column_of, field_of, field_with_value
from youju.performance.targets.imports.lines import Line
from youju.performance.targets.imports.texts import printed
from youju.rules.performance.targets.facts import Indicator
from youju.rules.performance.targets.values import parse_value

_LEVELS = (Column.LEVEL1, Column.LEVEL2)
_LEVEL_WORDS = ("指标", "产出", "效益", "满意", "成本")


def header_of(cells: Sequence[Cell]) -> dict[Column, int] | None:
    """Column → grid position of its header cell, or ``None`` when the row is no header of indicators."""
    found: dict[Column, int] = {}
    for position, cell in enumerate(cells):
        if not cell.covered:
            column = column_of(cell.text)
            if column is not None:
                found.setdefault(column, position)
    levels = sum(column in found for column in (Column.LEVEL1, Column.LEVEL2, Column.LEVEL3))
    return found if levels >= 2 and Column.LEVEL1 in found else None


class IndicatorRows:
    """Gathers the rows under one header.

    ``indicators`` are whole rows. Blank levels are those of a merged cell: told by the merge itself where the
    table has merges, else (text, unmerged sheets, the first row after a page break) taken from the row above.
    """

    def __init__(self, header: dict[Column, int], line: Line, filename: str) -> None:
        self.indicators: list[Indicator] = []
        self._filename = filename
        self._merged = False
        self._last: dict[Column, str] = {}
        self._use(header, line)

    def continues(self, line: Line, header: dict[Column, int] | None) -> bool:
        """Whether a row of another table goes on with these: it has their width and begins like one of them."""
        if header is not None:
            return True
        if len(line.cells) not in (self._width, len(self._order)):
            return False
        first = self._texts(line).get(Column.LEVEL1, "")
        return not first or any(word in first for word in _LEVEL_WORDS)

    def may_be_label(self, cells: Sequence[Cell]) -> bool:
        """Whether a row may belong to a project's head: an indicator may be named like a label (项目资金总额),
        but then it does not stand in the first column, where the labels stand."""
        first = self._spans[Column.LEVEL1][0]
        for position, cell in enumerate(cells):
            if not cell.covered:
                found = field_of(cell.text)
                if found is Field.CODE or (position <= first and (found or field_with_value(cell.text))):
                    return True
        return False

    def repeat(self, header: dict[Column, int], line: Line) -> None:
        """Take the header that a page break has repeated: its positions count from here on."""
        self._use(header, line)

    def take(self, line: Line) -> None:
        """Take one row; blank rows, notes across the table and second header rows are passed over.

        Raises:
            InputError: a row of a text layout that is longer or shorter than the header.
        """
        cells = line.cells
        own = [cell.text for cell in cells if not cell.covered and printed(cell.text)]
        if not own and not any(cell.covered is Covered.ABOVE and printed(cell.text) for cell in cells):
            return
        if line.ragged and len(cells) != self._width:
            raise InputError(
                f"这一行有 {len(cells)} 格，表头有 {self._width} 格",
                where=f"{self._filename}，{line.place}（“{printed(own[0])[:20] if own else ''}”）",
                how="请补齐缺少的单元格后再试",
            )
        row = self._texts(line)
        if self._is_note(line, row) or column_of(row.get(Column.LEVEL1, "")) is Column.LEVEL1:
            return
        if line.paged and line.opens and self.indicators and self._is_cut(row):
            self._append_to_last(row)
            return
        self._fill_levels(row, line)
        self._last = row
        self.indicators.append(_indicator(row))

    def _use(self, header: dict[Column, int], line: Line) -> None:
        if Column.VALUE not in header:
            raise InputError(
                "指标表的表头里没有“指标值”",
                where=f"{self._filename}，{line.place}",
                how="请用“一级指标、二级指标、三级指标、绩效指标描述、指标值、指标值确定依据”作表头",
            )
        self._width = len(line.cells)
        starts = [position for position, cell in enumerate(line.cells) if not cell.covered] + [self._width]
        self._order = starts[:-1]
        self._spans = {
            column: (start, next(other for other in starts if other > start))
            for column, start in header.items()
        }

    def _texts(self, line: Line) -> dict[Column, str]:
        """The text of each column; cells that divide a header's column are put together."""
        cells = line.cells
        ordinal = len(cells) != self._width and len(cells) == len(self._order)
        row: dict[Column, str] = {}
        for column, (start, end) in self._spans.items():
            if ordinal:
                row[column] = printed(cells[self._order.index(start)].text)
                continue
            part = cells[start:end]
            if not part:
                row[column] = ""
            elif len(part) == 1:
                row[column] = printed(part[0].text)
            else:
                row[column] = printed(
                    part[0].text + "".join(cell.text for cell in part[1:] if not cell.covered)
                )
        return row

    def _is_note(self, line: Line, row: dict[Column, str]) -> bool:
        """A title, unit line or note: one text across the table, or text in the first column alone."""
        own = sum(1 for cell in line.cells if not cell.covered and printed(cell.text))
        above = any(cell.covered is Covered.ABOVE and printed(cell.text) for cell in line.cells)
        if own != 1 or above:
            return False
        alone = [text for column, text in row.items() if column is not Column.LEVEL1 and text]
        return not alone or all(cell.covered is Covered.LEFT or not cell.text for cell in line.cells[1:])

    def _is_cut(self, row: dict[Column, str]) -> bool:
        """Whether a page's first row is the rest of the row before: its own columns are not all there."""
        needed = (Column.LEVEL3, Column.VALUE)
        return not row.get(Column.LEVEL2) and not all(row.get(column) for column in needed if column in row)

    def _append_to_last(self, row: dict[Column, str]) -> None:
        for column, text in row.items():
            if column not in (Column.LEVEL1, Column.LEVEL2):
                self._last[column] = self._last.get(column, "") + text
        self.indicators[-1] = _indicator(self._last)

    def _fill_levels(self, row: dict[Column, str], line: Line) -> None:
        """Give blank levels the text of the merged cell that covers them.

        On a page of a pdf a blank cell that is nobody's continuation belongs to a merged cell whose text stands
        on the next page: it stays blank until the first row there brings the text (:meth:`_fill_back`).
        """
        one, two = (self._spans[level][0] if level in self._spans else None for level in _LEVELS)
        self._merged = self._merged or (
            not line.ragged and any(_is_below(line.cells, place) for place in (one, two))
        )
        if line.paged and line.opens:
            self._fill_back(row)
        elif line.paged and not _is_below(line.cells, one):
            return
        if not row.get(Column.LEVEL1):
            row[Column.LEVEL1] = self._last.get(Column.LEVEL1, "")
            if not row.get(Column.LEVEL2) and (line.opens or not self._merged):
                row[Column.LEVEL2] = self._last.get(Column.LEVEL2, "")
        elif (
            not row.get(Column.LEVEL2)
            and not self._merged
            and row[Column.LEVEL1] == self._last.get(Column.LEVEL1)
        ):
            row[Column.LEVEL2] = self._last.get(Column.LEVEL2, "")

    def _fill_back(self, row: dict[Column, str]) -> None:
        """Rows at the end of the page before whose level was still blank get that of the first row here."""
        for level, name in ((Column.LEVEL1, "level1"), (Column.LEVEL2, "level2")):
            index = len(self.indicators) - 1
            while row.get(level) and index >= 0 and not getattr(self.indicators[index], name):
                self.indicators[index] = _with_level(self.indicators[index], level, row[level])
                index -= 1


def _is_below(cells: Sequence[Cell], place: int | None) -> bool:
    """Whether the cell at a place continues the one above."""
    return place is not None and place < len(cells) and cells[place].covered is Covered.ABOVE


def _with_level(indicator: Indicator, level: Column, text: str) -> Indicator:
    return replace(indicator, level1=text) if level is Column.LEVEL1 else replace(indicator, level2=text)


def _indicator(row: dict[Column, str]) -> Indicator:
    raw = row.get(Column.VALUE, "")
    sign, unit = row.get(Column.SIGN, ""), row.get(Column.UNIT, "")
    if raw and raw[:1].isdigit() and parse_value(f"{sign}1").operator:
        raw = sign + raw
    if raw and unit and raw[-1:].isdigit():
        raw += unit
    return Indicator(
        level1=row.get(Column.LEVEL1, ""),
        level2=row.get(Column.LEVEL2, ""),
        level3=row.get(Column.LEVEL3, ""),
        description=row.get(Column.DESCRIPTION, ""),
        raw_value=raw,
        value=parse_value(raw),
        basis=row.get(Column.BASIS, ""),
    )
