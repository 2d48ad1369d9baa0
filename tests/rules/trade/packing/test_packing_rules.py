"""Each rule of packing: passes, fails, the day before it starts, the day it starts. Parts and first fit are exact."""
# ruff: noqa: N802 - a rule's test bears its id

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from youju.foundation.policies import law_on
from youju.rules.registry import REGISTRY
from youju.rules.trade.packing.amounts import Amounts, part_of, total
from youju.rules.trade.packing.checks.containers import check_digit
from youju.rules.trade.packing.facts import (
    ContainerFacts,
    PackingFacts,
    PartFacts,
    Standing,
    capacities,
)
from youju.rules.trade.packing.filling import first_fit
from youju.rules.trade.packing.judging import judge

FIRST = date(2020, 1, 1)
DAY = date(2023, 6, 1)
LEFT = Amounts(Decimal(100), 10, Decimal(80), Decimal(90), Decimal("0.8"), Decimal("1200.00"))
PART = PartFacts(
    order="T1",
    line_no=1,
    name="女包",
    country="KE",
    currency="USD",
    agent=2,
    confirmed=True,
    wanted=LEFT,
    left=LEFT,
)
FACTS = PackingFacts(day=DAY, country="KE", currency="USD", agent=2, parts=(PART,))


def part(**changes) -> PackingFacts:
    return replace(FACTS, parts=(replace(PART, **changes),))


def wanted(**changes) -> PackingFacts:
    return part(wanted=replace(LEFT, **changes))


def box(number: str = "CSQU3054383", kind: str = "20GP", **load) -> PackingFacts:
    return replace(FACTS, containers=(ContainerFacts(number, kind, Amounts(**load)),))


def shed(**changes) -> PackingFacts:
    return replace(
        FACTS, warehouse=replace(Standing("W1", "保定监管场站", frozenset({"warehouse"})), **changes)
    )


def gatherer(**changes) -> PackingFacts:
    return replace(
        FACTS, consolidator=replace(Standing("C1", "甲组货", frozenset({"consolidator"})), **changes)
    )


# rule, a fact that passes, a fact that fails, words of the finding
CASES = {
    "PAC-001": (box(), box("CSQU3054384"), "应为 3"),
    "PAC-002": (box(), box(kind="20XX"), "20XX"),
    "PAC-003": (box(gross_weight=Decimal(28200)), box(gross_weight=Decimal("28200.00001")), "28200.00001"),
    "PAC-004": (box(volume=Decimal("33.2")), box(volume=Decimal("33.200001")), "33.200001"),
    "PAC-011": (FACTS, part(confirmed=False), "T1 还没有确认"),
    "PAC-012": (FACTS, part(country="NG"), "NG"),
    "PAC-013": (FACTS, part(currency="EUR"), "EUR"),
    "PAC-014": (part(agent=None), part(agent=3), "另一家代理"),
    "PAC-021": (FACTS, wanted(amount=Decimal("1200.01")), "只剩 1200.00"),
    "PAC-022": (wanted(packages=0), wanted(quantity=Decimal(0)), "数量 0"),
    "PAC-023": (wanted(net_weight=Decimal(90)), wanted(net_weight=Decimal("90.00001")), "90.00001"),
    "PAC-024": (part(closed=True), part(closed=False, consolidation="Z1"), "Z1"),
    "PAC-031": (shed(), shed(why_not="的备案已暂停"), "已暂停"),
    "PAC-032": (gatherer(), gatherer(roles=frozenset({"agent"})), "没有备案为组货人"),
}


def says(rule: str, facts: PackingFacts) -> list[str]:
    return [f.message for version in REGISTRY.versions(rule) for f in version.findings(facts, law_on(DAY))]


def holds(rule: str) -> None:
    """It is silent on what is right, speaks once of what is wrong, and is in force from its first day, not the day before."""
    right, wrong, words = CASES[rule]
    assert says(rule, right) == []
    (message,) = says(rule, wrong)
    assert words in message
    (version,) = REGISTRY.versions(rule)
    assert version.covers(FIRST)
    assert not version.covers(FIRST - timedelta(1))


def test_every_rule_of_packing_has_its_case() -> None:
    assert {rule.id for rule in REGISTRY if rule.id.startswith("PAC-")} == set(CASES)


def test_PAC_001_the_number_checks() -> None:
    holds("PAC-001")


def test_PAC_002_the_type_is_known() -> None:
    holds("PAC-002")


def test_PAC_003_the_payload_holds() -> None:
    holds("PAC-003")


def test_PAC_004_the_volume_holds() -> None:
    holds("PAC-004")


def test_PAC_011_orders_are_confirmed() -> None:
    holds("PAC-011")


def test_PAC_012_one_country() -> None:
    holds("PAC-012")


def test_PAC_013_one_currency() -> None:
    holds("PAC-013")


def test_PAC_014_one_agent() -> None:
    holds("PAC-014")


def test_PAC_021_never_more_than_is_left() -> None:
    holds("PAC-021")


def test_PAC_022_something_is_taken() -> None:
    holds("PAC-022")


def test_PAC_023_net_is_within_gross() -> None:
    holds("PAC-023")


def test_PAC_024_the_consolidation_is_closed() -> None:
    holds("PAC-024")


def test_PAC_031_the_warehouse_is_on_file() -> None:
    holds("PAC-031")
    assert "没有备案号" in says("PAC-031", shed(name=""))[0]


def test_PAC_032_the_consolidator_is_on_file() -> None:
    holds("PAC-032")


def test_a_right_wish_is_passed_in_silence() -> None:
    assert judge(replace(box(), warehouse=shed().warehouse), law_on(DAY)) == ()


@pytest.mark.parametrize("number", ["CSQU3054383", "MSKU0000006", "TEMU6079348", "HLXU2008419"])
def test_known_container_numbers(number: str) -> None:
    assert check_digit(number[:10]) == int(number[10])


@pytest.mark.parametrize(
    "number", ["", "CSQX3054383", "csqu3054383", "CSQU305438", "粤A12345", "CSQU３054383"]
)
def test_what_is_no_container_number(number: str) -> None:
    (message,) = says("PAC-001", box(number))
    assert "不是集装箱号" in message


def decimals(places: int, most: int) -> st.SearchStrategy[Decimal]:
    return st.integers(0, most * 10**places).map(lambda n: Decimal(n).scaleb(-places))


@st.composite
def goods(draw: st.DrawFn) -> Amounts:
    net = draw(decimals(5, 5000))
    return Amounts(
        draw(st.integers(1, 5000).map(Decimal) | decimals(5, 50).filter(bool)),
        draw(st.integers(0, 300)),
        net,
        net + draw(decimals(5, 200)),
        draw(decimals(6, 30)),
        draw(decimals(2, 100_000)),
    )


@given(goods(), st.lists(st.fractions(0, 1), max_size=6))
def test_parts_add_up_to_the_whole_to_the_last_digit(whole: Amounts, cuts) -> None:
    left, parts = whole, []
    for cut in cuts:
        quantity = (left.quantity * cut.numerator / cut.denominator).quantize(Decimal("0.00001"))
        if 0 < quantity < left.quantity:
            parts.append(part_of(left, quantity))
            left -= parts[-1]
    parts.append(part_of(left, left.quantity))
    assert total(parts) == whole
    for each in parts:
        assert each.net_weight <= each.gross_weight
        assert each.packages >= 0 and each.amount >= 0 and each.volume >= 0


@given(st.lists(goods(), max_size=5), st.lists(st.sampled_from(["20GP", "40HQ"]), max_size=3))
def test_first_fit_loses_nothing_and_overloads_nothing(lines: list[Amounts], kinds: list[str]) -> None:
    known = capacities(law_on(DAY))
    placed, over = first_fit(
        list(enumerate(lines)), [(place, known[kind], Amounts()) for place, kind in enumerate(kinds)]
    )
    for key, line in enumerate(lines):
        got = [each.part for each in placed if each.line == key]
        assert total([*got, over.get(key, Amounts())]) == line
        assert all(each.quantity > 0 for each in got)
    for place, kind in enumerate(kinds):
        load = total([each.part for each in placed if each.container == place])
        assert load.volume <= known[kind].volume
        assert load.gross_weight <= known[kind].payload


def test_a_line_that_fits_nowhere_whole_is_spread_by_packages() -> None:
    line = Amounts(Decimal(1000), 100, Decimal(9000), Decimal(10000), Decimal(50), Decimal("9999.99"))
    most = capacities(law_on(DAY))["20GP"]
    placed, over = first_fit([(7, line)], [(1, most, Amounts()), (2, most, Amounts())])
    assert [(each.container, each.part.quantity, each.part.packages) for each in placed] == [
        (1, Decimal(660), 66),
        (2, Decimal(340), 34),
    ]
    assert over == {}
