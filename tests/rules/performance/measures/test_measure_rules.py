"""The rules MSR-…: each passes, fails, and says nothing on the day before it begins."""
# ruff: noqa: N802

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from youju.foundation.policies import law_on
from youju.rules.performance.measures.facts import BindingFacts, SignedFacts
from youju.rules.performance.measures.judging import judge
from youju.rules.registry import REGISTRY

DAY = date(2023, 12, 31)
BOUND = BindingFacts(
    "propose", DAY, "第 1 行“试点出口额”", quantity=True, target="≥2亿元", metrics=("exports.value_cny",), units=("元",),
    readings=frozenset({"growth"}), confirmed_by="pfo", actor="pfo",
)  # fmt: skip
VAGUE = replace(BOUND, quantity=False, target="影响积极", reading="growth")
RATES = {
    "reached": (Decimal(80), Decimal(100)),
    "partly": (Decimal(60), Decimal(80)),
    "missed": (Decimal(0), Decimal(60)),
}
SAID = SignedFacts(
    "sign", DAY, "第 7 行“生态效益”", adjusts=False, quantity=True, value=Decimal(94), tier="", tier_rate=None,
    text="全年往来五十件文书中四十七件无纸化。", evidence=1, until=DAY, year=2023, signed_by="stf", actor="stf", rates=RATES,
)  # fmt: skip
TIERED = replace(SAID, quantity=False, value=None, tier="reached", tier_rate=Decimal(100))


def said(facts: BindingFacts | SignedFacts) -> list[str]:
    return [each.rule for each in judge(facts, law_on(max(facts.day, date(2020, 1, 1))))]


def test_good_ones_are_free_of_findings() -> None:
    for facts in (BOUND, VAGUE, replace(BOUND, moment="watch"), SAID, TIERED, replace(SAID, moment="watch")):
        assert [rule for rule in said(facts) if rule != "MSR-010"] == []


@pytest.mark.parametrize("number", [*range(1, 11), *range(101, 110)])
def test_each_rule_begins_on_its_day(number: int) -> None:
    versions = REGISTRY.versions(f"MSR-{number:03d}")
    first = min(each.since for each in versions)
    assert not any(each.covers(first - timedelta(days=1)) for each in versions)
    assert any(each.covers(first) for each in versions)


def test_MSR_001_every_row_is_bound() -> None:
    free = replace(BOUND, moment="watch", bound=False, computed=False, metrics=())
    assert said(free) == ["MSR-001"]
    assert said(replace(free, moment="propose")) == []
    assert said(replace(free, day=date(2019, 12, 31))) == [], "the day before"
    assert said(replace(free, day=date(2020, 1, 1))) == ["MSR-001"], "the first day"


def test_MSR_002_what_is_bound_is_in_the_catalogue() -> None:
    assert said(replace(BOUND, metrics=("exports.nothing",), unknown=("exports.nothing",))) == ["MSR-002"]
    assert said(replace(BOUND, metrics=())) == ["MSR-002"]
    assert said(replace(BOUND, computed=False, metrics=())) == []


def test_MSR_003_a_unit_can_be_told_in_the_targets() -> None:
    assert said(replace(BOUND, fits=False, units=("%",))) == ["MSR-003"]
    assert said(replace(VAGUE, fits=False)) == [], "a tier needs no unit"


def test_MSR_004_a_target_says_its_unit() -> None:
    assert said(replace(BOUND, unit_note="目标值没有写单位，按“%”计")) == ["MSR-004"]
    assert said(replace(BOUND, fits=False, unit_note="")) == ["MSR-003"]


def test_MSR_005_a_parameter_belongs_to_its_metric() -> None:
    assert said(replace(BOUND, parameters={"tag": "x"})) == ["MSR-005"]
    assert said(replace(BOUND, parameters={"tag": "x"}, known=frozenset({"tag"}))) == []


def test_MSR_006_a_projects_row_counts_its_project() -> None:
    known = frozenset({"project"})
    assert said(replace(BOUND, known=known)) == ["MSR-006"]
    assert said(replace(BOUND, known=known, parameters={"project": "P"})) == []


def test_MSR_007_a_value_becomes_a_tier_by_a_stated_way() -> None:
    assert said(replace(VAGUE, reading="")) == ["MSR-007"]
    assert said(replace(VAGUE, reading="unknown")) == ["MSR-007"]
    assert said(VAGUE) == []


def test_MSR_008_another_person_approves() -> None:
    assert said(replace(BOUND, moment="approve")) == ["MSR-008"]
    assert said(replace(BOUND, moment="approve", actor="hed")) == []


def test_MSR_009_what_can_be_computed_is_not_attested() -> None:
    attested = replace(BOUND, computed=False, metrics=(), suggested="exports.value_cny")
    assert said(attested) == ["MSR-009"]
    assert said(replace(attested, note="数据还没有接入")) == []
    assert said(replace(attested, suggested="")) == []


def test_MSR_010_a_vague_row_stays_vague() -> None:
    assert said(replace(VAGUE, moment="watch")) == ["MSR-010"]
    assert said(replace(BOUND, moment="watch")) == []


def test_MSR_101_what_is_signed_has_evidence() -> None:
    assert said(replace(SAID, evidence=0)) == ["MSR-101"]
    assert said(replace(SAID, evidence=0, day=date(2019, 12, 31), until=date(2019, 12, 31), year=2019)) == []


def test_MSR_102_what_is_signed_says_why() -> None:
    assert said(replace(SAID, text="一二三四五六七八九")) == ["MSR-102"]
    assert said(replace(SAID, text="一二三四五六七八九十")) == []


def test_MSR_103_a_number_answers_a_number() -> None:
    assert said(replace(SAID, value=None)) == ["MSR-103"]
    assert said(replace(SAID, tier="reached")) == ["MSR-103"]
    assert said(replace(TIERED, value=Decimal(1))) == ["MSR-103"]
    assert said(replace(TIERED, tier="", tier_rate=None)) == ["MSR-103"]


def test_MSR_104_a_rate_lies_in_its_tier() -> None:
    for tier, rate, wrong in (
        ("reached", "100", False), ("reached", "80", False), ("reached", "79.99", True),
        ("partly", "80", True), ("partly", "60", False), ("missed", "60", True), ("missed", "0", False),
    ):  # fmt: skip
        found = said(replace(TIERED, tier=tier, tier_rate=Decimal(rate)))
        assert found == (["MSR-104"] if wrong else []), (tier, rate)


def test_MSR_105_another_person_countersigns() -> None:
    assert said(replace(SAID, moment="countersign")) == ["MSR-105"]
    assert said(replace(SAID, moment="countersign", actor="hed")) == []


def test_MSR_106_it_speaks_of_its_year() -> None:
    assert said(replace(SAID, until=date(2022, 12, 31))) == ["MSR-106"]
    assert said(replace(SAID, day=date(2023, 6, 29), until=date(2023, 6, 30))) == ["MSR-106"], (
        "the day before"
    )
    assert said(replace(SAID, day=date(2023, 6, 30), until=date(2023, 6, 30))) == [], "the day itself"


def test_MSR_107_what_is_signed_is_countersigned_soon() -> None:
    waiting = replace(SAID, moment="watch", signed_on=date(2023, 12, 26))
    assert said(waiting) == [], "five days"
    assert said(replace(waiting, signed_on=date(2023, 12, 25))) == ["MSR-107"], "six"
    assert said(replace(waiting, signed_on=date(2023, 1, 1), countersigned=True)) == []


def test_MSR_108_an_adjustment_changes_something() -> None:
    assert said(replace(SAID, adjusts=True, changes=False)) == ["MSR-108"]
    assert said(replace(SAID, adjusts=True)) == []


def test_MSR_109_a_statement_is_for_what_is_attested() -> None:
    assert said(replace(SAID, attested_row=False)) == ["MSR-109"]
    assert said(replace(SAID, attested_row=False, adjusts=True)) == []
