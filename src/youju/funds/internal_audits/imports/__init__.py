"""Findings by spreadsheet."""

from youju.funds.internal_audits.imports.register import REGISTER

__all__ = ["REGISTER"]
