"""Packed goods and stored declarations as the rules look at them, and back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from youju.rules.trade.declarations.facts import USD, Declaration, DeclaredLine, GoodsLine, Order, orders_of
from youju.rules.trade.declarations.money import to_cents
from youju.rules.trade.declarations.units import shared
from youju.trade.declarations.models import DeclaredLine as StoredLine
from youju.trade.declarations.models import SourceLine
from youju.trade.packing.selectors import PlanningLine


@dataclass(frozen=True, slots=True)
class Goods:
    """The goods of a packing: each planning line with its number for the rules, and the orders that they make."""

    lines: Mapping[int, PlanningLine]
    orders: Mapping[str, Order]

    @property
    def all_orders(self) -> tuple[Order, ...]:
        """The orders in the order of the packing."""
        return tuple(self.orders.values())


def goods_of(lines: Iterable[PlanningLine]) -> Goods:
    """Planning lines numbered from 1 and gathered into orders."""
    numbered = dict(enumerate(lines, 1))
    orders = orders_of(goods_line(number, line) for number, line in numbered.items())
    return Goods(numbered, {order.number: order for order in orders})


def goods_line(number: int, line: PlanningLine) -> GoodsLine:
    """A planning line as a goods line."""
    whole = line.amounts
    return GoodsLine(
        number=number,
        order=line.order,
        merchant=line.merchant,
        hs_code=line.hs_code,
        name=line.name,
        quantity=whole.quantity,
        unit=line.unit,
        packages=whole.packages,
        cents=to_cents(whole.amount),
        net_weight=whole.net_weight,
        gross_weight=whole.gross_weight,
        currency=line.currency,
        inspection=line.inspection,
        export_duty=line.export_duty,
        first_quantity=line.quantity1,
        first_unit=line.unit1,
        second_quantity=line.quantity2,
        second_unit=line.unit2,
    )


def usd_rates(month: Mapping[str, Decimal]) -> dict[str, Decimal]:
    """Dollars for one unit of each currency, from CNY rates; nothing where the dollar itself has none."""
    dollar = month.get(USD)
    return {currency: rate / dollar for currency, rate in month.items()} if dollar else {}


def statutory(
    line: DeclaredLine, sources: Sequence[GoodsLine], weight_unit: str
) -> tuple[tuple[Decimal | None, str], tuple[Decimal | None, str]]:
    """The two statutory quantities of a declared line.

    Where merged goods share no unit, those of the declared code's own lines tell which unit is wanted; kilograms are
    then the net weight of all. What still is not known is for a person to fill in.
    """
    found: list[tuple[Decimal | None, str]] = []
    for quantity, unit, own in (
        (line.first_quantity, line.first_unit, [(each.first_quantity, each.first_unit) for each in sources
                                                if each.kind.hs_code == line.hs_code]),
        (line.second_quantity, line.second_unit, [(each.second_quantity, each.second_unit) for each in sources
                                                  if each.kind.hs_code == line.hs_code]),
    ):  # fmt: skip
        if quantity is None and shared(own)[1] == weight_unit:
            found.append((line.net_weight, weight_unit))
        else:
            found.append((quantity, unit))
    return found[0], found[1]


def declared_of(
    lines: Iterable[StoredLine], *, currency: str, orders: Sequence[str] = (), number: int = 1
) -> Declaration:
    """A stored declaration for message and lists. ``sources`` are left empty: they are kept as rows."""
    return Declaration(number, tuple(orders), currency, tuple(declared_line(line) for line in lines))


def declared_line(line: StoredLine, sources: tuple[int, ...] = ()) -> DeclaredLine:
    """A stored declared line."""
    return DeclaredLine(
        number=line.g_no,
        hs_code=line.hs_code,
        name=line.name,
        quantity=line.quantity,
        unit=line.unit,
        cents=to_cents(line.amount),
        net_weight=line.net_weight,
        gross_weight=line.gross_weight,
        packages=line.packages,
        merged=line.merged,
        sources=sources,
        first_quantity=line.quantity1,
        first_unit=line.unit1,
        second_quantity=line.quantity2,
        second_unit=line.unit2,
    )


def source_line(number: int, row: SourceLine, currency: str, merchant: str) -> GoodsLine:
    """A stored source as a goods line; its ``order_line`` with order is fetched with it. ``merchant``: filing number."""
    of = row.order_line
    return GoodsLine(
        number=number,
        order=of.order.number,
        merchant=merchant,
        hs_code=of.hs_code,
        name=of.name,
        quantity=row.quantity,
        unit=of.unit,
        packages=row.packages,
        cents=to_cents(row.amount),
        net_weight=row.net_weight,
        gross_weight=row.gross_weight,
        currency=currency,
        inspection=of.inspection,
        export_duty=of.export_duty,
    )
