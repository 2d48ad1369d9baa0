"""A buyer's purchases: English through and through, how far the goods are in plain words, and nobody else's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kept import kept
from trade_deals import Deal, make_deal, party
from trade_declared import accepted, order_of, packed, planned
from trade_loads import boxed, confirmed, opened
from trade_people import as_, person
from youju.foundation.identity.models import Organisation, User
from youju.foundation.identity.roles import Role
from youju.foundation.kernel.context import reaching_all
from youju.rules.trade.orders.kinds import OrderKind
from youju.trade.declarations.models import Declaration
from youju.trade.orders import selectors
from youju.trade.orders import services as orders
from youju.trade.orders.facts import LineWish
from youju.trade.orders.models import OrderLine
from youju.trade.packing import services as packing
from youju.trade.packing.facts import PartWish
from youju.trade.parties.models import Party

pytestmark = pytest.mark.django_db
LIST = "/orders/purchases/"
CHINESE = re.compile(r"[一-鿿、：。，（）]")


@pytest.fixture(autouse=True)
def _reach() -> Iterator[None]:
    with reaching_all():
        yield


@kept
def deal() -> Deal:
    deal = make_deal()
    User.objects.update(display_name="Amina")
    Organisation.objects.filter(pk=deal.buyer.organisation_id).update(name="Amina Trading")
    for who, name in (("merchant", "Baigou Bags"), ("agent", "Northern Export")):
        Party.objects.filter(pk=deal.parties[who].pk).update(name_en=name)
    return deal


def enter(who: User, language: str = "en") -> Client:
    client = Client(headers={"Accept-Language": language})
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    client.force_login(who)
    return client


def english(number: str) -> str:
    """Goods with an English name, as a seller that sells abroad enters them."""
    OrderLine.objects.filter(order__number=number).update(name_en="Handbag")
    return number


def body(answer: Any) -> str:
    html = re.sub(r'<form class="language".*?</form>', "", answer.content.decode(), flags=re.DOTALL)
    spoken = " ".join(re.findall(r'(?:aria-label|placeholder|title|alt|data-label)="([^"]*)"', html))
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html) + spoken)


def released(deal: Deal, number: str) -> Declaration:
    """The order's declaration as it stands after release."""
    (row,) = accepted(deal, planned(deal, packed(deal, number)))
    Declaration.objects.filter(pk=row.pk).update(state="released", released_at="2023-06-15T02:00:00Z")
    return row


def test_the_pages_are_english_through_and_through(deal: Deal) -> None:
    client = enter(deal.buyer)
    assert CHINESE.findall(body(client.get(LIST))) == []
    number = english(confirmed(deal))
    with as_(deal.merchant) as user:
        orders.register_order(actor=user, wish=deal.wish(lines=[deal.line(price=Decimal(11))]))
    for address in (LIST, f"{LIST}?state=confirmed", f"{LIST}?text=nothing", f"{LIST}{number}/"):
        answer = client.get(address)
        assert answer.status_code == 200
        assert CHINESE.findall(body(answer)) == [], address
    shown = body(client.get(LIST))
    for words in ("Baigou Bags", "USD 2,400.00", "Waiting for seller and agent", "Not packed yet", "2 rows"):
        assert words in shown, words
    one = body(client.get(f"{LIST}{number}/"))
    for words in ("Northern Export", "Kenya", "Handbag", "100 pcs", "Where your goods are"):
        assert words in one, words


def test_the_same_pages_are_chinese_for_a_chinese_reader(deal: Deal) -> None:
    number = confirmed(deal)
    client = enter(deal.buyer, "zh-hans")
    assert "我的采购" in body(client.get(LIST))
    assert "还没有装箱" in body(client.get(LIST))
    one = body(client.get(f"{LIST}{number}/"))
    assert "货物到了哪一步" in one
    assert "100 个" in one


def test_how_far_the_goods_are(deal: Deal) -> None:
    number = order_of(deal, 5000)
    client = enter(deal.buyer)

    def told() -> tuple[str, str]:
        return body(client.get(LIST)), body(client.get(f"{LIST}{number}/"))

    row = opened(deal)
    with as_(deal.agent) as user:
        packing.add_lines(actor=user, number=row.number, wishes=[PartWish(number, 1, Decimal(400))])
        packing.step_consolidation(actor=user, number=row.number, step="close")
        box, _ = boxed(deal)
        packing.pack_all(actor=user, number=box.number, consolidation=row.number)
    for page in told():
        assert "Partly packed" in page
        assert "Not declared yet" in page
    assert "CSQU3054383" in told()[1]


def test_declared_and_released(deal: Deal) -> None:
    number = order_of(deal, 5000)
    row = released(deal, number)
    client = enter(deal.buyer)
    one = body(client.get(f"{LIST}{number}/"))
    assert "Fully packed · Released by customs" in one
    assert "2023-06-15" in one
    for state, words in (
        ("planned", "Declaration being prepared"),
        ("sent", "With customs"),
        ("inspection", "Under customs inspection"),
        ("exported", "Exported"),
    ):
        Declaration.objects.filter(pk=row.pk).update(state=state)
        assert words in body(client.get(LIST)), state


def test_a_return_is_a_record_of_its_own(deal: Deal) -> None:
    number = confirmed(deal)
    with as_(deal.merchant) as user:
        first = OrderLine.objects.get(order__number=number, line_no=1)
        line = LineWish(**{**_values(deal), "original": first.line_no, "quantity": Decimal(10), "packages": 1,
                           "net_weight": Decimal(8), "gross_weight": Decimal(9), "volume": Decimal("0.08")})  # fmt: skip
        wish = deal.wish(kind=OrderKind.RETURN, about=number, lines=[line])
        back = orders.register_order(actor=user, wish=wish).number
    client = enter(deal.buyer)
    assert back in body(client.get(f"{LIST}{number}/"))
    one = body(client.get(f"{LIST}{back}/"))
    assert f"Return: {number}" in one
    assert "Where your goods are" not in one


def _values(deal: Deal) -> dict[str, Any]:
    line = deal.line()
    return {name: getattr(line, name) for name in LineWish.__slots__}


class TestWhose:
    def test_nothing_of_another_buyer_in_the_same_container(self, deal: Deal) -> None:
        other = person(Role.BUY, "OTHER")
        deal.parties["other"] = party(other, "B2", "buyer", country="KE", sections=["WM"])
        mine = order_of(deal, 5000)
        theirs = order_of(deal, 7777, buyer="B2")
        packed(deal, mine, theirs)
        with as_(deal.buyer) as user:
            assert [row.number for row in selectors.purchases(actor=user)] == [mine]
            assert selectors.purchase_page(actor=user, number=theirs) is None
        client = enter(deal.buyer)
        shown = body(client.get(LIST)) + body(client.get(f"{LIST}{mine}/"))
        assert theirs not in shown
        assert "7,777" not in shown
        assert client.get(f"{LIST}{theirs}/").status_code == 404
        assert mine not in body(enter(other).get(LIST))

    def test_an_order_in_which_one_takes_part_otherwise_is_no_purchase(self, deal: Deal) -> None:
        """A trader that buys and sells: what it sells stands on the other page."""
        confirmed(deal)
        deal.merchant.roles = [Role.MER.value, Role.BUY.value]
        deal.merchant.save()
        with as_(deal.merchant) as user:
            assert not selectors.purchases(actor=user).exists()

    def test_the_merchants_own_is_not_told(self, deal: Deal) -> None:
        number = confirmed(deal, note="底价不能说", reference="内部-77")
        one = enter(deal.buyer).get(f"{LIST}{number}/").content.decode()
        for secret in ("底价不能说", "内部-77", "7.0821", "补登", "ORD-035"):
            assert secret not in one, secret

    @pytest.mark.parametrize("address", ["/orders/", "/packing/packings/", "/declarations/", "/goods/"])
    def test_other_pages_stay_closed(self, deal: Deal, address: str) -> None:
        assert enter(deal.buyer).get(address).status_code in (403, 404)

    def test_only_for_buyers(self, deal: Deal) -> None:
        for who in (deal.merchant, deal.agent, person(Role.STF)):
            assert enter(who).get(LIST).status_code == 403
            with as_(who), pytest.raises(PermissionDenied):
                selectors.purchases(actor=who)

    def test_drafts_of_merchants_are_not_shown(self, deal: Deal) -> None:
        with as_(deal.merchant) as user:
            number = orders.register_order(actor=user, wish=deal.wish()).number
        with as_(deal.agent) as user:
            orders.send_back(actor=user, number=number, reason="数量不对")
        with as_(deal.buyer) as user:
            assert not selectors.purchases(actor=user).exists()


def test_a_longer_list_costs_no_more_queries(deal: Deal) -> None:
    client, counts = enter(deal.buyer), []
    for price in (11, 12, 13, 14):
        confirmed(deal, lines=[deal.line(price=Decimal(price))])
        if price in (11, 14):
            client.get(LIST)
            with CaptureQueriesContext(connection) as queries:
                client.get(LIST)
            counts.append(len(queries))
    assert counts[0] == counts[1] <= 25
