"""Target documents to and from the JSON that ``youju targets read`` prints (the stable interface).

``to_json`` keeps the key order of the interface, so that two documents can be compared as text.
``from_json`` refuses what it cannot take exactly, with a Chinese ``ValueError`` that names the path.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from youju.rules.performance.targets.facts import (
    PLAN_MONTHS,
    Department,
    DocumentHead,
    Indicator,
    Kind,
    Project,
    Safeguard,
    Subgoal,
    TargetDocument,
    Value,
)
from youju.rules.performance.targets.values import parse_value

_AMOUNT = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_MONTH = re.compile(r"0[1-9]|1[0-2]")
_OPERATORS = ("≥", "≤", "=", ">", "<")


def to_json(document: TargetDocument) -> dict[str, Any]:
    """The plain value of a document: dicts, lists, strings, ``None`` and one integer (the fiscal year)."""
    head = document.document
    return {
        "document": {
            "unit_code": head.unit_code,
            "unit_name": head.unit_name,
            "money_unit": head.money_unit,
            "schema": head.schema,
            "fiscal_year": head.fiscal_year,
        },
        "department": {
            "goal": document.department.goal,
            "subgoals": [
                {"title": item.title, "goal": item.goal, "indicator": item.indicator}
                for item in document.department.subgoals
            ],
            "safeguards": [
                {"title": item.title, "text": item.text} for item in document.department.safeguards
            ],
        },
        "projects": [project_to_json(project) for project in document.projects],
    }


def project_to_json(project: Project) -> dict[str, Any]:
    """The plain value of one project table."""
    return {
        "code": project.code,
        "name": project.name,
        "budget": project.budget,
        "fiscal": project.fiscal,
        "other": project.other,
        "purpose": project.purpose,
        "plan": dict(project.plan),
        "goals": list(project.goals),
        "indicators": [_indicator_to_json(indicator) for indicator in project.indicators],
    }


def _indicator_to_json(indicator: Indicator) -> dict[str, Any]:
    return {
        "level1": indicator.level1,
        "level2": indicator.level2,
        "level3": indicator.level3,
        "description": indicator.description,
        "raw_value": indicator.raw_value,
        "operator": indicator.value.operator,
        "number": indicator.value.number,
        "unit": indicator.value.unit,
        "kind": indicator.value.kind.value,
        "basis": indicator.basis,
    }


def from_json(data: object) -> TargetDocument:
    """Build a document from its plain value.

    A key that may be blank may be absent; an unknown key is ignored. ``plan`` always gets its four months.
    Without ``kind`` the value is taken apart from ``raw_value`` anew.

    Raises:
        ValueError: a Chinese sentence naming the path, e.g. ``projects[2].budget 应为数字文本，如 "5.00"``.
    """
    root = _object(data, "整个文件")
    head = _object(_need(root, "document", ""), "document")
    year = head.get("fiscal_year")
    if year is not None and (isinstance(year, bool) or not isinstance(year, int)):
        raise ValueError("document.fiscal_year 应为整数年度或 null")
    projects = _list(_need(root, "projects", ""), "projects")
    return TargetDocument(
        document=DocumentHead(
            unit_code=_optional(head, "unit_code", "document"),
            unit_name=_optional(head, "unit_name", "document"),
            money_unit=_text(head, "money_unit", "document", required=True),
            schema=_text(head, "schema", "document", required=True),
            fiscal_year=year,
        ),
        department=_department(_object(root.get("department") or {}, "department")),
        projects=tuple(project_from_json(item, f"projects[{index}]") for index, item in enumerate(projects)),
    )


def project_from_json(data: object, path: str = "project") -> Project:
    """Build one project from its plain value; ``path`` names it in error sentences."""
    item = _object(data, path)
    plan = _object(item.get("plan") or {}, f"{path}.plan")
    for month in plan:
        if not _MONTH.fullmatch(month):
            raise ValueError(f"{path}.plan 的键“{month}”应为两位月份，如 03")
    months = [*PLAN_MONTHS, *sorted(set(plan) - set(PLAN_MONTHS))]
    goals = _list(item.get("goals") or [], f"{path}.goals")
    rows = _list(item.get("indicators") or [], f"{path}.indicators")
    code = _text(item, "code", path, required=True)
    if not code.strip():
        raise ValueError(f"{path}.code 不能是空的")
    return Project(
        code=code,
        name=_text(item, "name", path),
        budget=_amount(item, "budget", path),
        fiscal=_amount(item, "fiscal", path),
        other=_amount(item, "other", path),
        purpose=_text(item, "purpose", path),
        plan={month: _amount(plan, month, f"{path}.plan") for month in sorted(months)},
        goals=tuple(_string(goal, f"{path}.goals[{index}]") for index, goal in enumerate(goals)),
        indicators=tuple(_indicator(row, f"{path}.indicators[{index}]") for index, row in enumerate(rows)),
    )


def _department(item: Mapping[str, object]) -> Department:
    subgoals = []
    for index, entry in enumerate(_list(item.get("subgoals") or [], "department.subgoals")):
        path = f"department.subgoals[{index}]"
        part = _object(entry, path)
        subgoals.append(Subgoal(*(_text(part, key, path) for key in ("title", "goal", "indicator"))))
    safeguards = []
    for index, entry in enumerate(_list(item.get("safeguards") or [], "department.safeguards")):
        path = f"department.safeguards[{index}]"
        part = _object(entry, path)
        safeguards.append(Safeguard(*(_text(part, key, path) for key in ("title", "text"))))
    return Department(_text(item, "goal", "department"), tuple(subgoals), tuple(safeguards))


def _indicator(data: object, path: str) -> Indicator:
    item = _object(data, path)
    raw = _text(item, "raw_value", path)
    return Indicator(
        level1=_text(item, "level1", path),
        level2=_text(item, "level2", path),
        level3=_text(item, "level3", path),
        description=_text(item, "description", path),
        raw_value=raw,
        value=_value(item, path) if item.get("kind") is not None else parse_value(raw),
        basis=_text(item, "basis", path),
    )


def _value(item: Mapping[str, object], path: str) -> Value:
    kinds = [kind.value for kind in Kind]
    if item["kind"] not in kinds:
        raise ValueError(f"{path}.kind 应为 {'、'.join(kinds)} 之一")
    operator = _optional(item, "operator", path)
    if operator is not None and operator not in _OPERATORS:
        raise ValueError(f"{path}.operator 应为 {' '.join(_OPERATORS)} 之一或 null")
    return Value(
        Kind(str(item["kind"])), operator, _amount(item, "number", path), _optional(item, "unit", path)
    )


def _object(value: object, path: str) -> Mapping[str, object]:
    if not isinstance(value, dict):
        raise ValueError(f"{path} 应为 JSON 对象")
    return value


def _list(value: object, path: str) -> list[object]:
    if not isinstance(value, list):
        raise ValueError(f"{path} 应为 JSON 数组")
    return value


def _need(item: Mapping[str, object], key: str, path: str) -> object:
    if key not in item:
        raise ValueError(f"缺少 {path + '.' if path else ''}{key}")
    return item[key]


def _string(value: object, path: str) -> str:
    if not isinstance(value, str):
        raise ValueError(f"{path} 应为文本")
    return value


def _text(item: Mapping[str, object], key: str, path: str, *, required: bool = False) -> str:
    value = _need(item, key, path) if required else item.get(key)
    return "" if value is None and not required else _string(value, f"{path}.{key}")


def _optional(item: Mapping[str, object], key: str, path: str) -> str | None:
    value = item.get(key)
    return None if value is None else _string(value, f"{path}.{key}")


def _amount(item: Mapping[str, object], key: str, path: str) -> str | None:
    value = item.get(key)
    if value is None:
        return None
    if not isinstance(value, str) or not _AMOUNT.fullmatch(value):
        raise ValueError(f'{path}.{key} 应为数字文本，如 "5.00"，空白写 null')
    return value
