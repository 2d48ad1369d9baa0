"""Working days, by the State Council's notices."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from youju.rules.workflow.workdays import add_working_days, is_working_day, working_days_between

FIXED = frozenset({"01-01", "10-01", "10-02", "10-03"})
days = st.dates(date(2019, 1, 1), date(2030, 12, 31))


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2023, 1, 20), True),  # the Friday before the Spring Festival
        (date(2023, 1, 23), False),
        (date(2023, 1, 28), True),  # a Saturday made up
        (date(2023, 1, 29), True),  # a Sunday made up
        (date(2023, 9, 29), False),
        (date(2023, 10, 7), True),  # a Saturday made up
        (date(2023, 10, 8), True),
        (date(2023, 10, 14), False),
        (date(2031, 10, 2), False),  # no notice yet: fixed by law
        (date(2031, 10, 4), False),  # a Saturday
        (date(2031, 10, 6), True),  # a Monday, provisionally
    ],
)
def test_days(day: date, works: bool) -> None:
    assert is_working_day(day, FIXED) is works


def test_the_count_begins_on_the_day_after_and_passes_over_the_holidays() -> None:
    assert add_working_days(date(2023, 9, 28), 1).day == date(2023, 10, 7)
    assert add_working_days(date(2023, 9, 28), 3).day == date(2023, 10, 9)
    assert add_working_days(date(2023, 1, 20), 1).day == date(2023, 1, 28)


def test_nothing_to_wait_for_is_today_or_the_next_working_day() -> None:
    assert add_working_days(date(2023, 10, 9), 0).day == date(2023, 10, 9)
    assert add_working_days(date(2023, 10, 1), 0).day == date(2023, 10, 7)


def test_a_year_without_a_notice_is_said_to_be_provisional() -> None:
    assert add_working_days(date(2031, 3, 3), 2).provisional
    assert not add_working_days(date(2023, 3, 3), 2).provisional


def test_a_deadline_in_the_past_is_refused() -> None:
    with pytest.raises(ValueError, match="ahead"):
        add_working_days(date(2023, 1, 1), -1)


@given(days, st.integers(1, 60))
def test_counting_back_gives_the_count(day: date, count: int) -> None:
    due = add_working_days(day, count).day
    assert is_working_day(due)
    assert working_days_between(day, due) == count
    assert working_days_between(due, day) == -count


@given(days, st.integers(1, 40))
def test_more_days_are_later(day: date, count: int) -> None:
    assert add_working_days(day, count).day < add_working_days(day, count + 1).day


@given(days, days, days)
def test_stretches_add_up(one: date, two: date, three: date) -> None:
    first, middle, last = sorted((one, two, three))
    assert working_days_between(first, last) == working_days_between(first, middle) + working_days_between(
        middle, last
    )
