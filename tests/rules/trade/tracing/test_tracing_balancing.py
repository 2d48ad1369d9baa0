"""Balances: sums hold whatever is ordered, returned, packed and declared; what does not hold is said."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from youju.rules.trade.packing.amounts import Amounts, part_of
from youju.rules.trade.tracing.balancing import Balance, balanced, differences, imbalances
from youju.rules.trade.tracing.publishing import EXPORTED, PACKED, REGISTERED, Reached, published, stage_of
from youju.rules.trade.tracing.returns import Later, returned

places = st.integers(1, 10_000)


@st.composite
def amounts(draw) -> Amounts:
    """Figures of an order line, to the last places that are kept."""
    net = Decimal(draw(places)) / 100_000
    return Amounts(
        Decimal(draw(places)) / 100_000,
        draw(places),
        net,
        net + Decimal(draw(places)) / 100_000,
        Decimal(draw(places)) / 1_000_000,
        Decimal(draw(places)) / 100,
    )


def part(of: Amounts, share: int) -> Amounts:
    """So many hundredths of it."""
    return part_of(of, of.quantity * share / 100, of.packages * share // 100) if share else Amounts()


shares = st.integers(0, 100)


@settings(max_examples=60)
@given(amounts(), shares, shares, shares, shares)
def test_whatever_goes_on_is_balanced(ordered, back, gathered, packed, declared) -> None:
    returned_part = part(ordered, back)
    consolidated = part(ordered - returned_part, gathered)
    boxed = part(consolidated, packed)
    balance = Balance(ordered, returned_part, consolidated, boxed, part(boxed, declared))
    assert not imbalances(balance)
    assert balanced(balance)
    assert balance.packed + balance.left == balance.there
    assert balance.declared + balance.undeclared == balance.packed


@settings(max_examples=60)
@given(amounts(), amounts())
def test_two_balances_add_up_to_a_balance(one, two) -> None:
    left = one - part(one, 30)
    both = Balance(one, part(one, 30), part(left, 70)) + Balance(two, Amounts(), two, two)
    assert both.there == left + two
    assert balanced(both)


@settings(max_examples=60)
@given(amounts(), st.sampled_from(["returned", "consolidated", "packed", "declared"]))
def test_more_than_there_is_is_said_with_both_figures(ordered, step) -> None:
    more = ordered + ordered
    parts = dict.fromkeys(["consolidated", "packed", "declared"], ordered) | {step: more}
    if step != "returned":
        parts["returned"] = Amounts()
    found = [each for each in imbalances(Balance(ordered, **parts)) if each.step == step]
    assert {each.measure for each in found} == {
        "quantity", "packages", "net_weight", "gross_weight", "volume", "amount",
    }  # fmt: skip
    assert all(each.difference > 0 and each.sentence.endswith("。") for each in found)
    assert not balanced(Balance(ordered, **parts))


def later(key: int, original: int, quantity: int, *, counts: bool = True) -> Later:
    return Later(key, original, counts, Amounts(Decimal(quantity), quantity))


class TestReturns:
    def test_a_return_of_a_return_comes_off_it(self) -> None:
        found = returned(1, [later(2, 1, 30), later(3, 2, 10), later(4, 3, 4), later(5, 1, 5)])
        assert (found.quantity, found.packages) == (Decimal(29), 29)

    def test_what_does_not_count_moves_nothing_nor_does_what_is_about_it(self) -> None:
        assert returned(1, [later(2, 1, 30, counts=False), later(3, 2, 10)]) == Amounts()

    @settings(max_examples=60)
    @given(st.lists(st.tuples(st.integers(0, 5), st.integers(1, 50)), max_size=8))
    def test_it_is_the_alternating_sum_along_each_branch(self, made) -> None:
        records, depth = [], {1: 0}
        for place, (about, quantity) in enumerate(made, 2):
            original = sorted(depth)[about % len(depth)]
            depth[place] = depth[original] + 1
            records.append(later(place, original, quantity))
        expected = sum(each.amounts.quantity * (1 if depth[each.id] % 2 else -1) for each in records)
        assert returned(1, records).quantity == expected


class TestDeclaredLines:
    def test_amount_weights_and_packages_must_add_up_in_any_unit(self) -> None:
        line = Amounts(Decimal(5), 10, Decimal(80), Decimal(90), Decimal(0), Decimal(1200))
        same = Amounts(Decimal(7), 10, Decimal(80), Decimal(90), Decimal(0), Decimal(1200))
        assert not differences(1, line, same, one_unit=False)
        assert [each.measure for each in differences(1, line, same, one_unit=True)] == ["quantity"]
        less = Amounts(Decimal(5), 9, Decimal(80), Decimal(90), Decimal(0), Decimal("1199.99"))
        assert [each.sentence for each in differences(3, line, less, one_unit=True)] == [
            "第 3 项申报的总价 1200，来源各行合计 1199.99。", "第 3 项申报的件数 10，来源各行合计 9。",
        ]  # fmt: skip


class TestPublishing:
    def test_the_stall_is_shown_with_consent_alone(self) -> None:
        words = {"name": "女包", "name_en": "Bag", "market": "白沟", "region": "河北", "stall": "A-1", "stage": PACKED,
                 "packed_in": "2023-06"}  # fmt: skip
        assert published(**words, consents=True).stall == "A-1"
        assert published(**words, consents=False).stall == ""

    def test_the_stage_is_the_farthest_that_all_have_reached(self) -> None:
        assert stage_of(Reached(False, False, False, False)) == REGISTERED
        assert stage_of(Reached(True, False, False, False)) == PACKED
        assert stage_of(Reached(True, True, True, True)) == EXPORTED
