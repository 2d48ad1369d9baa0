"""What the rooms above take from evaluation: disclosure its scores, report checks their facts, audits of targets the grades."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kept import kept
from selves_made import CODE, ROWS, World, approved, step, submitted, world
from trade_people import as_
from youju.foundation.kernel.context import reaching_all
from youju.foundation.policies import law_on
from youju.performance.disclosure import services as disclosure
from youju.performance.disclosure.selectors.providers import Ask as Wanted
from youju.performance.disclosure.selectors.providers import providers
from youju.performance.disclosure.services.scoring import of_scores
from youju.performance.evaluation.models import SelfEvaluation
from youju.performance.evaluation.selectors import approved_grades, results
from youju.performance.proposals.selectors.results import known_results
from youju.performance.report_checks.selectors import Ask, sources
from youju.performance.report_checks.selectors.facts import of_scores as score_facts
from youju.rules.performance.disclosure.contents import fields_of
from youju.rules.performance.report_checks.checking import check_report
from youju.rules.performance.report_checks.facts import Kind, Outcome, Passage

pytestmark = pytest.mark.django_db


@kept
def begun() -> World:
    found = world()
    submitted(found)
    return found


@kept
def year() -> World:
    found = world()
    approved(found)
    return found


def test_a_result_tells_every_row_and_who_approved_when(year: World) -> None:
    result = results(year.year)[CODE]
    assert [each.number for each in result.rows] == list(range(1, len(ROWS) + 1))
    assert result.self_total == result.total == year.head.total
    assert result.approved_on is not None and result.law_hash == year.head.policy_hash
    own = year.head.rows.get(number=1)
    own.own_score, own.own_reason = Decimal(1), "佐证不足"
    own.save()
    first = results(year.year)[CODE].rows[0]
    assert (first.score, first.reason) == (Decimal(1), "佐证不足")


def test_disclosure_gives_the_scores_of_what_was_approved(year: World) -> None:
    assert [each.code for each in providers("evaluation")][-1] == "scores"
    assert "scores" not in [each.code for each in providers("progress")]
    part = of_scores(Wanted(year.team.officer, "evaluation", year.year))
    head = year.head
    assert head.total is not None
    score = part.content["scores"][CODE]
    assert (Decimal(score["total"]), score["grade"]) == (head.total, head.grade)
    assert sum(Decimal(each["score"]) for each in score["rows"]) + (head.execution_score or 0) == head.total
    assert not part.unapproved and part.approved_on is not None
    assert [(each.key, each.origin) for each in part.figures] == [(f"s{CODE}", "scoring")]
    public = law_on(part.approved_on)["performance.disclosure.public_fields"]
    assert set(fields_of(part.content)["score"]) <= set(public["score"])  # type: ignore[call-overload, index]


def test_a_release_of_the_self_evaluation_carries_them(year: World) -> None:
    with as_(year.team.officer), reaching_all():
        row = disclosure.prepare_release(actor=year.team.officer, kind="evaluation", year=year.year)
    assert row.content["scores"][CODE]["grade"] == year.head.grade
    assert row.content["figures"][f"s{CODE}"]["value"] == row.content["scores"][CODE]["total"]
    assert row.content["notes"]["unapproved"] == []


def test_disclosure_names_what_nobody_approved(begun: World) -> None:
    ask = Wanted(begun.team.officer, "evaluation", begun.year)
    part = of_scores(ask)
    assert part.content["scores"] == {} and part.approved_on is None
    assert part.unapproved == (f"{begun.year} 年绩效自评",)


def test_a_report_is_held_against_points_and_grades(year: World) -> None:
    assert "evaluation" in [each.code for each in sources()]
    facts = list(score_facts(Ask(year.team.officer, year.year)))
    assert {(each.kind, each.value, each.text) for each in facts} == {
        (Kind.SCORE, year.head.total, ""),
        (Kind.GRADE, None, year.head.grade),
    }
    day = year.head.day
    assert day is not None
    lines = (f"外贸服务资金自评得分{year.head.total}分。", "外贸服务资金自评得分12.34分。")
    found = check_report([Passage(each) for each in lines], facts, law_on(day), day=day, year=year.year)
    assert [each.outcome for each in found] == [Outcome.AGREES, Outcome.DISAGREES]


def test_both_points_are_facts_where_finance_gave_others(year: World) -> None:
    SelfEvaluation.objects.update(recheck_total=Decimal("77.7"), recheck_grade="中")
    facts = list(score_facts(Ask(None, year.year)))
    assert {each.value for each in facts if each.kind is Kind.SCORE} == {Decimal("77.7"), year.head.total}
    assert {each.text for each in facts if each.kind is Kind.GRADE} == {"中", year.head.grade}


def test_an_audit_of_targets_knows_the_grades_that_were_approved(begun: World) -> None:
    assert approved_grades(begun.year) == known_results(begun.year) == {}
    step(begun, begun.team.officer, "check")
    step(begun, begun.team.head, "approve")
    assert known_results(begun.year) == {CODE: begun.head.grade}
