# ruff: noqa: N802  (a test bears the id of its rule)
"""SUB-011 to SUB-016: records that a policy cannot count."""

from __future__ import annotations

from subsidy_texts import AFTER, BEFORE, COST, LAST, START, cost, export, facts, policy
from youju.rules.findings import Severity
from youju.rules.funds.subsidies.computing import compute
from youju.rules.funds.subsidies.facts import PartyFacts
from youju.rules.funds.subsidies.texts import PolicyText


def found(text: PolicyText, known: PartyFacts) -> dict[str, str]:
    return {each.rule: each.message for each in compute(text, known).missing}


def test_SUB_011_something_must_count() -> None:
    assert "SUB-011" in found(policy(), facts())
    assert "SUB-011" in found(policy(), facts(export("1", BEFORE)))
    assert "SUB-011" not in found(policy(), facts(export("1", START)))


def test_SUB_012_exports_outside_the_window_are_told() -> None:
    told = found(policy(), facts(export("10"), export("5", BEFORE), export("6", AFTER)))
    assert "2 行出口" in told["SUB-012"]
    assert "11 美元" in told["SUB-012"]
    assert "SUB-012" not in found(policy(), facts(export("10", START), export("5", LAST)))


def test_SUB_013_exports_whose_money_did_not_come_in_are_left_out() -> None:
    goods = (export("100", collected=True), export("200", collected=False), export("400", collected=None))
    result = compute(policy(collected=True), facts(*goods))
    assert result.lines[0].base == 100
    assert [each.severity for each in result.missing if each.rule == "SUB-013"] == [Severity.WARNING]
    assert "2 行出口没有收汇" in found(policy(collected=True), facts(*goods))["SUB-013"]
    assert "SUB-013" not in found(policy(), facts(*goods))


def test_SUB_014_exports_without_exemption_are_left_out() -> None:
    goods = (export("100", exempted=True), export("200"))
    assert compute(policy(exempted=True), facts(*goods)).lines[0].base == 100
    assert "SUB-014" in found(policy(exempted=True), facts(*goods))
    assert "SUB-014" not in found(policy(exempted=True), facts(goods[0]))


def test_SUB_015_costs_paid_outside_the_window_are_left_out() -> None:
    told = found(policy(COST), facts(costs=(cost("10", START), cost("20", AFTER))))
    assert "1 笔费用" in told["SUB-015"]
    assert "SUB-015" not in found(policy(COST), facts(costs=(cost("10", START), cost("20", LAST))))


def test_SUB_016_costs_of_another_kind_are_left_out() -> None:
    told = found(policy(COST), facts(costs=(cost("10"), cost("20", kind="platform"))))
    assert "平台建设和服务费" in told["SUB-016"]
    assert "SUB-016" not in found(policy(COST), facts(costs=(cost("10"),)))
