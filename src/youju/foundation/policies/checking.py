"""Every check on policy files: shape, id = path, dates, sources. One Chinese sentence per fault."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

from youju.foundation.kernel.errors import InputError
from youju.rules.funds.subsidies.reader import PolicyTextError
from youju.rules.funds.subsidies.reading import read_policy

SCHEMAS = "schema"
SOURCES = "sources"
SUBSIDIES = "subsidies"


def check_shape(root: Path, documents: Mapping[str, Any]) -> None:
    """Check each file against ``schema/{policy,source,subsidy}.schema.json`` and its id against its path.

    Args:
        root: the folder ``policies/``.
        documents: relative path → what its YAML holds.
    """
    import jsonschema

    kinds = {kind_of_file(path) for path in documents}
    validators = {name: jsonschema.Draft202012Validator(_schema(root, name)) for name in kinds}
    for path, data in documents.items():
        name = kind_of_file(path)
        fault = jsonschema.exceptions.best_match(validators[name].iter_errors(data))
        if fault is not None:
            key = ".".join(str(part) for part in fault.absolute_path) or "（整个文件）"
            raise _bad(path, key, _reason(fault))
        folder, key = FOLDERS.get(name, ""), "code" if name == "subsidy" else "id"
        expected = path.removeprefix(f"{folder}/").removesuffix(".yaml").replace("/", ".")
        if data[key] != expected:
            raise _bad(path, key, f"编号“{data[key]}”应与路径一致，写作“{expected}”")


FOLDERS = {"source": SOURCES, "subsidy": SUBSIDIES}


def kind_of_file(path: str) -> str:
    """``source``, ``subsidy`` or ``policy``, by the folder."""
    return next((kind for kind, folder in FOLDERS.items() if path.startswith(f"{folder}/")), "policy")


def check_meaning(documents: Mapping[str, Any]) -> None:
    """Check the dates (half-open, no overlap, no gap without a reason) and that every cited source exists."""
    sources = {data["id"]: data for path, data in documents.items() if path.startswith(f"{SOURCES}/")}
    known = set(sources) | {
        f"{name}#{article['id']}" for name, data in sources.items() for article in data.get("articles", [])
    }
    for path, data in documents.items():
        if kind_of_file(path) == "source":
            continue
        if kind_of_file(path) == "subsidy":
            _check_subsidy(path, data, known)
            continue
        for index, value in enumerate(data["values"]):
            if value["source"] not in known:
                raise _bad(
                    path, f"values.{index}.source", f"没有来源“{value['source']}”，请先写入 policies/sources/"
                )
        for key, reason in _date_faults(data["values"]):
            raise _bad(path, key, reason)


def _check_subsidy(path: str, data: Mapping[str, Any], known: set[str]) -> None:
    if data["source"] not in known:
        raise _bad(path, "source", f"没有来源“{data['source']}”，请先写入 policies/sources/")
    try:
        read_policy(data)
    except PolicyTextError as error:
        raise InputError(error.what, where=f"policies/{path}，{error.where}", how=error.how) from error


def _date_faults(values: list[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    ranges = []
    for index, value in enumerate(values):
        start, end = _day(value["from"]), _day(value["to"]) if value["to"] else None
        if start is None or (value["to"] and end is None):
            yield f"values.{index}.from", "没有这一天，请写成 2020-01-01 这样的日期"
            return
        if end is not None and end <= start:
            yield f"values.{index}.to", "止日应晚于起日（止日当天不再生效）"
        ranges.append((start, end, index))
    ranges.sort(key=lambda item: item[0])
    for (_, end, _), (start, _, index) in pairwise(ranges):
        if end is None or start < end:
            yield f"values.{index}.from", "与前一段有效期重叠"
        elif start > end and not values[index].get("gap_reason"):
            yield f"values.{index}.from", "与前一段有效期之间有空档，请写明 gap_reason"


def _day(value: str) -> date | None:
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def _reason(fault: Any) -> str:
    """A Chinese reason for a JSON Schema fault."""
    if fault.validator == "required":
        missing = [key for key in fault.validator_value if key not in fault.instance]
        return f"缺少 {'、'.join(missing)}"
    if fault.validator == "additionalProperties":
        extra = sorted(set(fault.instance) - set(fault.schema.get("properties", {})))
        return f"多出不认识的键 {'、'.join(map(str, extra))}"
    if fault.validator == "enum":
        return f"“{fault.instance}”应为 {'、'.join(map(str, fault.validator_value))} 之一"
    shown = json.dumps(fault.instance, ensure_ascii=False, default=str)
    return f"“{shown[:60]}”不合要求（{fault.validator}：{str(fault.validator_value)[:60]}）"


def _schema(root: Path, name: str) -> dict[str, Any]:
    path = root / SCHEMAS / f"{name}.schema.json"
    try:
        return dict(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError) as error:
        raise InputError("政策文件的模式读不出来", where=str(path), how="请恢复该文件") from error


def _bad(path: str, key: str, reason: str) -> InputError:
    return InputError(reason, where=f"policies/{path}，键 {key}")
