"""Each rule of orders: passes, fails, the day before it starts, the day it starts."""
# ruff: noqa: N802 - a rule's test bears its id

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from youju.foundation.policies import law_on
from youju.rules.findings import Severity
from youju.rules.registry import REGISTRY
from youju.rules.trade.orders.facts import GoodFacts, LineCase, OrderFacts, OrderLineFacts, PartyFacts
from youju.rules.trade.orders.judging import judge
from youju.rules.trade.orders.kinds import OrderKind

DAY = date(2023, 6, 1)
MERCHANT = PartyFacts(1, "M1", "甲箱包", frozenset({"merchant"}))
AGENT = PartyFacts(2, "A1", "乙代理", frozenset({"agent"}))
BUYER = PartyFacts(3, "B1", "Amina Ltd", frozenset({"buyer"}), "KE")
GOOD = GoodFacts(11, "G1", 1, "recognised", "女包", "4202220000", "个", Decimal("12"))
LINE = OrderLineFacts(
    line_no=1,
    good_number="G1",
    good=GOOD,
    quantity=Decimal("100"),
    unit="个",
    price=Decimal("12"),
    amount=Decimal("1200.00"),
    packages=10,
    net_weight=Decimal("80"),
    gross_weight=Decimal("90"),
    volume=Decimal("0.8"),
)
ORDER = OrderFacts(
    kind=OrderKind.SALE,
    ordered_on=DAY,
    registered_on=DAY,
    currency="USD",
    country="KE",
    merchant=MERCHANT,
    agent=AGENT,
    agent_named=True,
    agreement=True,
    buyer=BUYER,
    rate=Decimal("7.0821"),
    usd_rate=Decimal("7.0821"),
    lines=(LINE,),
)


def order(**changes) -> OrderFacts:
    return replace(ORDER, **changes)


def line(**changes) -> OrderFacts:
    return replace(ORDER, lines=(replace(LINE, **changes),))


def good(**changes) -> OrderFacts:
    return line(good=replace(GOOD, **changes))


def of_amount(amount: str, **changes) -> OrderFacts:
    value = Decimal(amount)
    return replace(line(quantity=Decimal(1), price=value, amount=value, packages=1, good=replace(GOOD, usual_price=None)),
                   **changes)  # fmt: skip


EURO = {"currency": "EUR", "rate": Decimal("7.5"), "usd_rate": Decimal("7")}
RETURN = {"kind": OrderKind.RETURN}

# rule, a fact that passes, a fact that fails, words of the finding, first day
CASES = {
    "ORD-001": (ORDER, order(merchant=replace(MERCHANT, why_not="已暂停")), "已暂停", date(2020, 1, 1)),
    "ORD-002": (ORDER, order(agent=None), "没有找到", date(2020, 1, 1)),
    "ORD-003": (ORDER, order(agreement=False), "没有有效的代理协议", date(2020, 1, 1)),
    "ORD-004": (ORDER, order(buyer=replace(BUYER, roles=frozenset({"merchant"}))), "没有备案为境外采购商", date(2020, 1, 1)),
    "ORD-005": (ORDER, order(country="NG"), "NG", date(2020, 1, 1)),
    "ORD-011": (good(state="explained"), good(state="refused"), "认定未通过", date(2020, 1, 1)),
    "ORD-012": (ORDER, good(party=9), "商品目录里", date(2020, 1, 1)),
    "ORD-013": (ORDER, line(unit="打"), "打", date(2020, 1, 1)),
    "ORD-014": (ORDER, good(usual_price=Decimal("3.99")), "3.01 倍", date(2020, 1, 1)),
    "ORD-021": (line(amount=Decimal("1200.01")), line(amount=Decimal("1200.02")), "1200.02", date(2020, 1, 1)),
    "ORD-022": (ORDER, line(packages=0), "件数是 0", date(2020, 1, 1)),
    "ORD-023": (line(gross_weight=Decimal("80")), line(gross_weight=Decimal("79.9")), "79.9", date(2020, 1, 1)),
    "ORD-024": (line(volume=Decimal("4.5")), line(volume=Decimal("4.6")), "19.6", date(2020, 1, 1)),
    "ORD-025": (line(packages=100), line(packages=101), "101", date(2020, 1, 1)),
    "ORD-031": (ORDER, order(rate=None), "2023-06", date(2020, 1, 1)),
    "ORD-032": (of_amount("150000.00"), of_amount("150000.01"), "150000.01", date(2020, 1, 1)),
    "ORD-033": (of_amount("142499.99"), of_amount("142500.00"), "不远", date(2020, 1, 1)),
    "ORD-034": (ORDER, order(registered_on=DAY - timedelta(1)), "还没有到", date(2020, 1, 1)),
    "ORD-035": (order(registered_on=DAY + timedelta(30)), order(registered_on=DAY + timedelta(31)), "31 天", date(2020, 1, 1)),
    "ORD-036": (ORDER, order(lines=()), "没有商品", date(2020, 1, 1)),
    "ORD-037": (ORDER, order(twin="T9"), "T9", date(2020, 1, 1)),
    "ORD-041": (replace(line(left=Decimal(5)), **RETURN), order(**RETURN), "没有指明", date(2020, 1, 1)),
    "ORD-042": (
        replace(line(left=Decimal(100)), **RETURN),
        replace(line(left=Decimal(99)), **RETURN),
        "只剩 99",
        date(2020, 1, 1),
    ),
}  # fmt: skip


def says(rule: str, facts: OrderFacts) -> list[str]:
    found = []
    for version in REGISTRY.versions(rule):
        subjects = [facts] if version.scope == "order" else [LineCase(facts, each) for each in facts.lines]
        found += [f.message for subject in subjects for f in version.findings(subject, law_on(DAY))]
    return found


def test_every_rule_of_orders_has_its_case() -> None:
    assert {rule.id for rule in REGISTRY if rule.id.startswith("ORD-")} == set(CASES)


def holds(rule: str) -> None:
    """It is silent on what is right, speaks once of what is wrong, and is in force from its first day, not the day before."""
    right, wrong, words, first = CASES[rule]
    assert says(rule, right) == []
    (message,) = says(rule, wrong)
    assert words in message
    (version,) = REGISTRY.versions(rule)
    assert version.covers(first)
    assert not version.covers(first - timedelta(1))


def test_ORD_001_the_merchant_is_on_file() -> None:
    holds("ORD-001")


def test_ORD_002_the_agent_is_on_file() -> None:
    holds("ORD-002")


def test_ORD_003_the_agent_is_entrusted() -> None:
    holds("ORD-003")


def test_ORD_004_the_buyer_is_on_file() -> None:
    holds("ORD-004")


def test_ORD_005_the_goods_go_where_the_buyer_is() -> None:
    holds("ORD-005")


def test_ORD_011_goods_are_recognised() -> None:
    holds("ORD-011")


def test_ORD_012_goods_are_the_merchants_own() -> None:
    holds("ORD-012")


def test_ORD_013_the_unit_is_the_catalogues() -> None:
    holds("ORD-013")


def test_ORD_014_the_price_is_the_usual_one() -> None:
    holds("ORD-014")


def test_ORD_021_the_amount_is_quantity_times_price() -> None:
    holds("ORD-021")


def test_ORD_022_numbers_are_positive() -> None:
    holds("ORD-022")


def test_ORD_023_net_is_within_gross() -> None:
    holds("ORD-023")


def test_ORD_024_the_density_is_possible() -> None:
    holds("ORD-024")


def test_ORD_025_packages_are_fewer_than_pieces() -> None:
    holds("ORD-025")


def test_ORD_031_the_rate_is_known() -> None:
    holds("ORD-031")


def test_ORD_032_the_order_fits_one_declaration() -> None:
    holds("ORD-032")


def test_ORD_033_the_order_is_not_cut_to_fit() -> None:
    holds("ORD-033")


def test_ORD_034_the_deal_is_not_in_the_future() -> None:
    holds("ORD-034")


def test_ORD_035_the_deal_is_recent() -> None:
    holds("ORD-035")


def test_ORD_036_the_lines_are_not_too_many() -> None:
    holds("ORD-036")


def test_ORD_037_the_deal_is_registered_once() -> None:
    holds("ORD-037")


def test_ORD_041_a_return_names_its_line() -> None:
    holds("ORD-041")


def test_ORD_042_a_return_is_within_what_is_left() -> None:
    holds("ORD-042")


@pytest.mark.parametrize(
    ("facts", "rule", "there"),
    [
        (of_amount("140000.00", **EURO), "ORD-032", False),  # 150,000.00 dollars to the cent
        (of_amount("140000.01", **EURO), "ORD-032", True),
        (order(usd_rate=None, currency="EUR"), "ORD-031", True),
        (order(agent=None, agent_named=False), "ORD-002", False),
        (line(good=None), "ORD-011", True),
        (good(usual_price=Decimal("36.01")), "ORD-014", True),
        (good(usual_price=Decimal("36")), "ORD-014", False),
        (line(volume=Decimal(0)), "ORD-024", False),
        (line(gross_weight=Decimal("8000.1"), volume=Decimal(1)), "ORD-024", True),
        (order(lines=(LINE,) * 2001), "ORD-036", True),
        (replace(line(quantity=Decimal(7), left=Decimal(5)), kind=OrderKind.CORRECTION), "ORD-042", False),
    ],
)
def test_edges(facts: OrderFacts, rule: str, there: bool) -> None:
    assert bool(says(rule, facts)) is there


def test_a_right_order_is_free_of_findings() -> None:
    assert judge(ORDER, law_on(DAY)).findings == ()


def test_soft_findings_want_an_answer_each() -> None:
    said = judge(of_amount("149000", registered_on=DAY + timedelta(60)), law_on(DAY))
    assert [each.rule for each in said.soft] == ["ORD-033", "ORD-035"]
    assert said.hard == ()
    assert [each.rule for each in said.unexplained([("ORD-033", None)])] == ["ORD-035"]
    assert said.unexplained([("ORD-033", None), ("ORD-035", None)]) == ()


@given(
    quantity=st.decimals("0.001", "99999", places=3),
    price=st.decimals("0.0001", "9999", places=4),
)
def test_an_amount_rounded_half_up_always_passes(quantity: Decimal, price: Decimal) -> None:
    amount = (quantity * price).quantize(Decimal("0.01"), "ROUND_HALF_UP")
    assert says("ORD-021", line(quantity=quantity, price=price, amount=amount)) == []


def test_severities() -> None:
    soft = {rule.id for rule in REGISTRY if rule.id.startswith("ORD-") and rule.severity is Severity.WARNING}
    assert soft == {"ORD-014", "ORD-024", "ORD-033", "ORD-035", "ORD-037"}
