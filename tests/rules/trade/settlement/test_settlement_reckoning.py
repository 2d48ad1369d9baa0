"""Names, conversion, spreading, bands, suggestions: pure, with properties over drawn amounts."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from youju.foundation.policies import law_on
from youju.rules.trade.settlement.ageing import bands_of, label_of, late_before, place
from youju.rules.trade.settlement.matching import Candidate, suggestions
from youju.rules.trade.settlement.money import converted, money_for, part_of, spread
from youju.rules.trade.settlement.names import likeness, words_of

DAY = date(2023, 6, 20)
LAW = law_on(DAY)
CENTS = st.integers(1, 10_000_000).map(lambda cents: Decimal(cents) / 100)
RATES = st.integers(1, 2_000_000).map(lambda rate: Decimal(rate) / 10_000)


@pytest.mark.parametrize(
    ("payer", "buyers", "level"),
    [
        ("Amina Wanjiku Trading", ["AMINA WANJIKU TRADING LTD"], "same"),
        ("WANJIKU, AMINA", ["Amina Wanjiku"], "same"),
        ("Société Étoile S.A.R.L.", ["SOCIETE ETOILE"], "same"),
        ("Amina Wanjku", ["Amina Wanjiku"], "alike"),
        ("GULF STAR GENERAL TRADING FZE", ["Amina Wanjiku"], "unlike"),
        ("Amina Wanjiku", [], "unknown"),
        ("", ["Amina Wanjiku"], "unknown"),
        ("白沟宏达箱包", ["白沟宏达箱包"], "same"),
        ("OTHER", ["Amina Wanjiku", "Other Ltd"], "same"),
        ("!!", ["Amina"], "unknown"),
    ],
)
def test_payers_and_buyers(payer: str, buyers: list[str], level: str) -> None:
    assert likeness(payer, buyers, LAW).level == level


def test_a_name_of_legal_forms_alone_keeps_its_words() -> None:
    assert words_of("CO LTD", LAW) == ("CO", "LTD")


@given(CENTS, CENTS, st.lists(CENTS, min_size=1, max_size=6))
def test_spreading_loses_no_cent(money: Decimal, value: Decimal, rooms: list[Decimal]) -> None:
    parts = spread(money, value, rooms)
    amounts, moneys = (sum((part[place] for part in parts), Decimal(0)) for place in (0, 1))
    assert len(parts) == len(rooms)
    assert all(0 <= amount <= room for (amount, _), room in zip(parts, rooms, strict=True))
    assert all((amount > 0) == (share > 0) for amount, share in parts)
    assert amounts <= value
    assert moneys <= money
    if amounts == value:
        assert moneys == money
    if money == value:
        assert amounts == moneys == min(money, sum(rooms))


@given(CENTS, CENTS, CENTS)
def test_a_part_of_the_money_leaves_some_for_the_rest(
    first: Decimal, second: Decimal, money: Decimal
) -> None:
    whole = first + second
    part = part_of(first, whole, money)
    assert 0 <= part < money
    assert part_of(whole, whole, money) == money


@given(CENTS, RATES, RATES)
def test_what_an_amount_takes_is_told_as_it_is_or_is_all(
    amount: Decimal, rate: Decimal, into: Decimal
) -> None:
    need = max(converted(amount, rate=rate, into=into), Decimal("0.01"))
    assert money_for(amount, rate=rate, into=into, most=need) == need
    assert money_for(amount, rate=rate, into=into, most=need - Decimal("0.01")) == need - Decimal("0.01")
    assert money_for(amount, rate=rate, into=into, most=need - Decimal("0.02")) == need


def test_bands() -> None:
    bands = bands_of(LAW)
    assert [label_of(band) for band in bands] == [
        "0–29 天",
        "30–59 天",
        "60–89 天",
        "90–179 天",
        "180 天以上",
    ]
    assert [place(days, bands) for days in (0, 29, 30, 179, 180, 5000)] == [0, 0, 1, 3, 4, 4]
    assert late_before(LAW, date(2023, 12, 31)) == date(2023, 7, 4)


def test_suggestions_are_scored_with_reasons() -> None:
    exact = Candidate("D1-1", Decimal(1200), Decimal(1200), date(2023, 6, 1), "same", payee=True)
    near = Candidate("D2-1", Decimal(1210), Decimal(1500), date(2022, 1, 1), "alike", same_currency=False)
    far = Candidate("D3-1", Decimal(9000), Decimal(9000), date(2023, 6, 1), "unlike")
    best, *rest = suggestions(Decimal(1200), DAY, [near, far, exact], LAW)
    assert (best.key, best.points) == ("D1-1", 80)
    assert "金额与可收额相同" in best.reasons
    assert "付款人就是采购商" in best.reasons
    assert rest == []
    named = Candidate("D3-1", Decimal(9000), Decimal(9000), date(2023, 6, 1), "same", named=True)
    assert suggestions(Decimal(1200), DAY, [named], LAW)[0].points == 85
