"""Many indicators changed in a spreadsheet: which rows of which tables become what. Pure.

A line names its row by a mark that holds a hash of what the row said when it was taken out; a row that says something else
by now is not overwritten. A line without a mark is a new row; rows that no line names stay as they are.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from youju.rules.performance.targets.facts import Indicator, Project
from youju.rules.performance.targets.typed import ROW_FIELDS
from youju.rules.performance.targets.values import parse_value

DELETE = "delete"
_MARK = re.compile(r"([0-9]{1,12})-([0-9]{1,5})-([0-9a-f]{64})")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the sheet: its number there, the row's mark (empty: a new row), what to do, the six cells."""

    number: int
    mark: str
    code: str
    action: str
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why a line cannot be taken; ``column`` is ``mark``, ``code`` or empty for the line as a whole."""

    number: int
    column: str
    message: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What would become of the tables: the changed ones whole, and how many rows are new, changed, dropped, unchanged."""

    changed: tuple[Project, ...]
    troubles: tuple[Trouble, ...]
    new: int = 0
    altered: int = 0
    dropped: int = 0
    unchanged: int = 0
    touched: tuple[tuple[int, str, str, str], ...] = ()


def mark_of(target_set: int, order: int, row: Indicator) -> str:
    """The mark of a stored row: version, place in its table (from 1), hash of its cells."""
    said = json.dumps([getattr(row, name) for name in ROW_FIELDS], ensure_ascii=False)
    return f"{target_set}-{order}-{hashlib.sha256(said.encode()).hexdigest()}"


def sets_named(lines: Sequence[Line]) -> set[int]:
    """The versions that the marks name."""
    return {int(match[1]) for line in lines if (match := _MARK.fullmatch(line.mark))}


def planned(target_set: int, projects: Sequence[Project], lines: Sequence[Line]) -> Plan:
    """What the lines make of a version's tables. A line in trouble changes nothing."""
    tables = {project.code: list(project.indicators) for project in projects}
    names = {project.code: project.name for project in projects}
    kept: dict[str, list[Indicator | None]] = {code: list(rows) for code, rows in tables.items()}
    added: dict[str, list[Indicator]] = {code: [] for code in tables}
    troubles: list[Trouble] = []
    touched: list[tuple[int, str, str, str]] = []
    taken: set[tuple[str, int]] = set()
    new = altered = dropped = unchanged = 0
    for line in lines:
        if line.code not in tables:
            troubles.append(Trouble(line.number, "code", f"这一版里没有项目 {line.code}"))
            continue
        wanted = Indicator(**line.cells, value=parse_value(line.cells["raw_value"]))
        if not line.mark:
            trouble = _unmarked(line)
            if trouble:
                troubles.append(trouble)
            else:
                added[line.code].append(wanted)
                new += 1
                touched.append((line.number, f"{names[line.code]}，新增一行", "", _whole(wanted)))
            continue
        place = _place(target_set, line, tables[line.code])
        if isinstance(place, str):
            troubles.append(Trouble(line.number, "mark", place))
            continue
        if (line.code, place) in taken:
            troubles.append(Trouble(line.number, "mark", "这一行在文件里出现了两次"))
            continue
        taken.add((line.code, place))
        stored = tables[line.code][place]
        where = f"{names[line.code]}，第 {place + 1} 行"
        if line.action == DELETE:
            kept[line.code][place] = None
            dropped += 1
            touched.append((line.number, f"{where}，删除", _whole(stored), ""))
        elif wanted != stored:
            kept[line.code][place] = wanted
            altered += 1
            touched.append((line.number, where, _whole(stored), _whole(wanted)))
        else:
            unchanged += 1
    changed = []
    for project in projects:
        rows = (*(row for row in kept[project.code] if row is not None), *added[project.code])
        if rows != project.indicators:
            changed.append(replace(project, indicators=rows))
    return Plan(tuple(changed), tuple(troubles), new, altered, dropped, unchanged, tuple(touched))


def _unmarked(line: Line) -> Trouble | None:
    """Why a line without a mark is no new row; ``None`` when it is one."""
    if line.action == DELETE:
        return Trouble(line.number, "mark", "没有行标识，不知道要删哪一行")
    return None if any(line.cells.values()) else Trouble(line.number, "", "新增的一行是空的")


def _place(target_set: int, line: Line, rows: Sequence[Indicator]) -> int | str:
    """The place of the row that a line names, from 0; or why it cannot be taken."""
    match = _MARK.fullmatch(line.mark)
    if match is None:
        return "行标识不对，请从系统重新下载批量修改表，不要改动这一列"
    if int(match[1]) != target_set:
        return "这张表是从另一版下载的，请从现在的草稿重新下载"
    order = int(match[2])
    if not 1 <= order <= len(rows) or mark_of(target_set, order, rows[order - 1]) != line.mark:
        return "这一行在下载以后又有改动，请重新下载再改"
    return order - 1


def _whole(row: Indicator) -> str:
    return "｜".join(getattr(row, name) for name in ROW_FIELDS)
