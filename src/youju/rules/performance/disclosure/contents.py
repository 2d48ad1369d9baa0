"""The content of a release as plain data: its texts, its fields, its hash, what differs from the version before."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

# Figures of machines, no text of people: hashes have many digits.
_SILENT = frozenset({"formula_hash", "row_hash", "key", "figures", "metric", "code", "formula"})
_PARTS = {
    "document": "文本",
    "execution": "资金执行",
    "values": "指标值",
    "scores": "得分",
    "figures": "数字来源",
}


def content_hash(content: Mapping[str, Any]) -> str:
    """The sha256 over the content as canonical JSON."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def texts_of(content: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Every text with its place in words, for the search for personal data."""
    names = {each["code"]: each["name"] for each in content.get("document", {}).get("projects", [])}
    return list(_texts(content, "", names))


def _texts(value: Any, place: str, names: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        if value:
            yield place, value
    elif isinstance(value, Mapping):
        for key, each in value.items():
            if key not in _SILENT:
                yield from _texts(each, place + _named(key, names), names)
            elif key == "figures" and isinstance(each, Mapping):
                yield from _texts(each, place + "数字来源", names)
    elif isinstance(value, Sequence):
        for number, each in enumerate(value, 1):
            title = each.get("name") if isinstance(each, Mapping) else None
            yield from _texts(each, f"{place}{f'“{title}”' if title else f'第 {number} 项'}", names)


def _named(key: str, names: Mapping[str, str]) -> str:
    return f"“{names[key]}”" if key in names else _PARTS.get(key, "")


def fields_of(content: Mapping[str, Any]) -> dict[str, list[str]]:
    """Part → the names of its fields, for the list of what may be public."""
    document = content.get("document", {})
    found: dict[str, set[str]] = {
        "document": set(document.get("document", {})),
        "department": set(document.get("department", {})),
    }
    for project in document.get("projects", []):
        found.setdefault("project", set()).update(project)
        for row in project.get("indicators", []):
            found.setdefault("indicator", set()).update(row)
    for each in content.get("execution", {}).values():
        found.setdefault("execution", set()).update(each)
    for rows in content.get("values", {}).values():
        for each in rows:
            found.setdefault("value", set()).update(each)
    for each in content.get("scores", {}).values():
        found.setdefault("score", set()).update(name for name in each if name != "rows")
        for row in each.get("rows", []):
            found["score"].update(row)
    for each in content.get("figures", {}).values():
        found.setdefault("figure", set()).update(each)
    return {part: sorted(names) for part, names in found.items()}


@dataclass(frozen=True, slots=True)
class Changed:
    """A place whose text is another than in the version before; ``None``: it was or is not there."""

    place: str
    before: str | None
    after: str | None


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Changed]:
    """What differs between two contents, by place; how figures were computed is left out (their keys change each time)."""
    old, new = (
        dict(_flat({name: part for name, part in each.items() if name != "figures"}))
        for each in (before, after)
    )
    names = {
        each["code"]: each["name"]
        for content in (before, after)
        for each in content.get("document", {}).get("projects", [])
    }
    return [
        Changed(_told(place, names), old.get(place), new.get(place))
        for place in dict.fromkeys([*old, *new])
        if old.get(place) != new.get(place)
    ]


def _flat(value: Any, place: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    if isinstance(value, Mapping):
        for key, each in value.items():
            if key != "figures":
                yield from _flat(each, (*place, str(key)))
    elif isinstance(value, list | tuple):
        for number, each in enumerate(value, 1):
            name = each.get("code") if isinstance(each, Mapping) and "code" in each else None
            yield from _flat(each, (*place, str(name or number)))
    elif value is not None:
        yield place, str(value)


_LABELS = {
    "document": "文本",
    "department": "部门目标",
    "projects": "项目",
    "indicators": "指标",
    "execution": "资金执行",
    "values": "指标值",
    "scores": "得分",
    "goal": "目标",
    "subgoals": "分项目标",
    "safeguards": "保障措施",
    "name": "名称",
    "budget": "预算数",
    "fiscal": "财政资金",
    "other": "其他资金",
    "purpose": "用途",
    "plan": "支出计划",
    "goals": "绩效目标",
    "raw_value": "指标值",
    "basis": "依据",
    "executed": "执行数",
    "rate": "执行率",
    "value": "完成值",
    "shown": "完成值",
    "degree": "完成率",
    "tier": "档次",
    "total": "总分",
    "grade": "等级",
    "score": "得分",
    "level3": "三级指标",
    "rows": "指标",
    "reason": "理由",
    "title": "标题",
    "text": "内容",
    "adjusted": "调整说明",
    "metric": "计量",
}


def _told(place: tuple[str, ...], names: Mapping[str, str]) -> str:
    return " › ".join(
        names.get(each, _LABELS.get(each, f"第 {each} 项" if each.isdecimal() else each)) for each in place
    )
