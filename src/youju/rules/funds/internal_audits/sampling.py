"""A sample that anybody draws again: stratified by amount, seeded, without a random generator.

Each unit gets a permanent random number, ``sha256("<seed>|<key>")``; within its stratum those with the smallest numbers are
taken. A spreadsheet or any other program gets the same sample from the seed, the limits, the size and the list of units: no
order of rows and no library takes part. Strata are half open, ``[lower, upper)``; units at or above ``certainty`` are all taken
and stand outside the allocation. What is left of the size goes to the strata

- ``proportional``: in proportion to the number of their units;
- ``neyman``: in proportion to units × standard deviation of their amounts (Neyman 1934);
- ``amount``: in proportion to the sum of their amounts,

rounded by largest remainders; each stratum that has units gets one at least where the size allows it, none more than it has.
Source: Cochran, Sampling Techniques, 1977, ch. 5 (allocation); Ohlsson 1995 (permanent random numbers).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from typing import Final, Literal

from youju.rules.law import PolicyValue

Allocation = Literal["proportional", "neyman", "amount"]
ALLOCATIONS: Final[Mapping[str, str]] = {
    "proportional": "按件数比例",
    "neyman": "按件数和金额离散程度（奈曼）",
    "amount": "按金额比例",
}
METHOD: Final = (
    "分层随机抽样：达到必抽金额的全部抽取；其余按金额分层，各层样本量按所选方法分配、最大余数法取整；"
    "每一项的随机号是“种子|编号”的 SHA-256，层内取随机号最小的若干项。"
)
CENT: Final = Decimal("0.01")
_DIGITS: Final = 40


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of the population: its key, unlike any other's, and its amount in CNY, not below zero."""

    key: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Design:
    """How to draw.

    Args:
        seed: any words; the same seed gives the same sample.
        size: how many units are wanted, those taken for certain included.
        limits: where one stratum ends and the next begins, in CNY, rising; none: one stratum.
        certainty: from this amount on every unit is taken; ``None``: none is taken for certain.
        allocation: how the size is shared among strata.

    Raises:
        ValueError: no seed, a size below one, limits that do not rise or reach the certainty.
    """

    seed: str
    size: int
    limits: tuple[Decimal, ...] = ()
    certainty: Decimal | None = None
    allocation: Allocation = "proportional"

    def __post_init__(self) -> None:
        if not self.seed.strip():
            raise ValueError("没有种子")
        if self.size < 1:
            raise ValueError("样本量应至少为 1")
        if self.allocation not in ALLOCATIONS:
            raise ValueError("没有这种分配方法")
        if any(limit <= 0 for limit in self.limits) or list(self.limits) != sorted(set(self.limits)):
            raise ValueError("分层界限应为正数，从小到大，不重复")
        if self.certainty is not None and self.certainty <= (self.limits[-1] if self.limits else 0):
            raise ValueError("必抽金额应大于最高的分层界限")


@dataclass(frozen=True, slots=True)
class Stratum:
    """A stratum as it was drawn: ``[lower, upper)`` in CNY, open at the top; its units, their sum, how many were taken."""

    lower: Decimal
    upper: Decimal | None
    count: int
    total: Decimal
    taken: int
    certain: bool = False

    @property
    def label(self) -> str:
        """In words."""
        if self.upper is None:
            return f"{self.lower} 元及以上" if self.lower else "全部"
        return f"{self.lower} 至 {self.upper} 元（不含）"


@dataclass(frozen=True, slots=True)
class Drawn:
    """A unit of the sample, the place of its stratum, and its random number (hexadecimal)."""

    unit: Unit
    stratum: int
    number: str


@dataclass(frozen=True, slots=True)
class Sample:
    """What was drawn: strata from low to high, units by stratum and random number."""

    strata: tuple[Stratum, ...]
    drawn: tuple[Drawn, ...]


def draw(units: Iterable[Unit], design: Design) -> Sample:
    """Draw a sample; linear in the units but for sorting each stratum.

    Raises:
        ValueError: a key stands twice, or an amount is below zero.
    """
    floors, certain = _floors(design)
    strata: list[list[Unit]] = [[] for _ in floors]
    seen: set[str] = set()
    for unit in units:
        if unit.key in seen:
            raise ValueError(f"编号 {unit.key} 出现两次")
        if unit.amount < 0:
            raise ValueError(f"{unit.key} 的金额是负数")
        seen.add(unit.key)
        strata[_place(floors, unit.amount)].append(unit)
    sure = len(strata[-1]) if certain else 0
    free = strata[:-1] if certain else strata
    shares = allocate(free, max(0, design.size - sure), design.allocation)
    takes = [*shares, sure] if certain else shares
    made, drawn = [], []
    for place, (members, take) in enumerate(zip(strata, takes, strict=True)):
        upper = floors[place + 1] if place + 1 < len(floors) else None
        is_certain = certain and place == len(strata) - 1
        total = sum((unit.amount for unit in members), Decimal(0))
        made.append(Stratum(floors[place], upper, len(members), total, take, is_certain))
        ranked = sorted((random_number(design.seed, unit.key), unit.key, unit) for unit in members)
        drawn += [Drawn(unit, place, number) for number, _, unit in ranked[:take]]
    return Sample(tuple(made), tuple(drawn))


def random_number(seed: str, key: str) -> str:
    """A unit's permanent random number."""
    return hashlib.sha256(f"{seed}|{key}".encode()).hexdigest()


def allocate(strata: Sequence[Sequence[Unit]], size: int, allocation: Allocation) -> list[int]:
    """How many units each stratum gives: together ``size``, or all units where there are fewer; none more than it has."""
    counts = [len(each) for each in strata]
    left = min(size, sum(counts))
    given = [0] * len(counts)
    filled = [place for place, count in enumerate(counts) if count]
    if left >= len(filled):
        for place in filled:
            given[place] = 1
        left -= len(filled)
    weights = [_weight(each, allocation) for each in strata]
    if not any(weights):
        weights = [Decimal(count) for count in counts]
    # The one that every stratum has got counts towards its share.
    targets = _targets(weights, left + sum(given))
    while left:
        room = [place for place in filled if given[place] < counts[place]]
        # Largest remainder; of equal ones the larger amount, which is the later stratum.
        best = max(room, key=lambda place: (targets[place] - given[place], weights[place], place))
        given[best] += 1
        left -= 1
    return given


def population_text(units: Iterable[Unit]) -> str:
    """The population as it is kept and hashed: CSV by key, ``key,amount`` with two decimals, lines ended by LF."""
    rows = sorted((unit.key, unit.amount) for unit in units)
    return "key,amount\n" + "".join(f"{_cell(key)},{amount.quantize(CENT)}\n" for key, amount in rows)


def population_hash(text: str) -> str:
    """The sha256 of a population's text."""
    return hashlib.sha256(text.encode()).hexdigest()


def least_size(population: int, minimum: Mapping[str, PolicyValue]) -> int:
    """The least size of a sample: the first row of the policy that reaches the population; never more than there is."""
    rows = sorted((int(str(up_to)), int(str(least))) for up_to, least in minimum.items())
    found = next((least for up_to, least in rows if population <= up_to), rows[-1][1] if rows else 0)
    return min(population, found)


def _floors(design: Design) -> tuple[list[Decimal], bool]:
    floors = [Decimal(0), *design.limits]
    if design.certainty is None:
        return floors, False
    return [*floors, design.certainty], True


def _place(floors: Sequence[Decimal], amount: Decimal) -> int:
    return max(place for place, floor in enumerate(floors) if amount >= floor)


def _weight(units: Sequence[Unit], allocation: Allocation) -> Decimal:
    if allocation == "proportional" or not units:
        return Decimal(len(units))
    total = sum((unit.amount for unit in units), Decimal(0))
    if allocation == "amount":
        return total
    with localcontext() as context:
        context.prec = _DIGITS
        mean = total / len(units)
        variance = sum(((unit.amount - mean) ** 2 for unit in units), Decimal(0)) / len(units)
        return (len(units) * variance.sqrt()).quantize(Decimal("0.0000001"))


def _targets(weights: Sequence[Decimal], size: int) -> list[Decimal]:
    with localcontext() as context:
        context.prec = _DIGITS
        whole = sum(weights, Decimal(0))
        return [size * weight / whole if whole else Decimal(0) for weight in weights]


def _cell(key: str) -> str:
    return f'"{key.replace(chr(34), chr(34) * 2)}"' if any(sign in key for sign in ',"\n\r') else key
