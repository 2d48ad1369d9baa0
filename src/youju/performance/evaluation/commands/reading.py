"""The bytes of a JSON file → plain data, strictly: what JSON leaves to the reader (keys twice, NaN) is refused."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

from youju.foundation.documents.reading import file_bytes
from youju.foundation.kernel.errors import InputError
from youju.rules.performance.evaluation.facts import quoted

_AGAIN = "请另存为 UTF-8"


def json_of(path: Path) -> Any:
    """The plain value of a file.

    Raises:
        InputError: no such file, empty, another encoding, not JSON, a key twice, a number that is none.
    """
    name = path.name
    content = file_bytes(path)
    if not content.strip():
        raise InputError("文件是空的", where=name, how="请写入一份自评")
    try:
        text = content.decode("utf-8-sig")  # Windows' editors put a mark in front
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise InputError(f"不是 UTF-8 编码（第 {line} 行）", where=name, how=_AGAIN) from error
    try:
        data = json.loads(text, object_pairs_hook=_once, parse_constant=_no_number, parse_float=_finite)
        json.dumps(data, ensure_ascii=False).encode("utf-8")
    except _RefusedError as error:
        raise InputError(error.what, where=name, how="请更正后再试") from error
    except UnicodeEncodeError as error:
        raise InputError("有半个字符（代理码点），不是完整的文字", where=name, how="请删去重打") from error
    except (ValueError, RecursionError) as error:
        place = f"（第 {error.lineno} 行）" if isinstance(error, json.JSONDecodeError) else ""
        raise InputError(f"不是可读的 JSON{place}", where=name, how="请核对括号、引号和逗号") from error
    return data


class _RefusedError(ValueError):
    """What JSON allows, or Python's reader of it, and this one does not."""

    def __init__(self, what: str) -> None:
        self.what = what
        super().__init__(what)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise _RefusedError(f"键{quoted(key)}写了两次")
        found[key] = value
    return found


def _no_number(word: str) -> float:
    raise _RefusedError(f"{word} 不是数")


def _finite(text: str) -> float:
    number = float(text)
    if math.isinf(number):
        raise _RefusedError(f"数{quoted(text)}太大")
    return number
