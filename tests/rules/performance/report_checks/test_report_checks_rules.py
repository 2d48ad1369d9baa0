# ruff: noqa: N802 - the names bear the rules' ids
"""The rules RPC-…: one sentence each for what is wrong with a figure."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from reports_made import YEAR, facts
from youju.foundation.policies import law_on
from youju.rules.performance.report_checks.checking import check_report
from youju.rules.performance.report_checks.checks import DAY as FIRST
from youju.rules.performance.report_checks.comparing import relation
from youju.rules.performance.report_checks.facts import (
    Comparison,
    Fact,
    Figure,
    Kind,
    Outcome,
    Passage,
    Relation,
    Verdict,
)
from youju.rules.performance.report_checks.lexicon import Slack
from youju.rules.registry import REGISTRY

DAY = date(2024, 1, 20)


def verdicts(text: str, day: date = DAY) -> list[Verdict]:
    return check_report([Passage(text)], facts(), law_on(day), day=day, year=YEAR)


def rules_of(text: str) -> list[str]:
    return [each.rule for each in verdicts(text) if each.rule]


def said_on(day: date) -> list[str]:
    figure = Figure(0, 3, "6万元", Decimal(6), "万元")
    comparison = Comparison(figure, Relation.WRONG, "预算数", "5万元", ())
    return [
        each.rule
        for each in REGISTRY.judge(comparison, law_on(FIRST), day=day, scope="report_figure", prefix="RPC-")
    ]


def test_RPC_001_a_wrong_figure_is_told_with_the_right_one_and_its_source() -> None:
    found = next(each for each in verdicts("法律顾问费预算6.37万元。") if each.rule)
    assert (found.rule, found.outcome, found.right, found.source) == (
        "RPC-001",
        Outcome.DISAGREES,
        "5万元",
        "2023 年绩效目标",
    )
    assert rules_of("法律顾问费预算5.00万元。") == []
    assert said_on(FIRST) == ["RPC-001"]
    assert said_on(FIRST - timedelta(days=1)) == []


@pytest.mark.parametrize(
    "text",
    ["法律顾问费预算5元。", "法律顾问费预算5亿元。", "外贸龙头骨干企业项目支持资金的支持企业数量1批。"],
)
def test_RPC_002_right_digits_in_a_wrong_unit(text: str) -> None:
    assert rules_of(text) == ["RPC-002"]


def test_RPC_002_equal_amounts_in_other_units_agree() -> None:
    for text in ("法律顾问费预算50,000元。", "法律顾问费预算0.0005亿元。", "法律顾问费预算５．００万元。"):
        assert [each.outcome for each in verdicts(text)] == [Outcome.AGREES], text


def test_RPC_003_points_and_per_cent() -> None:
    assert rules_of("法律顾问费执行率96个百分点。") == ["RPC-003"]
    assert rules_of("外经贸发展专项资金执行率32.13%，比上年的96.73%下降64.60%。") == ["RPC-003"]
    assert rules_of("外经贸发展专项资金执行率32.13%，比上年的96.73%下降64.60个百分点。") == []


def test_RPC_004_another_year_s_figure() -> None:
    assert rules_of("法律顾问费全年支出4.6万元。") == ["RPC-004"]
    assert rules_of("2022年法律顾问费支出4.6万元。") == []
    assert rules_of("法律顾问费上半年支出4.8万元。") == ["RPC-004"]


def test_RPC_005_another_project_s_figure() -> None:
    assert rules_of("法律顾问费预算45万元，国贸中心事务资金预算5万元。") == ["RPC-005", "RPC-005"]


def test_RPC_006_another_figure_of_the_same_project() -> None:
    assert rules_of("外经贸发展专项资金全年执行300万元。") == ["RPC-006"]


def test_RPC_007_cut_digits_are_a_hint() -> None:
    found = next(
        each
        for each in verdicts(
            "外经贸发展专项资金执行率32.1%，2021年中央外经贸发展资金（553万元）执行率98.1%。"
        )
        if each.rule
    )
    assert (found.rule, found.outcome) == ("RPC-007", Outcome.AGREES)


@pytest.mark.parametrize(
    ("printed", "decimals", "right", "wanted"),
    [
        ("1.23", 2, "12345.6", Relation.EQUAL), ("1.24", 2, "12350", Relation.EQUAL), ("1.23", 2, "12350", Relation.TRUNCATED),
        ("1.25", 2, "12345.6", Relation.WRONG), ("12345.6", 1, "12345.6", Relation.UNIT),
    ],
)  # fmt: skip
def test_a_sum_is_compared_by_its_printed_digits(
    printed: str, decimals: int, right: str, wanted: Relation
) -> None:
    figure = Figure(0, 1, printed, Decimal(printed), "亿元", decimals)
    assert (
        relation(figure, Fact("p", Kind.BUDGET, Decimal(right), "万元"), Slack(*map(Decimal, (2, 10, 20))))
        is wanted
    )
