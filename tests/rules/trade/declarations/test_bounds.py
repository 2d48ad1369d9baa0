"""Lower bounds hold for every plan, and are as sharp as they are meant to be."""

from __future__ import annotations

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from goods_made import TERMS, random_orders
from youju.rules.trade.declarations import bounds
from youju.rules.trade.declarations.simplifying import simplify

NONE: frozenset[int] = frozenset()


def fewest(sizes: list[int], capacity: int) -> int:
    """By trying every way to put sizes into bins."""
    for count in range(1, len(sizes) + 1):
        for places in product(range(count), repeat=len(sizes)):
            if all(
                sum(s for s, p in zip(sizes, places, strict=True) if p == each) <= capacity
                for each in range(count)
            ):
                return count
    return 0


@settings(deadline=None, max_examples=60)
@given(st.lists(st.integers(1, 20), min_size=1, max_size=5))
def test_no_bound_is_above_the_fewest(sizes: list[int]) -> None:
    least = fewest(sizes, 20)
    assert bounds.by_sum(sizes, 20) <= least
    assert bounds.by_large(sizes, 20) <= least
    assert bounds.by_steps(sizes, 20, range(1, 12)) <= least
    assert bounds.by_conflicts(sizes, [NONE] * len(sizes), 20, 50) <= least


def test_large_sizes_never_share() -> None:
    assert bounds.by_sum([6, 6, 6, 5, 5, 4], 10) == 4
    assert bounds.by_large([11, 11, 11], 20) == 3
    assert bounds.by_large([10, 10, 11], 20) == 2
    assert bounds.by_large([7] * 6, 20) == 3
    assert bounds.by_steps([7] * 6, 20, range(1, 4)) == 3


def test_the_cap_itself_fills_one_and_a_cent_more_needs_two() -> None:
    assert bounds.by_sum([100, 50], 150) == 1
    assert bounds.by_sum([100, 51], 150) == 2


def test_features_cost_lines_in_every_declaration_that_holds_them() -> None:
    alone = [frozenset({number}) for number in range(6)]
    assert bounds.by_lines([1] * 6, alone, 100, 3) == 2
    assert bounds.by_lines([60] * 4, [frozenset({1, 2})] * 4, 100, 3) == 2
    assert bounds.by_conflicts([1] * 3, [frozenset({n, n + 10}) for n in range(3)], 100, 3) == 3


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 10_000))
def test_a_declaration_has_at_least_a_line_for_each_chapter_and_each_ineligible_kind(seed: int) -> None:
    from youju.trade.declarations.planning.items import problem_of

    orders = random_orders(seed, 8, least=1, most=100_000, names=25, ineligible=0.4)
    problem = problem_of(orders, 10**9, TERMS)
    features = frozenset().union(*problem.features)
    assert len(features) <= len(simplify([line for order in orders for line in order.lines], TERMS))
