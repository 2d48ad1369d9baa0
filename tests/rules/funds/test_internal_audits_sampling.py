"""The sampler: the same sample for the same seed, strata that hold every unit once, nothing from outside, shares that add up."""

from __future__ import annotations

import random
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from youju.rules.funds.internal_audits.sampling import (
    ALLOCATIONS,
    Design,
    Unit,
    allocate,
    draw,
    least_size,
    population_hash,
    population_text,
    random_number,
)

amounts = st.integers(0, 20_000_000).map(lambda cents: Decimal(cents) / 100)
populations = st.lists(amounts, min_size=1, max_size=60).map(
    lambda some: [Unit(f"FK-{place:04d}", amount) for place, amount in enumerate(some)]
)
designs = st.builds(
    lambda seed, size, limits, certainty, how: Design(
        seed, size, tuple(sorted(limits)), (max(limits, default=Decimal(0)) + 1) if certainty else None, how
    ),
    seed=st.text("abc0123456789种子", min_size=1, max_size=8),
    size=st.integers(1, 80),
    limits=st.sets(st.integers(1, 199_999).map(Decimal), max_size=4),
    certainty=st.booleans(),
    how=st.sampled_from(sorted(ALLOCATIONS)),
)


@given(populations, designs, st.randoms(use_true_random=False))
def test_anybody_draws_the_same_sample_whatever_the_order(
    units: list[Unit], design: Design, chance: random.Random
) -> None:
    mixed = list(units)
    chance.shuffle(mixed)
    assert draw(units, design) == draw(mixed, design)
    assert population_text(units) == population_text(mixed)


@given(populations, designs)
def test_strata_hold_every_unit_once_and_nothing_comes_from_outside(
    units: list[Unit], design: Design
) -> None:
    sample = draw(units, design)
    assert sum(each.count for each in sample.strata) == len(units)
    assert sum(each.total for each in sample.strata) == sum(unit.amount for unit in units)
    drawn = [each.unit for each in sample.drawn]
    assert len(set(drawn)) == len(drawn) and set(drawn) <= set(units)
    for each in sample.drawn:
        stratum = sample.strata[each.stratum]
        assert stratum.lower <= each.unit.amount
        assert stratum.upper is None or each.unit.amount < stratum.upper


@given(populations, designs)
def test_what_is_certain_is_taken_and_the_shares_add_up(units: list[Unit], design: Design) -> None:
    sample = draw(units, design)
    certain = [unit for unit in units if design.certainty is not None and unit.amount >= design.certainty]
    taken = {each.unit for each in sample.drawn}
    assert set(certain) <= taken
    assert len(taken) == max(len(certain), min(design.size, len(units)))
    assert [each.taken for each in sample.strata] == [
        sum(1 for one in sample.drawn if one.stratum == place) for place in range(len(sample.strata))
    ]


@given(populations, designs)
def test_no_stratum_is_left_out_where_the_size_allows_it(units: list[Unit], design: Design) -> None:
    sample = draw(units, design)
    filled = [each for each in sample.strata if each.count and not each.certain]
    certain = sum(each.taken for each in sample.strata if each.certain)
    if design.size - certain >= len(filled):
        assert all(each.taken for each in filled)
    assert all(each.taken <= each.count for each in sample.strata)


@given(populations, st.integers(0, 80), st.sampled_from(sorted(ALLOCATIONS)))
def test_an_allocation_sums_to_the_size(units: list[Unit], size: int, how: Any) -> None:
    halves = [units[::2], units[1::2], []]
    shares = allocate(halves, size, how)
    assert sum(shares) == min(size, len(units)) and shares[2] == 0


def test_within_a_stratum_the_smallest_numbers_are_taken() -> None:
    units = [Unit(f"K{place}", Decimal(place)) for place in range(40)]
    sample = draw(units, Design("2023", 7))
    assert [each.unit.key for each in sample.drawn] == sorted(
        (unit.key for unit in units), key=lambda key: random_number("2023", key)
    )[:7]
    assert draw(units, Design("2024", 7)) != sample


def test_the_random_number_is_what_every_other_program_computes() -> None:
    # printf '2023|FK-1' | sha256sum
    assert random_number("2023", "FK-1") == "cf6410cab52a05a3b5349e17d5eb2bcaca249cd3343f97fe10315313a614a13f"


def test_each_unit_of_a_stratum_has_the_same_chance() -> None:
    units = [Unit(f"K{place}", Decimal(1)) for place in range(20)]
    counts = dict.fromkeys((unit.key for unit in units), 0)
    for seed in range(2_000):
        for each in draw(units, Design(str(seed), 5)).drawn:
            counts[each.unit.key] += 1
    # 2,000 draws of a quarter: 500 each, standard deviation 19.4.
    assert all(abs(count - 500) < 5 * 20 for count in counts.values())


def test_proportional_neyman_and_amount_share_differently() -> None:
    small = [Unit(f"S{place}", Decimal(10)) for place in range(80)]
    large = [Unit(f"L{place}", Decimal(1_000 + 100 * place)) for place in range(20)]
    shares = {how: allocate([small, large], 10, how) for how in ("proportional", "neyman", "amount")}  # type: ignore[arg-type]
    assert shares["proportional"] == [8, 2]
    # All small ones are alike: one look is enough, which every stratum gets.
    assert shares["neyman"] == [1, 9]
    assert shares["amount"] == [1, 9]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ({"seed": " "}, "种子"),
        ({"size": 0}, "样本量"),
        ({"limits": (Decimal(2), Decimal(1))}, "分层界限"),
        ({"limits": (Decimal(1), Decimal(1))}, "分层界限"),
        ({"limits": (Decimal(0),)}, "分层界限"),
        ({"limits": (Decimal(5),), "certainty": Decimal(5)}, "必抽"),
        ({"certainty": Decimal(0)}, "必抽"),
        ({"allocation": "else"}, "分配"),
    ],
)
def test_a_design_that_cannot_be_is_refused(words: dict[str, Any], told: str) -> None:
    with pytest.raises(ValueError, match=told):
        Design(**({"seed": "s", "size": 1} | words))


def test_a_population_that_cannot_be_is_refused() -> None:
    with pytest.raises(ValueError, match="两次"):
        draw([Unit("K", Decimal(1)), Unit("K", Decimal(2))], Design("s", 1))
    with pytest.raises(ValueError, match="负数"):
        draw([Unit("K", Decimal(-1))], Design("s", 1))


def test_the_population_is_kept_as_csv_by_key() -> None:
    text = population_text([Unit("b,1", Decimal("2.5")), Unit("a", Decimal(1))])
    assert text == 'key,amount\na,1.00\n"b,1",2.50\n'
    assert population_hash(text) != population_hash(text + "\n")


def test_the_least_size_of_a_policy() -> None:
    rows = {"10": 10, "50": 15}
    assert [least_size(count, rows) for count in (0, 7, 10, 12, 50, 51)] == [0, 7, 10, 12, 15, 15]
