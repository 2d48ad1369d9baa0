"""Goods lines, orders, declared lines, declarations and plans as frozen facts.

Money is whole cents of the line's currency; quantities and weights are ``Decimal``, weights in kilograms.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

USD = "USD"
"""The currency in which the cap of a declaration is set."""


class Kind(NamedTuple):
    """A kind of goods (品种): a distinct HS code and goods name."""

    hs_code: str
    name: str

    @property
    def chapter(self) -> str:
        """The tariff chapter: the first two digits."""
        return self.hs_code[:2]


@dataclass(frozen=True, slots=True)
class GoodsLine:
    """One line of an order. ``number`` is unique among all lines planned together.

    ``unit`` and ``quantity`` are as dealt; ``first_unit`` and ``second_unit`` are the statutory ones, empty where unknown.
    """

    number: int
    order: str
    merchant: str
    hs_code: str
    name: str
    quantity: Decimal
    unit: str
    packages: int
    cents: int
    net_weight: Decimal
    gross_weight: Decimal
    currency: str = USD
    inspection: bool = False
    export_duty: bool = False
    first_quantity: Decimal | None = None
    first_unit: str = ""
    second_quantity: Decimal | None = None
    second_unit: str = ""

    @property
    def kind(self) -> Kind:
        """What it is a kind of."""
        return Kind(self.hs_code, self.name)


@dataclass(frozen=True, slots=True)
class Order:
    """An order (交易单) with all its lines: it goes into one declaration as a whole."""

    number: str
    lines: tuple[GoodsLine, ...]

    @property
    def cents(self) -> int:
        """The total of its lines."""
        return sum(line.cents for line in self.lines)

    @property
    def currency(self) -> str:
        """The currency of its first line; rule DEC-002 refuses an order of several."""
        return self.lines[0].currency


@dataclass(frozen=True, slots=True)
class DeclaredLine:
    """One line of a declaration (商品项): a kind, or the kinds of a chapter merged; ``sources`` are line numbers."""

    number: int
    hs_code: str
    name: str
    quantity: Decimal
    unit: str
    cents: int
    net_weight: Decimal
    gross_weight: Decimal
    packages: int
    merged: bool
    sources: tuple[int, ...]
    first_quantity: Decimal | None = None
    first_unit: str = ""
    second_quantity: Decimal | None = None
    second_unit: str = ""


@dataclass(frozen=True, slots=True)
class Declaration:
    """One planned declaration: whole orders and the declared lines that stand for their goods."""

    number: int
    orders: tuple[str, ...]
    currency: str
    lines: tuple[DeclaredLine, ...]

    @property
    def cents(self) -> int:
        """Its total."""
        return sum(line.cents for line in self.lines)


@dataclass(frozen=True, slots=True)
class Refusal:
    """An order that may not be declared in this mode, with the rule that says so."""

    order: str
    rule: str
    message: str
    suggestion: str = ""


@dataclass(frozen=True, slots=True)
class Proof:
    """How good a plan is: no plan has fewer than ``lower_bound`` declarations. ``seconds`` is the time it took."""

    declarations: int
    lower_bound: int
    seconds: float

    @property
    def optimal(self) -> bool:
        """Whether fewer declarations are proved impossible."""
        return self.declarations == self.lower_bound

    @property
    def gap(self) -> int:
        """How many declarations fewer are not ruled out."""
        return self.declarations - self.lower_bound


@dataclass(frozen=True, slots=True)
class DeclarationPlan:
    """The planner's answer: declarations, refused orders, the proof."""

    declarations: tuple[Declaration, ...]
    refused: tuple[Refusal, ...]
    proof: Proof

    @property
    def lines(self) -> int:
        """Declared lines in all declarations."""
        return sum(len(declaration.lines) for declaration in self.declarations)


def orders_of(lines: Iterable[GoodsLine]) -> tuple[Order, ...]:
    """Lines gathered into orders, in the order of each order's first line."""
    gathered: dict[str, list[GoodsLine]] = {}
    for line in lines:
        gathered.setdefault(line.order, []).append(line)
    return tuple(Order(number, tuple(found)) for number, found in gathered.items())
