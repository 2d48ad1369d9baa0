"""A traced trade for tests: a merchant at a stall, goods with producers, returns of returns, straight rows for breadth."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from trade_deals import DAY, Deal, make_deal
from trade_people import as_
from youju.rules.trade.orders.kinds import OrderKind
from youju.trade.goods.models import Good
from youju.trade.orders import services as orders
from youju.trade.parties.models import Market, Stall, Tenancy


def traced_deal(prefix: str = "") -> Deal:
    """A deal whose merchant held a stall in market ``BG`` from January 2023 on, with a producer for its first good."""
    deal = make_deal(prefix)
    market = Market.objects.get_or_create(code="BG", defaults={"name": "白沟箱包市场"})[0]
    place = Stall.objects.count() + 1
    stall = Stall.objects.create(market=market, floor=1, row=1, position=place, number=f"A-{100 + place}")
    Tenancy.objects.create(party=deal.parties["merchant"], stall=stall, valid_from=date(2023, 1, 1))
    deal.parties["merchant"].region = "河北白沟"
    deal.parties["merchant"].save(update_fields=["region"])
    Good.objects.filter(pk=deal.goods[0].pk).update(producer="白沟第一箱包厂", name_en="Women's bag")
    deal.goods[0].refresh_from_db()
    return deal


def stall_of(deal: Deal) -> str:
    """The number of the merchant's stall."""
    return Tenancy.objects.get(party=deal.parties["merchant"]).stall.number


def returned(
    deal: Deal, about: str, quantity: int, *, line: int = 1, good: int = 0, confirm: bool = True
) -> str:
    """The number of a return of so much of a line of a sale, or of a return."""
    wish = deal.wish(
        kind=OrderKind.RETURN,
        about=about,
        lines=[
            deal.line(
                good,
                quantity=Decimal(quantity),
                packages=max(1, quantity // 10),
                net_weight=Decimal(quantity) * 8 / 10,
                gross_weight=Decimal(quantity) * 9 / 10,
                volume=Decimal(quantity) * 8 / 1000,
                original=line,
            )
        ],
        ordered_on=DAY,
    )
    with as_(deal.merchant) as user:
        number = orders.register_order(actor=user, wish=wish).number
    if confirm:
        with as_(deal.agent) as user:
            orders.confirm_order(actor=user, number=number)
    return number
