"""The rules AST-…: each passes, fails, and says nothing on the day before it begins."""
# ruff: noqa: N802

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from youju.foundation.policies import law_on
from youju.rules.findings import Severity, stopping
from youju.rules.funds.assets.facts import AssetFacts, DisposalFacts, MoveFacts, StocktakeFacts
from youju.rules.funds.assets.judging import Facts, judge
from youju.rules.registry import REGISTRY

DAY = date(2023, 6, 15)
CARD = AssetFacts(
    "register", DAY, "ZC2023000001", "台式计算机", "A0201", Decimal("5200.00"), date(2023, 6, 1), group="A02", months=72,
    keeper="陈立", paid=Decimal("5200.00"),
)  # fmt: skip
LYING = replace(CARD, moment="watch")
DISPOSAL = DisposalFacts("request", DAY, "scrap", date(2017, 3, 16), 72, "已坏")
ROUND = StocktakeFacts("watch", DAY, "PD2306000001", DAY)


def said(facts: Facts, law_day: date | None = None) -> list[str]:
    return [each.rule for each in judge(facts, law_on(law_day or max(facts.day, date(2020, 1, 1))))]


def test_a_good_card_is_free_of_findings() -> None:
    assert said(CARD) == []
    assert said(LYING) == []
    assert said(DISPOSAL) == []
    assert said(ROUND) == []


@pytest.mark.parametrize("number", range(1, 19))
def test_each_rule_begins_on_its_day(number: int) -> None:
    versions = REGISTRY.versions(f"AST-{number:03d}")
    first = min(each.since for each in versions)
    assert not any(each.covers(first - timedelta(days=1)) for each in versions)
    assert any(each.covers(first) for each in versions)


def test_AST_001_the_price_is_measured_by_the_standard_of_its_day() -> None:
    assert said(replace(CARD, cost=Decimal("1000.00"))) == []
    assert said(replace(CARD, cost=Decimal("999.99"))) == ["AST-001"]
    assert said(replace(CARD, cost=Decimal("980.00"), category="A0501", group="A05")) == [], "bulk furniture"
    special = replace(CARD, category="A0299", cost=Decimal("1200.00"))
    assert said(special, date(2022, 2, 28)) == ["AST-001"], (
        "the day before the new rule: 1,500 for special equipment"
    )
    assert said(special, date(2022, 3, 1)) == [], "its first day: 1,000 for all"


def test_AST_002_what_costs_much_has_a_payment() -> None:
    assert said(replace(LYING, paid=Decimal(0))) == ["AST-002"]
    assert said(replace(LYING, paid=Decimal(0), cost=Decimal("4999.99"))) == []
    assert said(replace(LYING, paid=Decimal(0), cost=Decimal("5000.00"))) == ["AST-002"]
    assert said(replace(CARD, paid=Decimal(0))) == [], "not while it is registered"


def test_AST_003_a_maker_s_number_stands_once() -> None:
    found = judge(replace(CARD, serial="SN1", twin="ZC2022000009"), law_on(DAY))
    assert [each.rule for each in stopping(found)] == ["AST-003"]
    assert "ZC2022000009" in found[0].message
    assert said(replace(CARD, serial="SN1")) == []


def test_AST_004_a_thing_in_use_has_a_keeper() -> None:
    assert said(replace(CARD, keeper="")) == ["AST-004"]
    assert said(replace(LYING, keeper="", state="lent")) == ["AST-004"]
    assert said(replace(CARD, keeper="", state="idle")) == []


def test_AST_005_a_keeper_who_left_is_said() -> None:
    assert said(replace(LYING, keeper_left=True)) == ["AST-005"]
    assert said(replace(LYING, keeper_left=True, state="disposed")) == []


def test_AST_006_what_is_written_off_and_in_use_is_said() -> None:
    assert said(replace(LYING, depreciated=LYING.cost)) == ["AST-006"]
    assert said(replace(LYING, depreciated=LYING.cost - Decimal("0.01"))) == []
    assert said(replace(LYING, depreciated=LYING.cost, state="idle")) == []
    assert said(replace(LYING, months=0)) == []


def test_AST_007_cards_make_no_more_than_the_payment() -> None:
    over = (("FK1", Decimal("100.00"), Decimal("100.01")),)
    found = judge(replace(CARD, overdrawn=over), law_on(DAY))
    assert [(each.rule, each.severity) for each in found] == [("AST-007", Severity.ERROR)]
    assert "超出 0.01 元" in found[0].message


def test_AST_008_a_day_to_come_is_refused() -> None:
    assert said(replace(CARD, acquired_on=DAY)) == []
    assert said(replace(CARD, acquired_on=DAY + timedelta(days=1))) == ["AST-008"]


def test_AST_009_a_category_stands_in_the_table() -> None:
    assert said(replace(CARD, category="A0999")) == ["AST-009"]
    before = replace(CARD, category="A0999", day=date(2022, 12, 29), acquired_on=date(2022, 1, 1))
    assert said(before) == [], "the day before the standard"
    assert said(replace(before, day=date(2022, 12, 30))) == ["AST-009"]


def test_AST_010_what_was_lent_comes_back() -> None:
    lent = replace(LYING, state="lent", lent_until=DAY)
    assert said(lent) == []
    assert said(replace(lent, day=DAY + timedelta(days=1))) == ["AST-010"]


def test_AST_011_everything_is_counted_each_year() -> None:
    assert said(replace(LYING, acquired_on=date(2022, 6, 30))) == []
    assert said(replace(LYING, acquired_on=date(2022, 5, 31))) == ["AST-011"]
    assert said(replace(LYING, acquired_on=date(2016, 5, 31), counted_on=date(2022, 6, 1))) == []


def test_AST_012_another_person_accepts() -> None:
    assert said(MoveFacts(DAY, "anna", "anna")) == ["AST-012"]
    assert said(MoveFacts(DAY, "anna", "bert")) == []


def test_AST_013_three_people_for_a_disposal() -> None:
    step = replace(DISPOSAL, moment="step", hands=("anna", "bert"))
    assert said(replace(step, actor="bert")) == ["AST-013"]
    assert said(replace(step, actor="carl")) == []


def test_AST_014_what_leaves_early_has_a_reason() -> None:
    early = replace(DISPOSAL, acquired_on=date(2017, 7, 1))
    assert said(early) == ["AST-014"], "its life ends in July, it is June"
    assert said(replace(early, day=date(2023, 7, 1))) == []
    assert said(replace(early, reason="被车撞坏，无法修复了")) == []
    assert said(replace(early, way="handover")) == []
    assert said(replace(early, months=0)) == [], "no life, no early"


def test_AST_015_only_a_sale_brings_money() -> None:
    done = replace(DISPOSAL, moment="complete", proceeds=Decimal("1.00"))
    assert said(done) == []
    assert said(replace(done, way="donation")) == ["AST-015"]
    assert said(replace(done, way="donation", proceeds=Decimal(0))) == []


def test_AST_016_a_round_that_is_late_is_said() -> None:
    assert said(replace(ROUND, day=DAY + timedelta(days=1))) == ["AST-016"]
    assert said(replace(ROUND, day=DAY + timedelta(days=1), open=False)) == []


def test_AST_017_differences_are_decided_first() -> None:
    assert said(replace(ROUND, moment="close", undecided=1)) == ["AST-017"]
    assert said(replace(ROUND, moment="close")) == []


def test_AST_018_a_round_fits_on_a_phone() -> None:
    opened = replace(ROUND, moment="open")
    assert said(replace(opened, size=3000)) == []
    assert said(replace(opened, size=3001)) == ["AST-018"]
    assert said(opened) == ["AST-018"], "nothing in scope"
