"""For whose people a record waits, and what the clock does with it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from apps.foundation.workflow.conftest import FLOW
from youju.foundation.kernel.errors import InputError
from youju.foundation.kernel.subjects import Subject
from youju.foundation.workflow import flows, selectors, services
from youju.rules.workflow import Flow, State, Transition

pytestmark = pytest.mark.django_db
TIMED = Flow(
    "test.timed",
    "有期限的",
    date(2023, 1, 1),
    "open",
    (State("open", "有效", "targets.review"), State("shut", "已结束", final=True)),
    (
        Transition("shut", "结束", ("open",), "shut", "targets.review"),
        Transition("run_out", "到期", ("open",), "shut", "", automatic=True),
    ),
)
ONE = Subject("test.timed", "1", "一号")


@pytest.fixture(autouse=True)
def _known() -> None:
    flows.register_flow(TIMED)


def started(people: dict[str, Any]) -> str:
    services.start(flow=TIMED, subject=ONE, actor=people["fin"])
    return people["fin"].organisation.code


def test_it_waits_for_the_people_of_the_organisations_named(people: dict[str, Any]) -> None:
    code, fin = started(people), people["fin"]
    assert selectors.todo_count(fin) == 1
    services.call_on(flow=TIMED, subject=ONE, organisations=["ELSEWHERE"])
    assert (selectors.todo(fin), selectors.todo_count(fin)) == ([], 0)
    view = selectors.case(ONE)
    assert view is not None
    assert view.waits_for.endswith("（ELSEWHERE）")
    due = timezone.localdate() + timedelta(days=3)
    services.call_on(flow=TIMED, subject=ONE, organisations=["ELSEWHERE", code], due=due)
    assert [item.due_on for item in selectors.todo(fin)] == [due]
    services.call_on(flow=TIMED, subject=ONE, organisations=[])
    assert selectors.todo(fin) == []
    assert selectors.case(ONE).due_on is None  # type: ignore[union-attr]


def test_a_step_names_who_is_next_or_nobody(people: dict[str, Any]) -> None:
    subject = Subject("test.paper", "77", "一件")
    services.start(flow=FLOW, subject=subject, actor=people["pfo"])
    services.advance(flow=FLOW, subject=subject, transition="submit", actor=people["pfo"], waits_at=())
    assert selectors.todo(people["fin"]) == []
    services.call_on(flow=FLOW, subject=subject, organisations=[people["fin"].organisation.code])
    assert len(selectors.todo(people["fin"])) == 1
    services.advance(flow=FLOW, subject=subject, transition="review", actor=people["fin"], waits_at=("X",))
    assert selectors.todo(people["hed"]) == []


def test_the_clock_alone_takes_an_automatic_step(people: dict[str, Any]) -> None:
    started(people)
    assert [each.code for each in selectors.available(ONE, people["fin"])] == ["shut"]
    with pytest.raises(PermissionDenied, match="由系统办理"):
        services.advance(flow=TIMED, subject=ONE, transition="run_out", actor=people["fin"])
    with pytest.raises(ValueError, match="clock"):
        services.lapse(flow=TIMED, subject=ONE, transition="shut")
    assert services.lapse(flow=TIMED, subject=ONE, transition="run_out", reason="期满").finished
    assert selectors.log_of(ONE)[-1].by_name == "系统"
    with pytest.raises(InputError, match="不能到期"):
        services.lapse(flow=TIMED, subject=ONE, transition="run_out")
    with pytest.raises(InputError, match="已经办结"):
        services.call_on(flow=TIMED, subject=ONE, organisations=["X"])


@pytest.mark.parametrize("wrong", [{"permission": "targets.review"}, {"returns": True}, {"own": "shut"}])
def test_an_automatic_step_names_no_people(wrong: dict[str, Any]) -> None:
    step = Transition("run_out", "到期", ("open",), "shut", **{"permission": "", "automatic": True, **wrong})
    with pytest.raises(ValueError, match="clock"):
        replace(TIMED, transitions=(TIMED.transitions[0], step))


def test_a_step_of_people_asks_for_a_permission() -> None:
    with pytest.raises(ValueError, match="no permission"):
        replace(TIMED, transitions=(TIMED.transitions[0], Transition("x", "某步", ("open",), "shut", "")))
