"""Whole numbers and amounts: never a binary fraction, never a guess."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from youju.foundation.imports.kinds.base import BadCellError, plain

_NUMBER = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d*)?")
_EXACT = 15  # digits that a spreadsheet's number holds


@dataclass(frozen=True)
class Whole:
    """A whole number."""

    least: int | None = None
    most: int | None = None

    name = "整数"

    def read(self, cell: Any) -> int:
        """See ``Kind``."""
        number = _decimal(cell, "整数")
        if number != number.to_integral_value():
            raise BadCellError(f"“{plain(cell)[:20]}”不是整数，请去掉小数")
        value = int(number)
        _within(Decimal(value), self.least, self.most)
        return value

    def freeze(self, value: int) -> int:
        """See ``Kind``."""
        return value

    def thaw(self, value: int) -> int:
        """See ``Kind``."""
        return value


@dataclass(frozen=True)
class Amount:
    """A decimal number with at most ``places`` decimal places; what has more is refused, not rounded."""

    places: int = 2
    least: str | None = None
    most: str | None = None

    name = "金额或数量"

    def read(self, cell: Any) -> Decimal:
        """See ``Kind``. A spreadsheet's number is taken as the 15 digits that it shows at most."""
        number = _decimal(cell, "数")
        _, digits, exponent = number.normalize().as_tuple()
        if isinstance(exponent, int) and -exponent > self.places:
            raise BadCellError(f"“{plain(cell)[:20]}”的小数多于 {self.places} 位，请改正，系统不替您四舍五入")
        least = None if self.least is None else Decimal(self.least)
        most = None if self.most is None else Decimal(self.most)
        _within(number, least, most)
        return number.quantize(Decimal(1).scaleb(-self.places)) if len(digits) < 28 - self.places else number

    def freeze(self, value: Decimal) -> str:
        """See ``Kind``."""
        return str(value)

    def thaw(self, value: str) -> Decimal:
        """See ``Kind``."""
        return Decimal(value)


def _decimal(cell: Any, what: str) -> Decimal:
    if isinstance(cell, bool):
        raise BadCellError(f"这里要填{what}")
    if isinstance(cell, int):
        return Decimal(cell)
    if isinstance(cell, float):
        if not math.isfinite(cell):
            raise BadCellError(f"这不是{what}")
        return Decimal(f"{cell:.{_EXACT}g}")
    text = plain(cell).replace(" ", "")
    if not _NUMBER.fullmatch(text):
        raise BadCellError(f"“{text[:20]}”不是{what}；请只填数字，单位不要写在格里")
    return Decimal(text.replace(",", ""))


def _within(number: Decimal, least: Decimal | int | None, most: Decimal | int | None) -> None:
    if least is not None and number < least:
        raise BadCellError(f"{number} 小于下限 {least}")
    if most is not None and number > most:
        raise BadCellError(f"{number} 大于上限 {most}")
