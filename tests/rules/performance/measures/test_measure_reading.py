"""A value against its target: units, degrees by direction, tiers; what the year will come to; what a row might be bound to."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from youju.foundation.policies import law_on
from youju.rules.performance.measures.degrees import converted, note_of, read
from youju.rules.performance.measures.expecting import accumulates, forecast
from youju.rules.performance.measures.row_names import name_hash
from youju.rules.performance.measures.suggesting import Offered, suggest
from youju.rules.performance.measures.tiers import readings, tier_of
from youju.rules.performance.targets.facts import Indicator
from youju.rules.performance.targets.values import parse_value

LAW = law_on(date(2023, 12, 31))
D = Decimal


def row(
    raw: str, level3: str = "试点出口额", level2: str = "数量指标", level1: str = "产出指标"
) -> Indicator:
    return Indicator(level1, level2, level3, level3, raw, parse_value(raw), "")


COST = row("≤1000万元", "预算资金数", "成本指标")


@pytest.mark.parametrize(
    ("value", "unit", "indicator", "told", "degree", "met"),
    [
        ("563629216.21", "CNY", row("≥2亿元"), "5.636292", "281.81", True),
        ("199999999.99", "CNY", row("≥2亿元"), "2.000000", "100.00", True),
        ("100000000", "CNY", row("≥2亿元"), "1.000000", "50.00", False),
        ("9090000", "CNY", COST, "909.000000", "110.01", True),
        ("10000000", "CNY", COST, "1000.000000", "100.00", True),
        ("20000000", "CNY", COST, "2000.000000", "50.00", False),
        ("0", "CNY", COST, "0.000000", None, True),
        ("5430000", "CNY", row("553万元", "预算指标总成本", "成本指标"), "543.000000", "101.84", True),
        ("95.57", "%", row("≥96综合业务管理工作完成率"), "95.570000", "99.55", False),
        ("100", "%", row("100%"), "100.000000", "100.00", True),
        ("6", "人", row("6人", "保障人数"), "6.000000", "100.00", True),
        ("3", "家", row("≥5个"), "3.000000", "60.00", False),
        ("1", "次", row("1次"), "1.000000", "100.00", True),
    ],
)
def test_a_value_is_told_in_the_targets_unit(
    value: str, unit: str, indicator: Indicator, told: str, degree: str | None, met: bool
) -> None:
    found = read(D(value), unit, indicator, "", LAW)
    assert (found.value, found.degree, found.met) == (D(told), D(degree) if degree else None, met)
    assert found.reason == ""


def test_what_cannot_be_compared_has_no_value() -> None:
    found = read(D(5), "%", row("≥2亿元"), "", LAW)
    assert found.value is None and "不能换算" in found.reason
    assert read(D(5), "%", row("影响积极"), "", LAW).reason == "目标值不是一个数，绑定没有写明怎样分档"


def test_what_is_assumed_is_said() -> None:
    assert note_of("%", None, LAW) == "目标值没有写单位，按“%”计"
    assert note_of("家", "个", LAW) == "目标值的单位是“个”，按“家”的个数计"
    assert note_of("CNY", "万元", LAW) == ""


@given(st.decimals(0, 10**12, places=2), st.sampled_from(["元", "千元", "万元", "百万元", "亿元"]))
def test_conversion_keeps_the_amount(amount: Decimal, unit: str) -> None:
    there = converted(amount, "CNY", unit, LAW)
    assert there is not None
    factor = {"元": 1, "千元": 10**3, "万元": 10**4, "百万元": 10**6, "亿元": 10**8}[unit]
    assert abs(there * factor - amount) <= D("0.0000005") * factor


@given(st.decimals(0, 10**6, places=2), st.decimals(0, 10**6, places=2))
def test_more_is_never_a_lower_degree(one: Decimal, other: Decimal) -> None:
    low, high = sorted((one, other))
    left, right = (read(each, "%", row("≥90%"), "", LAW).degree for each in (low, high))
    assert left is not None and right is not None and left <= right


@pytest.mark.parametrize(
    ("value", "tier", "rate"),
    [("5", "reached", 100), ("4.999999", "partly", 70), ("0", "partly", 70), ("-0.000001", "missed", 0)],
)
def test_growth_has_three_tiers(value: str, tier: str, rate: int) -> None:
    found = read(D(value), "%", row("影响积极"), "growth", LAW)
    assert (found.tier, found.rate, found.met) == (tier, D(rate), tier == "reached")
    assert found.shown.endswith({"reached": "，达成", "partly": "部分达成", "missed": "未达成"}[tier])


def test_every_way_of_reading_has_its_tiers() -> None:
    for reading in readings(LAW):
        best, worst = tier_of(reading, D(100), LAW), tier_of(reading, D(-100), LAW)
        assert best is not None and worst is not None and (best.code, worst.code) == ("reached", "missed")
    assert tier_of("nothing", D(1), LAW) is None


def test_the_year_is_expected_by_last_years_pace() -> None:
    found = forecast(D(249), 7, grows=True, law=LAW, last_year=(D(40), D(100)))
    assert found.value == D("622.500000") and "上年前 7 个月占全年 40%" in found.method


def test_without_last_year_by_time() -> None:
    for last in (None, (D(0), D(0)), (None, None), (D(5), D(100)), (D(120), D(100))):
        found = forecast(D(70), 7, grows=True, law=LAW, last_year=last)
        assert (found.value, found.method) == (D("120.000000"), "按时间进度：7 个月外推到 12 个月"), last


def test_rates_stay_and_early_months_say_nothing() -> None:
    assert forecast(D(90), 7, grows=False, law=LAW).value == D(90)
    assert forecast(D(90), 1, grows=True, law=LAW).value is None
    assert forecast(D(90), 2, grows=True, law=LAW).value == D("540.000000")
    assert forecast(D(90), 12, grows=True, law=LAW).method == "全年已结束，即全年的值"
    assert forecast(None, 7, grows=True, law=LAW).value is None


def test_a_share_cannot_pass_the_whole_and_things_have_no_halves() -> None:
    capped = forecast(D(80), 6, grows=True, law=LAW, share=True)
    assert capped.value == D(100) and "以 100% 为限" in capped.method
    assert forecast(D(2), 7, grows=True, law=LAW, count=True).value == D(3)


def test_a_sum_grows_where_each_does() -> None:
    assert accumulates("subsidies.beneficiary_count + subsidies.platform_project_count", LAW)
    assert not accumulates("subsidies.beneficiary_count + surveys.satisfaction_rate", LAW)


def test_a_row_is_known_by_its_levels() -> None:
    assert name_hash(row("≥2亿元")) == name_hash(row("≥3亿元"))
    assert name_hash(row("≥2亿元")) != name_hash(row("≥2亿元", "别的"))


CATALOGUE = {
    "exports.value_cny": Offered("CNY", frozenset()),
    "payments.total_cost": Offered("CNY", frozenset({"project", "tag"})),
    "surveys.satisfaction_rate": Offered("%", frozenset({"project", "tag"})),
}


def test_a_suggestion_says_why() -> None:
    (best,) = suggest(row("≥2亿元"), "P1", CATALOGUE, LAW)
    assert (best.metric, best.parameters, best.score) == ("exports.value_cny", {}, 10)
    assert best.reason == "三级指标有“出口额”，属于数量指标，单位“亿元”相符"
    assert suggest(row("≥90%"), "P1", CATALOGUE, LAW) == [], "a sum of money is no share"
    (cost,) = suggest(COST, "P1", CATALOGUE, LAW)
    assert cost.parameters == {"project": "P1"}
    satisfied = replace(row("≥85%", "满意率"), level1="满意度指标", level2="服务对象满意度指标")
    assert suggest(satisfied, "P1", CATALOGUE, LAW)[0].metric == "surveys.satisfaction_rate"
    assert suggest(row("≥1项", "别的"), "P1", CATALOGUE, LAW) == []
