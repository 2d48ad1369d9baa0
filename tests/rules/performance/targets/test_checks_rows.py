# ruff: noqa: N802  (a test bears the id of its rule)
"""Rules on names, descriptions, timeliness and the order of rows."""

from __future__ import annotations

import pytest

from rules.performance.targets.model_answer import HEBEI, MOF, PLATFORM, changed, found, places, revalued


@pytest.mark.parametrize(
    "name",
    ["任务完成率（%）", "任务完成率(％)", "提升值%", "参展企业（家）", "补助（单位：万元）", "单价【元/人】"],
)
def test_TGT_013_a_unit_in_the_name_is_found(name: str) -> None:
    assert places("TGT-013", revalued(1, level3=name)) == [(1, 1, "level3")]


@pytest.mark.parametrize("name", ["任务完成率", "平台（二期）", "培训（线上）", "100%股权企业数", "%"])
def test_TGT_013_other_brackets_pass(name: str) -> None:
    assert found("TGT-013", revalued(1, level3=name)) == []


def test_TGT_013_tells_the_name_without_the_unit() -> None:
    assert "“任务完成率”" in found("TGT-013", revalued(1, level3="任务完成率（%）"))[0].suggestion


def test_TGT_015_a_third_level_that_copies_the_second_is_found() -> None:
    assert places("TGT-015", revalued(11, level3="生态效益指标")) == [(1, 11, "level3")]
    assert places("TGT-015", revalued(11, level3="生态 效益指标")) == [(1, 11, "level3")]
    assert found("TGT-015", revalued(11, level3="生态效益")) == []
    assert found("TGT-015", revalued(11, level2="", level3="")) == []


def test_TGT_016_a_description_that_copies_the_name_is_found() -> None:
    assert places("TGT-016", revalued(9, description="平台办理\n出口额 ")) == [(1, 9, "description")]
    assert found("TGT-016", revalued(9, description="平台办理的出口额")) == []
    assert found("TGT-016", revalued(9, level3="", description="")) == []


@pytest.mark.parametrize("raw", ["≥98%", "100%", "及时", "按时完成"])
def test_TGT_017_timeliness_without_a_day_is_found(raw: str) -> None:
    assert places("TGT-017", revalued(5, raw_value=raw, description="按时完成的占比")) == [
        (1, 5, "raw_value")
    ]


@pytest.mark.parametrize(
    "raw", ["2023年12月底前", "12月31日前", "第四季度", "全年", "≤30个工作日", "≤24小时", "1-12月"]
)
def test_TGT_017_a_day_a_period_or_a_span_passes(raw: str) -> None:
    assert found("TGT-017", revalued(5, raw_value=raw, description="完成的时间")) == []


def test_TGT_017_the_day_may_stand_in_the_description_and_other_levels_need_none() -> None:
    assert found("TGT-017", revalued(5, raw_value="≥98%", description="12月31日前办结的占比")) == []
    assert found("TGT-017", revalued(3, raw_value="≥98%")) == []


def test_TGT_021_one_name_with_two_targets_is_found_at_the_second() -> None:
    twice = revalued(11, level3="平台可用率", raw_value="≥95%")
    assert places("TGT-021", twice) == [(1, 11, "raw_value")]
    assert "第 4 行的目标是“≥99%”" in found("TGT-021", twice)[0].message


@pytest.mark.parametrize("raw", ["≥99%", "≥99.0%", "＞＝９９％", "≤99.9%"])
def test_TGT_021_equal_targets_and_two_bounds_that_leave_room_pass(raw: str) -> None:
    assert found("TGT-021", revalued(11, level3="平台可用率", raw_value=raw)) == []


@pytest.mark.parametrize("raw", ["≤98%", "=99%", "≥99个", "显著提高"])
def test_TGT_021_another_sign_unit_or_kind_is_another_target(raw: str) -> None:
    assert len(found("TGT-021", revalued(11, level3="平台可用率", raw_value=raw))) == 1


def test_TGT_021_money_is_compared_across_units() -> None:
    same = revalued(11, level3="平台办理出口额", raw_value="≥20000万元")
    assert found("TGT-021", same) == []
    assert len(found("TGT-021", revalued(11, document=same, raw_value="≥2000万元"))) == 1


def _moved(source: int, target: int) -> list[tuple[int | None, int | None, str]]:
    rows = list(PLATFORM.indicators)
    rows.insert(target - 1, rows.pop(source - 1))
    return places("TGT-022", changed(indicators=tuple(rows)))


def test_TGT_022_a_row_out_of_the_order_of_the_form_is_one_finding() -> None:
    assert _moved(9, 10) == [(1, 10, "level2")]
    assert _moved(1, 14) == [(1, 14, "level2")]
    assert _moved(13, 1) == [(1, 2, "level2")]
    assert _moved(9, 3) == [(1, 4, "level2")]


def test_TGT_022_rows_of_one_level_may_change_places_and_cost_may_lead() -> None:
    assert _moved(1, 2) == []
    assert found("TGT-022", MOF) == []
    rows = MOF.projects[0].indicators
    assert found("TGT-022", changed(document=MOF, indicators=rows[3:6] + rows[:3] + rows[6:])) == []
    assert places("TGT-022", changed(document=MOF, indicators=rows[6:8] + rows[:6] + rows[8:])) == [
        (1, 6, "level2")
    ]


@pytest.mark.parametrize(
    ("row", "name"), [(3, "资金发放率"), (5, "拨款执行率（%）"), (5, "资金支出及时性"), (6, "费用支付正常")]
)
def test_TGT_023_a_flow_of_money_posing_as_quality_or_timeliness_is_found(row: int, name: str) -> None:
    assert places("TGT-023", revalued(row, level3=name)) == [(1, row, "level3")]


def test_TGT_023_money_may_flow_under_other_levels_and_its_lawful_use_is_quality() -> None:
    assert found("TGT-023", revalued(1, level3="资金发放笔数")) == []
    assert found("TGT-023", revalued(3, level3="资金使用合规率")) == []
    assert found("TGT-023", HEBEI) == []
