# ruff: noqa: N802  (a test bears the id of its rule)
"""EVL-015…EVL-021, the points of a key evaluation and of the department: pass, fail, the day before, the first day."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.performance.evaluation.evaluation_made import LAW
from youju.rules.families import every_rule
from youju.rules.findings import Finding
from youju.rules.performance.evaluation.departments import (
    Department,
    ProjectScore,
    SubgoalLink,
    scored_department,
    split,
    weights_of_department,
)
from youju.rules.performance.evaluation.facts import EvaluationError
from youju.rules.performance.evaluation.judging import judge_department, judge_key
from youju.rules.performance.evaluation.keys import KeyCase, KeyItem, framework, scored_key
from youju.rules.performance.evaluation.schemas import schema_of
from youju.rules.registry import Rule

SCHEMA = schema_of("mof-2020", LAW)
POINTS = {"甲": Decimal(20), "乙": Decimal(18), "丙": Decimal(19)}
ITEMS = (
    KeyItem(1, "决策", "立项", "依据充分", Decimal(20), POINTS),
    KeyItem(2, "过程", "管理", "制度健全", Decimal(20), POINTS),
    KeyItem(3, "产出", "数量", "完成率", Decimal(30), POINTS),
    KeyItem(4, "效益", "效益", "社会效益", Decimal(30), POINTS),
)
CASE = KeyCase("P", LAW.as_of, ITEMS, closing=True)


def project(code: str, score: str = "90", adjusted: str = "100", executed: str = "100") -> ProjectScore:
    return ProjectScore(code, f"项目{code}", Decimal(score), "优", Decimal(adjusted), Decimal(executed))


DEPARTMENT = Department(
    LAW.as_of,
    (project("A", "90", "300", "300"), project("B", "80", "100", "60")),
    (SubgoalLink(1, "培育主体", ("A",)), SubgoalLink(2, "扩大出口", ("A", "B"))),
    2,
)


def weighing(*weights: str) -> KeyCase:
    items = tuple(replace(item, weight=Decimal(each)) for item, each in zip(ITEMS, weights, strict=True))
    return replace(CASE, items=items)


SPOILED_KEYS = {
    "EVL-015": weighing("20", "20", "30", "30.01"),
    "EVL-016": weighing("20.01", "20", "29.99", "30"),
    "EVL-017": replace(CASE, items=(replace(ITEMS[0], points={"甲": Decimal(20), "乙": None}), *ITEMS[1:])),
    "EVL-018": replace(CASE, items=(replace(ITEMS[0], points=POINTS | {"甲": Decimal("20.01")}), *ITEMS[1:])),
    "EVL-019": replace(CASE, items=(replace(ITEMS[0], points=POINTS | {"乙": Decimal("15.99")}), *ITEMS[1:])),
}
SPOILED_DEPARTMENTS = {
    "EVL-020": replace(DEPARTMENT, subgoals=(*DEPARTMENT.subgoals, SubgoalLink(3, "没人管", ("X",)))),
    "EVL-021": replace(DEPARTMENT, expected=3),
}
KEY_RULES = [rule for rule in every_rule() if rule.scope == "key_evaluation"]
DEPARTMENT_RULES = [rule for rule in every_rule() if rule.scope == "department_evaluation"]


def said(case: KeyCase, rule: str = "") -> list[Finding]:
    return [each for each in judge_key(case, LAW) if not rule or each.rule == rule]


def test_a_good_one_is_asked_nothing() -> None:
    assert said(CASE) == []
    assert judge_department(DEPARTMENT, LAW) == []
    assert sorted([*SPOILED_KEYS, *SPOILED_DEPARTMENTS]) == [
        rule.id for rule in [*KEY_RULES, *DEPARTMENT_RULES]
    ]


@pytest.mark.parametrize("rule", KEY_RULES, ids=lambda rule: rule.id)
def test_a_rule_of_keys_begins_on_its_day(rule: Rule) -> None:
    spoiled = SPOILED_KEYS[rule.id]
    assert said(replace(spoiled, day=rule.since - timedelta(days=1)), rule.id) == []
    (finding,) = said(replace(spoiled, day=rule.since), rule.id)
    assert finding.message.endswith("。") and finding.suggestion.endswith("。")


@pytest.mark.parametrize("rule", DEPARTMENT_RULES, ids=lambda rule: rule.id)
def test_a_rule_of_departments_begins_on_its_day(rule: Rule) -> None:
    spoiled = SPOILED_DEPARTMENTS[rule.id]
    before = judge_department(replace(spoiled, day=rule.since - timedelta(days=1)), LAW)
    assert [each for each in before if each.rule == rule.id] == []
    on = judge_department(replace(spoiled, day=rule.since), LAW)
    assert [each.rule for each in on if each.rule == rule.id] == [rule.id]


def test_EVL_015_weights_make_a_hundred() -> None:
    assert "100.01" in said(SPOILED_KEYS["EVL-015"], "EVL-015")[0].message


def test_EVL_016_sixty_itself_is_enough() -> None:
    assert said(weighing("20", "20", "30", "30"), "EVL-016") == []
    assert "59.99%" in said(SPOILED_KEYS["EVL-016"], "EVL-016")[0].message


def test_EVL_017_asks_only_at_the_end() -> None:
    assert said(replace(SPOILED_KEYS["EVL-017"], closing=False), "EVL-017") == []
    assert said(SPOILED_KEYS["EVL-017"], "EVL-017")[0].at["row"] == 1


def test_EVL_018_the_weight_itself_may_be_given() -> None:
    assert said(CASE, "EVL-018") == []


def test_EVL_019_a_fifth_of_the_weight_is_not_too_much() -> None:
    at_edge = replace(CASE, items=(replace(ITEMS[0], points=POINTS | {"乙": Decimal(16)}), *ITEMS[1:]))
    assert said(at_edge, "EVL-019") == []
    assert "20.05%" in said(SPOILED_KEYS["EVL-019"], "EVL-019")[0].message


def test_EVL_020_and_EVL_021_name_what_is_missing() -> None:
    assert "没人管" in judge_department(SPOILED_DEPARTMENTS["EVL-020"], LAW)[0].message
    assert "1 个项目" in judge_department(SPOILED_DEPARTMENTS["EVL-021"], LAW)[0].message


def test_EVL_020_a_served_subgoal_is_silent() -> None:
    assert judge_department(DEPARTMENT, LAW) == []


def test_EVL_021_counts_the_projects_of_the_targets() -> None:
    assert judge_department(replace(DEPARTMENT, expected=2), LAW) == []


def test_means_are_rounded_half_up_and_the_spread_is_flagged() -> None:
    odd = replace(ITEMS[0], points={"甲": Decimal("19.01"), "乙": Decimal("19")})
    found = scored_key((odd, replace(ITEMS[1], points={"甲": Decimal(20), "乙": Decimal(10)})), SCHEMA, LAW)
    assert [each.mean for each in found.items] == [Decimal("19.01"), Decimal("15.00")]
    assert [each.flagged for each in found.items] == [False, True]
    assert found.total == Decimal("34.01") and found.grade == "差"


def test_no_total_while_an_item_has_no_points() -> None:
    found = scored_key((ITEMS[0], replace(ITEMS[1], points={})), SCHEMA, LAW)
    assert found.total is None and found.grade == "" and "还没有" in found.items[1].reason


def test_the_house_framework_keeps_its_own_rules() -> None:
    rows = framework(LAW)
    items = tuple(
        KeyItem(n, part, name, how, weight, {}) for n, (part, name, how, weight) in enumerate(rows, 1)
    )
    assert judge_key(KeyCase("P", LAW.as_of, items), LAW) == []
    assert sum(weights_of_department(LAW).values()) == 100


def test_the_department_is_explained_and_adds_up() -> None:
    found = scored_department(DEPARTMENT, SCHEMA, LAW)
    assert sum(line.weight for line in found.lines) == 100
    assert found.total == sum(line.score for line in found.lines)
    execution, first, second, a, b = found.lines
    assert execution.score == Decimal("9.00")  # 360 of 400
    assert (first.score, second.score) == (Decimal("13.50"), Decimal("12.75"))
    assert (a.weight, a.score, b.weight, b.score) == (45, Decimal("40.50"), 15, Decimal("12.00"))
    assert found.grade == "良" and all(line.reason.endswith("。") for line in found.lines)


def test_a_subgoal_that_nobody_serves_gets_nothing_and_no_money_is_no_score() -> None:
    found = scored_department(SPOILED_DEPARTMENTS["EVL-020"], SCHEMA, LAW)
    assert next(line for line in found.lines if line.name == "没人管").score == 0
    with pytest.raises(EvaluationError):
        scored_department(
            replace(DEPARTMENT, projects=(project("A", adjusted="0", executed="0"),)), SCHEMA, LAW
        )


@given(
    total=st.integers(1, 100).map(Decimal),
    weights=st.lists(st.integers(0, 10**6).map(Fraction), min_size=1, max_size=30).filter(any),
)
def test_sharing_out_by_weights_loses_nothing(total: Decimal, weights: list[Fraction]) -> None:
    shares = split(total, weights)
    assert sum(shares) == total
    assert all(share >= 0 for share in shares)
