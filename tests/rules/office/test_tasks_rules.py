"""The rules TSK-…: what passes, what is found, the day before a limit and the day itself."""
# ruff: noqa: N802 - a rule's test bears its id

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from youju.foundation.policies import law_on
from youju.rules.findings import Severity, stopping
from youju.rules.office.tasks.facts import TaskFacts
from youju.rules.office.tasks.judging import judge
from youju.rules.office.tasks.kinds import KIND_NAMES, PREFIXES, TOPICS, Every
from youju.rules.office.tasks.lifecycle import TASK_FLOW
from youju.rules.office.tasks.repeating import due_days
from youju.rules.registry import REGISTRY

DAY = date(2023, 6, 1)  # a Thursday
FIRST_DAY = date(2020, 1, 1)


def facts(**given: Any) -> TaskFacts:
    usual: dict[str, Any] = {
        "moment": "plan",
        "day": DAY,
        "kind": "work",
        "title": "宣讲",
        "starts_on": DAY,
        "due_on": date(2023, 6, 30),
        "person": "one",
        "actor": "one",
    }
    return TaskFacts(**(usual | given))


def found(**given: Any) -> list[str]:
    task = facts(**given)
    return [each.rule for each in judge(task, law_on(task.day))]


def test_a_usual_task_is_free_of_findings() -> None:
    assert found() == []


@pytest.mark.parametrize("number", range(1, 11))
def test_each_rule_begins_on_its_day(number: int) -> None:
    versions = REGISTRY.versions(f"TSK-{number:03d}")
    assert [rule.covers(FIRST_DAY) for rule in versions] == [True]
    assert not versions[0].covers(FIRST_DAY - timedelta(days=1))


def test_TSK_001_the_due_day_may_be_the_first_day_but_not_the_day_before() -> None:
    assert "TSK-001" not in found(due_on=DAY)
    assert "TSK-001" in found(due_on=DAY - timedelta(days=1))


def test_TSK_002_doer_and_acceptor_are_two_people() -> None:
    assert found(acceptor="two") == []
    assert found(acceptor="one") == ["TSK-002"]
    assert found(moment="accept", actor="two") == []
    assert found(moment="accept", actor="one") == ["TSK-002"]
    assert found(moment="accept", actor="two", finished_by="two") == ["TSK-002"]


@pytest.mark.parametrize(
    ("kind", "needs"), [("work", True), ("training", True), ("research", True), ("rectification", True)]
)
def test_TSK_003_what_is_done_is_proved(kind: str, needs: bool) -> None:
    assert ("TSK-003" in found(moment="finish", kind=kind)) is needs
    assert "TSK-003" not in found(moment="finish", kind=kind, evidence=1)


def test_TSK_003_an_answer_proves_a_request() -> None:
    assert found(moment="finish", kind="request", outcome="met", result="已订到") == []


def test_TSK_004_a_saturday_is_said_and_a_saturday_on_which_offices_work_is_not() -> None:
    assert found(due_on=date(2023, 6, 17)) == ["TSK-004"]
    assert found(due_on=date(2023, 6, 25)) == []  # 端午 2023: a Sunday made up for
    assert found(due_on=date(2023, 6, 22)) == ["TSK-004"]


def test_TSK_005_is_said_three_working_days_before_and_not_four() -> None:
    assert found(moment="watch", due_on=date(2023, 6, 6)) == ["TSK-005"]
    assert found(moment="watch", due_on=date(2023, 6, 7)) == []
    assert found(moment="watch", due_on=DAY) == ["TSK-005"]
    assert found(moment="watch", due_on=DAY, state="done") == []


def test_TSK_006_is_said_from_the_day_after() -> None:
    assert found(moment="watch", due_on=DAY - timedelta(days=1)) == ["TSK-006"]
    assert found(moment="watch", due_on=DAY - timedelta(days=1), state="accepted") == []


def test_TSK_007_a_dispute_has_two_sides() -> None:
    assert found(kind="dispute", applicant="甲", other_side="乙") == []
    assert found(kind="dispute", applicant="甲", other_side=" ") == ["TSK-007"]
    assert found(kind="dispute", applicant="甲", other_side="甲 ") == ["TSK-007"]


def test_TSK_008_a_dispute_was_mediated() -> None:
    closing = {"moment": "finish", "kind": "dispute", "outcome": "met", "result": "已付清"}
    assert found(**closing) == ["TSK-008"]
    assert found(**closing, mediations=1) == []


@pytest.mark.parametrize("kind", ["request", "dispute"])
def test_TSK_009_what_came_from_outside_is_answered(kind: str) -> None:
    closing = {"moment": "finish", "kind": kind, "mediations": 1}
    assert found(**closing) == ["TSK-009"]
    assert found(**closing, outcome="met") == ["TSK-009"]
    assert found(**closing, result="已办") == ["TSK-009"]
    assert found(**closing, outcome="unmet", result="已移送法院") == []


def test_TSK_010_a_plan_has_an_end() -> None:
    assert found(repeats=60) == []
    assert found(repeats=61) == ["TSK-010"]


def test_only_errors_stop() -> None:
    task = facts(due_on=date(2023, 5, 27))
    said = judge(task, law_on(DAY))
    assert {each.severity for each in said} == {Severity.ERROR, Severity.HINT}
    assert [each.rule for each in stopping(said)] == ["TSK-001"]


def test_the_end_of_each_month_taken_back_to_a_working_day() -> None:
    days = due_days(date(2023, 1, 31), Every.MONTH, date(2023, 12, 31))
    assert len(days) == 12
    assert days[:4] == (date(2023, 1, 31), date(2023, 2, 28), date(2023, 3, 31), date(2023, 4, 28))
    assert days[8] == date(2023, 9, 28)  # 30 September is 国庆, 29 is 中秋
    assert days[-1] == date(2023, 12, 29)


@pytest.mark.parametrize(
    ("every", "count"),
    [(Every.ONCE, 1), (Every.WEEK, 50), (Every.QUARTER, 4), (Every.HALF, 2), (Every.YEAR, 1)],
)
def test_how_often_in_a_year(every: Every, count: int) -> None:
    assert len(due_days(date(2023, 1, 6), every, date(2023, 12, 31))) == count


def test_what_falls_together_stands_once() -> None:
    # Offices are closed from 29 September to 6 October: both Fridays give way to the Thursday before.
    assert due_days(date(2023, 9, 29), Every.WEEK, date(2023, 10, 7)) == (date(2023, 9, 28),)


def test_every_kind_has_its_words() -> None:
    assert set(PREFIXES) == set(KIND_NAMES)
    assert len(set(PREFIXES.values())) == len(PREFIXES)
    assert set(TOPICS) == {"request", "dispute"}


def test_the_usual_way_leads_to_acceptance() -> None:
    assert [state.code for state in TASK_FLOW.path()] == ["planned", "under_way", "done", "accepted"]
