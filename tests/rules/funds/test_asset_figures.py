"""Depreciation to the cent, on generated data as well; what a scanned text means; what a count says."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from youju.rules.funds.assets.counting import number_of, result_of
from youju.rules.funds.assets.depreciation import (
    accumulated,
    charges,
    life_ends,
    month_after,
    monthly,
    months_between,
)

FAR = date(2200, 1, 1)
costs = st.integers(1, 10**10).map(lambda cents: Decimal(cents) / 100)
lives = st.integers(0, 600)
days = st.dates(date(2000, 1, 1), date(2040, 12, 31))


def test_a_computer_of_six_years() -> None:
    rows = list(charges(Decimal("5200.00"), 72, date(2023, 7, 18), until=FAR))
    assert (rows[0].month, rows[0].amount) == (date(2023, 7, 1), Decimal("72.22"))
    assert (rows[-1].month, rows[-1].amount) == (date(2029, 6, 1), Decimal("72.38"))
    assert len(rows) == 72
    assert life_ends(date(2023, 7, 18), 72) == date(2029, 7, 1)


def test_what_has_no_life_takes_nothing() -> None:
    assert list(charges(Decimal("26000.00"), 0, date(2018, 11, 6), until=FAR)) == []
    assert accumulated(Decimal("26000.00"), 0, date(2018, 11, 6), FAR) == 0
    assert monthly(Decimal("26000.00"), 0) == 0
    assert life_ends(date(2018, 11, 6), 0) is None


def test_a_cost_of_cents_is_never_overdrawn() -> None:
    rows = list(charges(Decimal("0.30"), 60, date(2023, 1, 31), until=FAR))
    assert sum(row.amount for row in rows) == Decimal("0.30")
    assert min(row.amount for row in rows) == 0


@given(costs, lives, days)
def test_all_months_together_make_the_cost_to_the_cent(cost: Decimal, months: int, acquired: date) -> None:
    rows = list(charges(cost, months, acquired, until=FAR))
    assert len(rows) == months
    assert sum((row.amount for row in rows), Decimal(0)) == (cost if months else 0)
    assert all(row.amount >= 0 and row.amount == round(row.amount, 2) for row in rows)
    sums = [row.accumulated for row in rows]
    assert sums == sorted(sums)
    assert all(row.amount == monthly(cost, months) for row in rows[:-1] if row.accumulated < cost)


@given(costs, lives, days, st.integers(0, 700), st.integers(0, 700))
def test_charging_in_two_goes_gives_the_same_months(
    cost: Decimal, months: int, acquired: date, first: int, more: int
) -> None:
    middle = month_after(acquired, first)
    end = month_after(middle, more)
    whole = list(charges(cost, months, acquired, until=end))
    parts = list(charges(cost, months, acquired, until=middle))
    parts += list(charges(cost, months, acquired, since=month_after(middle), until=end))
    assert parts == whole
    assert (whole[-1].accumulated if whole else 0) == accumulated(cost, months, acquired, end)


@given(days, st.integers(-500, 500))
def test_months_are_counted_both_ways(day: date, count: int) -> None:
    assert months_between(day, month_after(day, count)) == count


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("ZC2023000012", "ZC2023000012"),
        (" zc2023000012\n", "ZC2023000012"),
        ("ＺＣ２０２３０００", "ZC2023000"),
        ("https://youju.example.cn/assets/code/ZC2023000012/", "ZC2023000012"),
        ("http://10.0.0.5:8000/assets/code/zh-0917?x=1", "ZH-0917"),
        ("编号：ZC-1", "ZC-1"),
        ("没有编号", ""),
        ("", ""),
        ("A" * 25, ""),
    ],
)
def test_a_number_is_read_from_what_was_scanned(text: str, number: str) -> None:
    assert number_of(text) == number


@given(st.text(max_size=60))
def test_any_text_gives_a_number_that_can_be_kept_or_none(text: str) -> None:
    number = number_of(text)
    assert len(number) <= 24
    assert number_of(number) == number


@pytest.mark.parametrize(
    ("known", "listed", "expected", "found", "result"),
    [
        (True, True, "301", "", "found"),
        (True, True, "301", "301 ", "found"),
        (True, True, "301", "302", "misplaced"),
        (True, True, "", "302", "found"),
        (True, False, "301", "", "misplaced"),
        (False, False, "", "302", "surplus"),
    ],
)
def test_what_a_count_says(known: bool, listed: bool, expected: str, found: str, result: str) -> None:
    assert result_of(known=known, listed=listed, expected_place=expected, found_place=found) == result
