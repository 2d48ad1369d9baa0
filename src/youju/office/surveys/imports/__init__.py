"""Paper sheets from a spreadsheet."""

from youju.office.surveys.imports.paper import PAPER_SHEETS

__all__ = ["PAPER_SHEETS"]
