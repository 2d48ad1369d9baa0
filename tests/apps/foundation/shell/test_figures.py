"""Figures as people read them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from youju.foundation.shell.figures import grouped, share
from youju.foundation.shell.listing.columns import as_text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("2945.25", "2,945.25"),
        ("1000.00", "1,000.00"),
        (Decimal("0.50"), "0.50"),
        (-1234567, "-1,234,567"),
        ("", "—"),
        (None, "—"),
        ("1次", "1次"),
        ("NaN", "NaN"),
        (0, "0"),
    ],
)
def test_grouped(value: object, text: str) -> None:
    assert grouped(value) == text


@pytest.mark.parametrize(
    ("part", "whole", "percent"),
    [("1550.24", "2945.25", 52), (0, 0, 0), (5, 4, 100), (-1, 4, 0), (None, 3, 0), ("三", 3, 0), (1, 3, 33)],
)
def test_share(part: object, whole: object, percent: int) -> None:
    assert share(part, whole) == percent


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (True, "是"),
        (False, "否"),
        (date(2023, 3, 1), "2023-03-01"),
        (datetime(2023, 3, 1, 16, 30, tzinfo=UTC), "2023-03-02 00:30"),
        (["甲", "乙"], "甲、乙"),
        ([], "—"),
        (None, "—"),
        (Decimal("1234.50"), "1,234.50"),
        (1234, "1234"),
    ],
)
def test_as_text(value: object, text: str) -> None:
    assert as_text(value) == text
