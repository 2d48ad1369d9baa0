"""Why an amount differs from the declared one: by the rate, only a part, or too much; and what a missed filing puts at stake."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal

from youju.rules.law import PolicyValue, decimal

SHARE, RATE = "trade.exemptions.difference_share", "trade.exemptions.example_tax_rate"
NONE, SAME, BY_RATE, PART, BEYOND = "none", "same", "rate", "part", "beyond"
WORDS = {
    NONE: "没有",
    SAME: "一致",
    BY_RATE: "汇率差异",
    PART: "部分",
    BEYOND: "多出",
}
"""What is said of a difference."""
_CENT, _WHOLE = Decimal("0.01"), Decimal(100)


def told_apart(declared: Decimal, other: Decimal | None, law: Mapping[str, PolicyValue]) -> str:
    """A code of ``WORDS``: how another amount stands to the declared one, both in CNY.

    Within the policy's share it is the rate of another day; below it a part, above it too much.
    """
    if not other:
        return NONE
    if other == declared:
        return SAME
    if abs(other - declared) * _WHOLE <= declared * decimal(law, SHARE):
        return BY_RATE
    return PART if other < declared else BEYOND


def tax_at_stake(amount: Decimal, law: Mapping[str, PolicyValue]) -> Decimal:
    """The tax on a deemed sale at home, the amount taken as with tax, to the cent: an estimate at the example rate."""
    rate = decimal(law, RATE)
    return (amount * rate / (_WHOLE + rate)).quantize(_CENT, ROUND_HALF_UP)
