"""The rules PAC-…, one module for each subject, all declared on import."""

from __future__ import annotations

from youju.rules.trade.packing.checks import balances, containers, parties

__all__ = ["balances", "containers", "parties"]
