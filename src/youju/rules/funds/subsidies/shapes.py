"""The shapes of a clause: what is counted, and what each unit of it earns. Pure data; ``amounts`` computes with it.

Money is ``Decimal``: exports in USD, subsidies and costs in CNY. Containers are counted in TEU (标箱), a shared one by its part.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Window:
    """The days ``[start, end)``: the first day counts, ``end`` is the first that no longer does."""

    start: date
    end: date

    def covers(self, day: date | None) -> bool:
        """Whether a day lies within; no day lies nowhere."""
        return day is not None and self.start <= day < self.end


@dataclass(frozen=True, slots=True)
class FlatRate:
    """So much CNY for each USD exported in the policy's window (按出口额)."""

    rate: Decimal
    kind = "flat_rate"


@dataclass(frozen=True, slots=True)
class Increment:
    """CNY for each USD by which the window's exports exceed those of ``base`` (增量).

    The growth must exceed ``threshold`` (USD). ``deductible``: only what lies above it earns; else all of the growth does.
    """

    rate: Decimal
    base: Window
    threshold: Decimal
    deductible: bool
    kind = "increment"


@dataclass(frozen=True, slots=True)
class Step:
    """From ``start`` USD on (that amount included) each USD earns ``rate`` CNY, and ``amount`` CNY come once."""

    start: Decimal
    rate: Decimal
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Tiers:
    """Steps by the window's exports (分档). ``whole``: the step reached holds for all; else each part earns its own step."""

    steps: tuple[Step, ...]
    whole: bool
    kind = "tiers"


@dataclass(frozen=True, slots=True)
class PerContainer:
    """So much CNY for each TEU that left in the window (按柜)."""

    amount: Decimal
    kind = "per_container"


@dataclass(frozen=True, slots=True)
class CostShare:
    """A share (0 to 1) of each cost of these kinds paid in the window; ``each_cap`` limits one cost's subsidy (CNY)."""

    kinds: tuple[str, ...]
    share: Decimal
    each_cap: Decimal | None
    kind = "cost_share"


@dataclass(frozen=True, slots=True)
class FirstExport:
    """So much CNY once, for a party whose first export ever was released in the window (首次出口)."""

    amount: Decimal
    kind = "first_export"


Shape: TypeAlias = FlatRate | Increment | Tiers | PerContainer | CostShare | FirstExport

SHAPES: dict[str, str] = {
    "flat_rate": "按出口额定率",
    "increment": "按出口增量",
    "tiers": "按出口额分档",
    "per_container": "按集装箱（标箱）",
    "cost_share": "按费用比例",
    "first_export": "首次出口奖励",
}
"""Shape → the Chinese name that pages show."""

COSTS: dict[str, str] = {
    "credit_insurance": "出口信用保险保费",
    "stall": "展位费",
    "exhibition_travel": "参展差旅费",
    "exhibition_freight": "展品运输费",
    "certification": "认证检测费",
    "platform": "平台建设和服务费",
    "customs_service": "报关和查验服务费",
}
"""Kind of a cost → its Chinese name."""
