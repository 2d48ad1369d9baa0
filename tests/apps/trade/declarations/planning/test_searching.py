"""The parts of the search: counting lines, loads, filling, column generation, CP-SAT, each against something simpler."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goods_made import TERMS, random_orders
from youju.rules.trade.declarations.simplifying import simplify
from youju.trade.declarations.planning import filling, proving, searching, starting, subsets
from youju.trade.declarations.planning.budget import Budget
from youju.trade.declarations.planning.columns import Columns
from youju.trade.declarations.planning.items import Problem, problem_of
from youju.trade.declarations.planning.loads import Load, declared_lines
from youju.trade.declarations.planning.tidying import dissolve, tidy

CAP = 15_000_000


def problem(
    seed: int, count: int, *, sizes: tuple[int, int] = (3_800_000, 7_500_000), most: int = 50
) -> Problem:
    orders = random_orders(seed, count, least=sizes[0], most=sizes[1], ineligible=0.3, names=20)
    return problem_of(orders, CAP, replace(TERMS, max_lines=most))


def budget() -> Budget:
    return Budget(30.0)


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 100_000), st.integers(1, 12), st.sampled_from([5, 10]))
def test_lines_are_counted_as_the_oracle_makes_them(seed: int, count: int, trigger: int) -> None:
    terms = replace(TERMS, trigger=trigger)
    orders = random_orders(seed, count, least=1, most=1_000, ineligible=0.4, names=25)
    whole = problem_of(orders, CAP, terms)
    lines = len(simplify([line for each in orders for line in each.lines], terms))
    load = Load(whole, whole.items)
    assert declared_lines(whole.items, whole) == load.lines() == lines
    *others, last = whole.items
    load.remove(last)
    assert load.lines_with(last) == lines <= load.upper_with(last)
    assert load.lines() == declared_lines(others, whole)


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 100_000), st.integers(2, 14), st.sampled_from([8, 12, 50]))
def test_a_load_takes_exactly_what_fits(seed: int, count: int, most: int) -> None:
    whole = problem(seed, count, sizes=(100_000, 3_000_000), most=most)
    *others, last = whole.items
    fits = sum(item.size for item in whole.items) <= CAP and declared_lines(whole.items, whole) <= most
    assert Load(whole, others).takes(last) is fits


@pytest.mark.parametrize("seed", range(3))
def test_first_plans_are_valid_and_hold_every_order(seed: int) -> None:
    whole = problem(seed, 60, most=12)
    for loads in (
        starting.first_fit(whole),
        starting.best_fit(whole),
        starting.best_fit(whole, company=True),
        starting.best_fit(whole, starting.by_lines, company=True),
        starting.gathered(whole),
        dissolve(starting.first_fit(whole), budget()),
    ):
        assert all(load.fits() for load in loads)
        assert sorted(place for load in loads for place in load.items) == list(range(60))


def test_a_declaration_whose_orders_fit_elsewhere_is_dissolved() -> None:
    whole = problem(2, 30, sizes=(100_000, 3_000_000))
    apart = [Load(whole, [item]) for item in whole.items]
    assert len(dissolve(apart, budget())) <= len(starting.best_fit(whole)) + 1
    full = problem(2, 6, sizes=(8_000_000, 9_000_000))
    assert len(dissolve([Load(full, [item]) for item in full.items], budget())) == 6


def test_filling_reaches_its_aim_or_says_that_it_did_not() -> None:
    whole = problem(1, 40, sizes=(100_000, 6_000_000))
    aim = searching.cheap_bound(whole)
    loads = filling.fill(whole, starting.by_size(whole.items), aim, 500, budget())
    assert loads is not None and len(loads) <= aim
    assert all(load.fits() for load in loads)
    assert filling.fill(whole, starting.by_size(whole.items), aim - 1, 500, budget()) is None


def test_column_generation_raises_the_bound_and_dives_to_a_better_plan() -> None:
    whole = problem(3, 90)
    loads = starting.best_fit(whole)
    columns = Columns(whole, loads)
    bound = columns.raise_bound(300, len(loads), budget())
    found = columns.dive(300, len(loads), budget())
    assert found is not None
    assert searching.cheap_bound(whole) <= bound <= len(found) <= len(loads)
    assert bound > searching.cheap_bound(whole) or len(found) == bound
    assert all(load.fits() for load in found)
    assert sorted(place for load in found for place in load.items) == list(range(90))


@pytest.mark.parametrize(("seed", "most"), [(1, 50), (2, 50), (3, 9), (4, 9)])
def test_cp_sat_and_all_subsets_agree(seed: int, most: int) -> None:
    whole = problem(seed, 8, sizes=(1_000_000, 7_500_000), most=most)
    fewest = len(subsets.partition(whole))
    loads = proving.pack_into(whole, fewest, 2.0, budget())
    assert isinstance(loads, list) and len(loads) <= fewest
    assert all(load.fits() for load in loads)
    if fewest > 1:
        assert proving.pack_into(whole, fewest - 1, 4.0, budget()) is proving.Answer.IMPOSSIBLE


def test_tidying_saves_lines_and_breaks_nothing() -> None:
    whole = problem(5, 40, sizes=(100_000, 3_000_000), most=20)
    loads = starting.best_fit(whole)
    before = sum(load.lines() for load in loads)
    tidy(loads, 500, budget())
    assert sum(load.lines() for load in loads) < before
    assert all(load.fits() and load.items for load in loads)
    assert sorted(place for load in loads for place in load.items) == list(range(40))


def test_blocks_are_put_together_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("youju.trade.declarations.planning.columns.MOST_ORDERS", 30)
    monkeypatch.setattr(searching, "BLOCK", 30)
    whole = problem(6, 80)
    effort = searching.Effort(seconds=30.0, nodes=50, rounds=40, proof=0.2, trials=50)
    outcome = searching.search(whole, effort, Budget(30.0))
    assert all(load.fits() for load in outcome.loads)
    assert sorted(place for load in outcome.loads for place in load.items) == list(range(80))
    assert outcome.bound <= len(outcome.loads) <= len(starting.best_fit(whole))
