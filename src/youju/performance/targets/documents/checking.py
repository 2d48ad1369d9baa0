"""Texts that cannot stand in a docx or xlsx file are refused before anything is written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from youju.foundation.kernel.errors import InputError
from youju.rules.performance.targets.codec import to_json
from youju.rules.performance.targets.facts import TargetDocument

# XML 1.0 allows tab, line feed, carriage return and everything from the space on, but for these.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def check_text(document: TargetDocument) -> None:
    """Refuse control characters and half characters.

    Raises:
        InputError: names the path of the first such text in the JSON, and the character.
    """
    for path, text in _texts(to_json(document), ""):
        found = _ILLEGAL.search(text)
        if found:
            raise InputError(
                f"文字里有不能写入文件的控制字符 U+{ord(found[0]):04X}（第 {found.start() + 1} 个字）",
                where=path,
                how="请删去这个字符",
            )


def _texts(value: Any, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _texts(item, f"{path}.{key}" if path else str(key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _texts(item, f"{path}[{index}]")
