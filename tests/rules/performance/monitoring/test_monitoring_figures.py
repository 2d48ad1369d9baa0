"""Colours and likelihoods of monitoring: every direction, each edge."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from youju.rules.performance.monitoring.colours import (
    by_time,
    execution_colour,
    rate_of,
    share_of,
    target_colour,
    wants_less,
    worst,
)
from youju.rules.performance.monitoring.facts import Expected
from youju.rules.performance.monitoring.likelihood import UNSAID, better, suggest

LAW = {
    "performance.monitoring.execution_behind": {"blue": "5", "yellow": "10", "red": "20"},
    "performance.monitoring.targets_behind": {"blue": "1", "yellow": "10", "red": "20"},
    "performance.monitoring.likelihood": {
        "sure": "100",
        "possible": "80",
        "tier_sure": "80",
        "tier_possible": "60",
    },
}


def row(
    operator: str | None,
    number: str | None,
    forecast: str | None,
    tier: str | None = None,
    level: str = "产出",
) -> Expected:
    parts = [None if each is None else Decimal(each) for each in (number, forecast, tier)]
    return Expected(level, f"{level}指标", operator, *parts)


def test_time_is_months_of_twelve() -> None:
    assert [by_time(month) for month in (1, 7, 12)] == [Decimal("8.33"), Decimal("58.33"), Decimal(100)]
    assert rate_of(Decimal(1), Decimal(3)) == Decimal("33.33")
    assert rate_of(Decimal(1), Decimal(0)) is None


@pytest.mark.parametrize(
    ("rate", "colour"),
    [
        ("58.33", "green"), ("53.34", "green"), ("53.33", "blue"), ("48.33", "yellow"), ("38.34", "yellow"), ("38.33", "red"),
        ("100", "green"),
    ],
)  # fmt: skip
def test_the_colour_of_execution_turns_at_each_edge(rate: str, colour: str) -> None:
    assert execution_colour(Decimal(rate), 7, LAW) == colour


def test_what_cannot_be_compared_has_no_colour() -> None:
    assert execution_colour(None, 7, LAW) == target_colour(None, LAW) == worst(["", ""]) == ""
    assert worst(["green", "", "yellow", "blue"]) == "yellow"


@pytest.mark.parametrize(
    ("expected", "share"),
    [
        (row("≥", "90", "90"), "100.00"),
        (row("≥", "90", "45"), "50.00"),
        (row("≥", "90", "180"), "200.00"),
        (row(None, "4", "3"), "75.00"),
        (row("≤", "50", "40"), "100"),
        (row("≤", "50", "100"), "50.00"),
        (row("≤", "0", "0"), "100"),
        (row("≤", "0", "3"), "0"),
        (row(None, "553", "600", level="成本"), "92.17"),
        (row("=", "10", "12"), "80.00"),
        (row("=", "10", "10"), "100"),
        (row("=", "0", "0"), "100"),
        (row("=", "0", "1"), "0"),
        (row("=", "10", "30"), "0"),
        (row("≥", "0", "0"), "100"),
        (row("≥", "0", "-1"), "0"),
        (row(None, None, None, "75"), "75"),
        (row(None, None, None), None),
        (row("≥", "90", None), None),
    ],
)
def test_how_much_of_a_target_is_expected(expected: Expected, share: str | None) -> None:
    assert share_of(expected) == (None if share is None else Decimal(share))


@pytest.mark.parametrize(
    ("expected", "code", "words"),
    [
        (row("≥", "90", "90"), "sure", "确定能"),
        (row("≥", "100", "99.99"), "possible", "有可能"),
        (row("≥", "100", "80"), "possible", "全年预计 80，目标 100"),
        (row("≥", "100", "79.99"), "impossible", "完全不可能"),
        (row("≤", "50", "60"), "possible", "目标不超过 50"),
        (row(None, None, None, "80"), "sure", "分档的比率是 80%"),
        (row(None, None, None, "60"), "possible", "有可能"),
        (row(None, None, None, "59"), "impossible", "完全不可能"),
        (row("≥", "1", None), "", UNSAID),
    ],
)
def test_the_suggestion_says_why(expected: Expected, code: str, words: str) -> None:
    found, why = suggest(expected, LAW)
    assert found == code
    assert words in why


def test_hope_is_ordered() -> None:
    assert better("sure", "possible")
    assert better("possible", "impossible")
    assert not better("possible", "possible")
    assert not better("", "possible")
    assert not better("sure", "")


@given(
    st.sampled_from(["≥", ">", "≤", "<", "=", None]),
    st.integers(0, 500),
    st.integers(0, 500),
    st.integers(0, 500),
)
def test_nearer_to_the_target_is_never_told_as_less(
    operator: str | None, target: int, one: int, other: int
) -> None:
    first, second = (row(operator, str(target), str(value)) for value in (one, other))
    shares = [share_of(first), share_of(second)]
    assert None not in shares
    less, more = sorted((one, other))
    if wants_less(first):
        less, more = more, less
    if operator != "=":
        worse, best = (share_of(row(operator, str(target), str(value))) for value in (less, more))
        assert worse is not None
        assert best is not None
        assert worse <= best
    assert all(share is not None and share >= 0 for share in shares)
