"""The rules ORD-…, one module for each subject, all declared on import."""

from __future__ import annotations

from youju.rules.trade.orders.checks import amounts, goods, parties, reversals

__all__ = ["amounts", "goods", "parties", "reversals"]
