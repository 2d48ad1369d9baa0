"""The table of the life cycle says who may do what, and which version a year shows."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from youju.rules.performance.targets.lifecycle import DROPPED, FLOW, INNER, OPEN, PUBLISHED, settled

STATES = [state.code for state in FLOW.states]


def test_the_usual_way() -> None:
    assert [state.code for state in FLOW.path()] == [
        "draft", "submitted", "reviewed", "approved", "published", "adjusted",
    ]  # fmt: skip


def test_three_people() -> None:
    assert FLOW.transition("review").not_by == ("submit",)
    assert set(FLOW.transition("approve").not_by) == {"submit", "review"}
    steps = ("submit", "review", "approve", "publish")
    assert [FLOW.transition(code).permission for code in steps] == [f"targets.{code}" for code in steps]


@pytest.mark.parametrize("code", [each.code for each in FLOW.transitions if each.returns])
def test_whatever_goes_back_needs_a_reason_and_leads_to_the_draft(code: str) -> None:
    step = FLOW.transition(code)
    assert (step.reason_required, step.target) == (True, "draft")


def test_each_open_state_waits_for_somebody_for_so_many_days() -> None:
    assert all(FLOW.state(code).permission and FLOW.state(code).deadline for code in OPEN)


def test_nothing_but_an_adjustment_leads_out_of_what_is_published() -> None:
    assert [step.code for step in FLOW.leaving(PUBLISHED)] == ["supersede"]
    assert {"supersede", "replace"} == INNER


@given(st.lists(st.sampled_from(STATES), max_size=8))
def test_a_year_shows_the_latest_published_else_the_latest_that_was_kept(states: list[str]) -> None:
    versions = list(enumerate(states, 1))
    shown = settled(versions)
    named = dict(versions)
    if PUBLISHED in states:
        assert shown is not None
        assert named[shown] == PUBLISHED
        assert PUBLISHED not in states[shown:]
    elif set(states) <= {DROPPED}:
        assert shown is None
    else:
        assert shown is not None
        assert named[shown] != DROPPED
        assert set(states[shown:]) <= {DROPPED}
