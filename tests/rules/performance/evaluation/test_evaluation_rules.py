# ruff: noqa: N802  (a test bears the id of its rule)
"""EVL-…: what a scored self-evaluation is asked about: pass, fail, the day before, the first day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from rules.performance.evaluation.evaluation_made import FULL, LAW, ROWS, budget
from youju.rules.families import every_rule
from youju.rules.findings import Finding, Severity
from youju.rules.law import Law
from youju.rules.performance.evaluation.cases import EvaluationCase
from youju.rules.performance.evaluation.facts import Evaluation, Reduction
from youju.rules.performance.evaluation.scoring import FAMILY, judge, score
from youju.rules.registry import Rule

RULES = [rule for rule in every_rule() if rule.id.startswith(FAMILY) and rule.scope in {"evaluation", "row"}]
SICHUAN = replace(FULL, schema="sichuan")
SPOILED: dict[str, Evaluation] = {
    "EVL-001": replace(FULL, budget=budget("94.94")),
    "EVL-002": replace(FULL, budget=budget("79.99")),
    "EVL-003": replace(SICHUAN, budget=budget("89.99")),
    "EVL-004": replace(FULL, budget=budget("100.01")),
    "EVL-005": replace(FULL, rows=(replace(ROWS[0], target="≥100次", actual="131次"), *ROWS[1:])),
    "EVL-006": replace(FULL, rows=(replace(ROWS[0], actual="12"), *ROWS[1:])),
}


def said(evaluation: Evaluation, rule: str = "", day: date = LAW.as_of) -> list[Finding]:
    made = score(evaluation, LAW)
    case = EvaluationCase(evaluation, made.schema, made.execution.score, made.rows)
    return [each for each in judge(case, Law(dict(LAW), as_of=day)) if not rule or each.rule == rule]


def test_a_full_evaluation_is_asked_nothing() -> None:
    assert said(FULL) == said(SICHUAN) == []


def test_every_rule_has_a_spoiled_evaluation() -> None:
    assert sorted(SPOILED) == [rule.id for rule in RULES]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_is_silent_the_day_before_and_speaks_on_its_first_day(rule: Rule) -> None:
    assert said(SPOILED[rule.id], rule.id, rule.since - timedelta(days=1)) == []
    assert said(SPOILED[rule.id], rule.id, rule.since)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_finding_has_the_shape_of_the_linters(rule: Rule) -> None:
    (finding,) = said(SPOILED[rule.id], rule.id)
    shown = finding.as_json()
    assert list(shown) == ["rule", "severity", "project", "row", "field", "message", "suggestion"]
    assert (finding.severity, finding.rule) == (rule.severity, rule.id)
    assert finding.severity is not Severity.ERROR, "a warning takes no points away and changes no exit status"
    assert finding.message.endswith("。") and finding.suggestion.endswith("。")
    assert (shown["row"] is None) == (rule.scope == "evaluation")


def test_the_project_stands_in_every_finding() -> None:
    whole, in_row = (
        replace(SPOILED[name], project="13060523P00456310001Q") for name in ("EVL-001", "EVL-005")
    )
    assert {each.at["project"] for each in [*said(whole), *said(in_row)]} == {"13060523P00456310001Q"}


def test_EVL_001_is_red_above_five_per_cent_of_the_indicators_share() -> None:
    assert said(replace(FULL, budget=budget("95")), "EVL-001") == []  # (1 − 0.95) / 1 is 5 %, not above
    assert said(replace(FULL, budget=budget("94.99")), "EVL-001") == []  # 9.499 points are 9.50
    (finding,) = said(SPOILED["EVL-001"], "EVL-001")  # 9.494 points are 9.49
    assert finding.message == (
        "红色预警：指标得分率 100%，预算执行率的得分率 94.9%，前者高出 5.1%，超过 5%。"
    )


def test_EVL_001_is_silent_where_the_indicators_have_no_points() -> None:
    rows = tuple(
        replace(each, actual="0次" if "次" in each.target else "0%", tier=None, tier_rate=None, target=aim)
        for each, aim in zip(ROWS, ("≥12次", "≥5%", "≥90%"), strict=True)
    )
    assert said(replace(FULL, rows=rows, budget=budget("0")), "EVL-001") == []


def test_EVL_002_is_yellow_above_a_fifth_unspent() -> None:
    assert said(replace(FULL, budget=budget("80")), "EVL-002") == []
    (finding,) = said(SPOILED["EVL-002"], "EVL-002")
    assert "黄色预警：全年预算数有 20.01% 没有执行，超过 20%" in finding.message


def test_EVL_003_asks_only_where_the_schema_does_and_nobody_has_said_why() -> None:
    low = budget("89.99")
    assert said(replace(FULL, budget=low), "EVL-003") == []
    assert said(replace(SICHUAN, budget=budget("90")), "EVL-003") == []
    assert said(replace(SICHUAN, budget=replace(low, deviation="项目推迟到次年验收")), "EVL-003") == []
    (finding,) = said(replace(SICHUAN, budget=replace(low, deviation=" ")), "EVL-003")
    assert finding.message == "预算执行率 89.99%，低于 90%，没有说明原因。"


def test_EVL_004_asks_where_more_was_spent_than_the_budget() -> None:
    assert said(replace(FULL, budget=budget("100")), "EVL-004") == []
    (finding,) = said(SPOILED["EVL-004"], "EVL-004")
    assert finding.message == "执行数 100.01 超过全年预算数 100，执行率按 100% 计分。"


def test_EVL_005_asks_above_130_per_cent_where_more_is_better() -> None:
    def asked(target: str, actual: str, **other: object) -> list[Finding]:
        first = replace(ROWS[0], target=target, actual=actual, **other)  # type: ignore[arg-type]
        return said(replace(FULL, rows=(first, *ROWS[1:])), "EVL-005")

    assert asked("≥100次", "130次") == []
    assert (
        len(asked("≥100次", "130.01次")) == len(asked("100次", "131次")) == len(asked("=100次", "131次")) == 1
    )
    assert asked("≤100天", "1天") == asked("≥0次", "5次") == asked("≥-5%", "40%") == []
    assert asked("≥100次", "131次", deviation="新增两个市场") == []
    assert len(asked("≥100次", "131次", deviation=" ")) == 1
    assert asked("≥100次", "131次", reduction=Reduction(Decimal(10), "绩效办决定")) == []


def test_EVL_006_hints_at_a_value_without_its_unit() -> None:
    assert said(replace(FULL, rows=(replace(ROWS[0], target="≥12", actual="12"), *ROWS[1:])), "EVL-006") == []
    (finding,) = said(SPOILED["EVL-006"], "EVL-006")
    assert (finding.severity, finding.at["row"]) == (Severity.HINT, 1)
