"""What goods amount to at every level (order line, consolidation, container), and parts of them that add up exactly."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

ZERO = Decimal(0)
NAMES = {
    "quantity": "数量",
    "packages": "件数",
    "net_weight": "净重",
    "gross_weight": "毛重",
    "volume": "体积",
    "amount": "总价",
}
"""Measure → its Chinese name, in the order in which they are said."""
_GRAIN = {
    "net_weight": Decimal("0.00001"),
    "gross_weight": Decimal("0.00001"),
    "volume": Decimal("0.000001"),
    "amount": Decimal("0.01"),
}


@dataclass(frozen=True, slots=True)
class Amounts:
    """Quantity in the deal unit, packages, weights in kg, volume in m³, amount in the currency."""

    quantity: Decimal = ZERO
    packages: int = 0
    net_weight: Decimal = ZERO
    gross_weight: Decimal = ZERO
    volume: Decimal = ZERO
    amount: Decimal = ZERO

    def __add__(self, other: Amounts) -> Amounts:
        # Written out: ``astuple`` copies each figure, and filling containers adds up without end.
        return Amounts(
            self.quantity + other.quantity,
            self.packages + other.packages,
            self.net_weight + other.net_weight,
            self.gross_weight + other.gross_weight,
            self.volume + other.volume,
            self.amount + other.amount,
        )

    def __sub__(self, other: Amounts) -> Amounts:
        return Amounts(
            self.quantity - other.quantity,
            self.packages - other.packages,
            self.net_weight - other.net_weight,
            self.gross_weight - other.gross_weight,
            self.volume - other.volume,
            self.amount - other.amount,
        )

    def beyond(self, most: Amounts) -> tuple[str, ...]:
        """The measures in which this is more than ``most``."""
        return tuple(name for name in NAMES if getattr(self, name) > getattr(most, name))


def part_of(left: Amounts, quantity: Decimal, packages: int | None = None) -> Amounts:
    """The part of what is left that goes with a quantity; the last part takes all that remains.

    Weights, volume and amount are shared out by quantity, half up at the last digit that is kept; taking parts one after another
    from what is left, they add up to the whole exactly.

    Args:
        left: of which a part is taken; its quantity is above zero.
        quantity: how much; all of it or more gives the whole with this quantity, for the rules to judge.
        packages: how many packages go with it, where somebody counted them.
    """
    if quantity >= left.quantity or left.quantity <= 0:
        whole = left.packages if packages is None else packages
        return Amounts(quantity, whole, left.net_weight, left.gross_weight, left.volume, left.amount)
    shared = {
        name: (getattr(left, name) * quantity / left.quantity).quantize(grain, ROUND_HALF_UP)
        for name, grain in _GRAIN.items()
    }
    if packages is None:
        packages = int((left.packages * quantity / left.quantity).to_integral_value(ROUND_HALF_UP))
    return Amounts(quantity, packages, **shared)


def total(parts: list[Amounts] | tuple[Amounts, ...]) -> Amounts:
    """The sum of parts."""
    return sum(parts, Amounts())
