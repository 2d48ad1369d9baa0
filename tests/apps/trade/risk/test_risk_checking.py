"""The rules asked before something is done: an odd price stops an order until it is explained, a plan says what is odd in it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest
from django.test import Client

from kept import kept
from risk_stored import peers_of
from trade_deals import DAY, make_deal
from trade_declared import packed, planned
from trade_loads import confirmed
from trade_people import as_
from youju.trade.declarations import services as declarations
from youju.trade.declarations.services.refusing import RefusedDeclaration
from youju.trade.goods.models import Good, TariffLine
from youju.trade.orders import services as orders
from youju.trade.orders.models import OrderFinding
from youju.trade.risk import services
from youju.trade.risk.checking.cached import forget_peers

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_peers_left() -> Iterator[None]:
    """What one test counted is no other test's measure: rows are rolled back, the process's memory is not."""
    forget_peers()
    yield
    forget_peers()


@kept
def deal():
    deal = make_deal()
    peers_of(deal)
    services.scan_window(since=date(2023, 5, 1), until=date(2023, 7, 1))
    return deal


def test_an_odd_price_is_a_soft_block_until_it_is_explained(deal) -> None:
    dear = [deal.line(price=Decimal(240))]
    known = {("ORD-035", None): "测试数据，补登以前的交易"}
    with as_(deal.merchant) as user:
        with pytest.raises(orders.RefusedOrder) as refused:
            orders.register_order(actor=user, wish=deal.wish(lines=dear))
        assert {each.rule for each in refused.value.findings} >= {"RSK-001", "RSK-013"}
        explained = known | {
            (rule, 1): "高档皮包，有合同和发票" for rule in ("RSK-001", "RSK-013", "ORD-014")
        }
        done = orders.register_order(actor=user, wish=deal.wish(lines=dear, explanations=explained))
        tried = orders.try_order(actor=user, wish=deal.wish(lines=dear))
    stored = OrderFinding.objects.get(order__number=done.number, rule="RSK-001")
    assert (stored.line_no, stored.severity, stored.explanation) == (1, "warning", "高档皮包，有合同和发票")
    assert "RSK-001" in {each.rule for each in tried.unexplained}


def test_an_ordinary_price_passes_and_impossible_weights_do_not(deal) -> None:
    with as_(deal.merchant) as user:
        assert not [
            each
            for each in orders.register_order(actor=user, wish=deal.wish()).findings
            if each.rule.startswith("RSK")
        ]
        with pytest.raises(orders.RefusedOrder, match="不能登记"):
            wish = deal.wish(lines=[deal.line(volume=Decimal("0.001"))])
            orders.register_order(actor=user, wish=wish)


def test_a_watched_brand_wants_a_word(deal) -> None:
    Good.objects.filter(pk=deal.goods[0].pk).update(name="女包 NIKE 款")
    with as_(deal.merchant) as user:
        tried = orders.try_order(actor=user, wish=deal.wish())
    assert "RSK-011" in {each.rule for each in tried.unexplained}


def test_without_peers_nothing_is_said_of_prices() -> None:
    deal = make_deal("N")
    with as_(deal.merchant) as user:
        tried = orders.try_order(actor=user, wish=deal.wish(lines=[deal.line(price=Decimal(240))]))
    assert not [each for each in tried.findings if each.rule.startswith("RSK")]


def test_a_plan_tells_of_a_container_that_stands_elsewhere(deal) -> None:
    packed(deal, confirmed(deal))
    plan = planned(deal, packed(deal, confirmed(deal, lines=[deal.line(quantity=Decimal(90))])))
    said = {each["rule"]: each for each in plan.proof["said"]}
    assert said["RSK-002"]["severity"] == "hint"
    assert "（另一张）" in said["RSK-002"]["message"]
    client = Client()
    client.force_login(deal.agent)
    told = client.get(f"/api/v1/declarations/plans/{plan.pk}").json()
    assert {each["rule"]: each["severity"] for each in told["said"]}["RSK-002"] == "hint"
    with as_(deal.agent) as user:
        (row,) = declarations.accept_plan(actor=user, plan_id=plan.pk)
    assert row.declared_on == DAY


def test_controlled_goods_in_a_merged_line_stop_a_plan(deal) -> None:
    version = TariffLine.objects.first().version
    goods = []
    for place in range(7):
        code = f"42029{place}0000"
        TariffLine.objects.get_or_create(
            version=version, code=code, defaults={"name": "容器", "unit1": "千克"}
        )
        goods.append(
            Good.objects.create(
                party=deal.parties["merchant"],
                number=f"GX{place}",
                state="recognised",
                name=f"容器{place}",
                hs_code=code,
                unit="个",
            )
        )
    deal.goods += goods
    lines = [deal.line(2 + place, price=Decimal(12 - place)) for place in range(7)]
    plan_of = confirmed(deal, lines=lines)
    row = packed(deal, plan_of)
    TariffLine.objects.filter(code=goods[6].hs_code).update(supervision="8")
    plan = planned(deal, row)
    assert [each["severity"] for each in plan.proof["said"] if each["rule"] == "RSK-010"] == ["error"]
    with as_(deal.agent) as user, pytest.raises(RefusedDeclaration, match="RSK-010"):
        declarations.accept_plan(actor=user, plan_id=plan.pk)
