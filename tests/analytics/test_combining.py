"""From parts to values: exact, rounded once, and a reason where there is none."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from youju.analytics.combining import (
    Combination,
    average,
    growth,
    herfindahl,
    percent,
    share,
    top_share,
    total,
)

CENTS = st.integers(0, 10**15).map(lambda cents: Decimal(cents) / 100)
PARTS = st.dictionaries(st.text(min_size=1, max_size=3), CENTS, max_size=8)

TOTAL = total("a", "甲")
SHARE = share("a", "b", label="甲", whole_label="全部")
GROWTH = growth("now", "before", "本期", "上年同期")
AVERAGE = average("value", "count", "值", "个数")


@pytest.mark.parametrize(
    ("combination", "parts", "value"),
    [
        (TOTAL, {"a": Decimal("12.30"), "b": Decimal(5)}, Decimal("12.30")),
        (TOTAL, {}, Decimal(0)),
        (SHARE, {"a": Decimal(1), "b": Decimal(2)}, Decimal("33.333333")),
        (SHARE, {"a": Decimal(2), "b": Decimal(1)}, Decimal("66.666667")),
        (SHARE, {"b": Decimal(7)}, Decimal(0)),
        (GROWTH, {"now": Decimal(110), "before": Decimal(100)}, Decimal(10)),
        (GROWTH, {"before": Decimal(80)}, Decimal(-100)),
        (AVERAGE, {"value": Decimal(1000), "count": Decimal(8)}, Decimal(125)),
        (top_share(2), {"x": Decimal(5), "y": Decimal(3), "z": Decimal(2)}, Decimal(80)),
        (herfindahl(), {"x": Decimal(60), "y": Decimal(40)}, Decimal(5200)),
        (herfindahl(), {"x": Decimal("0.01")}, Decimal(10_000)),
    ],
)
def test_parts_make_the_value(combination: Combination, parts: dict[str, Decimal], value: Decimal) -> None:
    assert combination.combine(parts).value == value


@pytest.mark.parametrize("combination", [SHARE, GROWTH, AVERAGE, top_share(5), herfindahl()])
def test_over_nothing_there_is_no_value_but_a_reason(combination: Combination) -> None:
    found = combination.combine({})
    assert found.value is None
    assert "算不出" in found.reason


@given(CENTS, CENTS)
def test_shares_of_two_parts_add_up_to_a_hundred(a: Decimal, b: Decimal) -> None:
    if a + b:
        mine, other = percent(a, a + b), percent(b, a + b)
        assert abs(mine + other - 100) <= Decimal("0.000001")


@given(PARTS)
def test_concentration_stays_in_its_bounds(parts: dict[str, Decimal]) -> None:
    index, top = herfindahl().combine(parts).value, top_share(5).combine(parts).value
    if sum(parts.values()):
        assert index is not None and top is not None
        assert Decimal(10_000) / len(parts) - 1 <= index <= 10_000
        assert top <= 100 and (len(parts) > 5 or top == 100)
