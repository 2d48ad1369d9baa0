# ruff: noqa: N802  (a test bears the id of its rule)
"""SUB-101 to SUB-111: what a text should be mended in before it is issued."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from subsidy_texts import FLAT, policy
from youju.rules.findings import Severity
from youju.rules.funds.subsidies.judging import judge_text
from youju.rules.funds.subsidies.running import text_case
from youju.rules.funds.subsidies.texts import PolicyText
from youju.rules.registry import REGISTRY

LAW: dict[str, Any] = {"funds.subsidies.least_filing_days": 15, "funds.subsidies.least_publicity_days": 5}
DAY = date(2023, 1, 1)
STEPS = {"id": "t", "title": "分档", "reference": "第三条", "shape": "tiers"}


def found(text: PolicyText, **around: Any) -> dict[str, str]:
    return {each.rule: each.message for each in judge_text(text_case(text, **around), LAW, DAY)}


def test_a_sound_text_has_nothing_to_mend() -> None:
    assert found(policy()) == {}


def test_SUB_101_each_clause_has_a_reference() -> None:
    assert "SUB-101" in found(policy({**FLAT, "reference": ""}))


def test_SUB_102_something_limits_one_party() -> None:
    assert "SUB-102" in found(policy(party_cap=None))
    assert "SUB-102" not in found(policy({**FLAT, "cap": "10"}, party_cap=None))


def test_SUB_103_a_whole_tier_has_a_cliff() -> None:
    steps = [{"from": "0", "rate": "0.01"}, {"from": "1000", "rate": "0.02"}]
    assert "多得 10.00 元" in found(policy({**STEPS, "steps": steps, "whole": True}))["SUB-103"]
    assert "SUB-103" not in found(policy({**STEPS, "steps": steps}))
    falling = [{"from": "0", "rate": "0.02"}, {"from": "1000", "rate": "0.01"}]
    assert "反而少得" in found(policy({**STEPS, "steps": falling, "whole": True}))["SUB-103"]


def test_SUB_104_falling_rates_reward_splitting() -> None:
    steps = [{"from": "0", "rate": "0.02"}, {"from": "1000", "rate": "0.01"}]
    assert "SUB-104" in found(policy({**STEPS, "steps": steps}))
    assert "SUB-104" not in found(policy({**STEPS, "steps": steps[:1]}))


def test_SUB_105_there_are_days_enough_to_apply() -> None:
    assert "SUB-105" not in found(policy(filing={"from": "2024-01-01", "to": "2024-01-16"}))
    assert "14 天" in found(policy(filing={"from": "2024-01-01", "to": "2024-01-15"}))["SUB-105"]


def test_SUB_106_publicity_lasts_long_enough() -> None:
    assert "SUB-106" not in found(policy(publicity_days=5))
    assert "SUB-106" in found(policy(publicity_days=4))


def test_SUB_107_applications_begin_after_the_window() -> None:
    assert "SUB-107" in found(policy(filing={"from": "2023-12-31", "to": "2024-04-01"}))
    assert "SUB-107" not in found(policy(filing={"from": "2024-01-01", "to": "2024-04-01"}))


def test_SUB_108_overlapping_policies_say_whether_they_stack() -> None:
    other = policy(code="other")
    assert "SUB-108" in found(policy(), others=(other,))
    assert "SUB-108" not in found(policy(stacking={"against": ["other"]}), others=(other,))
    assert "SUB-108" not in found(
        policy(), others=(policy(code="other", stacking={"against": ["test-2023"]}),)
    )
    assert "SUB-108" not in found(policy(), others=(policy(code="other", eligible={"roles": ["agent"]}),))
    later = policy(code="other", window={"from": "2024-01-01", "to": "2025-01-01"})
    assert "SUB-108" not in found(policy(), others=(later,))


def test_SUB_109_the_project_has_the_money() -> None:
    assert "SUB-109" in found(policy(), available=Decimal("999999.99"))
    assert "SUB-109" not in found(policy(), available=Decimal("1000000.00"))
    assert "SUB-109" not in found(policy())


def test_SUB_110_examples_hold() -> None:
    example = {
        "title": "一千",
        "facts": {"filed_on": "2022-01-01", "exports": [{"day": "2023-01-01", "usd": "1000"}]},
    }
    assert "SUB-110" not in found(policy(examples=[{**example, "lines": {"flat": "50"}, "total": "50"}]))
    wrong = policy(examples=[{**example, "lines": {"flat": "51"}, "total": "50"}])
    assert found(wrong)["SUB-110"] == "算例“一千”：条款 flat应为 51.00 元，算出 50.00 元。"


def test_SUB_111_a_base_period_ends_before_the_window() -> None:
    growth = {**FLAT, "shape": "increment", "base": {"from": "2022-01-01", "to": "2023-01-01"}}
    assert "SUB-111" not in found(policy(growth))
    assert "SUB-111" in found(policy({**growth, "base": {"from": "2022-01-01", "to": "2023-01-02"}}))


def test_the_rules_of_texts_hold_from_their_first_day_on() -> None:
    rules = REGISTRY.in_force(date(2020, 1, 1), "policy", "SUB-")
    assert [rule.id for rule in rules] == [f"SUB-{number}" for number in range(101, 112)]
    assert REGISTRY.in_force(date(2019, 12, 31), "policy", "SUB-") == ()
    assert {rule.severity for rule in rules} == set(Severity)
