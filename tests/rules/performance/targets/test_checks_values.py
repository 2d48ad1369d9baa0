# ruff: noqa: N802  (a test bears the id of its rule)
"""Rules on how a value is written and whether it fits its siblings."""

from __future__ import annotations

import pytest

from rules.performance.targets.model_answer import HEBEI, changed, found, places, revalued


@pytest.mark.parametrize("raw", ["2次", "100%", "553万元", "达到95%", "６人", "1,000个"])
def test_TGT_010_a_number_without_a_comparison_is_found(raw: str) -> None:
    assert places("TGT-010", revalued(1, raw_value=raw)) == [(1, 1, "raw_value")]


@pytest.mark.parametrize(
    "raw", ["≥2次", "＞＝2次", "》=2次", "=2次", "不少于2次", "2次以上", "显著提高", "2023年12月底", "2-3次"]
)
def test_TGT_010_a_sign_a_word_of_fixed_meaning_or_no_number_passes(raw: str) -> None:
    assert found("TGT-010", revalued(1, raw_value=raw)) == []


def test_TGT_010_suggests_the_sign_that_fits_the_indicator() -> None:
    assert "“≤60万元”" in found("TGT-010", revalued(7, raw_value="60万元"))[0].suggestion
    assert "“≤5%”" in found("TGT-010", revalued(14, raw_value="5%"))[0].suggestion
    assert "“≥2次”" in found("TGT-010", revalued(1, raw_value="2次"))[0].suggestion


@pytest.mark.parametrize("raw", ["≥96", "100", "≥96平台"])
def test_TGT_011_a_number_without_a_unit_is_found(raw: str) -> None:
    assert places("TGT-011", revalued(3, raw_value=raw)) == [(1, 3, "raw_value")]


def test_TGT_011_suggests_per_cent_for_a_rate_only() -> None:
    assert "“≥96%”" in found("TGT-011", revalued(3, raw_value="≥96"))[0].suggestion
    assert "补上计量单位" in found("TGT-011", revalued(1, raw_value="≥2"))[0].suggestion


def test_TGT_012_a_value_that_repeats_the_name_is_found_and_not_said_twice() -> None:
    spoiled = revalued(3, raw_value="≥96升级一次验收合格率")
    assert places("TGT-012", spoiled) == [(1, 3, "raw_value")]
    assert "没有计量单位" in found("TGT-012", spoiled)[0].message
    assert found("TGT-012", spoiled)[0].suggestion == "写成“≥96%”。"
    assert found("TGT-011", spoiled) == []


def test_TGT_012_a_unit_does_not_excuse_the_name() -> None:
    (finding,) = found("TGT-012", revalued(3, raw_value="升级一次验收合格率≥96%"))
    assert "没有计量单位" not in finding.message


def test_TGT_012_a_unit_that_equals_the_name_is_a_unit() -> None:
    assert found("TGT-012", revalued(1, level3="场次", raw_value="≥5场次")) == []


@pytest.mark.parametrize("raw", ["显著提高", "影响积极", "促进提升", "提高（企业、商户、居民）", "及时"])
def test_TGT_014_a_qualitative_value_without_tiers_is_found(raw: str) -> None:
    assert places("TGT-014", revalued(10, raw_value=raw)) == [(1, 10, "raw_value")]


@pytest.mark.parametrize(
    "raw",
    [
        "显著提高（达成/部分达成/未达成）",
        "显著提高、有所提高、没有提高",
        "优、良、中、差",
        "提高（达成预期指标100%-80%；部分达成预期指标80%-60%；未达成预期指标60%-0）",
        "≥90%",
        "2023年12月底前",
    ],
)
def test_TGT_014_tiers_in_the_value_pass_and_numbers_need_none(raw: str) -> None:
    assert found("TGT-014", revalued(10, raw_value=raw)) == []


def test_TGT_014_tiers_may_stand_in_the_description() -> None:
    tiers = "显著：提速一半以上；一般：提速三成；较差：不足三成"
    assert found("TGT-014", revalued(10, raw_value="显著提高", description=tiers)) == []


def test_TGT_019_per_cent_on_something_that_is_no_rate_is_found() -> None:
    assert places(
        "TGT-019", revalued(10, raw_value="≥90%", level3="示范带动作用", description="示范带动作用")
    ) == [(1, 10, "raw_value")]


@pytest.mark.parametrize("name", ["平台完好率", "出口额增长", "商户满意度", "无纸化占比", "覆盖面"])
def test_TGT_019_rates_shares_and_growth_are_measured_in_per_cent(name: str) -> None:
    assert found("TGT-019", revalued(10, raw_value="≥90%", level3=name, description="")) == []


def test_TGT_019_a_description_may_make_it_a_rate() -> None:
    described = revalued(10, raw_value="≥90%", level3="示范带动", description="带动企业数占全部企业的比例")
    assert found("TGT-019", described) == []


def test_TGT_020_a_satisfaction_far_below_its_siblings_is_found() -> None:
    spoiled = revalued(13, raw_value="≥35%")
    assert places("TGT-020", spoiled) == [(1, 13, "raw_value")]
    assert "低" in found("TGT-020", spoiled)[0].message


def test_TGT_020_less_is_better_for_complaints() -> None:
    document = revalued(2, project=2, raw_value="≤1%")
    for number, name in ((11, "平台故障率"), (12, "数据差错率"), (10, "业务逾期率")):
        document = revalued(number, document=document, level3=name, raw_value="≤2%")
    assert found("TGT-020", document) == []
    assert places("TGT-020", revalued(14, document=document, raw_value="≤40%")) == [(1, 14, "raw_value")]
    assert found("TGT-020", revalued(14, document=document, raw_value="≤0%")) == []


def test_TGT_020_the_distance_itself_is_the_edge() -> None:
    """Too little satisfaction: row 13 stands beside 95, 98, 99 and 100 per cent, whose median is 98.5."""
    assert found("TGT-020", revalued(13, raw_value="≥68.6%")) == []
    assert places("TGT-020", revalued(13, raw_value="≥68.5%")) == [(1, 13, "raw_value")]
    (finding,) = found("TGT-020", revalued(13, raw_value="≥35％"))
    assert "中位数 98.5% 低 63.5 个百分点" in finding.message


def test_TGT_020_other_rates_near_one_hundred_are_compared_too() -> None:
    rates = HEBEI
    for number, name in ((10, "任务完成率"), (11, "信息准确率")):
        rates = revalued(number, document=rates, level3=name, raw_value="≥95%")
    assert places("TGT-020", revalued(3, document=rates, raw_value="≥10%")) == [(1, 3, "raw_value")]


def test_TGT_020_needs_siblings_and_ignores_growth() -> None:
    assert found("TGT-020", revalued(11, level3="出口增长", raw_value="≥5%")) == []
    assert found("TGT-020", changed(2, document=changed(indicators=HEBEI.projects[0].indicators[12:]))) == []


@pytest.mark.parametrize("raw", ["90%-95%", "2-3次", "≥90%，≤95%", "1:3"])
def test_TGT_034_a_range_or_two_numbers_are_found(raw: str) -> None:
    assert places("TGT-034", revalued(1, raw_value=raw)) == [(1, 1, "raw_value")]


@pytest.mark.parametrize(
    "raw", ["≥5个（其中省级2个）", "1-12月", "≥2次/年", "优（90-100）、良（80-90）、中（60-80）"]
)
def test_TGT_034_explanations_periods_and_compound_units_are_one_number(raw: str) -> None:
    assert found("TGT-034", revalued(1, raw_value=raw)) == []


@pytest.mark.parametrize(
    ("row", "raw", "mended"),
    [(7, "≥60万元", "≤60万元"), (13, "≤90%", "≥90%"), (14, "≥5%", "≤5%"), (3, "<98%", "≥98%")],
)
def test_TGT_036_a_sign_that_points_the_wrong_way_is_found(row: int, raw: str, mended: str) -> None:
    (finding,) = found("TGT-036", revalued(row, raw_value=raw))
    assert finding.at["row"] == row
    assert finding.suggestion == f"改为“{mended}”。"


def test_TGT_036_savings_may_have_a_lower_bound_and_dissatisfaction_an_upper_one() -> None:
    assert found("TGT-036", revalued(7, level3="节约运维成本", raw_value="≥5万元")) == []
    assert found("TGT-036", revalued(13, level3="商户不满意率", raw_value="≤5%")) == []
    assert found("TGT-036", revalued(1, raw_value="≤2次")) == []
