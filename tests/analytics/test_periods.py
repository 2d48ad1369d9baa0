"""Periods: what can be written, where they begin and end, what lies a year before."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from youju.analytics.periods import Period, PeriodError, add_months

MONTHS = st.dates(date(1995, 1, 1), date(2090, 1, 1)).map(lambda day: day.replace(day=1))


@pytest.mark.parametrize(
    ("text", "start", "end", "label"),
    [
        ("2023", date(2023, 1, 1), date(2024, 1, 1), "2023年"),
        ("2023Q2", date(2023, 4, 1), date(2023, 7, 1), "2023年第2季度"),
        ("2023-q4", date(2023, 10, 1), date(2024, 1, 1), "2023年第4季度"),
        ("2023-06", date(2023, 6, 1), date(2023, 7, 1), "2023年6月"),
        (" 2023-6 ", date(2023, 6, 1), date(2023, 7, 1), "2023年6月"),
        ("2023-01..2023-07", date(2023, 1, 1), date(2023, 8, 1), "2023年1月至7月"),
        ("2022-11~2023-02", date(2022, 11, 1), date(2023, 3, 1), "2022年11月至2023年2月"),
        ("2023-02..2023-04", date(2023, 2, 1), date(2023, 5, 1), "2023年2月至4月"),
    ],
)
def test_a_period_is_read_and_named(text: str, start: date, end: date, label: str) -> None:
    period = Period.parse(text)
    assert (period.start, period.end, period.label) == (start, end, label)


@pytest.mark.parametrize(
    "text",
    ["", "23", "2023-13", "2023-00", "2023Q5", "2023-07..2023-01", "0000", "99999", "今年", "2023-06-01"],
)
def test_what_is_no_period_is_refused_with_how_to_write_one(text: str) -> None:
    with pytest.raises(PeriodError, match="2023Q2"):
        Period.parse(text)


@given(MONTHS, st.integers(1, 40))
def test_written_and_read_again_it_is_the_same(start: date, months: int) -> None:
    period = Period(start, add_months(start, months))
    assert Period.parse(str(period)) == period
    assert len(period.months) == months


@given(MONTHS, st.integers(1, 24))
def test_the_year_before_and_the_months_before_have_as_many_months(start: date, months: int) -> None:
    period = Period(start, add_months(start, months))
    assert len(period.year_before().months) == len(period.before().months) == months
    assert period.before().end == period.start
    assert add_months(period.year_before().start, 12) == period.start


def test_its_last_day_belongs_to_it_and_the_next_does_not() -> None:
    february = Period.parse("2024-02")
    assert february.contains(date(2024, 2, 29)) and february.last_day == date(2024, 2, 29)
    assert not february.contains(date(2024, 3, 1)) and not february.contains(date(2024, 1, 31))


def test_a_period_is_of_whole_months() -> None:
    with pytest.raises(PeriodError):
        Period(date(2023, 1, 2), date(2023, 2, 1))
