"""Months of dispatched staff by spreadsheet."""

from youju.office.staff.imports.months import MONTHS

__all__ = ["MONTHS"]
