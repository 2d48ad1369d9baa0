# ruff: noqa: N802  (a test bears the id of its rule)
"""Rules on document numbers and on grounds that can be checked. PLATFORM's name cites 保财建〔2023〕12号."""

from __future__ import annotations

import pytest

from rules.performance.targets.model_answer import PLATFORM, changed, found, places, revalued
from youju.rules.performance.targets.numbers import edits, find_numbers


@pytest.mark.parametrize(
    "basis", ["保财健〔2023〕12号", "保财建〔2022〕12号", "保财建〔2023〕13号", "保建〔2023〕12号"]
)
def test_TGT_007_a_number_one_character_off_is_found(basis: str) -> None:
    (finding,) = found("TGT-007", revalued(2, basis=basis))
    assert (finding.at["row"], finding.at["field"]) == (2, "basis")
    assert basis in finding.message
    assert finding.suggestion == "改为“保财建〔2023〕12号”。"


@pytest.mark.parametrize(
    "basis",
    [
        "保财建〔2023〕12号",
        "保财建【2023】12号",
        "依据保财建〔２０２３〕１２号文件",
        "冀财预〔2021〕88号",
        "《办法》",
        "财建〔2023〕12号",
        "保财健字第12号",
    ],
)
def test_TGT_007_the_same_number_or_another_document_passes(basis: str) -> None:
    assert found("TGT-007", revalued(2, basis=basis)) == []


def test_TGT_007_a_project_without_a_number_in_its_name_has_nothing_to_compare() -> None:
    assert found("TGT-007", changed(name="平台运维经费")) == []


@pytest.mark.parametrize(
    "basis", ["保财建[2023]12号", "保财建【2023】12号", "保财建（2023）12号", "保财建﹝2023﹞12号"]
)
def test_TGT_008_the_same_number_in_other_brackets_is_found(basis: str) -> None:
    assert places("TGT-008", revalued(2, basis=basis)) == [(1, 2, "basis")]
    assert "“保财建〔2023〕12号”" in found("TGT-008", revalued(2, basis=basis))[0].suggestion


def test_TGT_008_compares_with_the_name_and_not_with_the_standard() -> None:
    alike = revalued(2, document=changed(name="平台（保财建【2023】12号）"), basis="保财建【2023】12号")
    assert (1, 2, "basis") not in places("TGT-008", alike)
    assert found("TGT-008", revalued(2, basis="冀财预[2021]88号")) == []


def test_TGT_009_brackets_of_another_kind_are_one_finding_for_the_project() -> None:
    spoiled = revalued(2, document=changed(name="平台（保财建【2023】12号）"), basis="冀财预[2021]88号")
    assert places("TGT-009", spoiled) == [(1, None, "name")]
    (finding,) = found("TGT-009", spoiled)
    assert "保财建【2023】12号" in finding.message
    assert "冀财预[2021]88号" in finding.message


def test_TGT_009_finds_them_in_purpose_and_goals_and_leaves_other_brackets_alone() -> None:
    assert places("TGT-009", changed(purpose="按冀财预[2021]88号执行")) == [(1, None, "purpose")]
    assert found("TGT-009", changed(purpose="平台（2023）【二期】[试行]")) == []


@pytest.mark.parametrize(
    "basis", ["年度工作计划", "2023年度工作计划", "依据实际工作开展情况", "工作需要", "年度 工作计划。"]
)
def test_TGT_026_grounds_that_nobody_can_check_are_found(basis: str) -> None:
    assert places("TGT-026", revalued(4, basis=basis)) == [(1, 4, "basis")]


@pytest.mark.parametrize(
    "basis", ["《2023年度工作计划》", "年度工作计划（保财建〔2023〕12号）", "2022年实际完成95%", "合同"]
)
def test_TGT_026_a_title_a_number_or_a_figure_can_be_checked(basis: str) -> None:
    assert found("TGT-026", revalued(4, basis=basis)) == []


def test_numbers_are_found_whatever_the_brackets_and_the_words_before() -> None:
    (number,) = find_numbers(PLATFORM.name)
    assert (number.agency, number.year, number.serial, number.brackets) == ("保财建", "2023", "12", "〔〕")
    texts = "依据保财建【2022】第066号和国办发(2019) 3 号"
    assert [(n.year, n.serial, n.brackets) for n in find_numbers(texts)] == [
        ("2022", "66", "【】"),
        ("2019", "3", "()"),
    ]


@pytest.mark.parametrize(
    ("a", "b", "count"), [("", "", 0), ("abc", "", 3), ("保财建", "保财健", 1), ("12", "21", 2)]
)
def test_edits_counts_single_characters(a: str, b: str, count: int) -> None:
    assert edits(a, b) == edits(b, a) == count
