"""Goods lines, orders and laws for the tests of declarations."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from youju.foundation.policies import law_on
from youju.rules.trade.declarations.facts import DeclarationPlan, GoodsLine, Order, orders_of
from youju.rules.trade.declarations.terms import Terms

DAY = date(2023, 6, 1)
LAW = law_on(DAY)
LAST_OLD, FIRST_NEW = date(2019, 12, 31), date(2020, 1, 1)
TERMS = Terms(50, 5, 5, ("export_duty", "inspection"), "shared", "千克")


def line(number: int, amount: str = "100.00", **changes: Any) -> GoodsLine:
    """A line that no rule minds."""
    values: dict[str, Any] = {
        "order": "T1",
        "merchant": "M1",
        "hs_code": "4202220000",
        "name": "手提包",
        "quantity": Decimal(10),
        "unit": "个",
        "packages": 1,
        "net_weight": Decimal("8.5"),
        "gross_weight": Decimal(9),
    }
    return GoodsLine(number=number, cents=int(Decimal(amount) * 100), **{**values, **changes})


def kinds(amounts: Sequence[str], *, chapters: Sequence[int] = (42,), **changes: Any) -> list[GoodsLine]:
    """One line of each of so many kinds, their chapters in turn."""
    return [
        line(
            number,
            amount,
            hs_code=f"{chapters[(number - 1) % len(chapters)]:02d}{number:08d}",
            name=f"品{number}",
            **changes,
        )
        for number, amount in enumerate(amounts, 1)
    ]


def order(number: str, first: int, amount: str, **changes: Any) -> Order:
    """An order of one line."""
    return Order(number, (line(first, amount, order=number, **changes),))


def random_orders(
    seed: int, count: int, *, least: int, most: int, ineligible: float = 0.2, names: int = 12, lines: int = 4
) -> tuple[Order, ...]:
    """Orders with totals in cents between two bounds over a few kinds, the same for one seed."""
    draw = random.Random(seed)
    known = [
        (f"{draw.randint(1, 6):02d}{draw.randint(0, 99):08d}", f"品{number}", draw.random() < ineligible)
        for number in range(names)
    ]
    made: list[GoodsLine] = []
    for place in range(count):
        parts = draw.randint(1, lines)
        total = max(parts, draw.randint(least, most))
        for part in range(parts):
            code, name, inspected = draw.choice(known)
            cents = total // parts + (total % parts if part == 0 else 0)
            made.append(
                line(
                    len(made) + 1,
                    f"{cents / 100:.2f}",
                    order=f"T{place}",
                    hs_code=code,
                    name=name,
                    unit=draw.choice(["个", "件"]),
                    inspection=inspected,
                )
            )
    return orders_of(made)


def totals(plan: DeclarationPlan) -> list[int]:
    """The totals of a plan's declarations, smallest first."""
    return sorted(made.cents for made in plan.declarations)
