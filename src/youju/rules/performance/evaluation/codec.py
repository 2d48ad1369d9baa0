"""A self-evaluation from the JSON of ``youju evaluation score``, and its result as the JSON that the verb prints.

What a key says is taken exactly or refused, with a Chinese sentence that names the path. Keys that are not known are kept
as they stand; those of an earlier result are written anew, so that a result may be scored again.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from youju.rules.performance.evaluation.facts import (
    Budget,
    Evaluation,
    EvaluationError,
    Reduction,
    Row,
    quoted,
)
from youju.rules.performance.evaluation.points import HUNDRED, plain
from youju.rules.performance.evaluation.scoring import Scored

_AMOUNT = re.compile(r"[0-9]{1,15}(\.[0-9]{1,6})?")
_POINTS = re.compile(r"[0-9]{1,6}(\.[0-9]{1,2})?")
_RATE = re.compile(r"[0-9]{1,3}(\.[0-9]{1,6})?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_YEAR = re.compile(r"(19|20)[0-9]{2}")
_RESULTS = ("execution", "total", "grade", "warnings")
_ROW_RESULTS = ("score", "reason")


def from_json(data: object) -> Evaluation:
    """Build a self-evaluation from its plain value.

    Raises:
        EvaluationError: something is missing or of another type; it names the path, e.g. ``indicators[2].weight``.
    """
    root = _object(data, "整个文件")
    budget = _object(_need(root, "budget", ""), "budget")
    rows = _need(root, "indicators", "")
    if not isinstance(rows, list):
        raise _wrong("indicators", "应为 JSON 数组")
    project = _text(root, "project", "")
    return Evaluation(
        schema=_required(root, "schema", ""),
        budget=Budget(
            initial=_optional(budget, "initial", "budget"),
            adjusted=_amount(budget, "adjusted", "budget"),
            executed=_amount(budget, "executed", "budget"),
            deviation=_text(budget, "deviation", "budget"),
        ),
        rows=tuple(_row(item, f"indicators[{index}]") for index, item in enumerate(rows)),
        project=project or None,
        day=_day(root),
        fiscal_year=_year(root),
    )


def to_json(data: Mapping[str, Any], result: Scored) -> dict[str, Any]:
    """The input with ``score`` and ``reason`` in each row, then execution, total, grade, warnings."""
    kept = {key: value for key, value in data.items() if key not in _RESULTS}
    kept["indicators"] = [
        {key: value for key, value in row.items() if key not in _ROW_RESULTS}
        | {"score": str(scored.score), "reason": scored.reason}
        for row, scored in zip(data["indicators"], result.rows, strict=True)
    ]
    execution = result.execution
    return kept | {
        "execution": {
            "rate": str(execution.rate),
            "weight": plain(execution.weight),
            "score": str(execution.score),
        },
        "total": str(result.total),
        "grade": result.grade,
        "warnings": [finding.as_json() for finding in result.warnings],
    }


def _row(data: object, path: str) -> Row:
    item = _object(data, path)
    actual, tier = item.get("actual"), item.get("tier")
    rate = _matched(item, "tier_rate", path, _RATE, '百分数的数字文本，如 "95"')
    if rate is not None and rate > HUNDRED:
        raise _wrong(f"{path}.tier_rate", "应在 0 到 100 之间")
    return Row(
        level1=_text(item, "level1", path),
        level2=_text(item, "level2", path),
        level3=_text(item, "level3", path),
        target=_required(item, "target", path),
        actual=None if actual is None else _string(actual, f"{path}.actual"),
        weight=_matched(item, "weight", path, _POINTS, '不小于零、至多两位小数的数字文本，如 "10"'),
        tier=None if tier is None else _string(tier, f"{path}.tier"),
        tier_rate=rate,
        deviation=_text(item, "deviation", path),
        reduction=_reduction(item.get("reduction"), f"{path}.reduction"),
    )


def _reduction(data: object, path: str) -> Reduction | None:
    if data is None:
        return None
    item = _object(data, path)
    rate = _matched(item, "rate", path, _RATE, '百分数的数字文本，如 "20"')
    decision = _text(item, "decision", path)
    if rate is None or rate > HUNDRED or not decision.strip():
        raise _wrong(path, "要写 rate（0 到 100）和 decision（谁、为什么决定调减）")
    return Reduction(rate, decision)


def _amount(item: Mapping[str, object], key: str, path: str) -> Decimal:
    _need(item, key, path)
    value = _optional(item, key, path)
    if value is None:
        raise EvaluationError("是空白，空白不等于零", where=f"{path}.{key}", how='请写数字文本，如 "45.00"')
    return value


def _optional(item: Mapping[str, object], key: str, path: str) -> Decimal | None:
    return _matched(item, key, path, _AMOUNT, '不小于零的数字文本，至多 15 位整数、6 位小数，如 "45.00"')


def _matched(
    item: Mapping[str, object], key: str, path: str, shape: re.Pattern[str], wanted: str
) -> Decimal | None:
    value = item.get(key)
    if value is None:
        return None
    if not isinstance(value, str) or not shape.fullmatch(value):
        written = f"{quoted(value)}" if isinstance(value, str) else "写的不是文本，"
        raise _wrong(f"{path}.{key}", f"{written}应为{wanted}")
    return Decimal(value)


def _day(root: Mapping[str, object]) -> date | None:
    text = root.get("date")
    if text is None:
        return None
    try:
        if isinstance(text, str) and _DAY.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise _wrong("date", '应为日期，如 "2024-03-01"')


def _year(root: Mapping[str, object]) -> int | None:
    year = root.get("fiscal_year")
    if year is None:
        return None
    if isinstance(year, bool) or not isinstance(year, int) or not _YEAR.fullmatch(str(year)):
        raise _wrong("fiscal_year", "应为整数年度，如 2023")
    return year


def _object(value: object, path: str) -> Mapping[str, object]:
    if not isinstance(value, dict):
        raise _wrong(path, "应为 JSON 对象")
    return value


def _need(item: Mapping[str, object], key: str, path: str) -> object:
    if key not in item:
        raise EvaluationError(f"缺少 {key}", where=path, how="请按 youju evaluation score --help 的样子写")
    return item[key]


def _string(value: object, path: str) -> str:
    if not isinstance(value, str):
        raise _wrong(path, "应为文本")
    return value


def _required(item: Mapping[str, object], key: str, path: str) -> str:
    return _string(_need(item, key, path), f"{path}.{key}" if path else key)


def _text(item: Mapping[str, object], key: str, path: str) -> str:
    value = item.get(key)
    return "" if value is None else _string(value, f"{path}.{key}" if path else key)


def _wrong(path: str, what: str) -> EvaluationError:
    return EvaluationError(what, where=path, how="请更正后再试")
