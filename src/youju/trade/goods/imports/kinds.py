"""How the cells of a tariff are read: codes with or without dots, percentages, lists of declaration elements."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from youju.foundation.imports.declaring import Amount, BadCellError, Code

_NUMBERED = re.compile(r"^\s*\d+\s*[:：.、)）]\s*")
_PARTS = re.compile(r"[;；\n]+")
_LONGEST = 60


@dataclass(frozen=True)
class TariffCode(Code):
    """Ten digits; the dots and blanks with which tariffs print them are passed over."""

    longest: int = 10
    pattern: str = r"\d{10}"
    hint: str = "商品编码应为 10 位数字"

    name = "10 位数字"

    def read(self, cell: Any) -> str:
        """See ``Kind``."""
        return super().read(re.sub(r"[.\s]", "", cell) if isinstance(cell, str) else cell)


@dataclass(frozen=True)
class Percentage(Amount):
    """A percentage from 0 to 100, written ``20`` or ``20%``. A bare number below 1 may be a share and is not guessed."""

    places: int = 3
    least: str | None = "0"
    most: str | None = "100"

    name = "百分数"

    def read(self, cell: Any) -> Decimal:
        """See ``Kind``."""
        if isinstance(cell, str):
            cell = cell.strip().replace("％", "%").removesuffix("%")
        elif isinstance(cell, float) and 0 < cell < 1:
            raise BadCellError(
                f"“{cell:g}”看不出是百分之几：百分之二十请写成 20 或 20%，并把该列设为“文本”格式"
            )
        return super().read(cell)


def elements_of(text: str) -> tuple[str, ...]:
    """The elements of a cell such as ``1:品名;2:品牌类型;3:材质（皮革、塑料）``, numbers taken off, each once.

    Raises:
        ValueError: one is longer than 60 characters.
    """
    found = [_NUMBERED.sub("", part).strip() for part in _PARTS.split(text)]
    wanted = list(dict.fromkeys(part for part in found if part))
    for each in wanted:
        if len(each) > _LONGEST:
            raise ValueError(f"“{each[:15]}……”太长，一项要素至多 {_LONGEST} 个字；各项请用分号隔开")
    return tuple(wanted)
