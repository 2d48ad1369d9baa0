"""The rules SVY-…, each by its id; scores, intervals and small groups by examples and by property."""
# ruff: noqa: N802

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from youju.foundation.policies import law_on
from youju.rules.findings import Finding, stopping
from youju.rules.office.surveys.facts import QuestionFacts, SurveyFacts
from youju.rules.office.surveys.grouping import apart
from youju.rules.office.surveys.judging import judge
from youju.rules.office.surveys.lifecycle import SURVEY_FLOW
from youju.rules.office.surveys.questions import ALL, last_day, scaled, scores_by_tag
from youju.rules.office.surveys.reading import Asked, Problem, read
from youju.rules.office.surveys.statistics import change, estimate, quantile
from youju.rules.registry import REGISTRY

DAY = date(2023, 12, 4)
SCALE = QuestionFacts(1, "scale", "您是否满意？", "Are you satisfied?", ("social",))
SURVEY = SurveyFacts(
    moment="publish", day=DAY, title="调查", title_en="Survey", intro="请答。", intro_en="Please answer.",
    period_end=date(2023, 12, 31), closes_on=date(2023, 12, 25), project="", questions=(SCALE,), reached=100, handed_out=100,
    answered=80, builders=("stf",), actor="hed",
)  # fmt: skip


def said(rule: str, survey: SurveyFacts = SURVEY, **given: Any) -> list[Finding]:
    facts = replace(survey, **given)
    return [each for each in judge(facts, law_on(facts.day)) if each.rule == rule]


def question(**given: Any) -> tuple[QuestionFacts, ...]:
    return (replace(SCALE, **given),)


def test_a_good_survey_has_no_findings() -> None:
    assert judge(SURVEY, law_on(DAY)) == []
    assert judge(replace(SURVEY, moment="result"), law_on(DAY)) == []


def test_no_rule_holds_the_day_before_its_first() -> None:
    first = date(2020, 1, 1)
    rules = [each for each in REGISTRY if each.id.startswith("SVY-")]
    assert {each.since for each in rules} == {first}
    assert not list(REGISTRY.in_force(first - timedelta(days=1), "survey", "SVY-"))
    assert len(list(REGISTRY.in_force(first, "survey", "SVY-"))) == len(rules) == 13


def test_SVY_001_a_survey_without_a_scale_is_stopped() -> None:
    found = said("SVY-001", questions=question(kind="text"))
    assert stopping(found) == found != []
    assert not said("SVY-001")
    assert not said("SVY-001", moment="watch", questions=())


def test_SVY_002_a_bound_tag_without_a_question_is_said() -> None:
    project = "13060523P00454310001A"
    (found,) = said("SVY-002", project=project)
    assert "staff（人员归属感）" in found.message
    assert not said("SVY-002", project=project, questions=question(tags=("staff",)))
    # A tag on a question that gives no score does not help.
    assert said(
        "SVY-002", project=project, questions=(SCALE, replace(SCALE, place=2, kind="text", tags=("staff",)))
    )
    assert not said("SVY-002", project="别的项目")


def test_SVY_003_the_last_day_is_today_or_later() -> None:
    assert not said("SVY-003", closes_on=DAY)
    assert said("SVY-003", closes_on=DAY - timedelta(days=1))


def test_SVY_004_a_period_long_over_is_said() -> None:
    end = date(2023, 9, 30)
    assert not said("SVY-004", period_end=end, day=end + timedelta(days=90), closes_on=date(2024, 2, 1))
    assert said("SVY-004", period_end=end, day=end + timedelta(days=91), closes_on=date(2024, 2, 1))


@pytest.mark.parametrize(
    "given",
    [
        {"title_en": " "},
        {"intro_en": ""},
        {"questions": question(text_en="")},
        {"questions": question(kind="one", options=(("是", "Yes"), ("否", "")))},
    ],
)
def test_SVY_005_every_word_stands_in_english(given: dict[str, Any]) -> None:
    assert said("SVY-005", **given)
    assert not said("SVY-005")
    assert not said("SVY-005", intro="", intro_en="")


def test_SVY_006_too_few_codes_are_said() -> None:
    assert said("SVY-006", reached=29)
    assert not said("SVY-006", reached=30)
    assert said("SVY-006", moment="watch", reached=0)


def test_SVY_007_a_small_sample_is_said() -> None:
    assert said("SVY-007", moment="result", answered=29)
    assert not said("SVY-007", moment="result", answered=30)


def test_SVY_008_a_low_response_is_said() -> None:
    assert said("SVY-008", moment="result", handed_out=1000, answered=299)
    assert not said("SVY-008", moment="result", handed_out=1000, answered=300)
    assert not said("SVY-008", moment="result", handed_out=0, answered=300)


def test_SVY_009_leading_words_are_said_in_both_languages() -> None:
    assert said("SVY-009", questions=question(text="难道您不满意吗？"))
    assert said("SVY-009", questions=question(text_en="Don't you like our excellent service?"))
    assert not said("SVY-009")


def test_SVY_010_a_scale_of_its_own_is_balanced() -> None:
    even = (("很不好", ""), ("不好", ""), ("一般", ""), ("好", ""), ("很好", ""))
    odd = (("不好", ""), ("一般", ""), ("好", ""), ("很好", ""), ("非常好", ""))
    assert not said("SVY-010", questions=question(options=even))
    assert said("SVY-010", questions=question(options=odd))
    assert not said("SVY-010", questions=question(kind="one", options=odd))


def test_SVY_011_options_can_be_chosen_from() -> None:
    one, two = ("一", "1"), ("二", "2")
    assert said("SVY-011", questions=question(kind="one", options=(one,)))
    assert said("SVY-011", questions=question(kind="many", options=(one, one)))
    assert said("SVY-011", questions=question(options=(one, two)))
    assert not said("SVY-011", questions=question(kind="one", options=(one, two)))
    assert not said("SVY-011", questions=question(kind="text"))


def test_SVY_012_who_builds_it_does_not_publish_it() -> None:
    assert said("SVY-012", actor="stf")
    assert not said("SVY-012", actor="hed")
    assert not said("SVY-012", actor="")


def test_SVY_013_an_end_that_comes_too_soon_is_said() -> None:
    few = {"moment": "watch", "answered": 10}
    assert said("SVY-013", closes_on=DAY + timedelta(days=3), **few)
    assert said("SVY-013", closes_on=DAY, handed_out=0, moment="watch", answered=0)
    assert not said("SVY-013", closes_on=DAY + timedelta(days=4), **few)
    assert not said("SVY-013", closes_on=DAY - timedelta(days=1), **few)
    assert not said("SVY-013", closes_on=DAY, moment="watch", answered=30)


def test_the_flow_asks_for_two_people() -> None:
    assert SURVEY_FLOW.transition("publish").not_by == ("submit",)
    assert SURVEY_FLOW.transition("expire").automatic


def test_a_period_stands_on_its_last_day() -> None:
    assert [last_day(2024, quarter) for quarter in range(5)] == [
        date(2024, 12, 31), date(2024, 3, 31), date(2024, 6, 30), date(2024, 9, 30), date(2024, 12, 31),
    ]  # fmt: skip


def test_a_sheet_scores_by_tag() -> None:
    tags = {1: ("a",), 2: ("a", "b"), 3: ()}
    assert scores_by_tag({1: 5, 2: 4, 3: 1}, tags) == {
        ALL: Decimal("58.33333"),
        "a": Decimal("87.5"),
        "b": Decimal(75),
    }
    assert scores_by_tag({}, tags) == {}
    assert [scaled(step) for step in (1, 2, 3, 4, 5)] == [0, 25, 50, 75, 100]


def test_an_interval_by_hand() -> None:
    # 8 sheets of 100 and 2 of 50: mean 90, s = 21.0819, t(9) = 2.262, error 6.6667.
    found = estimate({Decimal(100): 8, Decimal(50): 2})
    assert found is not None
    assert (found.n, found.mean, found.high) == (10, 90, 100)
    assert found.low == pytest.approx(Decimal("74.92"), abs=Decimal("0.01"))
    assert estimate({}) is None
    one = estimate({Decimal(75): 1})
    assert one is not None and one.low is None and one.mean == 75


def test_a_change_is_certain_only_beyond_its_error() -> None:
    before = estimate({Decimal(100): 50, Decimal(50): 50})
    same = estimate({Decimal(100): 52, Decimal(50): 48})
    more = estimate({Decimal(100): 90, Decimal(50): 10})
    one = estimate({Decimal(100): 1})
    assert before and same and more and one
    assert (change(same, before).points, change(same, before).certain) == (1, False)
    assert change(more, before).certain is True
    assert change(one, before).certain is None


def test_quantiles_fall_to_the_normal_one() -> None:
    values = [quantile(degrees) for degrees in range(1, 2000)]
    assert values == sorted(values, reverse=True)
    assert values[0] == Decimal("12.706")
    assert values[-1] >= Decimal("1.960")


STEPS = st.dictionaries(
    st.integers(0, 4).map(lambda step: Decimal(step * 25)), st.integers(1, 400), min_size=1
)


@settings(max_examples=60)
@given(STEPS)
def test_the_mean_and_its_interval_are_those_of_plain_arithmetic(scores: dict[Decimal, int]) -> None:
    found = estimate(scores)
    assert found is not None
    sheets = [float(score) for score, count in scores.items() for _ in range(count)]
    mean = sum(sheets) / len(sheets)
    assert float(found.mean) == pytest.approx(mean)
    if found.low is None or found.high is None or found.error is None:
        assert len(sheets) == 1
        return
    spread = math.sqrt(sum((each - mean) ** 2 for each in sheets) / (len(sheets) - 1))
    assert float(found.error) == pytest.approx(spread / math.sqrt(len(sheets)), abs=1e-9)
    assert 0 <= found.low <= found.mean <= found.high <= 100
    # Four times the sheets of the same kind: never wider.
    wide = estimate({score: count * 4 for score, count in scores.items()})
    assert wide is not None and wide.low is not None and wide.low >= found.low


@settings(max_examples=80)
@given(st.dictionaries(st.integers(1, 9), st.integers(0, 30)), st.integers(1, 10))
def test_no_group_is_small_nor_found_by_subtraction(sizes: dict[int, int], least: int) -> None:
    shown = apart(sizes, least)
    assert all(sizes[group] >= least for group in shown)
    together = sum(size for group, size in sizes.items() if group not in shown)
    assert together == 0 or together >= least or not shown


@settings(max_examples=60)
@given(
    st.lists(st.text(max_size=8), max_size=4),
    st.sampled_from(["scale", "one", "many", "text"]),
    st.booleans(),
)
def test_reading_a_sheet_gives_an_answer_or_a_problem(words: list[str], kind: str, required: bool) -> None:
    found = read([Asked(1, kind, 3, required)], {1: words})
    assert not (found.answers and found.problems)
    if not any(word.strip() for word in words):
        assert found.problems == ({1: Problem.MISSING} if required else {})
    for value in found.answers.values():
        if kind == "text":
            assert isinstance(value, str) and "\0" not in value
        else:
            assert all(1 <= each <= 5 for each in (value if isinstance(value, list) else [value]))


@pytest.mark.parametrize(
    ("kind", "words", "answer"),
    [
        ("scale", ["5"], 5),
        ("scale", ["6"], Problem.UNKNOWN),
        ("scale", ["1", "2"], Problem.UNKNOWN),
        ("one", ["3"], 3),
        ("one", ["4"], Problem.UNKNOWN),
        ("many", ["3", "1"], [1, 3]),
        ("many", ["1", "1"], Problem.UNKNOWN),
        ("many", ["x"], Problem.UNKNOWN),
        ("text", ["x" * 1001], Problem.LONG),
        ("text", ["好\0"], "好"),
    ],
)  # fmt: skip
def test_answers_as_they_are_sent(kind: str, words: list[str], answer: object) -> None:
    found = read([Asked(1, kind, 3, True)], {1: words})
    assert found.answers.get(1, found.problems.get(1)) == answer
