"""What an uploaded document changes beside the one that is stored: by project and by cell. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from youju.rules.performance.targets.facts import (
    Department,
    Indicator,
    Project,
    TargetDocument,
)

HEAD_LABELS = {
    "unit_code": "单位编码",
    "unit_name": "单位名称",
    "money_unit": "金额单位",
    "schema": "指标体系",
    "fiscal_year": "文件写明的年度",
}
PROJECT_LABELS = {
    "name": "项目名称",
    "budget": "预算数",
    "fiscal": "其中：财政资金",
    "other": "其他资金",
    "purpose": "资金用途",
}
INDICATOR_LABELS = {
    "level1": "一级指标",
    "level2": "二级指标",
    "level3": "三级指标",
    "description": "绩效指标描述",
    "raw_value": "指标值",
    "basis": "指标值确定依据",
}


@dataclass(frozen=True, slots=True)
class CellChange:
    """One cell: ``place`` says where in Chinese, ``before``/``after`` are ``None`` for a cell that was not there."""

    place: str
    label: str
    before: str | None
    after: str | None
    row: int | None = None


@dataclass(frozen=True, slots=True)
class ProjectChange:
    """A project of both documents whose cells differ, or whose place in the document does."""

    code: str
    name: str
    cells: tuple[CellChange, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """New and gone projects as they stand, changed ones by cell, and the cells outside the project tables."""

    new: tuple[Project, ...] = ()
    gone: tuple[Project, ...] = ()
    changed: tuple[ProjectChange, ...] = ()
    outside: tuple[CellChange, ...] = ()
    unchanged: int = 0

    @property
    def empty(self) -> bool:
        """Whether nothing at all changes."""
        return not (self.new or self.gone or self.changed or self.outside)


def compare(stored: TargetDocument | None, uploaded: TargetDocument) -> Difference:
    """Set the uploaded document beside the stored one (``None``: nothing is stored, everything is new).

    Projects are matched by code; rows of a table by their three levels, then by their place.
    """
    if stored is None:
        return Difference(new=uploaded.projects)
    before = {project.code: (place, project) for place, project in enumerate(stored.projects, 1)}
    codes = {project.code for project in uploaded.projects}
    kept = [project.code for project in stored.projects if project.code in codes]
    ranks = {code: rank for rank, code in enumerate(kept, 1)}
    changed, rank, unchanged = [], 0, 0
    for project in uploaded.projects:
        if project.code not in before:
            continue
        rank += 1
        cells = list(project_cells(before[project.code][1], project))
        if ranks[project.code] != rank:
            cells.append(CellChange("项目", "排列顺序", str(ranks[project.code]), str(rank)))
        if cells:
            changed.append(ProjectChange(project.code, project.name, tuple(cells)))
        else:
            unchanged += 1
    return Difference(
        new=tuple(project for project in uploaded.projects if project.code not in before),
        gone=tuple(project for project in stored.projects if project.code not in codes),
        changed=tuple(changed),
        outside=(*_head_cells(stored, uploaded), *_department_cells(stored.department, uploaded.department)),
        unchanged=unchanged,
    )


def _cell(place: str, label: str, before: str | None, after: str | None) -> Iterator[CellChange]:
    if before != after:
        yield CellChange(place, label, before, after)


def _head_cells(stored: TargetDocument, uploaded: TargetDocument) -> Iterator[CellChange]:
    for field, label in HEAD_LABELS.items():
        before, after = getattr(stored.document, field), getattr(uploaded.document, field)
        yield from _cell(
            "文件表头", label, None if before is None else str(before), None if after is None else str(after)
        )


def _department_cells(stored: Department, uploaded: Department) -> Iterator[CellChange]:
    yield from _cell("部门整体绩效目标", "总体绩效目标", stored.goal, uploaded.goal)
    for number, (before, after) in enumerate(zip_longest(stored.subgoals, uploaded.subgoals), 1):
        for field, label in (("title", "名称"), ("goal", "绩效目标"), ("indicator", "绩效指标")):
            yield from _cell(f"分项目标 {number}", label, _get(before, field), _get(after, field))
    for number, (was, now) in enumerate(zip_longest(stored.safeguards, uploaded.safeguards), 1):
        for field, label in (("title", "名称"), ("text", "内容")):
            yield from _cell(f"保障措施 {number}", label, _get(was, field), _get(now, field))


def _get(item: object | None, field: str) -> str | None:
    return None if item is None else str(getattr(item, field))


def project_cells(stored: Project, uploaded: Project) -> Iterator[CellChange]:
    """Every cell in which two tables of one project differ, in the order of the form."""
    for field, label in PROJECT_LABELS.items():
        yield from _cell("项目", label, getattr(stored, field), getattr(uploaded, field))
    for month in sorted({*stored.plan, *uploaded.plan}):
        yield from _cell(
            "资金支出计划", f"{int(month)}月底", stored.plan.get(month), uploaded.plan.get(month)
        )
    for number, (before, after) in enumerate(zip_longest(stored.goals, uploaded.goals), 1):
        yield from _cell("绩效目标", f"第 {number} 条", before, after)
    yield from _row_cells(stored.indicators, uploaded.indicators)


def _row_cells(stored: Sequence[Indicator], uploaded: Sequence[Indicator]) -> Iterator[CellChange]:
    pairs = match_rows(stored, uploaded)
    shared = sorted(before for before in pairs.values())
    ranks = {before: rank for rank, before in enumerate(shared)}
    rank = 0
    for after, row in enumerate(uploaded):
        place = f"第 {after + 1} 行"
        was = pairs.get(after)
        if was is None:
            yield CellChange(place, "整行", None, _whole_row(row), after + 1)
            continue
        for field, label in INDICATOR_LABELS.items():
            old, new = getattr(stored[was], field), getattr(row, field)
            if old != new:
                yield CellChange(place, label, old, new, after + 1)
        if ranks[was] != rank:
            yield CellChange(place, "排列顺序", f"第 {was + 1} 行", place, after + 1)
        rank += 1
    for index, row in enumerate(stored):
        if index not in ranks:
            yield CellChange(f"原第 {index + 1} 行", "整行", _whole_row(row), None)


def _whole_row(row: Indicator) -> str:
    return "｜".join(getattr(row, field) for field in INDICATOR_LABELS)


def match_rows(stored: Sequence[Indicator], uploaded: Sequence[Indicator]) -> dict[int, int]:
    """Uploaded row index → stored row index: whole rows first, then the three levels, then place in the level."""
    pairs: dict[int, int] = {}
    free = list(range(len(stored)))
    for key in (
        lambda row: row,
        lambda row: (row.level1, row.level2, row.level3),
        lambda row: (row.level1, row.level2),
    ):
        waiting: dict[object, list[int]] = {}
        for index in free:
            waiting.setdefault(key(stored[index]), []).append(index)
        for after, row in enumerate(uploaded):
            if after not in pairs and waiting.get(key(row)):
                pairs[after] = waiting[key(row)].pop(0)
        taken = set(pairs.values())
        free = [index for index in free if index not in taken]
    return pairs
