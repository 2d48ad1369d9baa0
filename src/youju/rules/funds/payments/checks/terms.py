"""What the checks of payments share."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import TypeAlias

from youju.rules.law import PolicyValue

LawOf: TypeAlias = "Mapping[str, PolicyValue]"
HOUSE_DAY = date(2020, 1, 1)
"""The day from which the house conventions about payments hold."""


def yuan(value: Decimal) -> str:
    """CNY as people read it."""
    return f"{value:,.2f} 元"
