# ruff: noqa: N802  (a test bears the id of its rule)
"""Rules on the head of a table, on goals and on tables side by side."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rules.performance.targets.model_answer import (
    HEBEI,
    LAW,
    MOF,
    PLATFORM,
    STAFF,
    changed,
    code,
    found,
    places,
    revalued,
    row,
)
from youju.rules.performance.targets.cases import fiscal_year_of
from youju.rules.performance.targets.lint import lint


@pytest.mark.parametrize(
    ("field", "blank"),
    [("name", " "), ("budget", None), ("purpose", ""), ("goals", ()), ("goals", ("",)), ("indicators", ())],
)
def test_TGT_006_a_blank_in_the_head_is_found(field: str, blank: object) -> None:
    assert (1, None, field) in places("TGT-006", changed(**{field: blank}))


def test_TGT_006_both_sources_blank_is_found_and_one_is_not() -> None:
    assert places("TGT-006", changed(fiscal=None, other=None)) == [(1, None, "fiscal")]
    assert found("TGT-006", changed(fiscal=None, other="60.00")) == []
    assert places("TGT-006", changed(code="")) == [(1, None, "code")]


@pytest.mark.parametrize("field", ["level3", "description", "raw_value", "basis"])
def test_TGT_035_a_blank_cell_of_a_row_is_found(field: str) -> None:
    assert places("TGT-035", revalued(9, **{field: ""})) == [(1, 9, field)]


def test_TGT_035_a_row_with_nothing_in_it_is_one_finding_of_one_rule() -> None:
    empty = revalued(9, level3="", description="", raw_value="", basis="")
    said = [finding for finding in lint(empty, LAW) if finding.at["row"] == 9]
    assert [finding.rule for finding in said] == ["TGT-035"]
    assert said[0].message == "三级指标、绩效指标描述、指标值、指标值确定依据没有填写。"


@pytest.mark.parametrize("raw", ["≤60万元 ", " ≤60万元", "≤60　万元", "≤6 0万元", "≤60  万元", "≤60\n万元"])
def test_TGT_031_white_space_where_none_belongs_is_found(raw: str) -> None:
    assert places("TGT-031", revalued(7, raw_value=raw)) == [(1, 7, "raw_value")]
    assert "“≤60万元”" in found("TGT-031", revalued(7, raw_value=raw))[0].suggestion


def test_TGT_031_one_space_beside_sign_or_unit_passes() -> None:
    assert found("TGT-031", revalued(7, raw_value="≤ 60 万元")) == []


@pytest.mark.parametrize(
    "goal",
    [
        "1.保障工作正常运转",
        "（一）提升服务水平",
        "2023年提升能级",
        "落实《三年行动计划（2023-2025年）》和保财建〔2023〕12号",
    ],
)
def test_TGT_024_a_goal_without_a_quantity_is_found(goal: str) -> None:
    assert places("TGT-024", changed(goals=(goal,))) == [(1, None, "goals")]


@pytest.mark.parametrize(
    "goals", [("1.支持5家企业",), ("一、提升能级", "二、满意度达到90％"), ("降低百分之三",)]
)
def test_TGT_024_one_goal_with_a_quantity_is_enough(goals: tuple[str, ...]) -> None:
    assert found("TGT-024", changed(goals=goals)) == []


def test_TGT_025_a_goal_that_repeats_the_purpose_is_found() -> None:
    assert places("TGT-025", changed(goals=("1." + PLATFORM.purpose + "。",))) == [(1, None, "goals")]
    assert found("TGT-025", changed(purpose="", goals=("",))) == []


def test_TGT_027_a_copied_table_is_found_at_its_second_place() -> None:
    copy = replace(PLATFORM, code=code("13060523P00456910001"), name="另一个项目")
    document = replace(HEBEI, projects=(PLATFORM, STAFF, copy))
    assert places("TGT-027", document) == [(3, None, "indicators")]
    assert PLATFORM.name in found("TGT-027", document)[0].message


def test_TGT_027_other_values_do_not_hide_a_copy_and_other_indicators_do() -> None:
    copy = replace(PLATFORM, code=code("13060523P00456910001"))
    document = replace(HEBEI, projects=(PLATFORM, copy))
    assert len(found("TGT-027", revalued(1, project=2, document=document, raw_value="≥9次"))) == 1
    other = document
    for number in (1, 2):
        other = revalued(number, project=2, document=other, level3=f"另设的指标{number}号")
    assert found("TGT-027", other) == []


def test_TGT_027_a_table_of_few_rows_is_never_a_copy() -> None:
    few = replace(PLATFORM, indicators=PLATFORM.indicators[:4])
    twin = replace(few, code=code("13060523P00456910001"))
    assert found("TGT-027", replace(HEBEI, projects=(few, twin))) == []


def test_TGT_030_an_older_code_without_a_mark_of_carrying_over_is_found() -> None:
    older = code("13060522P00456810001")
    assert places("TGT-030", changed(code=older)) == [(1, None, "code")]
    assert found("TGT-030", changed(code=older, name="平台运维（上年结转）")) == []
    assert found("TGT-030", changed(code="2022-1")) == []


def test_TGT_030_a_document_without_a_year_is_of_its_newest_code() -> None:
    document = changed(code=code("13060522P00456810001"))
    undated = replace(document, document=replace(document.document, fiscal_year=None))
    assert fiscal_year_of(undated) == 2023
    assert places("TGT-030", undated) == [(1, None, "code")]
    nowhere = replace(undated, projects=(replace(PLATFORM, code="X"),))
    assert fiscal_year_of(nowhere) is None
    assert found("TGT-030", nowhere) == []


def test_TGT_032_a_subgoal_that_no_project_serves_is_found() -> None:
    (finding,) = found("TGT-032", HEBEI, serves={PLATFORM.code: {1}})
    assert finding.at == {"project": None, "row": None, "field": "subgoals.2"}
    assert "机关运转" in finding.message


def test_TGT_032_is_silent_when_all_are_served_or_nobody_recorded_it() -> None:
    assert found("TGT-032", HEBEI, serves={PLATFORM.code: (1,), STAFF.code: (2,)}) == []
    assert found("TGT-032", HEBEI) == []
    assert len(found("TGT-032", HEBEI, serves={})) == 2


@pytest.mark.parametrize(
    "spoiled", [PLATFORM.code[:-1] + "0", PLATFORM.code[:-1], "O" * 21, PLATFORM.code + "0"]
)
def test_TGT_033_a_code_that_fails_its_check_is_a_warning(spoiled: str) -> None:
    (finding,) = found("TGT-033", changed(code=spoiled))
    assert (finding.severity, finding.at["field"]) == ("warning", "code")


def test_TGT_033_tells_the_character_expected() -> None:
    assert f"应为 {PLATFORM.code[-1]}" in found("TGT-033", changed(code=PLATFORM.code[:-1] + "0"))[0].message


def test_findings_stand_in_document_order() -> None:
    spoiled = revalued(3, document=changed(2, purpose=""), raw_value="≥100")
    spoiled = revalued(1, document=spoiled, basis="年度工作计划", description="平台版本升级次数")
    order = [(f.at["project"], f.at["row"], f.rule) for f in lint(spoiled, LAW, serves={})]
    assert order == [
        (None, None, "TGT-032"),
        (None, None, "TGT-032"),
        (PLATFORM.code, 1, "TGT-016"),
        (PLATFORM.code, 1, "TGT-026"),
        (PLATFORM.code, 3, "TGT-011"),
        (STAFF.code, None, "TGT-006"),
    ]


def test_the_model_answer_is_clean_in_both_schemas() -> None:
    assert [finding.as_json() for finding in lint(HEBEI, LAW, serves={PLATFORM.code: [1, 2]})] == []
    assert [finding.as_json() for finding in lint(MOF, LAW)] == []
    assert row("产出指标", "数量指标", "a", "b", "≥1个", "c").value.unit == "个"
