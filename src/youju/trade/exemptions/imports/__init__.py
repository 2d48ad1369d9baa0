"""What this room takes in from spreadsheets: a month's filings that were drawn up elsewhere, invoices."""

from youju.trade.exemptions.imports.filings import FILINGS
from youju.trade.exemptions.imports.invoices import INVOICES

__all__ = ["FILINGS", "INVOICES"]
