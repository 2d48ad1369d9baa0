"""A policy value that an officer tries, read from what was typed; refused in one sentence where it does not fit the policy.

Typed forms: a whole number; a decimal; one word; a list, one entry a line; a table, one row a line as ``键: 值`` with the value
in JSON. A table keeps the shape of its present rows.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, TypeAlias

from youju.rules.law import PolicyValue
from youju.rules.trade.goods.checks.places import quoted

Plain: TypeAlias = "int | str | bool | list[Any] | dict[str, Any]"
_DECIMAL = re.compile(r"\d+(\.\d+)?")


def as_typed(value: PolicyValue) -> str:
    """A value as it would be typed; reading it back gives the same value."""
    if isinstance(value, Mapping):
        return "\n".join(
            f"{key}: {json.dumps(plain(item), ensure_ascii=False)}" for key, item in value.items()
        )
    if isinstance(value, tuple):
        return "\n".join(str(item) for item in value)
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def plain(value: PolicyValue) -> Plain:
    """A policy value as JSON can hold it; a decimal as text."""
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    return f"{value:f}" if isinstance(value, Decimal) else value


def read_override(kind: str, present: PolicyValue, text: str) -> Plain:
    """What was typed as a value of the policy.

    Args:
        kind: ``integer``, ``decimal``, ``text``, ``list`` or ``table``.
        present: the value in force, whose shape a list or table keeps.
        text: as typed.

    Raises:
        ValueError: a Chinese sentence that says which line is wrong.
    """
    text = text.replace("\r\n", "\n").strip()
    if not text:
        raise ValueError("没有填写取值")
    if kind == "integer":
        if not (text.isascii() and text.isdigit()):
            raise ValueError(f"“{quoted(text)}”不是整数")
        return int(text)
    if kind == "decimal":
        if not _DECIMAL.fullmatch(text):
            raise ValueError(f"“{quoted(text)}”不是小数，例如 0.25")
        return text
    if kind == "list":
        return _read_list(present, text)
    if kind == "table":
        return _read_table(present, text)
    return text


def _read_list(present: PolicyValue, text: str) -> list[Any]:
    found = [line.strip() for line in text.split("\n") if line.strip()]
    codes = isinstance(present, tuple) and all(str(each).isdigit() for each in present)
    seen: set[str] = set()
    for number, word in enumerate(found, 1):
        if word in seen:
            raise ValueError(f"第 {number} 行“{quoted(word)}”写了两次")
        if codes and not (word.isascii() and word.isdigit()):
            raise ValueError(f"第 {number} 行“{quoted(word)}”不是编码")
        seen.add(word)
    return found


def _read_table(present: PolicyValue, text: str) -> dict[str, Any]:
    rows = list(present.values()) if isinstance(present, Mapping) else []
    found: dict[str, Any] = {}
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        key, colon, value = line.partition(":")
        key = key.strip()
        if not colon or not key:
            raise ValueError(f"第 {number} 行要写成“键: 值”")
        if key in found:
            raise ValueError(f"第 {number} 行的“{quoted(key)}”写了两次")
        try:
            item = json.loads(value)
        except (ValueError, RecursionError) as error:
            raise ValueError(f"第 {number} 行的值“{quoted(value.strip())}”不是 JSON") from error
        if rows and not any(_alike(item, plain(row)) for row in rows):
            raise ValueError(f"第 {number} 行的值与现行取值的样子不同")
        found[key] = item
    return found


def _alike(item: Any, row: Any) -> bool:
    if isinstance(row, dict):
        return (
            isinstance(item, dict)
            and item.keys() == row.keys()
            and all(type(item[name]) is type(row[name]) for name in row)
        )
    if isinstance(row, list):
        return isinstance(item, list) and bool(item) and all(isinstance(each, str) for each in item)
    return type(item) is type(row)
