"""One declaration of whole orders: its goods simplified."""

from __future__ import annotations

from collections.abc import Sequence

from youju.rules.trade.declarations.facts import Declaration, GoodsLine, Order
from youju.rules.trade.declarations.simplifying import simplify
from youju.rules.trade.declarations.terms import Terms


def declare(number: int, orders: Sequence[Order], terms: Terms) -> Declaration:
    """The declaration of a number; the orders are of one currency, or rule DEC-013 will say so."""
    lines: list[GoodsLine] = [line for order in orders for line in order.lines]
    return Declaration(
        number, tuple(order.number for order in orders), orders[0].currency, simplify(lines, terms)
    )
