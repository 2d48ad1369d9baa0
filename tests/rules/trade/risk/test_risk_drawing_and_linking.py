"""The draw as anybody can compute it again; union-find and the nearest parties."""

from __future__ import annotations

import hashlib
import hmac
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from youju.rules.trade.risk.drawing import commitment, drawn, fraction
from youju.rules.trade.risk.lifecycle import CONFIRMED, HIT_FLOW, OPEN, SETTLED, STATES
from youju.rules.trade.risk.linking import Unions, around, components

SEED = bytes(range(32))


def test_the_draw_is_an_hmac_read_as_a_fraction() -> None:
    by_hand = int(hmac.new(SEED, b"D230601000001", hashlib.sha256).hexdigest(), 16)
    assert fraction(SEED, "D230601000001") == by_hand
    assert commitment(SEED, "2023-06-01") == hashlib.sha256(b"2023-06-01\0" + SEED).hexdigest()


def test_the_share_is_kept_over_many_and_nothing_or_all_at_the_ends() -> None:
    numbers = [f"D2306{place:08d}" for place in range(4000)]
    assert 140 < sum(drawn(SEED, each, Decimal(5)) for each in numbers) < 260
    assert not any(drawn(SEED, each, Decimal(0)) for each in numbers)
    assert all(drawn(SEED, each, Decimal(100)) for each in numbers)


def test_a_larger_share_draws_all_that_a_smaller_one_does() -> None:
    few = {each for each in range(500) if drawn(SEED, str(each), Decimal(3))}
    assert few <= {each for each in range(500) if drawn(SEED, str(each), Decimal(30))}


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=60))
def test_union_find_agrees_with_walking(pairs: list[tuple[int, int]]) -> None:
    unions, near = Unions(), {}
    for one, other in pairs:
        unions.join(one, other)
        near.setdefault(one, set()).add(other)
        near.setdefault(other, set()).add(one)
    for least, members in unions.groups().items():
        assert least == min(members)
        assert set(around(least, {one: sorted(others) for one, others in near.items()}, 100)) == set(members)


def test_components_are_of_two_or_more() -> None:
    ties = [("phone", "a", 1), ("phone", "a", 2), ("person", "b", 2), ("person", "b", 3), ("phone", "c", 9)]
    assert components(ties) == {1: [1, 2, 3]}


def test_the_nearest_come_first_and_no_more_than_asked() -> None:
    ties = {1: [3, 2], 2: [4], 3: [5]}
    assert around(1, ties, 4) == [1, 2, 3, 4]
    assert around(7, ties, 4) == [7]


def test_every_state_of_a_hit_has_a_name() -> None:
    assert set(OPEN) | set(SETTLED) == set(STATES)
    assert HIT_FLOW.transition("uphold").not_by == ("dispose",)
    assert CONFIRMED == ("genuine", "referred")
