"""The demo's customs rates: one for each month and currency, told by a seed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import lru_cache

from youju.foundation.kernel.chance import Chance
from youju.trade.parties.demo.planning import SEED

FIRST_MONTH = date(2022, 1, 1)
CURRENCIES = {"USD": ("6.95", 30), "EUR": ("7.55", 35), "GBP": ("8.60", 40)}
"""Currency → the lowest rate, and how many hundredths it may lie above."""


def months(today: date) -> list[date]:
    """The first days of the months from January 2022 on."""
    first, last = FIRST_MONTH.year * 12, today.year * 12 + today.month
    return [date(at // 12, at % 12 + 1, 1) for at in range(first, last)]


@lru_cache(maxsize=1_024)
def rate_of(currency: str, day: date) -> Decimal:
    """What one unit of a currency is worth in CNY in the month of a day."""
    base, spread = CURRENCIES[currency]
    at = (
        (day.year - SEED) * 12 + day.month - 1
    )  # named from the demo year on; the year before has those below zero
    return Decimal(base) + Decimal(Chance(SEED, f"rate-{currency}", at).below(spread)) / 100


@lru_cache(maxsize=1_024)
def dollars(currency: str, day: date) -> Decimal:
    """US dollars for one unit of a currency, as the planner asks for them."""
    return rate_of(currency, day) / rate_of("USD", day)
