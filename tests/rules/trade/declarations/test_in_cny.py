"""Foreign amounts in CNY: each part within a cent of its own, the sum the whole's."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from youju.rules.trade.declarations.money import in_cny, shares_in_cny

AMOUNTS = st.lists(st.integers(0, 10**11).map(lambda cents: Decimal(cents) / 100), max_size=12)
RATES = st.integers(1, 10**10).map(lambda digits: Decimal(digits) / 10**8)


@given(AMOUNTS, RATES)
def test_the_shares_add_up_to_the_whole_to_the_cent(amounts: list[Decimal], rate: Decimal) -> None:
    shares = list(shares_in_cny(amounts, rate))
    assert sum(shares, Decimal(0)) == in_cny(sum(amounts, Decimal(0)), rate)
    assert all(share >= 0 and share == share.quantize(Decimal("0.01")) for share in shares)
    assert all(
        abs(share - amount * rate) < Decimal("0.011") for share, amount in zip(shares, amounts, strict=True)
    )


def test_half_a_cent_is_rounded_up_and_not_lost_between_parts() -> None:
    assert in_cny(Decimal("0.50"), Decimal("0.01")) == Decimal("0.01")
    assert list(shares_in_cny([Decimal("0.25")] * 4, Decimal("0.01"))) == [
        Decimal("0.00"),
        Decimal("0.01"),
        Decimal("0.00"),
        Decimal("0.00"),
    ]
