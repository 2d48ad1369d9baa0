"""Reading spreadsheets for this room."""

from youju.performance.monitoring.imports.causes import CAUSES_SHEET

__all__ = ["CAUSES_SHEET"]
