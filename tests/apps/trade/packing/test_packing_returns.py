"""Returns and cancellations of what is, or is not yet, consolidated."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kept import kept
from trade_deals import make_deal
from trade_loads import confirmed, gatherer, opened
from trade_people import as_
from youju.foundation.kernel.errors import InputError
from youju.rules.trade.orders.kinds import OrderKind
from youju.trade.orders import services as orders
from youju.trade.orders.models import Order
from youju.trade.packing import services
from youju.trade.packing.facts import PartWish
from youju.trade.packing.models import Balance

pytestmark = pytest.mark.django_db


@kept
def deal():
    return make_deal()


class TestReturns:
    def back(self, deal, sale: str, quantity: int) -> str:
        line = deal.line(quantity=Decimal(quantity), packages=quantity // 10, net_weight=Decimal(quantity) * 8 / 10,
                         gross_weight=Decimal(quantity) * 9 / 10, volume=Decimal(quantity) * 8 / 1000,
                         original=1)  # fmt: skip
        wish = deal.wish(kind=OrderKind.RETURN, about=sale, lines=[line])
        with as_(deal.merchant) as user:
            return orders.register_order(actor=user, wish=wish).number

    def test_before_consolidation_there_is_less(self, deal) -> None:
        sale = confirmed(deal)
        self.back(deal, sale, 30)
        row = opened(deal, sale)
        assert row.lines.order_by("pk")[0].quantity == Decimal(70)

    def test_after_consolidation_only_what_is_not_in_it(self, deal) -> None:
        sale, row = confirmed(deal), opened(deal)
        with as_(deal.agent) as user:
            services.add_lines(actor=user, number=row.number, wishes=[PartWish(sale, 1, Decimal(60))])
        with pytest.raises(InputError, match="已组货 60") as refused:
            self.back(deal, sale, 50)
        assert refused.value.status == 409
        assert Order.objects.count() == 1
        back = self.back(deal, sale, 40)
        assert Balance.objects.get(order_line__line_no=1).quantity_in == Decimal(60)
        with as_(deal.merchant) as user:
            orders.cancel_order(actor=user, number=back, reason="不退了")
        assert Balance.objects.get(order_line__line_no=1).quantity_in == Decimal(100)

    def test_the_consolidator_counts_returns_it_does_not_see(self, deal) -> None:
        user, sale, other = (
            gatherer(deal),
            confirmed(deal),
            confirmed(deal, lines=[deal.line(price=Decimal(11))]),
        )
        row = opened(deal, sale, consolidator="C1")
        with as_(deal.agent) as agent:
            services.remove_lines(
                actor=agent, number=row.number, lines=row.lines.values_list("pk", flat=True)
            )
        self.back(deal, other, 30)
        Order.objects.filter(number=other).update(organisations=[*row.organisations, user.organisation_id])
        with as_(user):
            services.add_lines(actor=user, number=row.number, wishes=[PartWish(other)])
        assert row.lines.get().quantity == Decimal(70)

    def test_a_consolidated_order_is_not_cancelled(self, deal) -> None:
        sale = confirmed(deal)
        opened(deal, sale)
        with as_(deal.merchant) as user, pytest.raises(InputError, match="已经组货"):
            orders.cancel_order(actor=user, number=sale, reason="不要了")
