# ruff: noqa: N802  (a test bears the id of its rule)
"""Rules on amounts, the plan and cost targets: silent on the model answer, exact on one spoiled cell."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rules.performance.targets.model_answer import (
    HEBEI,
    MOF,
    PLATFORM,
    changed,
    found,
    places,
    plan,
    revalued,
)
from youju.rules.performance.targets.facts import TargetDocument


def test_TGT_001_the_budget_must_be_the_sum_of_its_sources() -> None:
    (finding,) = found("TGT-001", changed(fiscal="49.00"))
    assert finding.at == {"project": PLATFORM.code, "row": None, "field": "budget"}
    assert "59.00" in finding.message
    assert "相差 1.00 万元" in finding.message
    assert finding.severity == "error"


@pytest.mark.parametrize(
    ("fiscal", "other"), [("50.00", "10.00"), ("60.00", None), (None, "60"), (None, None), ("60.00", "0.00")]
)
def test_TGT_001_a_blank_source_counts_as_nothing(fiscal: str | None, other: str | None) -> None:
    assert found("TGT-001", changed(fiscal=fiscal, other=other)) == []


def test_TGT_001_a_blank_source_that_is_missed_in_the_sum_is_found() -> None:
    assert len(found("TGT-001", changed(other=None))) == 1


def test_TGT_002_the_plan_must_end_at_the_budget() -> None:
    spoiled = changed(plan=plan("15.00", "30.00", "50.00", "59.99"))
    assert places("TGT-002", spoiled) == [(1, None, "plan.12")]
    assert "改为 60.00" in found("TGT-002", spoiled)[0].suggestion


def test_TGT_002_sixty_and_sixty_point_zero_are_equal() -> None:
    assert found("TGT-002", changed(plan=plan("15", "30", "50", "60"))) == []


def test_TGT_003_a_cumulative_plan_must_not_fall() -> None:
    assert places("TGT-003", changed(plan=plan("15.00", "14.00", "50.00", "60.00"))) == [(1, None, "plan.06")]


def test_TGT_003_a_fall_is_seen_across_a_blank_and_an_equal_amount_passes() -> None:
    assert places("TGT-003", changed(plan=plan("30.00", None, "20.00", "60.00"))) == [(1, None, "plan.10")]
    assert found("TGT-003", changed(plan=plan("30.00", "30.00", "60.00", "60.00"))) == []


@pytest.mark.parametrize("value", ["≤61万元", "≤59.99万元", "600001元", "≤0.0061亿元", "≥61万元", "=59万元"])
def test_TGT_004_a_total_cost_other_than_the_budget_is_found(value: str) -> None:
    assert places("TGT-004", revalued(7, raw_value=value)) == [(1, 7, "raw_value")]


@pytest.mark.parametrize(
    "value", ["≤60万元", "60万元", "≤600,000元", "≤0.006亿元", "＜＝６０万元", "≤60.00万元"]
)
def test_TGT_004_any_money_unit_may_state_the_budget(value: str) -> None:
    assert found("TGT-004", revalued(7, raw_value=value)) == []


def test_TGT_004_the_budget_may_be_in_yuan_too() -> None:
    assert found("TGT-004", revalued(1, document=MOF, raw_value="≤3000000元")) == []
    assert places("TGT-004", revalued(1, document=MOF, raw_value="≤3000000万元")) == [(1, 1, "raw_value")]


def test_TGT_004_parts_of_the_cost_are_not_held_to_the_budget_one_by_one() -> None:
    parts = revalued(7, raw_value="≤25万元", level3="服务器租赁费")
    parts = revalued(8, document=parts, raw_value="≤35万元", level3="系统升级费")
    assert found("TGT-004", parts) == []
    over = revalued(8, document=parts, raw_value="≤36万元")
    assert places("TGT-004", over) == [(1, 8, "raw_value")]


def test_TGT_004_a_lower_bound_is_named_as_such() -> None:
    assert "写成了下限" in found("TGT-004", revalued(7, raw_value="≥61万元"))[0].message


def test_TGT_005_a_blank_in_the_plan_is_no_zero() -> None:
    blank = changed(plan=plan(None, "30.00", "50.00", "60.00"))
    assert places("TGT-005", blank) == [(1, None, "plan.03")]
    assert "3月底" in found("TGT-005", blank)[0].message
    assert found("TGT-005", changed(plan=plan("0.00", "30.00", "50.00", "60.00"))) == []


def test_TGT_005_a_plan_without_any_amount_is_one_finding() -> None:
    assert places("TGT-005", changed(plan=plan(None, None, None, None))) == [(1, None, "plan")]
    assert places("TGT-005", changed(plan={})) == [(1, None, "plan")]


def _only_total(value: str) -> TargetDocument:
    rows = [row for row in PLATFORM.indicators if row.level3 != "每户商户运维成本"]
    return revalued(7, document=changed(indicators=tuple(rows)), raw_value=value)


@pytest.mark.parametrize("value", ["≤60万元", "600000元", "60.0万元"])
def test_TGT_018_a_cost_that_only_repeats_the_budget_is_found(value: str) -> None:
    assert places("TGT-018", _only_total(value)) == [(1, 7, "raw_value")]


def test_TGT_018_a_unit_cost_or_another_amount_says_more() -> None:
    assert found("TGT-018", HEBEI) == []
    assert found("TGT-018", _only_total("≤58万元")) == []
    assert found("TGT-018", replace(MOF, projects=())) == []


def test_TGT_028_everything_spent_by_the_end_of_march_is_found() -> None:
    assert places("TGT-028", changed(plan=plan(*["60.00"] * 4))) == [(1, None, "plan.03")]


def test_TGT_028_a_blank_or_a_smaller_amount_in_march_is_not_early() -> None:
    assert found("TGT-028", changed(plan=plan(None, "60.00", "60.00", "60.00"))) == []
    assert found("TGT-028", changed(plan=plan("59.99", "60.00", "60.00", "60.00"))) == []
    assert found("TGT-028", changed(plan=plan(*["0.00"] * 4), budget="0.00")) == []


def test_TGT_029_a_plan_behind_the_calendar_is_one_finding_that_names_each_date() -> None:
    late = changed(plan=plan("10.00", "29.00", "40.00", "60.00"))
    assert places("TGT-029", late) == [(1, None, "plan.03")]
    (finding,) = found("TGT-029", late)
    assert "3月底 16.7%（序时 25.0%）" in finding.message
    assert "6月底 48.3%（序时 50.0%）" in finding.message
    assert "10月底 66.7%（序时 83.3%）" in finding.message
    assert "3月底不低于 15.00" in finding.suggestion


def test_TGT_029_quarters_rounded_to_cents_and_blanks_are_not_behind() -> None:
    assert found("TGT-029", changed(2, plan=plan("11.25", "22.50", "37.50", "45.01"))) == []
    assert found("TGT-029", changed(plan=plan(None, "30.00", "50.00", "60.00"))) == []
    assert found("TGT-029", changed(budget="0.00", plan=plan(*["0.00"] * 4))) == []
