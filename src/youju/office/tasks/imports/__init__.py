"""The year's work plan by spreadsheet."""

from youju.office.tasks.imports.plans import PLANS

__all__ = ["PLANS"]
