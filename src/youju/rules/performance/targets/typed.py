"""A project table as people type it: every cell a text. Pure: to the form and back, and what cannot be read by cell."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from youju.rules.performance.targets.facts import PLAN_MONTHS, Indicator, Project
from youju.rules.performance.targets.values import parse_value

ROW_FIELDS = ("level1", "level2", "level3", "description", "raw_value", "basis")
HEAD_FIELDS = ("name", "budget", "fiscal", "other", "purpose")
AMOUNTS = ("budget", "fiscal", "other")
_AMOUNT = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,6})?")
_PLACE = re.compile(r"[1-9][0-9]{0,3}")
_SHOWN = re.compile(r".{0,20}")
_MONTH = re.compile(r"0[1-9]|1[0-2]")


@dataclass(frozen=True, slots=True)
class Typed:
    """The cells of one table as typed; nothing is understood yet."""

    head: Mapping[str, str]
    plan: Mapping[str, str]
    goals: tuple[str, ...] = ()
    rows: tuple[Mapping[str, str], ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The plain value that is kept for an unsaved table."""
        return {
            "head": dict(self.head),
            "plan": dict(self.plan),
            "goals": list(self.goals),
            "rows": [dict(row) for row in self.rows],
        }


@dataclass(frozen=True, slots=True)
class Fault:
    """A cell that cannot be read: ``cell`` is ``budget``, ``plan.06``, ``goals.2`` or ``rows.3.raw_value``, from 1."""

    cell: str
    message: str


@dataclass(frozen=True, slots=True)
class Read:
    """What was typed, understood; ``places`` gives for each indicator the 1-based row of the form it came from."""

    project: Project
    faults: tuple[Fault, ...] = ()
    places: tuple[int, ...] = ()
    goal_places: tuple[int, ...] = field(default=())


def typed_of(project: Project) -> Typed:
    """The form's cells of a stored table."""
    return Typed(
        head={name: getattr(project, name) or "" for name in HEAD_FIELDS},
        plan={month: amount or "" for month, amount in project.plan.items()}
        or dict.fromkeys(PLAN_MONTHS, ""),
        goals=project.goals,
        rows=tuple({name: getattr(row, name) for name in ROW_FIELDS} for row in project.indicators),
    )


def typed_from_json(data: Any) -> Typed:
    """What ``Typed.as_json`` gave; anything unknown is left out, so that an old copy never breaks a page."""
    data = data if isinstance(data, dict) else {}
    head, plan = data.get("head"), data.get("plan")
    goals, rows = data.get("goals"), data.get("rows")
    return Typed(
        head={name: _str((head or {}).get(name)) for name in HEAD_FIELDS},
        plan={month: _str(text) for month, text in sorted((plan or {}).items()) if _MONTH.fullmatch(month)},
        goals=tuple(_str(goal) for goal in goals or ()),
        rows=tuple({name: _str(row.get(name)) for name in ROW_FIELDS} for row in rows or ()),
    )


def read_typed(typed: Typed, code: str, *, most_rows: int, most_characters: int) -> Read:
    """Understand the cells: amounts become decimal digits, blank rows and goals fall out.

    Args:
        typed: the cells.
        code: the project's code; it is not typed.
        most_rows: how many rows a form may have.
        most_characters: how long a cell may be.

    Returns:
        The table, with a blank where an amount could not be read, and what is wrong, by cell.
    """
    faults: list[Fault] = []

    def text(cell: str, raw: str) -> str:
        if "\x00" in raw:
            faults.append(Fault(cell, "有看不见的空字符，请删去重打"))
        if len(raw) > most_characters:
            faults.append(Fault(cell, f"超过 {most_characters} 个字，请改短"))
        return raw.replace("\r\n", "\n").replace("\r", "\n").strip()

    def amount(cell: str, raw: str) -> str | None:
        plain = unicodedata.normalize("NFKC", raw).replace(",", "").strip()
        if not plain:
            return None
        if not _AMOUNT.fullmatch(plain):
            faults.append(Fault(cell, f"“{_begin(raw)}”不是金额，请填数字，例如 5.00；没有就留空"))
            return None
        return format(Decimal(plain), "f")

    if len(typed.rows) > most_rows:
        faults.append(Fault("rows", f"一张表至多 {most_rows} 行，请删去一些，或改用 Excel 批量修改"))
    goals = [(place, text(f"goals.{place}", goal)) for place, goal in enumerate(typed.goals, 1)]
    rows, places = [], []
    for place, row in enumerate(typed.rows, 1):
        cells = {name: text(f"rows.{place}.{name}", row.get(name, "")) for name in ROW_FIELDS}
        if any(cells.values()):
            rows.append(Indicator(**cells, value=parse_value(cells["raw_value"])))
            places.append(place)
    name = text("name", typed.head.get("name", ""))
    if not name:
        faults.append(Fault("name", "项目名称不能是空的"))
    project = Project(
        code=code,
        name=name,
        budget=amount("budget", typed.head.get("budget", "")),
        fiscal=amount("fiscal", typed.head.get("fiscal", "")),
        other=amount("other", typed.head.get("other", "")),
        purpose=text("purpose", typed.head.get("purpose", "")),
        plan={month: amount(f"plan.{month}", raw) for month, raw in sorted(typed.plan.items())},
        goals=tuple(goal for _, goal in goals if goal),
        indicators=tuple(rows),
    )
    return Read(project, tuple(faults), tuple(places), tuple(place for place, goal in goals if goal))


def reshaped(typed: Typed, act: str) -> Typed:
    """The table after one press of a button: ``add-row``, ``add-goal``, ``drop-row:3``, ``drop-goal:2``, ``up:3``, ``down:3``.

    A new row takes over the levels of the last one. An unknown act or place changes nothing.
    """
    verb, _, number = act.partition(":")
    rows, goals = list(typed.rows), list(typed.goals)
    place = int(number) - 1 if _PLACE.fullmatch(number) else -1
    if verb == "add-row":
        levels = {name: rows[-1][name] for name in ("level1", "level2")} if rows else {}
        rows.append({name: levels.get(name, "") for name in ROW_FIELDS})
    elif verb == "add-goal":
        goals.append("")
    elif verb == "drop-goal" and 0 <= place < len(goals):
        del goals[place]
    elif verb == "drop-row" and 0 <= place < len(rows):
        del rows[place]
    elif verb == "up" and 0 < place < len(rows):
        rows[place - 1], rows[place] = rows[place], rows[place - 1]
    elif verb == "down" and 0 <= place < len(rows) - 1:
        rows[place + 1], rows[place] = rows[place], rows[place + 1]
    return Typed(typed.head, typed.plan, tuple(goals), tuple(rows))


def is_same(one: Typed, other: Typed) -> bool:
    """Whether two forms hold the same cells."""
    return one.as_json() == other.as_json()


def labels(months: Sequence[str]) -> dict[str, str]:
    """The Chinese name of each cell outside the lists."""
    heads = dict(
        zip(HEAD_FIELDS, ("项目名称", "预算数", "其中：财政资金", "其他资金", "资金用途"), strict=True)
    )
    return heads | {f"plan.{month}": f"{int(month)}月底支出计划" for month in months}


def _begin(raw: str) -> str:
    match = _SHOWN.match(raw.strip())
    return match[0] if match else ""


def _str(value: object) -> str:
    return value if isinstance(value, str) else ""
