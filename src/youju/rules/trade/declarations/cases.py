"""What the rules DEC-… look at: a line, an order, a declaration, a whole plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import TypeAlias

from youju.rules.findings import Finding
from youju.rules.law import PolicyValue
from youju.rules.trade.declarations.facts import Declaration, DeclarationPlan, GoodsLine, Order

LawOf: TypeAlias = Mapping[str, PolicyValue]
MODE_DAY = date(2014, 7, 1)
"""The first day of the supervision mode."""
REVISED_DAY = date(2020, 1, 1)
"""The first day of the revised measures."""


@dataclass(frozen=True, slots=True)
class OrderCase:
    """An order and what currencies are worth in dollars (``usd_rates``)."""

    order: Order
    usd_rates: Mapping[str, Decimal] = field(default_factory=dict)

    def says(self, message: str, suggestion: str, field: str) -> Finding:
        """A finding about the order."""
        at = {"order": self.order.number, "declaration": None, "line": None, "field": field}
        return Finding(message, suggestion, at)


def line_says(line: GoodsLine, message: str, suggestion: str, field: str) -> Finding:
    """A finding about a goods line."""
    at = {"order": line.order, "declaration": None, "line": line.number, "field": field}
    return Finding(message, suggestion, at)


@dataclass(frozen=True)
class DeclarationCase:
    """A planned declaration with the goods lines that it says it stands for."""

    declaration: Declaration
    goods: Mapping[int, GoodsLine]
    usd_rates: Mapping[str, Decimal] = field(default_factory=dict)

    @cached_property
    def lines(self) -> tuple[GoodsLine, ...]:
        """The goods lines behind its declared lines; numbers that do not exist are left to DEC-011."""
        wanted = [number for line in self.declaration.lines for number in line.sources]
        return tuple(self.goods[number] for number in wanted if number in self.goods)

    def says(self, message: str, suggestion: str, field: str, line: int | None = None) -> Finding:
        """A finding about the declaration, or about one of its declared lines."""
        at = {"order": None, "declaration": self.declaration.number, "line": line, "field": field}
        return Finding(message, suggestion, at)


@dataclass(frozen=True)
class PlanCase:
    """A plan and the orders for which it was made."""

    plan: DeclarationPlan
    orders: Sequence[Order]
    usd_rates: Mapping[str, Decimal] = field(default_factory=dict)

    @cached_property
    def goods(self) -> Mapping[int, GoodsLine]:
        """All goods lines by number."""
        return {line.number: line for order in self.orders for line in order.lines}

    @cached_property
    def declarations(self) -> tuple[DeclarationCase, ...]:
        """Its declarations as cases."""
        return tuple(
            DeclarationCase(declaration, self.goods, self.usd_rates) for declaration in self.plan.declarations
        )

    @staticmethod
    def says(message: str, suggestion: str, *, order: str | None, line: int | None, field: str) -> Finding:
        """A finding about the plan as a whole."""
        return Finding(
            message, suggestion, {"order": order, "declaration": None, "line": line, "field": field}
        )
