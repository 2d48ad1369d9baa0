"""Shares, compared exactly."""

from __future__ import annotations

from decimal import Decimal

_WHOLE = Decimal("100")


def reaches(part: int, whole: int, least: int) -> bool:
    """Whether ``part`` is at least ``least`` per cent of ``whole``; of nothing everything is enough."""
    return part * _WHOLE >= whole * least
