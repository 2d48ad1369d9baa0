"""Figures as sentences need them: a fall in per cent, CNY in ten thousands."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

_PERCENT, _WAN, _CENT, _TENTH = Decimal("100"), Decimal("10000"), Decimal("0.01"), Decimal("0.1")


def fall(value: Decimal, base: Decimal) -> Decimal:
    """By how many per cent ``value`` lies below ``base`` (above zero); negative where it lies above."""
    return (base - value) * _PERCENT / base


def in_wan(value: Decimal) -> str:
    """CNY in ten thousands (万元), two places, thousands apart."""
    return f"{(value / _WAN).quantize(_CENT, ROUND_HALF_UP):,f}"


def one_place(value: Decimal) -> str:
    """A per cent with one place."""
    return f"{value.quantize(_TENTH, ROUND_HALF_UP):,f}"
