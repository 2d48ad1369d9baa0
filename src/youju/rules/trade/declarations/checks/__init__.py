"""The rules DEC-…, one module for each subject, all declared on import."""

from __future__ import annotations

from youju.rules.trade.declarations.checks import declarations, goods, orders, plans

__all__ = ["declarations", "goods", "orders", "plans"]
