"""The bulletin's sentences (月报): what is said follows from the figures, and each figure keeps its code.

A paragraph is a list of pieces: words, or a figure as ``[value, code, unit, period, subject]``. Pure: numbers in, pieces out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from youju.rules.trade.statistics.figures import in_wan, one_place

Piece = str | list[str]
_FLAT = Decimal("0.05")
"""A change that would be printed as 0.0 % is none."""
_TON, _CENT = Decimal(1000), Decimal("0.01")
NAMED = 5
"""How many names a sentence lists."""


@dataclass(frozen=True, slots=True)
class Telling:
    """For which period figures are told; the code's period in the file."""

    period: str

    def figure(self, value: str, code: str, unit: str = "", subject: str = "") -> list[str]:
        """A figure that can be read back from the file."""
        return [value, code, unit, self.period, subject]

    def wan(self, value: Decimal, code: str, subject: str = "") -> list[str]:
        """CNY in 万元."""
        return self.figure(in_wan(value), code, "万元", subject)

    def tons(self, value: Decimal, code: str) -> list[str]:
        """Kilograms in tons."""
        return self.figure(f"{(value / _TON).quantize(_CENT, ROUND_HALF_UP):,f}", code, "吨")

    def whole(self, value: int, code: str, unit: str) -> list[str]:
        """A count."""
        return self.figure(f"{value:,}", code, unit)

    def rate(self, value: Decimal, code: str, subject: str = "") -> list[str]:
        """A share or a change without its sign, in per cent."""
        return self.figure(one_place(abs(value)), code, "%", subject)

    def change(self, value: Decimal | None, against: str, code: str, subject: str = "") -> list[Piece]:
        """增长、下降、持平 against something; nothing where there is nothing to compare with."""
        if value is None:
            return []
        if abs(value) < _FLAT:
            return [f"，与{against}持平"]
        word = "增长" if value > 0 else "下降"
        return [f"，比{against}{word} ", self.rate(value, code, subject), "%"]


def listed(names: Sequence[str], *, most: int = NAMED) -> str:
    """Names as a sentence has them: 甲、乙、丙等 7 个 where there are more than ``most``."""
    if len(names) <= most:
        return "、".join(names)
    return f"{'、'.join(names[:most])}等 {len(names)} 个"


Leading = tuple[str, Decimal, Decimal | None, Decimal | None, str]
"""One of the first of a ranking: name, value, share, change on year, subject."""


def shares_in_words(first: Sequence[Leading], telling: Telling, code: str) -> list[Piece]:
    """The first of a ranking, each with value, share and change on year."""
    pieces: list[Piece] = []
    for name, value, share, change, subject in first:
        pieces += [
            "；" if pieces else "",
            f"{name} ",
            telling.wan(value, f"{code}.value_cny", subject),
            " 万元",
        ]
        if share is not None:
            pieces += ["，占 ", telling.rate(share, f"{code}.share", subject), "%"]
        pieces += telling.change(change, "上年同月", f"{code}.growth_rate", subject)
    return pieces
