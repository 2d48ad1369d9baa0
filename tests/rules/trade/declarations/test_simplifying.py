"""The simplified declaration: which kinds stand alone, which are merged, under which code, in which unit."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goods_made import FIRST_NEW, LAST_OLD, TERMS, kinds, line, random_orders
from youju.foundation.policies import law_on
from youju.rules.trade.declarations.facts import DeclaredLine, GoodsLine
from youju.rules.trade.declarations.simplifying import simplify
from youju.rules.trade.declarations.terms import terms_of


def sources(lines: tuple[DeclaredLine, ...]) -> list[tuple[tuple[int, ...], bool]]:
    return [(each.sources, each.merged) for each in lines]


def falling(count: int) -> list[str]:
    return [f"{(count - place) * 100}.00" for place in range(count)]


def test_four_and_five_kinds_are_itemised_from_high_to_low() -> None:
    for count in (1, 4, 5):
        made = simplify(reversed(kinds(falling(count))), TERMS)
        assert sources(made) == [((number,), False) for number in range(1, count + 1)]


def test_the_sixth_kind_is_merged_by_itself() -> None:
    made = simplify(kinds(falling(6)), TERMS)
    assert sources(made) == [
        ((1,), False),
        ((2,), False),
        ((3,), False),
        ((4,), False),
        ((5,), False),
        ((6,), True),
    ]


def test_the_sixth_and_seventh_kind_of_one_chapter_become_one_line_under_the_higher_value() -> None:
    made = simplify(kinds(["900.00", "800.00", "700.00", "600.00", "500.00", "10.00", "20.00"]), TERMS)
    assert len(made) == 6
    last = made[-1]
    assert (last.merged, last.sources, last.cents) == (True, (6, 7), 3000)
    assert (last.hs_code, last.name) == ("4200000007", "品7"), (
        "the chapter's highest value, not its first line"
    )
    assert last.quantity == 20
    assert last.packages == 2


def test_the_sixth_and_seventh_kind_of_two_chapters_stay_apart_in_the_order_of_chapters() -> None:
    made = simplify(kinds(falling(7), chapters=(64, 42)), TERMS)
    assert [(each.hs_code[:2], each.sources, each.merged) for each in made[5:]] == [
        ("42", (6,), True),
        ("64", (7,), True),
    ]


def test_ties_in_value_are_decided_by_the_first_line() -> None:
    made = simplify(reversed(kinds(["100.00"] * 7)), TERMS)
    assert sources(made) == [((number,), False) for number in range(1, 6)] + [((6, 7), True)]
    assert made[-1].name == "品6"


def test_two_names_under_one_code_are_two_kinds() -> None:
    goods = [line(number, "10.00", name=name) for number, name in enumerate(["包", "袋", "包"], 1)]
    made = simplify(goods, TERMS)
    assert [(each.name, each.sources, each.cents) for each in made] == [
        ("包", (1, 3), 2000),
        ("袋", (2,), 1000),
    ]


def test_lines_of_one_kind_are_one_line_with_everything_summed() -> None:
    first = line(1, "10.01", quantity=Decimal("1.5"), packages=2, net_weight=Decimal("0.001"), order="T1")
    second = line(2, "0.02", quantity=Decimal("2.25"), packages=0, order="T2")
    (made,) = simplify([first, second], TERMS)
    assert (made.cents, made.quantity, made.packages) == (1003, Decimal("3.75"), 2)
    assert (made.net_weight, made.gross_weight) == (Decimal("8.501"), Decimal(18))


def test_ineligible_goods_among_the_highest_take_a_place_and_are_not_declared_twice() -> None:
    goods = kinds(falling(7))
    goods[0] = replace(goods[0], inspection=True)
    assert sources(simplify(goods, TERMS)) == [((number,), False) for number in range(1, 6)] + [
        ((6, 7), True)
    ]


@pytest.mark.parametrize("mark", ["inspection", "export_duty"])
def test_ineligible_goods_among_the_rest_are_itemised_and_never_merged(mark: str) -> None:
    goods = kinds(falling(8))
    goods[6] = replace(goods[6], **{mark: True})
    made = simplify(goods, TERMS)
    assert sources(made) == [((number,), False) for number in (1, 2, 3, 4, 5, 7)] + [((6, 8), True)]


def test_one_ineligible_line_keeps_its_whole_kind_from_being_merged() -> None:
    goods = [*kinds(falling(7)), line(8, "1.00", hs_code="4200000007", name="品7", inspection=True)]
    assert sources(simplify(goods, TERMS))[5:] == [((7, 8), False), ((6,), True)]


def test_before_2020_ten_kinds_are_needed_and_five_stand_alone() -> None:
    old, new = terms_of(law_on(LAST_OLD)), terms_of(law_on(FIRST_NEW))
    assert (old.trigger, old.itemised, new.trigger, new.itemised) == (10, 5, 5, 5)
    nine, ten = kinds(falling(9)), kinds(falling(10))
    assert len(simplify(nine, old)) == 9
    assert len(simplify(ten, old)) == 6
    assert len(simplify(nine, new)) == 6


def test_units_that_differ_in_a_merged_chapter_become_the_statutory_one_or_net_weight() -> None:
    goods = kinds(falling(7))
    goods[6] = replace(goods[6], unit="件")
    merged = simplify(goods, TERMS)[-1]
    assert (merged.quantity, merged.unit) == (Decimal(17), "千克")
    counted = [replace(each, first_unit="双", first_quantity=Decimal(3)) for each in goods]
    merged = simplify(counted, TERMS)[-1]
    assert (merged.quantity, merged.unit, merged.first_unit) == (Decimal(6), "双", "双")
    some = [*counted[:6], goods[6]]
    assert simplify(some, TERMS)[-1].unit == "千克"


def test_the_unit_policy_may_say_to_weigh_whatever_is_merged() -> None:
    weighing = replace(TERMS, merged_unit="weight")
    made = simplify(kinds(falling(7)), weighing)
    assert [each.unit for each in made] == ["个"] * 5 + ["千克"]


def test_one_kind_in_two_units_is_weighed() -> None:
    (made,) = simplify([line(1), line(2, unit="件")], TERMS)
    assert (made.quantity, made.unit) == (Decimal(17), "千克")


def test_second_units_are_summed_where_all_lines_share_them() -> None:
    goods = [line(number, second_unit="千克", second_quantity=Decimal(2)) for number in (1, 2)]
    (made,) = simplify(goods, TERMS)
    assert (made.second_quantity, made.second_unit) == (Decimal(4), "千克")
    (made,) = simplify([goods[0], line(2)], TERMS)
    assert (made.second_quantity, made.second_unit) == (None, "")


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 10_000), st.integers(1, 30))
def test_every_line_is_in_one_declared_line_and_nothing_is_lost(seed: int, count: int) -> None:
    goods: list[GoodsLine] = [
        each for order in random_orders(seed, count, least=1, most=100_000, names=25) for each in order.lines
    ]
    made = simplify(goods, TERMS)
    assert sorted(number for each in made for number in each.sources) == [each.number for each in goods]
    assert sum(each.cents for each in made) == sum(each.cents for each in goods)
    assert sum(each.net_weight for each in made) == sum(each.net_weight for each in goods)
    marked = {each.number for each in goods if each.inspection}
    assert not any(marked & set(each.sources) for each in made if each.merged)
    merged = [each.hs_code[:2] for each in made if each.merged]
    assert len(set(merged)) == len(merged)
    itemised = [each.cents for each in made if not each.merged]
    assert itemised == sorted(itemised, reverse=True)
    assert made == simplify(reversed(goods), TERMS), "the order of lines does not matter"
