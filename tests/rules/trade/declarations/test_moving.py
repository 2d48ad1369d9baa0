"""Moving orders between planned declarations: what it costs, what it breaks, and that undoing gives back what was."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from youju.foundation.policies import law_on
from youju.rules.trade.declarations.facts import GoodsLine, Order
from youju.rules.trade.declarations.moving import NEW, NoMoveError, cost_of, move, undo

LAW = law_on(date(2023, 6, 1))
GROUPS = (("A", "B"), ("C",), ("D", "E"))


def order(number: str, dollars: int, *, place: int = 1, kinds: int = 1, currency: str = "USD") -> Order:
    lines = tuple(
        GoodsLine(
            number=place * 100 + at,
            order=number,
            merchant="M1",
            hs_code="4202220000",
            name=f"{number}-{at}",
            quantity=Decimal(10),
            unit="个",
            packages=1,
            cents=dollars * 100 // kinds,
            net_weight=Decimal(8),
            gross_weight=Decimal(9),
            currency=currency,
        )
        for at in range(kinds)
    )
    return Order(number, lines)


ORDERS = {
    "A": order("A", 60_000, place=1, kinds=4),
    "B": order("B", 80_000, place=2),
    "C": order("C", 100_000, place=3),
    "D": order("D", 20_000, place=4, kinds=2),
    "E": order("E", 5_000, place=5, currency="EUR"),
}


def test_to_another_declaration() -> None:
    after, done = move(GROUPS, "D", 2)
    assert after == (("A", "B"), ("C", "D"), ("E",))
    assert undo(after, done) == GROUPS


def test_to_one_of_its_own_and_out_of_one_of_its_own() -> None:
    after, done = move(GROUPS, "A", NEW)
    assert after == (("B",), ("C",), ("D", "E"), ("A",)) and done.opened
    assert undo(after, done) == GROUPS
    after, done = move(GROUPS, "C", 1)
    assert after == (("A", "B", "C"), ("D", "E")) and done.emptied
    assert undo(after, done) == GROUPS


@pytest.mark.parametrize(
    ("number", "to", "words"),
    [
        ("X", 1, "没有交易单 X"),
        ("A", 4, "没有第 4 票"),
        ("A", -1, "没有第 -1 票"),
        ("A", 1, "已经在第 1 票"),
        ("C", NEW, "已经单独成票"),
    ],
)
def test_what_is_no_move(number, to, words) -> None:
    with pytest.raises(NoMoveError, match=words):
        move(GROUPS, number, to)


def test_undoing_another_plan_is_refused() -> None:
    _, done = move(GROUPS, "D", 2)
    with pytest.raises(NoMoveError, match="不是移动以后的样子"):
        undo(GROUPS, done)


def test_what_it_costs() -> None:
    after, _, cost = cost_of(GROUPS, "A", NEW, orders=ORDERS, law=LAW)
    assert cost.declarations == (3, 4) and not cost.broken
    # Five kinds in one (four itemised and one more) were five lines; apart they are four and one.
    assert cost.lines == (9, 9)
    assert [(made.number, made.orders) for made in cost.after] == [(1, ("B",)), (4, ("A",))]
    assert cost.target == 4 and after[-1] == ("A",)
    assert [made.cents for made in cost.before] == [14_000_000]


def test_what_it_breaks() -> None:
    for number, to, rule in (("B", 2, "DEC-008"), ("E", 1, "DEC-013")):
        cost = cost_of(GROUPS, number, to, orders=ORDERS, law=LAW)[2]
        assert rule in [each.rule for each in cost.broken]


def test_too_many_lines_are_broken_by_the_rule_of_lines() -> None:
    many = {
        name: Order(
            name,
            tuple(
                GoodsLine(
                    number=start + at, order=name, merchant="M1", hs_code=f"{10 + at:02d}02220000", name=f"{name}{at}",
                    quantity=Decimal(1), unit="个", packages=1, cents=100 + at, net_weight=Decimal(1),
                    gross_weight=Decimal(1), inspection=True,
                )
                for at in range(30)
            ),
        )
        for name, start in (("A", 0), ("B", 100))
    }  # fmt: skip
    cost = cost_of((("A",), ("B",)), "B", 1, orders=many, law=LAW)[2]
    assert cost.lines == (60, 60) and [each.rule for each in cost.broken] == ["DEC-009"]


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_any_moves_keep_the_orders_and_are_undone_one_by_one(data) -> None:
    names = data.draw(st.permutations(list("ABCDEFGH")))
    cuts = sorted(data.draw(st.sets(st.integers(1, 7), max_size=4)))
    groups = tuple(tuple(names[a:b]) for a, b in zip([0, *cuts], [*cuts, len(names)], strict=True))
    states, done = [groups], []
    for _ in range(data.draw(st.integers(1, 6))):
        number = data.draw(st.sampled_from("ABCDEFGH"))
        to = data.draw(st.integers(0, len(states[-1])))
        try:
            after, step = move(states[-1], number, to)
        except NoMoveError:
            continue
        assert sorted(each for group in after for each in group) == sorted("ABCDEFGH")
        assert all(after)
        states.append(after)
        done.append(step)
    while done:
        current = states.pop()
        assert undo(current, done.pop()) == states[-1]
