"""The rules RSK-…, one module for each subject, all declared on import."""

from __future__ import annotations

from youju.rules.trade.risk.checks import dealing, filings, loading, prices, settling

__all__ = ["dealing", "filings", "loading", "prices", "settling"]
