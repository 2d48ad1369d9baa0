"""What is asked of the demo year: its size, the day it is made for, its seed; and on which days goods are packed."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache
from itertools import accumulate

from youju.foundation.kernel.chance import Chance
from youju.rules.workflow import is_working_day
from youju.trade.parties.demo.planning import SEED, Plan
from youju.trade.parties.demo.tables import authored

_FINE = 1 << 20
_LEAST_RECENT = 19  # one for each stage that something under way can be in


@dataclass(frozen=True, slots=True)
class YearPlan:
    """The arguments of the generator; the same ones give the same year.

    Args:
        today: the day of the load: the last weeks are told from it, all else is of 2023 and, few and large, of the year before.
        scale: 1 is the demo; 0.02 a small one for tests, 10 makes 90,000 orders. What is planted is there at every scale.
        seed: another one gives other deals.
        among: the parties whose deals they are; as many as the scale asks for, at least the demo's, unless said.
    """

    today: date
    scale: float = 1
    seed: int = SEED
    among: Plan | None = None

    @property
    def parties(self) -> Plan:
        """The parties who trade."""
        return self.among or Plan(self.today, max(1.0, self.scale), self.seed)

    @property
    def batches(self) -> int:
        """How many packings the year has."""
        return max(1, round(float(authored("year")["counts"]["batches"]) * self.scale))

    @property
    def before(self) -> int:
        """How many packings the year before has."""
        return max(1, round(float(authored("year")["counts"]["before"]) * self.scale))

    @property
    def recent(self) -> int:
        """How many are of the last weeks; each stage is among them."""
        return max(_LEAST_RECENT, round(float(authored("year")["counts"]["recent"]) * min(self.scale, 4)))


def packing_day(place: int, count: int, chance: Chance, *, before: bool = False) -> date:
    """The day of the ``place``-th packing of ``count``: they follow one another, close in season and far apart in a dip.

    ``before``: of the year before the demo year.
    """
    days, ends = _season(before=before)
    at = (place * _FINE + chance.below(_FINE)) * ends[-1] // (count * _FINE)
    return days[bisect_right(ends, at)]


@lru_cache(maxsize=8_192)
def working_day_before(day: date, count: int) -> date:
    """The ``count``-th working day before a day."""
    while count > 0:
        day -= timedelta(days=1)
        count -= is_working_day(day)
    return day


@cache
def _season(*, before: bool) -> tuple[tuple[date, ...], tuple[int, ...]]:
    """Working days of the year, and the sums of their weights."""
    told = authored("year")["before"] if before else authored("year")
    span = (told["last_day"] - told["first_day"]).days + 1
    every = (told["first_day"] + timedelta(days=number) for number in range(span))
    days = tuple(day for day in every if is_working_day(day))
    return days, tuple(accumulate(_weight(day) for day in days))


def _weight(day: date) -> int:
    told = authored("year")
    percent = next((dip["percent"] for dip in told["dips"] if dip["from"] <= day <= dip["to"]), 100)
    return int(told["months"][day.month]) * int(percent)
