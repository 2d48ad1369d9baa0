"""What another authority's message does with a record, and asking people where no message comes."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from apps.foundation.workflow.conftest import LIMIT
from youju.foundation.audit import selectors as audit
from youju.foundation.kernel.context import acting
from youju.foundation.kernel.errors import InputError
from youju.foundation.kernel.subjects import Subject
from youju.foundation.workflow import flows, selectors, services
from youju.rules.workflow import Flow, State, Transition

pytestmark = pytest.mark.django_db
TOLD = Flow(
    "test.told",
    "等外单位的",
    date(2023, 1, 1),
    "asked",
    (
        State("asked", "已送出", "targets.review", LIMIT),
        State("granted", "已同意", "targets.review"),
        State("done", "已办结", final=True),
    ),
    (
        Transition("grant", "同意", ("asked",), "granted", "targets.review", outside=True),
        Transition("close", "办结", ("granted",), "done", "targets.review"),
    ),
)
ONE = Subject("test.told", "1", "一号")


@pytest.fixture(autouse=True)
def _known() -> None:
    flows.register_flow(TOLD)


def started(people: dict[str, Any]) -> None:
    services.start(flow=TOLD, subject=ONE, actor=people["fin"])


def test_a_message_takes_the_step_under_its_own_name_and_waits_for_nobody(people: dict[str, Any]) -> None:
    started(people)
    with acting(actor="", actor_name=""):
        view = services.follow(
            flow=TOLD, subject=ONE, transition="grant", source="上级回执", reason="可以", waits_at=()
        )
    assert view.state == "granted"
    assert selectors.todo_count(people["fin"]) == 0
    step = selectors.log_of(ONE)[-1]
    assert (step.by_name, step.reason) == ("上级回执", "可以")
    line = audit.history(ONE.kind, ONE.key).lines[0]
    assert (line.deed, line.entry.actor, line.entry.reason) == ("同意了", "", "可以")


def test_a_message_takes_no_step_of_people_and_none_twice(people: dict[str, Any]) -> None:
    started(people)
    services.follow(flow=TOLD, subject=ONE, transition="grant", source="上级回执")
    with pytest.raises(ValueError, match="not taken by a message"):
        services.follow(flow=TOLD, subject=ONE, transition="close", source="上级回执")
    with pytest.raises(InputError, match="不能同意"):
        services.follow(flow=TOLD, subject=ONE, transition="grant", source="上级回执")
    with pytest.raises(InputError, match="不在办理中"):
        services.follow(flow=TOLD, subject=Subject("test.told", "2"), transition="grant", source="x")


def test_people_take_the_same_step_with_their_permission(people: dict[str, Any]) -> None:
    started(people)
    with pytest.raises(PermissionDenied):
        services.advance(flow=TOLD, subject=ONE, transition="grant", actor=people["pfo"])
    assert (
        services.advance(flow=TOLD, subject=ONE, transition="grant", actor=people["fin"]).state == "granted"
    )


def test_where_nothing_comes_people_are_asked_and_counting_begins(people: dict[str, Any]) -> None:
    started(people)
    services.call_on(flow=TOLD, subject=ONE, organisations=())
    assert selectors.todo_count(people["fin"]) == 0
    services.ask_for_hands(flow=TOLD, subject=ONE)
    (todo,) = selectors.todo(people["fin"])
    assert todo.due_on is not None
    services.advance(flow=TOLD, subject=ONE, transition="grant", actor=people["fin"])
    services.advance(flow=TOLD, subject=ONE, transition="close", actor=people["fin"])
    with pytest.raises(InputError, match="已经办结"):
        services.ask_for_hands(flow=TOLD, subject=ONE)
