"""A table that cannot work is refused when it is written."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from youju.rules.workflow import Flow, State, Transition

SINCE = date(2023, 1, 1)
GOOD = Flow(
    "test.flow",
    "试验",
    SINCE,
    "draft",
    (
        State("draft", "草稿", "targets.submit"),
        State("submitted", "已提交", "targets.review", "some.policy"),
        State("done", "已办结", final=True),
    ),
    (
        Transition("submit", "提交", ("draft",), "submitted", "targets.submit"),
        Transition("finish", "办结", ("submitted",), "done", "targets.review", not_by=("submit",)),
        Transition(
            "return", "退回", ("submitted",), "draft", "targets.review", reason_required=True, returns=True
        ),
    ),
)


def test_a_good_table_tells_its_way() -> None:
    assert [state.code for state in GOOD.path()] == ["draft", "submitted", "done"]
    assert [step.code for step in GOOD.leaving("submitted")] == ["finish", "return"]
    assert GOOD.state("done").final
    assert GOOD.transition("return").returns
    assert [step.code for step in GOOD.ahead(GOOD.state("submitted"))] == ["finish"]
    with pytest.raises(KeyError):
        GOOD.state("none")
    with pytest.raises(KeyError):
        GOOD.transition("none")


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"initial": "nowhere"}, "initial state"),
        ({"states": (*GOOD.states, GOOD.states[0])}, "twice"),
        ({"states": (*GOOD.states, State("lost", "失踪", final=True))}, "never reached"),
        ({"states": (*GOOD.states[:2], State("done", "已办结"))}, "no way out"),
        ({"states": (*GOOD.states[:2], State("done", "done", final=True))}, "Chinese"),
        ({"states": (GOOD.states[0], replace(GOOD.states[1], final=True), GOOD.states[2])}, "has a way out"),
        (
            {"states": (GOOD.states[0], replace(GOOD.states[1], permission=""), GOOD.states[2])},
            "waits for nobody",
        ),
        ({"transitions": GOOD.transitions[1:]}, "unknown step submit"),
        (
            {"transitions": (*GOOD.transitions, replace(GOOD.transitions[0], code="x", target="y"))},
            "unknown state y",
        ),
        (
            {"transitions": (replace(GOOD.transitions[0], permission=""), *GOOD.transitions[1:])},
            "no permission",
        ),
        ({"title": "trial"}, "Chinese"),
        (
            {"transitions": (*GOOD.transitions, replace(GOOD.transitions[0], code="x", sources=()))},
            "leads on from no state",
        ),
        (
            {"states": (*GOOD.states[:2], replace(GOOD.states[2], permission="targets.view"))},
            "final state done waits for somebody",
        ),
        (
            {"states": (GOOD.states[0], replace(GOOD.states[1], permission="targets.view"), GOOD.states[2])},
            "no step to take there",
        ),
    ],
)
def test_a_faulty_table_is_refused(changes: dict[str, Any], fault: str) -> None:
    with pytest.raises(ValueError, match=fault):
        replace(GOOD, **changes)
