"""The random draw that nobody can predict and anybody can check afterwards (ADR 25).

A day's secret seed is committed to by its hash before the day's first draw and shown after the day. A number is drawn where
HMAC-SHA-256(seed, number), read as a fraction of one, lies below the share.
"""

from __future__ import annotations

import hashlib
import hmac
from decimal import Decimal

_WHOLE = 1 << 256
_PER_CENT = Decimal("0.01")


def commitment(seed: bytes, day: str) -> str:
    """What is published before the day: the hash of the seed and the day."""
    return hashlib.sha256(day.encode() + b"\0" + seed).hexdigest()


def fraction(seed: bytes, number: str) -> int:
    """The draw of a number, as a whole number below 2^256."""
    return int.from_bytes(hmac.new(seed, number.encode(), hashlib.sha256).digest(), "big")


def drawn(seed: bytes, number: str, share: Decimal) -> bool:
    """Whether a number is drawn at a share in per cent."""
    return Decimal(fraction(seed, number)) < share * _PER_CENT * _WHOLE
