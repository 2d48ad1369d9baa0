"""The rules SUB-…, one module for each subject, all declared on import."""

from __future__ import annotations

from youju.rules.funds.subsidies.checks import parties, records, texts

__all__ = ["parties", "records", "texts"]
