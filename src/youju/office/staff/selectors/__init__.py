"""Dispatched staff as pages and programs see them."""

from youju.office.staff.selectors.lists import (
    LineFilter,
    agreement_of,
    agreements,
    line_of,
    lines,
    month_of,
)
from youju.office.staff.selectors.missing import missing_months
from youju.office.staff.selectors.overview import MonthLine, Overview, overview
from youju.office.staff.selectors.pages import LinePage, MonthPage, line_page, month_page

__all__ = [
    "LineFilter",
    "LinePage",
    "MonthLine",
    "MonthPage",
    "Overview",
    "agreement_of",
    "agreements",
    "line_of",
    "line_page",
    "lines",
    "missing_months",
    "month_of",
    "month_page",
    "overview",
]
