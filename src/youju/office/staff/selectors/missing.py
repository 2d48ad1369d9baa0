"""Which months there should be, and which are not there."""

from __future__ import annotations

from datetime import date

from youju.office.staff.models import Agreement, StaffLine
from youju.rules.office.staff.months import first_of, months_between, next_month


def imported_months() -> set[date]:
    """The months that have lines. One query."""
    return set(StaffLine.objects.filter(current=True).order_by().values_list("month", flat=True).distinct())


def expected_months(today: date, imported: set[date]) -> set[date]:
    """The months that are over and in which a contract runs, and those between the first and the last imported. One query."""
    found: set[date] = set()
    for begins, ends in Agreement.objects.order_by().values_list("valid_from", "valid_to"):
        found.update(months_between(begins, min(ends, today)))
    if imported:
        found.update(months_between(min(imported), max(imported)))
    return {month for month in found if next_month(month) <= first_of(today)}


def missing_months(today: date) -> list[date]:
    """The months that should be there and are not, the earliest first. Two queries."""
    there = imported_months()
    return sorted(expected_months(today, there) - there)
