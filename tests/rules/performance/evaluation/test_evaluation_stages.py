# ruff: noqa: N802  (a test bears the id of its rule)
"""EVL-007…EVL-014: what stops a self-evaluation at its stages: pass, fail, the day before, the first day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from rules.performance.evaluation.evaluation_made import LAW
from youju.rules.families import every_rule
from youju.rules.findings import Finding
from youju.rules.performance.evaluation.judging import judge_recheck, judge_submission
from youju.rules.performance.evaluation.lifecycle import FROZEN, RETURNS, SELF_FLOW, STATES
from youju.rules.performance.evaluation.rechecking import rechecked
from youju.rules.performance.evaluation.results import consequence, fund_lines, schema_code
from youju.rules.performance.evaluation.schemas import schema_of
from youju.rules.performance.evaluation.stages import Stage, StageRow
from youju.rules.registry import Rule

SCHEMA = schema_of("mof-2020", LAW)
ROW = StageRow(1, "培训次数", Decimal(50), Decimal(50))
STAGE = Stage("P", LAW.as_of, SCHEMA, (ROW,), executed=Fraction(100))
SHORT = replace(ROW, score=Decimal(40), cause="雨季停工", improvement="改在冬季")
FAR = replace(ROW, reached=Fraction(131, 100))
OWN = replace(ROW, own=Decimal(45), own_reason="样本太少")

SPOILED: dict[str, Stage] = {
    "EVL-007": replace(STAGE, targets_agreed=False),
    "EVL-008": replace(STAGE, rows=(replace(ROW, has_value=False, score=None),)),
    "EVL-009": replace(STAGE, rows=(replace(SHORT, cause=""),)),
    "EVL-010": replace(STAGE, rows=(FAR,)),
    "EVL-011": replace(STAGE, executed=Fraction(8999, 100)),
    "EVL-012": replace(STAGE, done=" "),
    "EVL-013": replace(STAGE, rows=(replace(OWN, own_reason=""),)),
    "EVL-014": replace(STAGE, rows=(replace(OWN, own=Decimal("50.01")),)),
}
RULES = [rule for rule in every_rule() if rule.scope in {"self_evaluation", "recheck"}]


def said(stage: Stage, rule: str = "", day: date | None = None) -> list[Finding]:
    stage = replace(stage, day=day or stage.day)
    found = [*judge_submission(stage, LAW), *judge_recheck(stage, LAW)]
    return [each for each in found if not rule or each.rule == rule]


def test_a_full_one_is_not_stopped() -> None:
    assert said(STAGE) == []
    assert said(replace(STAGE, rows=(SHORT,))) == []
    assert said(replace(STAGE, rows=(OWN,))) == []


def test_every_rule_has_a_spoiled_stage() -> None:
    assert sorted(SPOILED) == [rule.id for rule in RULES]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_is_silent_the_day_before_and_speaks_on_its_first_day(rule: Rule) -> None:
    assert said(SPOILED[rule.id], rule.id, rule.since - timedelta(days=1)) == []
    (finding,) = said(SPOILED[rule.id], rule.id, rule.since)
    assert finding.message.endswith("。") and finding.suggestion.endswith("。")
    assert set(finding.at) == {"project", "row", "field"}


def test_EVL_007_targets_are_agreed_first() -> None:
    assert "还没有批准" in said(SPOILED["EVL-007"])[0].message


def test_EVL_008_tells_a_row_without_a_binding_from_one_without_records() -> None:
    (bound,) = said(SPOILED["EVL-008"], "EVL-008")
    (loose,) = said(replace(STAGE, rows=(replace(ROW, has_value=False, score=None, bound=False),)), "EVL-008")
    assert "补录" in bound.suggestion and "绑定" in loose.suggestion


def test_EVL_009_asks_for_cause_and_measure_of_each_row_below_its_points() -> None:
    bare = replace(SHORT, cause="", improvement=" ")
    assert [each.at["field"] for each in said(replace(STAGE, rows=(bare,)))] == ["cause", "improvement"]
    assert said(replace(STAGE, rows=(replace(bare, score=Decimal("49.99")),)))
    assert said(replace(STAGE, rows=(replace(bare, score=Decimal(50)),))) == []


def test_EVL_009_asks_nothing_where_a_decision_took_the_points() -> None:
    assert said(replace(STAGE, rows=(replace(SHORT, cause="", improvement="", reduced=True),))) == []


@pytest.mark.parametrize(
    ("changes", "asked"),
    [
        ({}, True),
        ({"reached": Fraction(130, 100)}, False),
        ({"cause": "年初定低了"}, False),
        ({"reduced": True}, False),
    ],
)
def test_EVL_010_asks_above_130_per_cent(changes: dict[str, Any], asked: bool) -> None:
    assert bool(said(replace(STAGE, rows=(replace(FAR, **changes),)), "EVL-010")) is asked


def test_EVL_011_asks_below_90_per_cent_and_is_answered_by_words() -> None:
    assert said(replace(STAGE, executed=Fraction(90)), "EVL-011") == []
    assert said(replace(SPOILED["EVL-011"], execution_reason="合同尾款次年付"), "EVL-011") == []
    assert "89.99%" in said(SPOILED["EVL-011"], "EVL-011")[0].message


def test_EVL_012_asks_what_was_done() -> None:
    assert said(SPOILED["EVL-012"], "EVL-012")[0].at["field"] == "done"


def test_EVL_013_asks_a_reason_only_where_finance_gives_other_points() -> None:
    assert said(replace(STAGE, rows=(replace(OWN, own=ROW.score, own_reason=""),)), "EVL-013") == []


@pytest.mark.parametrize(("own", "wrong"), [("-0.01", True), ("0", False), ("50", False), ("50.01", True)])
def test_EVL_014_points_lie_within_the_weight(own: str, wrong: bool) -> None:
    row = replace(ROW, score=Decimal(30), own=Decimal(own), own_reason="因")
    assert bool(said(replace(STAGE, rows=(row,)), "EVL-014")) is wrong


def test_finance_changes_total_and_grade() -> None:
    found = rechecked(SCHEMA, Decimal(10), [(Decimal(50), None), (Decimal(30), Decimal("29.99"))])
    assert (found.total, found.grade, found.difference) == (Decimal("89.99"), "良", Decimal("-0.01"))


def test_nobody_takes_two_steps_of_a_round() -> None:
    for code, others in (
        ("check", {"submit"}),
        ("approve", {"submit", "check"}),
        ("recheck", {"submit", "check", "approve"}),
    ):
        assert set(SELF_FLOW.transition(code).not_by) == others
    assert {"filling", *FROZEN} == set(STATES)
    assert all(SELF_FLOW.transition(code).target == "filling" for code in RETURNS)


@pytest.mark.parametrize(("grade", "code"), [("优", "keep"), ("良", "revise"), ("中", "cut"), ("差", "stop")])
def test_a_grade_has_its_consequence(grade: str, code: str) -> None:
    assert consequence(grade, LAW)[0] == code


def test_a_region_has_its_schema() -> None:
    assert schema_code("510104", LAW) == "sichuan"
    assert schema_code("130605", LAW) == schema_code("", LAW) == "mof-2020"


def test_what_was_spent_is_told_by_source_carried_money_first() -> None:
    sources = [("fiscal", Decimal(60), Decimal(70)), ("carried", Decimal(30), Decimal(30))]
    lines = fund_lines(sources, Decimal(80), LAW)
    assert [(each.kind, each.adjusted, each.executed) for each in lines] == [
        ("total", Decimal(100), Decimal(80)),
        ("fiscal", Decimal(70), Decimal(50)),
        ("carried", Decimal(30), Decimal(30)),
    ]
    assert fund_lines([], Decimal(0), LAW)[0].adjusted == 0
