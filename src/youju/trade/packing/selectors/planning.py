"""Packed goods as the declarations room plans them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from youju.foundation.identity.permissions import require
from youju.rules.trade.packing.amounts import Amounts
from youju.trade.packing import permissions
from youju.trade.packing.models import PackedLine, Packing
from youju.trade.parties.selectors.partners import names_of

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

_GRAIN = Decimal("0.00001")


@dataclass(frozen=True, slots=True)
class PlanningLine:
    """An order line as far as it stands in a packing, over all its containers.

    Weights in kg, volume in m³, amount in ``currency``. ``quantity1`` and ``quantity2`` are the share of the order line's
    statutory quantities that goes with the packed quantity (half up at 0.00001; all of it where the whole line is packed); a
    kilogram among the statutory units is the packed net weight. ``packed`` are the ids of the packed lines, ``parts`` what each
    of them holds.
    """

    order_line: int
    order: str
    line_no: int
    merchant: str
    merchant_name: str
    agent: str
    buyer: str
    currency: str
    country: str
    hs_code: str
    name: str
    model: str
    brand: str
    unit: str
    amounts: Amounts
    unit1: str
    quantity1: Decimal | None
    unit2: str
    quantity2: Decimal | None
    inspection: bool
    export_duty: bool
    packed: tuple[int, ...]
    containers: tuple[str, ...]
    parts: tuple[Amounts, ...] = ()


def lines_for_planning(*, actor: User, number: str) -> tuple[PlanningLine, ...] | None:
    """The goods of a packing by order and line, or ``None`` where the actor sees no such packing. Three queries.

    Raises:
        PermissionDenied: the actor may not see packing.
    """
    require(actor, permissions.VIEW)
    row = Packing.objects.filter(number=number.replace("\0", "")).first()
    if row is None:
        return None
    rows = PackedLine.objects.filter(container__packing=row).select_related("order_line__order", "container")
    by_line: dict[int, list[PackedLine]] = {}
    for line in rows.order_by("order_line__order", "order_line__line_no", "pk"):
        by_line.setdefault(line.order_line_id, []).append(line)
    names = names_of(_parties_of(by_line))
    return tuple(_line(lines, names) for lines in by_line.values())


def _parties_of(by_line: dict[int, list[PackedLine]]) -> set[int]:
    orders = [lines[0].order_line.order for lines in by_line.values()]
    keys = {key for order in orders for key in (order.merchant_id, order.agent_id, order.buyer_id)}
    return {key for key in keys if key is not None}


def _line(lines: list[PackedLine], names: Mapping[int, tuple[str, str]]) -> PlanningLine:
    of, order = lines[0].order_line, lines[0].order_line.order
    parts = tuple(
        Amounts(line.quantity, line.packages, line.net_weight, line.gross_weight, line.volume, line.amount)
        for line in lines
    )
    whole = sum(parts, Amounts())

    def statutory(unit: str, quantity: Decimal | None) -> Decimal | None:
        if quantity is None or whole.quantity == of.quantity:
            return quantity
        if unit == "千克":
            return whole.net_weight
        return (quantity * whole.quantity / of.quantity).quantize(_GRAIN, ROUND_HALF_UP)

    def named(key: int | None) -> tuple[str, str]:
        return names.get(key, ("", "")) if key is not None else ("", "")

    merchant, agent, buyer = (named(key) for key in (order.merchant_id, order.agent_id, order.buyer_id))
    return PlanningLine(
        order_line=of.pk,
        order=order.number,
        line_no=of.line_no,
        merchant=merchant[0],
        merchant_name=merchant[1],
        agent=agent[0],
        buyer=buyer[0],
        currency=order.currency,
        country=order.country,
        hs_code=of.hs_code,
        name=of.name,
        model=of.model,
        brand=of.brand,
        unit=of.unit,
        amounts=whole,
        unit1=of.unit1,
        quantity1=statutory(of.unit1, of.quantity1),
        unit2=of.unit2,
        quantity2=statutory(of.unit2, of.quantity2),
        inspection=of.inspection,
        export_duty=of.export_duty,
        packed=tuple(line.pk for line in lines),
        containers=tuple(dict.fromkeys(line.container.number for line in lines)),
        parts=parts,
    )
