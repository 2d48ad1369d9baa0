"""The rules PAY-…, one module for each subject, all declared on import."""

from __future__ import annotations

from youju.rules.funds.payments.checks import accounts, budgets, contracts, papers

__all__ = ["accounts", "budgets", "contracts", "papers"]
