"""Registering, confirming, sending back, cancelling: what is stored, what is refused, what the trail keeps."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from kept import kept
from trade_deals import make_deal
from trade_people import as_, person
from youju.foundation.audit.selectors import history
from youju.foundation.identity.roles import Role
from youju.foundation.kernel.errors import InputError
from youju.rules.trade.orders.kinds import OrderKind
from youju.trade.orders import services
from youju.trade.orders.facts import known_many
from youju.trade.orders.models import Order, OrderFinding, OrderLine
from youju.trade.parties.models import Party

pytestmark = pytest.mark.django_db


@kept
def deal():
    return make_deal()


class TestRegistering:
    def test_by_the_merchant_waits_for_the_agent(self, deal) -> None:
        with as_(deal.merchant) as user:
            done = services.register_order(actor=user, wish=deal.wish(lines=[deal.line(), deal.line(1)]))
        order = Order.objects.get(number=done.number)
        assert (order.state, order.merchant_confirmed_by, order.agent_confirmed_by) == (
            "registered",
            user.username,
            "",
        )
        assert (order.amount, order.amount_cny) == (Decimal("2400.00"), Decimal("16997.04"))
        assert (order.packages, order.net_weight, order.gross_weight) == (20, Decimal(160), Decimal(180))
        assert order.number.startswith("T230601")
        assert order.sections == ["SC", "WM"]
        orgs = {deal.merchant.organisation_id, deal.agent.organisation_id, deal.buyer.organisation_id}
        assert set(order.organisations) == orgs

    def test_lines_keep_the_good_and_the_statutory_units_of_the_day(self, deal) -> None:
        with as_(deal.agent) as user:
            done = services.register_order(actor=user, wish=deal.wish())
        (line,) = OrderLine.objects.filter(order_id=done.id)
        assert (line.hs_code, line.name, line.unit, line.quantity, line.amount) == (
            "4202220000", "女包0", "个", Decimal(100), Decimal("1200.00"),
        )  # fmt: skip
        assert (line.unit1, line.quantity1, line.unit2, line.quantity2) == (
            "千克",
            Decimal(80),
            "个",
            Decimal(100),
        )

    def test_without_an_agent_it_is_confirmed_at_once(self, deal) -> None:
        with as_(deal.merchant) as user:
            done = services.register_order(actor=user, wish=deal.wish(agent=""))
        assert done.state == "confirmed"

    def test_the_sums_of_the_lines_are_the_heads(self, deal) -> None:
        lines = [deal.line(quantity=Decimal(q), amount=None, price=Decimal("3.3333")) for q in (7, 11, 13)]
        with as_(deal.merchant) as user:
            done = services.register_order(actor=user, wish=deal.wish(lines=lines))
        order = Order.objects.get(pk=done.id)
        assert order.amount == sum(line.amount for line in order.lines.all()) == Decimal("103.33")

    def test_the_trail_keeps_figures_and_a_hash(self, deal) -> None:
        with as_(deal.merchant) as user:
            done = services.register_order(actor=user, wish=deal.wish())
        (line,) = history("orders.order", done.number).lines
        after = json.loads(line.entry.after)
        assert after["amount"] == "1200.00"
        assert len(after["digest"]) == 64
        assert after["explained"] == ["ORD-035：测试数据，补登以前的交易"]

    def test_statements(self, deal, django_assert_num_queries) -> None:
        def count(lines: int) -> int:
            from django.test.utils import CaptureQueriesContext

            with as_(deal.merchant) as user, CaptureQueriesContext(connection) as seen:
                services.register_order(
                    actor=user, wish=deal.wish(lines=[deal.line(quantity=Decimal(10))] * lines, agent="")
                )
            return len(seen)

        few, many = count(1), count(200)
        assert few == many <= 10  # savepoint and release included


class TestRefusing:
    @pytest.mark.parametrize(
        ("changes", "words"),
        [
            ({"merchant": "M9"}, "没有找到这个市场经营户"),
            ({"buyer": "M1"}, "没有备案为境外采购商"),
            ({"currency": "JPY"}, "没有 2023-06 的 JPY 海关汇率"),
            ({"lines": []}, "没有商品"),
            ({"ordered_on": date(2029, 1, 1)}, "2029-01 的 USD 海关汇率（另有 1 条）"),
        ],
    )
    def test_hard_findings_stop_it_and_nothing_is_stored(self, deal, changes, words) -> None:
        with as_(deal.agent) as user, pytest.raises(services.RefusedOrder, match=words):
            services.register_order(actor=user, wish=deal.wish(**changes))
        assert not Order.objects.exists()

    def test_soft_findings_want_an_explanation(self, deal) -> None:
        with as_(deal.merchant) as user:
            with pytest.raises(services.RefusedOrder, match="要先说明") as refused:
                services.register_order(actor=user, wish=deal.wish(explanations={}))
            assert [each.rule for each in refused.value.findings] == ["ORD-035"]
            with pytest.raises(services.RefusedOrder, match="至少 4 个字"):
                services.register_order(actor=user, wish=deal.wish(explanations={("ORD-035", None): "晚了"}))
            services.register_order(actor=user, wish=deal.wish())
        (kept,) = OrderFinding.objects.all()
        assert (kept.rule, kept.explanation, kept.explained_by) == (
            "ORD-035",
            "测试数据，补登以前的交易",
            user.username,
        )
        assert kept.explained_at is not None

    def test_goods_of_another_merchant_are_not_there(self, deal) -> None:
        other = make_deal("Z")
        wish = deal.wish(lines=[deal.line(good=0), other.line()])
        with as_(deal.merchant) as user, pytest.raises(services.RefusedOrder, match="没有编号为“ZG0”的商品"):
            services.register_order(actor=user, wish=wish)

    def test_a_stranger_speaks_for_nobody(self, deal) -> None:
        other = make_deal("Z")
        with as_(other.agent) as user, pytest.raises((PermissionDenied, services.RefusedOrder)):
            services.register_order(actor=user, wish=deal.wish())
        assert not Order.objects.exists()

    @pytest.mark.parametrize("role", [Role.STF, Role.AUD, Role.HED, Role.ADM, Role.BUY, Role.CSL, Role.BRK])
    def test_other_roles_may_not(self, deal, role) -> None:
        other = person(role, "OTHER" if role in {Role.BUY, Role.CSL, Role.BRK, Role.AUD} else "")
        with as_(other) as user, pytest.raises(PermissionDenied):
            services.register_order(actor=user, wish=deal.wish())

    def test_a_suspended_agent_is_refused(self, deal) -> None:
        Party.objects.filter(number="A1").update(state="suspended")
        with as_(deal.merchant) as user, pytest.raises(services.RefusedOrder, match="已暂停"):
            services.register_order(actor=user, wish=deal.wish())


class TestDeciding:
    @pytest.fixture
    def number(self, deal) -> str:
        with as_(deal.merchant) as user:
            return services.register_order(actor=user, wish=deal.wish()).number

    def test_both_sides_confirm(self, deal, number) -> None:
        with as_(deal.agent) as user:
            order = services.confirm_order(actor=user, number=number)
        assert (order.state, order.agent_confirmed_by) == ("confirmed", user.username)
        assert history("orders.order", number).lines[0].deed == "确认了交易单"

    def test_the_same_side_twice_is_refused(self, deal, number) -> None:
        with as_(deal.merchant) as user, pytest.raises(InputError, match="已经确认过了"):
            services.confirm_order(actor=user, number=number)

    def test_strangers_find_nothing(self, deal, number) -> None:
        other = make_deal("Z")
        for user in (other.merchant, other.agent):
            with as_(user), pytest.raises(InputError, match="没有交易单") as refused:
                services.confirm_order(actor=user, number=number)
            assert refused.value.status == 404

    def test_the_buyer_sees_it_and_may_not_decide(self, deal, number) -> None:
        with as_(deal.buyer) as user:
            assert Order.objects.filter(number=number).exists()
            with pytest.raises(PermissionDenied):
                services.confirm_order(actor=user, number=number)

    def test_sent_back_both_sides_start_anew(self, deal, number) -> None:
        with as_(deal.agent) as user:
            with pytest.raises(InputError, match="须写明理由"):
                services.send_back(actor=user, number=number, reason=" ")
            order = services.send_back(actor=user, number=number, reason="单价不对")
        assert (order.state, order.merchant_confirmed_by) == ("draft", "")

    def test_what_changed_meanwhile_is_not_decided_on(self, deal, number) -> None:
        with as_(deal.agent) as user, pytest.raises(InputError, match="刚才有改动"):
            services.confirm_order(actor=user, number=number, expected=7)

    def test_cancelled(self, deal, number) -> None:
        with as_(deal.merchant) as user:
            services.cancel_order(actor=user, number=number, reason="买方取消")
            with pytest.raises(InputError, match="不能作废"):
                services.cancel_order(actor=user, number=number, reason="再来")

    def test_a_room_above_may_object(self, deal, number, monkeypatch) -> None:
        from youju.trade.orders.services import deciding

        monkeypatch.setattr(deciding, "_holds", [lambda _: "已经组货"])
        with as_(deal.merchant) as user, pytest.raises(InputError, match="已经组货"):
            services.cancel_order(actor=user, number=number, reason="买方取消")


class TestReturns:
    @pytest.fixture
    def sale(self, deal) -> str:
        with as_(deal.merchant) as user:
            return services.register_order(actor=user, wish=deal.wish(agent="")).number

    def back(self, deal, sale: str, quantity: int):
        line = deal.line(quantity=Decimal(quantity), packages=1, net_weight=Decimal(1), gross_weight=Decimal(1),
                         volume=Decimal(0), original=1)  # fmt: skip
        wish = deal.wish(agent="", kind=OrderKind.RETURN, about=sale, lines=[line])
        with as_(deal.merchant) as user:
            return services.register_order(actor=user, wish=wish)

    def test_is_a_record_of_its_own(self, deal, sale) -> None:
        done = self.back(deal, sale, 30)
        order = Order.objects.get(pk=done.id)
        assert (order.kind, order.about.number) == ("return", sale)
        assert order.lines.get().original.order.number == sale

    def test_no_more_than_what_is_left(self, deal, sale) -> None:
        self.back(deal, sale, 30)
        with pytest.raises(services.RefusedOrder, match="只剩 70"):
            self.back(deal, sale, 71)
        self.back(deal, sale, 70)
        with pytest.raises(services.RefusedOrder, match="只剩 0"):
            self.back(deal, sale, 1)

    def test_a_sale_with_a_return_is_not_cancelled(self, deal, sale) -> None:
        self.back(deal, sale, 30)
        with as_(deal.merchant) as user, pytest.raises(InputError, match="有退货或更正"):
            services.cancel_order(actor=user, number=sale, reason="不要了")

    def test_of_what_is_no_confirmed_sale(self, deal) -> None:
        with pytest.raises(services.RefusedOrder, match="没有指明"):
            self.back(deal, "T000000000000", 1)


def test_many_are_known_as_each_alone(deal, django_assert_num_queries) -> None:
    """One question for all, whatever their days and however little of them is known."""
    wishes = [
        deal.wish(),
        deal.wish(ordered_on=date(2023, 6, 2), lines=[deal.line(1), deal.line()], currency="EUR"),
        deal.wish(agent="", lines=[replace(deal.line(), good="没有")]),
        deal.wish(merchant='不"存\\在', buyer="", ordered_on=date(2023, 7, 3)),
    ]
    with as_(deal.merchant):
        known_many(wishes[:1])
        with django_assert_num_queries(1):
            found = known_many(wishes)
        for wish, known in zip(wishes, found, strict=True):
            alone = known_many([wish])[0]
            assert known.facts == alone.facts
            assert (known.merchant, known.agent, known.buyer) == (alone.merchant, alone.agent, alone.buyer)
    assert [known.facts.agreement for known in found] == [True, True, False, False]
    assert [known.facts.rate for known in found][1:] == [Decimal("7.5901"), Decimal("7.0821"), None]


def test_a_registration_costs_two_statements_beside_its_savepoint(deal, django_assert_num_queries) -> None:
    with as_(deal.merchant) as user:
        services.register_order(actor=user, wish=deal.wish())
        wish = deal.wish(lines=[deal.line(), deal.line(1)])
        with django_assert_num_queries(4):  # savepoint, what is known, the rows with their entry, release
            services.register_order(actor=user, wish=wish)


def test_a_refused_order_leaves_no_hole_in_the_numbers(deal) -> None:
    with as_(deal.merchant) as user:
        first = services.register_order(actor=user, wish=deal.wish()).number
        for _ in range(3):
            with pytest.raises(services.RefusedOrder):
                services.register_order(actor=user, wish=deal.wish(buyer=""))
        second = services.register_order(actor=user, wish=deal.wish(lines=[deal.line(1), deal.line()])).number
    assert int(second[7:]) == int(first[7:]) + 1
