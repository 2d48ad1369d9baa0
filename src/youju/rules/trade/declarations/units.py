"""In which unit goods of several lines are counted together (``customs.simplified_declaration.merged_unit``)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from youju.rules.trade.declarations.facts import GoodsLine
from youju.rules.trade.declarations.terms import Terms

SHARED, WEIGHT = "shared", "weight"
"""Values of the policy: a unit that all lines share, else net weight; or always net weight where kinds are merged."""


def quantity_of(lines: Sequence[GoodsLine], terms: Terms, *, merged: bool) -> tuple[Decimal, str]:
    """The quantity of lines declared as one, and its unit.

    The unit as dealt where all lines share it, else the first statutory unit where all share that, else net weight.
    ``merged``: lines of several kinds of a chapter, for which the policy may say to weigh.
    """
    if not (merged and terms.merged_unit == WEIGHT):
        dealt = {line.unit for line in lines}
        if len(dealt) == 1:
            return sum((line.quantity for line in lines), Decimal(0)), dealt.pop()
        total, unit = shared((line.first_quantity, line.first_unit) for line in lines)
        if total is not None:
            return total, unit
    return sum((line.net_weight for line in lines), Decimal(0)), terms.weight_unit


def shared(counted: Iterable[tuple[Decimal | None, str]]) -> tuple[Decimal | None, str]:
    """The sum where every quantity is known and in one unit, else ``(None, "")``."""
    total, units = Decimal(0), set()
    for quantity, unit in counted:
        if quantity is None or not unit:
            return None, ""
        total += quantity
        units.add(unit)
    return (total, units.pop()) if len(units) == 1 else (None, "")
