# ruff: noqa: N802  (a test bears the id of its rule)
"""Rules on plans: whoever made it, a plan that is wrong is found out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from goods_made import LAW, TERMS, kinds, line, order
from youju.rules.trade.declarations.checking import check_plan
from youju.rules.trade.declarations.facts import (
    Declaration,
    DeclarationPlan,
    DeclaredLine,
    Order,
    Proof,
    Refusal,
    orders_of,
)
from youju.rules.trade.declarations.simplifying import simplify

ORDERS = (
    order("T1", 1, "100.00"),
    order("T2", 2, "200.00"),
    Order("T3", tuple(kinds(["9.00"] * 7, order="T3"))),
)
ORDERS = tuple(
    Order(each.number, tuple(replace(one, number=one.number + 10 * place) for one in each.lines))
    for place, each in enumerate(ORDERS)
)


def planned(*groups: tuple[Order, ...], refused: tuple[Refusal, ...] = ()) -> DeclarationPlan:
    made = tuple(
        Declaration(
            number,
            tuple(each.number for each in group),
            group[0].currency,
            simplify([one for each in group for one in each.lines], TERMS),
        )
        for number, group in enumerate(groups, 1)
    )
    return DeclarationPlan(made, refused, Proof(len(made), 1, 0.0))


SOUND = planned(ORDERS[:2], ORDERS[2:])


def rules(plan: DeclarationPlan, orders: tuple[Order, ...] = ORDERS) -> set[str]:
    return {finding.rule for finding in check_plan(plan, orders, LAW)}


def changed(change: Callable[[DeclaredLine], DeclaredLine], place: int = 0) -> DeclarationPlan:
    """The sound plan with one declared line of its second declaration changed."""
    lines = list(SOUND.declarations[1].lines)
    lines[place] = change(lines[place])
    return replace(
        SOUND, declarations=(SOUND.declarations[0], replace(SOUND.declarations[1], lines=tuple(lines)))
    )


def test_a_sound_plan_is_free_of_findings() -> None:
    assert rules(SOUND) == set()
    assert rules(planned(ORDERS)) == set()


@pytest.mark.parametrize(
    ("amount", "broken"), [("149999.99", False), ("150000.00", False), ("150000.01", True)]
)
def test_DEC_008_a_declaration_stays_within_the_cap(amount: str, broken: bool) -> None:
    both = (order("T1", 1, "100000.00"), order("T2", 2, f"{float(amount) - 100000:.2f}"))
    assert ("DEC-008" in rules(planned(both), both)) is broken


def test_DEC_009_a_declaration_has_fifty_lines_at_most() -> None:
    for count, broken in ((50, False), (51, True)):
        orders = orders_of(kinds(["9.00"] * count, inspection=True))
        assert ("DEC-009" in rules(planned(orders), orders)) is broken


def test_DEC_010_an_order_in_two_declarations_is_found() -> None:
    halves = tuple(Order("T3", ORDERS[2].lines[part]) for part in (slice(0, 3), slice(3, 7)))
    assert rules(planned(ORDERS[:2], halves[:1], halves[1:])) == {"DEC-010"}


def test_DEC_011_a_line_left_out_or_declared_twice_or_unknown_is_found() -> None:
    assert rules(planned(ORDERS[:2])) == {"DEC-011"}
    assert "DEC-011" in rules(planned(ORDERS, ORDERS[:1]))
    assert "DEC-011" in rules(SOUND, ORDERS[:2])
    assert rules(planned(ORDERS[:2], refused=(Refusal("T3", "DEC-001", ""),))) == set()
    assert "DEC-011" in rules(planned(ORDERS, refused=(Refusal("T3", "DEC-001", ""),)))


def test_DEC_012_sums_are_equal_to_the_cent() -> None:
    assert "DEC-012" in rules(changed(lambda each: replace(each, cents=each.cents + 1)))
    assert "DEC-012" in rules(changed(lambda each: replace(each, net_weight=each.net_weight * 2)))
    assert "DEC-012" in rules(changed(lambda each: replace(each, packages=each.packages + 1)))
    assert "DEC-012" not in rules(changed(lambda each: replace(each, name="别名")))


def test_DEC_013_a_declaration_has_one_currency() -> None:
    mixed = (order("T1", 1, "1.00"), order("T2", 2, "1.00", currency="EUR"))
    assert "DEC-013" in rules(planned(mixed), mixed)
    assert "DEC-013" not in rules(planned(mixed[:1], mixed[1:]), mixed)


def test_DEC_014_goods_are_itemised_and_merged_as_the_measures_say() -> None:
    assert rules(changed(lambda each: replace(each, hs_code="4299999999"), place=5)) == {"DEC-014"}
    lines = SOUND.declarations[1].lines
    turned = replace(SOUND.declarations[1], lines=(lines[1], lines[0], *lines[2:]))
    assert rules(replace(SOUND, declarations=(SOUND.declarations[0], turned))) == {"DEC-014"}
    bare = tuple(line(number, hs_code=f"42{number:08d}", name="x") for number in range(1, 8))
    apart = Declaration(1, ("T1",), "USD", simplify(bare, replace(TERMS, trigger=10)))
    assert rules(DeclarationPlan((apart,), (), Proof(1, 1, 0.0)), (Order("T1", bare),)) == {"DEC-014"}
