"""What a project will have spent by the end of its year, as far as its past months say."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

_CENT = Decimal("0.01")
METHOD = "预测＝已付＋在途＋近几个月月均支出×剩余月数，不超过调整后预算"


def forecast(
    paid_by_month: Sequence[Decimal], *, reserved: Decimal, budget: Decimal, window: int, months: int
) -> list[Decimal]:
    """Cumulative spending at the end of each month to come, in CNY, rounded half up to a cent.

    What is on its way counts from the first of these months; from then on the mean of the last ``window`` months goes on,
    never above the budget.

    Args:
        paid_by_month: what was paid in each month that is over or running, from January.
        reserved: set aside and not paid.
        budget: the adjusted budget.
        window: how many of the last months the mean is taken of.
        months: of the year.
    """
    paid = sum(paid_by_month, Decimal(0))
    last = paid_by_month[-window:]
    mean = sum(last, Decimal(0)) / len(last) if last else Decimal(0)
    found = []
    for ahead in range(1, months - len(paid_by_month) + 1):
        value = min(paid + reserved + mean * (ahead - 1), budget)
        found.append(value.quantize(_CENT, ROUND_HALF_UP))
    return found
