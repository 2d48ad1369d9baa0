"""What the modules of checks share."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from youju.rules.findings import Finding
from youju.rules.law import PolicyValue, decimal

HOUSE_DAY = date(2020, 1, 1)
LawOf = Mapping[str, PolicyValue]


def number(law: LawOf, name: str) -> float:
    """A decimal policy of this room as a float."""
    return float(decimal(law, f"trade.risk.{name}"))


def said(message: str, suggestion: str, field: str = "") -> Finding:
    """A finding about the thing asked about."""
    return Finding(message, suggestion, {"field": field})


def dollars(amount: float) -> str:
    """An amount as text: 12,345.00."""
    return f"{amount:,.2f}"
