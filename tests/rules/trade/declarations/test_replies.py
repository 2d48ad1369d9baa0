"""What a reply means: any order of the same replies, however often repeated, ends where the right order ends."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from youju.rules.trade.declarations.lifecycle import DECLARATION_FLOW
from youju.rules.trade.declarations.replies import Notice, Result, Standing, Turn, entry_fault, judge

ENTRY = "0" * 18


def notice(result: Result, position: int | None = None, **changes) -> Notice:
    return Notice("D1-1", result, entry_number="" if result in (Result.IMPORTED, Result.REJECTED) else ENTRY,
                  position=position, **changes)  # fmt: skip


def played(notices: list[Notice]) -> tuple[Standing, list[str]]:
    """What a reader does: applies what has its turn, keeps the rest and looks again."""
    standing, kept, steps = Standing("sent"), [], []
    for arrived in notices:
        kept.append(arrived)
        progress = True
        while progress:
            progress = False
            for each in list(kept):
                verdict = judge(standing, each)
                assert verdict.turn is not Turn.REFUSE
                if verdict.turn is Turn.KEEP:
                    continue
                kept.remove(each)
                progress = True
                if verdict.step:
                    steps.append(verdict.step)
                    state = DECLARATION_FLOW.transition(verdict.step).target
                    assert standing.state in DECLARATION_FLOW.transition(verdict.step).sources
                    standing = replace(standing, state=state)
                read = standing.read | ({each.position} if each.position else set())
                standing = replace(
                    standing,
                    entry_number=standing.entry_number or each.entry_number,
                    sequence_number=standing.sequence_number or each.sequence_number,
                    read=frozenset(read),
                )
    assert not kept
    return standing, steps


WAYS = (
    (Result.IMPORTED, Result.REJECTED),
    (Result.IMPORTED, Result.ACCEPTED, Result.RELEASED, Result.EXPORTED),
    (Result.IMPORTED, Result.ACCEPTED, Result.INSPECTION, Result.RELEASED, Result.EXPORTED),
)


@settings(max_examples=150)
@given(some.sampled_from(WAYS), some.booleans(), some.integers(0, 10**6))
def test_any_order_ends_in_the_same_state_with_each_step_once(way, numbered: bool, seed: int) -> None:
    right = [
        notice(
            result,
            place if numbered and place else None,
            sequence_number="I1" if result is Result.IMPORTED else "",
        )
        for place, result in enumerate(way)
    ]
    mixed = [*right, *Random(seed).choices(right, k=3)]
    Random(seed).shuffle(mixed)
    wanted, steps = played(right)
    standing, done = played(mixed)
    assert (standing.state, standing.sequence_number) == (wanted.state, "I1")
    assert len(set(done)) == len(done)
    if numbered:
        assert done == steps  # the positions keep the inspection from being passed over


@pytest.mark.parametrize(
    ("state", "result", "why"),
    [
        ("withdrawn", Result.RELEASED, "已撤销"),
        ("rejected", Result.ACCEPTED, "已退单"),
        ("accepted", Result.REJECTED, "已受理"),
        ("exported", Result.REJECTED, "已受理"),
    ],
)
def test_what_contradicts_is_refused(state: str, result: Result, why: str) -> None:
    verdict = judge(Standing(state), notice(result))
    assert verdict.turn is Turn.REFUSE and why in verdict.why


@pytest.mark.parametrize("field", ["entry_number", "sequence_number"])
def test_another_number_than_the_known_one_is_refused(field: str) -> None:
    standing = replace(Standing("accepted"), **{field: "1" * 18})
    verdict = judge(standing, replace(notice(Result.RELEASED), **{field: "2" * 18}))
    assert verdict.turn is Turn.REFUSE and "不一致" in verdict.why


@pytest.mark.parametrize("state", ["planned", "pre_entry"])
def test_what_comes_before_the_send_is_recorded_waits(state: str) -> None:
    assert judge(Standing(state), notice(Result.ACCEPTED)).turn is Turn.KEEP


def test_a_later_notice_waits_for_the_missing_one_and_a_passed_one_says_nothing() -> None:
    early = judge(Standing("accepted", read=frozenset({1})), notice(Result.RELEASED, 3))
    assert (early.turn, early.why) == (Turn.KEEP, "前面还缺第 2 号回执")
    assert judge(Standing("released"), notice(Result.INSPECTION, 2)).turn is Turn.PAST
    assert judge(Standing("rejected"), notice(Result.IMPORTED)).turn is Turn.PAST
    assert judge(Standing("accepted"), notice(Result.EXPORTED)).turn is Turn.KEEP


@pytest.mark.parametrize(
    ("number", "right"),
    [("0" * 18, True), ("0" * 17, False), ("0" * 19, False), ("A" * 18, False), ("１" * 18, False)],
)
def test_a_customs_number_has_eighteen_digits(number: str, right: bool) -> None:
    assert (entry_fault(number) == "") is right
