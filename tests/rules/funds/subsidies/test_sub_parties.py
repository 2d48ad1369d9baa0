# ruff: noqa: N802  (a test bears the id of its rule)
"""SUB-001 to SUB-008: what keeps a party from a policy; pass, fail, the day before, the first day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from subsidy_texts import COST, LAST, START, award, export, facts, policy
from youju.rules.findings import Finding
from youju.rules.funds.subsidies.computing import compute
from youju.rules.funds.subsidies.facts import PartyFacts
from youju.rules.funds.subsidies.judging import judge
from youju.rules.funds.subsidies.texts import PolicyText
from youju.rules.registry import REGISTRY

GOODS = facts(export("1000"))


def said(rule: str, text: PolicyText, known: PartyFacts) -> list[Finding]:
    return [finding for finding in judge(text, known) if finding.rule == rule]


def test_SUB_001_a_role_of_the_policy_is_enough() -> None:
    text = policy(eligible={"roles": ["merchant", "agent"]})
    assert said("SUB-001", text, GOODS) == []
    wrong = replace(GOODS, roles=frozenset({"broker"}))
    assert "市场经营户、外贸代理" in said("SUB-001", text, wrong)[0].message
    assert (compute(text, wrong).total, compute(text, wrong).potential) == (0, 50)


def test_SUB_002_the_party_is_on_file_and_early_enough() -> None:
    text = policy(eligible={"roles": ["merchant"], "filed_before": "2023-01-01"})
    assert said("SUB-002", text, replace(GOODS, filed_on=None))
    assert said("SUB-002", text, replace(GOODS, filed_on=date(2022, 12, 31))) == []
    assert said("SUB-002", text, replace(GOODS, filed_on=START))


def test_SUB_003_the_filing_runs_on_the_day_of_applying() -> None:
    known = replace(GOODS, judged_on=date(2024, 1, 15), valid_until=date(2024, 1, 15))
    assert said("SUB-003", policy(), known) == []
    assert said("SUB-003", policy(), replace(known, judged_on=date(2024, 1, 16)))
    assert said("SUB-003", policy(), replace(known, suspended=True))


@pytest.mark.parametrize(
    ("day", "inside"),
    [
        (date(2023, 12, 31), False),
        (date(2024, 1, 1), True),
        (date(2024, 3, 31), True),
        (date(2024, 4, 1), False),
    ],
)
def test_SUB_004_applications_are_taken_in_the_filing_window(day: date, inside: bool) -> None:
    assert bool(said("SUB-004", policy(), replace(GOODS, judged_on=day))) is not inside
    assert said("SUB-004", policy(), GOODS) == []


def test_SUB_005_exports_reach_the_least() -> None:
    text = policy(eligible={"roles": ["merchant"], "least_usd": "1000"})
    assert said("SUB-005", text, GOODS) == []
    found = said("SUB-005", text, facts(export("999.99")))
    assert "还差 0.01 美元" in found[0].message


def test_SUB_006_papers_are_asked_for_once_somebody_applies() -> None:
    text = policy(evidence=[{"code": "form", "title": "申请表"}, {"code": "bill", "title": "提单"}])
    assert said("SUB-006", text, GOODS) == []
    found = said("SUB-006", text, replace(GOODS, evidence=frozenset({"form"})))
    assert "提单" in found[0].message
    assert said("SUB-006", text, replace(GOODS, evidence=frozenset({"form", "bill"}))) == []


def test_SUB_007_the_earlier_award_excludes_the_policy() -> None:
    text = policy(stacking={"against": ["other"], "counts": "earlier"})
    assert said("SUB-007", text, replace(GOODS, other_awards=(award("else", "1"),))) == []
    known = replace(GOODS, other_awards=(award("other", "1"),))
    assert "别的政策" in said("SUB-007", text, known)[0].message
    assert compute(text, known).total == 0


def test_SUB_008_the_better_award_is_told_and_does_not_block() -> None:
    text = policy(stacking={"against": ["other"], "counts": "better"})
    known = replace(GOODS, other_awards=(award("other", "20"),))
    assert said("SUB-008", text, known)
    assert said("SUB-007", text, known) == []
    assert compute(text, known).total == 30
    assert said("SUB-008", text, GOODS) == []


def test_the_rules_of_parties_hold_from_their_first_day_on() -> None:
    ids = {rule.id for rule in REGISTRY.in_force(date(2020, 1, 1), "subsidy", "SUB-")}
    assert {f"SUB-{number:03}" for number in (*range(1, 9), *range(11, 17))} == ids
    assert REGISTRY.in_force(date(2019, 12, 31), "subsidy", "SUB-") == ()


def test_a_cost_policy_needs_no_exports() -> None:
    from subsidy_texts import cost

    assert compute(policy(COST), facts(costs=(cost("10", LAST),))).total == 5
