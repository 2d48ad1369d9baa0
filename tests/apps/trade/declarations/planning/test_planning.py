"""The planner: always valid, equal to trying everything where that can be done, and honest about what it has proved."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goods_made import DAY, FIRST_NEW, LAST_OLD, LAW, TERMS, kinds, line, order, random_orders, totals
from youju.foundation.policies import law_on
from youju.rules.law import Law, UnknownPolicyError
from youju.rules.trade.declarations.checking import admit, check_plan
from youju.rules.trade.declarations.facts import DeclarationPlan, GoodsLine, Order, orders_of
from youju.rules.trade.declarations.simplifying import simplify
from youju.trade.declarations.planning import Effort, plan

QUICK = Effort(seconds=20.0, nodes=100, rounds=60, proof=0.5, trials=300)
CAP = 15_000_000
FEW_LINES = Law({**LAW, "customs.declaration.max_lines": 8}, as_of=DAY)


def partitions(orders: Sequence[Order]) -> Iterator[list[list[Order]]]:
    """Every way to put orders together."""
    if not orders:
        yield []
        return
    for rest in partitions(orders[1:]):
        for place in range(len(rest)):
            yield [*rest[:place], [orders[0], *rest[place]], *rest[place + 1 :]]
        yield [[orders[0]], *rest]


def best(orders: Sequence[Order], most: int) -> tuple[int, int]:
    """Fewest declarations, then fewest lines, by trying everything with the oracle."""
    known: dict[tuple[str, ...], int] = {}

    def lines(group: list[Order]) -> int:
        key = tuple(sorted(each.number for each in group))
        if key not in known:
            fits = sum(each.cents for each in group) <= CAP
            count = len(simplify([one for each in group for one in each.lines], TERMS)) if fits else 0
            known[key] = count if count <= most else 0
        return known[key]

    found = [(len(way), sum(map(lines, way))) for way in partitions(orders) if all(map(lines, way))]
    return min(found, default=(0, 0))


@settings(deadline=None, max_examples=25)
@given(st.integers(0, 100_000), st.integers(1, 6), st.sampled_from([8, 50]))
def test_the_plan_equals_the_best_of_all_ways(seed: int, count: int, most: int) -> None:
    orders = random_orders(seed, count, least=1_000_000, most=11_000_000, ineligible=0.5)
    law = FEW_LINES if most == 8 else LAW
    admitted, refused, _ = admit(orders, law)
    made = plan(orders, law, effort=QUICK)
    assert made.refused == refused
    assert (len(made.declarations), made.lines) == best(admitted, most)
    assert made.proof.optimal
    assert check_plan(made, orders, law) == []


def test_eight_orders_equal_the_best_of_all_4140_ways() -> None:
    for seed in (1, 2):
        orders = random_orders(seed, 8, least=2_000_000, most=9_000_000, ineligible=0.5, lines=3)
        made = plan(orders, LAW, effort=QUICK)
        assert (len(made.declarations), made.lines) == best(orders, 50)


@settings(deadline=None, max_examples=12)
@given(
    st.integers(0, 100_000),
    st.integers(12, 40),
    st.sampled_from([(1, 3_000_000), (4_000_000, 7_500_000), (100_000, 15_000_000)]),
    st.booleans(),
)
def test_any_plan_is_a_partition_within_the_limits_and_not_below_its_bound(
    seed: int, count: int, sizes: tuple[int, int], few_lines: bool
) -> None:
    orders = random_orders(seed, count, least=sizes[0], most=sizes[1], ineligible=0.3, names=20)
    law = FEW_LINES if few_lines else LAW
    made = plan(orders, law, effort=QUICK)
    assert check_plan(made, orders, law) == []
    assert made.proof.declarations == len(made.declarations) >= made.proof.lower_bound
    declared = sorted(number for each in made.declarations for one in each.lines for number in one.sources)
    refused = {each.order for each in made.refused}
    assert declared == [each.number for one in orders for each in one.lines if one.number not in refused]


@pytest.mark.parametrize(("second", "declarations"), [("49999.99", 1), ("50000.00", 1), ("50000.01", 2)])
def test_exactly_the_cap_fits_and_a_cent_more_does_not(second: str, declarations: int) -> None:
    made = plan([order("T1", 1, "100000.00"), order("T2", 2, second)], LAW)
    assert len(made.declarations) == declarations
    assert made.proof.optimal


def test_an_order_above_the_cap_is_refused_and_the_others_are_planned() -> None:
    made = plan([order("T1", 1, "100.00"), order("T9", 2, "160000.00")], LAW)
    assert [(each.order, each.rule) for each in made.refused] == [("T9", "DEC-001")]
    assert [each.orders for each in made.declarations] == [("T1",)]


def test_nothing_to_plan_is_a_plan_of_nothing() -> None:
    made = plan([order("T9", 2, "160000.00")], LAW)
    assert (made.declarations, made.proof.declarations, made.proof.lower_bound, made.proof.optimal) == (
        (),
        0,
        0,
        True,
    )


def test_fifty_one_ineligible_kinds_need_two_declarations() -> None:
    goods = kinds(["9.00"] * 51, inspection=True)
    whole = [Order(f"T{each.number}", (replace(each, order=f"T{each.number}"),)) for each in goods]
    made = plan(whole, LAW, effort=QUICK)
    assert (len(made.declarations), made.proof.optimal) == (2, True)
    assert max(len(each.lines) for each in made.declarations) <= 50
    made = plan(whole[:50], LAW, effort=QUICK)
    assert (len(made.declarations), made.proof.optimal) == (1, True)


def test_goods_that_swap_places_may_need_fewer_lines_together_than_apart() -> None:
    """The count of lines is no monotone function: an ineligible kind that rises among the first frees its line."""
    first = [*kinds(["90.00"] * 5), line(6, "80.00", hs_code="6400000001", name="鞋", inspection=True)]
    more = line(7, "20.00", hs_code="6400000001", name="鞋", inspection=True, order="T2")
    orders = orders_of([*first, line(8, "1.00", name="尾", hs_code="4200000099"), more])
    apart = [len(simplify(each.lines, TERMS)) for each in orders]
    together = len(simplify([one for each in orders for one in each.lines], TERMS))
    assert (apart, together) == ([7, 1], 6)
    made = plan(orders, LAW)
    assert (len(made.declarations), made.lines) == (1, 6)


def test_two_currencies_never_share_a_declaration() -> None:
    orders = [order("T1", 1, "10.00"), order("T2", 2, "10.00", currency="EUR"), order("T3", 3, "10.00")]
    made = plan(orders, LAW, usd_rates={"EUR": Decimal("1.08")})
    assert sorted((each.currency, each.orders) for each in made.declarations) == [
        ("EUR", ("T2",)),
        ("USD", ("T1", "T3")),
    ]
    assert made.proof.optimal


def test_fewest_lines_come_second() -> None:
    """Two declarations are needed; the shoes belong together, and so do the bags."""
    shoes = {"hs_code": "6400000001", "name": "鞋"}
    orders = [
        order("T1", 1, "75000.00"),
        order("T2", 2, "75000.00", **shoes),
        order("T3", 3, "75000.00"),
        order("T4", 4, "75000.00", **shoes),
    ]
    made = plan(orders, LAW)
    assert (totals(made), made.lines) == ([CAP, CAP], 2)


def test_the_same_request_gives_the_same_plan() -> None:
    orders = random_orders(5, 40, least=3_000_000, most=7_500_000)
    first, second = (plan(orders, LAW, effort=QUICK) for _ in range(2))
    assert (first.declarations, first.proof.lower_bound) == (second.declarations, second.proof.lower_bound)


def test_the_law_of_the_day_decides_how_goods_are_simplified() -> None:
    goods: list[GoodsLine] = kinds(["9.00"] * 9)
    counts = [plan(orders_of(goods), law_on(day)).lines for day in (LAST_OLD, FIRST_NEW)]
    assert counts == [9, 6]
    with pytest.raises(UnknownPolicyError):
        plan(orders_of(goods), law_on(LAST_OLD.replace(year=2014, month=6, day=30)))


def test_a_search_that_is_cut_off_shows_its_gap() -> None:
    orders = random_orders(9, 60, least=3_800_000, most=7_500_000)
    made: DeclarationPlan = plan(orders, LAW, effort=replace(QUICK, seconds=0.0))
    assert check_plan(made, orders, LAW) == []
    assert made.proof.gap == made.proof.declarations - made.proof.lower_bound >= 0
    assert made.proof.optimal is (made.proof.gap == 0)
