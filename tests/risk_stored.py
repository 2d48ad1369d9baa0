"""Orders of a small trade written at once, enough of them to be each other's peers."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from trade_deals import DAY, Deal
from youju.trade.orders.models import Order, OrderLine


def sold(
    deal: Deal,
    number: str,
    price: str = "12",
    *,
    quantity: int = 100,
    day: date = DAY,
    good: int = 0,
    merchant: str = "merchant",
    by: str = "",
    **line: object,
) -> Order:
    """A confirmed order of one line; 80 kg net, 90 kg gross, 0.8 m³ unless told otherwise."""
    item, amount = deal.goods[good], Decimal(price) * quantity
    seller, agent, buyer = deal.parties[merchant], deal.parties["agent"], deal.parties["buyer"]
    parties = (seller, agent, buyer)
    values = {
        "packages": 10,
        "net_weight": Decimal(80),
        "gross_weight": Decimal(90),
        "volume": Decimal("0.8"),
        **line,
    }
    order = Order.objects.create(
        number=number, state="confirmed", merchant=seller, agent=agent, buyer=buyer, ordered_on=day, country="KE",
        organisations=[each.organisation_id for each in parties if each.organisation_id], sections=["SC", "WM"],
        rate=Decimal("7.0821"), rate_month=day.replace(day=1), amount=amount, amount_cny=amount * Decimal("7.0821"),
        lines_count=1, created_by=by, merchant_confirmed_by="m", agent_confirmed_by="a",
    )  # fmt: skip
    OrderLine.objects.create(
        order=order, line_no=1, good=item, hs_code=item.hs_code, name=item.name, unit=item.unit, quantity=quantity,
        price=Decimal(price), amount=amount, **values,
    )  # fmt: skip
    return order


def peers_of(deal: Deal, count: int = 30) -> None:
    """Ordinary orders around twelve dollars a piece, a few in each of the days before."""
    for place in range(count):
        sold(deal, f"T2305{place:06d}", str(11 + place % 5 * 0.5), day=DAY - timedelta(days=place % 20))
