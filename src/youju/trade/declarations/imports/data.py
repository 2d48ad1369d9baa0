"""A list of goods as JSON: numbers are read digit by digit, never as binary fractions."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from youju.foundation.imports.kinds import BadCellError
from youju.foundation.kernel.errors import InputError
from youju.rules.trade.declarations.facts import GoodsLine
from youju.trade.declarations.imports.columns import COLUMNS
from youju.trade.declarations.imports.headers import header_of
from youju.trade.declarations.imports.requests import (
    PlanRequest,
    currency_of,
    day_of,
    goods_line,
    rates_of,
    told,
)

_SAMPLE = "样子见 docs/how-to/declarations-plan.md"
_KEYS = ("date", "currency", "lines", "usd_rates", "header")
_CODES = {column.code for column in COLUMNS}
_SHORT = 60
_KEPT = 20_000
"""Texts of a column whose values are kept: most cells repeat."""


class _RepeatedError(ValueError):
    """A key that stands twice in an object."""


def read_json(content: bytes, name: str) -> PlanRequest:
    """Read JSON.

    Raises:
        InputError: not JSON, or not of the shape; the first fault is named by line and field.
    """
    data = _parsed(content, name)
    if not isinstance(data, dict):
        raise InputError("最外层应是一个对象", where=name, how=_SAMPLE)
    for key in ("date", "currency", "lines"):
        if data.get(key) is None:
            raise InputError(f"缺少 {key}", where=name, how=_SAMPLE)
    if not isinstance(data["date"], str):
        raise InputError("date 应是文字", where=name, how='请写成 "2023-06-01"')
    rates = rates_of(_mapping(data.get("usd_rates"), "usd_rates", name), f"{name}，usd_rates")
    day = day_of(data["date"], f"{name}，date")
    currency = currency_of(data["currency"], rates, f"{name}，currency")
    header = header_of(_mapping(data.get("header"), "header", name), f"{name}，header")
    rows = data["lines"]
    if not isinstance(rows, list):
        raise InputError("lines 应是一个列表", where=name, how=_SAMPLE)
    if not rows:
        raise InputError("lines 里没有商品行", where=name, how="请至少给出一行")
    unknown = {key for key in data if key not in _KEYS}
    lines = _lines(rows, currency, name, unknown)
    notes = (f"不认识的字段没有用到：{told(sorted(unknown))}",) if unknown else ()
    return PlanRequest(day, currency, lines, rates, header, notes)


def _parsed(content: bytes, name: str) -> Any:
    try:
        return json.loads(
            content.decode("utf-8-sig"),
            parse_float=Decimal,
            parse_int=_whole,
            parse_constant=_refuse,
            object_pairs_hook=_once,
        )
    except _RepeatedError as error:
        raise InputError(str(error), where=name, how="请只留一个") from error
    except UnicodeDecodeError as error:
        raise InputError("JSON 应是 UTF-8 编码", where=name, how="请另存为 UTF-8 后再试") from error
    except (ValueError, RecursionError, ArithmeticError) as error:
        place = (
            f"（第 {error.lineno} 行第 {error.colno} 列）" if isinstance(error, json.JSONDecodeError) else ""
        )
        said = str(error) if isinstance(error, _NotANumberError) else f"不是可读的 JSON{place}"
        raise InputError(said, where=name, how=f"请核对括号、引号和逗号，{_SAMPLE}") from error


class _NotANumberError(ValueError):
    """NaN or an infinity."""


def _refuse(text: str) -> Any:
    raise _NotANumberError(f"{text} 不是数")


def _whole(text: str) -> Any:
    """Python refuses to read whole numbers of thousands of digits; so long a number is no number of ours either."""
    return int(text) if len(text) <= _SHORT else text[:_SHORT]


def _once(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise _RepeatedError(f"键“{twice[:30]}”在同一个对象里写了两次")
    return found


def _mapping(value: Any, key: str, name: str) -> Mapping[str, Any]:
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise InputError(f"{key} 应是一个对象", where=name, how=_SAMPLE)
    return value


def _lines(rows: Sequence[Any], currency: str, name: str, unknown: set[str]) -> tuple[GoodsLine, ...]:
    lines: list[GoodsLine] = []
    seen: dict[int, int] = {}
    known: dict[str, dict[Any, Any]] = {column.code: {} for column in COLUMNS}
    for place, row in enumerate(rows, 1):
        where = f"{name}，lines 第 {place} 个"
        if not isinstance(row, dict):
            raise InputError("应是一个对象", where=where, how=_SAMPLE)
        unknown |= row.keys() - _CODES
        line = goods_line(_values(row, where, known), currency)
        if line.number in seen:
            raise InputError(
                f"line {line.number} 与第 {seen[line.number]} 个重复",
                where=where,
                how="每行的 line 应各不相同",
            )
        seen[line.number] = place
        lines.append(line)
    return tuple(lines)


def _values(row: Mapping[str, Any], where: str, known: Mapping[str, dict[Any, Any]]) -> dict[str, Any]:
    """The values of one line, read by the columns' kinds."""
    values: dict[str, Any] = {}
    number = row.get("line")
    said = f"{where}（line {number}）" if isinstance(number, int) and not isinstance(number, bool) else where
    for column in COLUMNS:
        cell = row.get(column.code)
        if cell is None or (isinstance(cell, str) and not cell.strip()):
            if column.required:
                raise InputError(f"缺少 {column.code}（{column.heading}）", where=said, how="请补上")
            values[column.code] = None
            continue
        if not isinstance(cell, str | int | Decimal):
            raise InputError(f"{column.code} 应是文字或数", where=said, how=_SAMPLE)
        kept, key = known[column.code], (cell.__class__, cell)
        if key in kept:
            values[column.code] = kept[key]
            continue
        try:
            values[column.code] = column.kind.read(cell)
            if len(kept) < _KEPT:
                kept[key] = values[column.code]
        except BadCellError as error:
            raise InputError(
                f"{column.code}（{column.heading}）{str(error).rstrip('。')}", where=said, how="请改正后再试"
            ) from error
    return values
