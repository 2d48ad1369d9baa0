"""Spreadsheets that the room of events takes in."""

from youju.office.events.imports.attendance import ATTENDANCE
from youju.office.events.imports.plan import PLAN

__all__ = ["ATTENDANCE", "PLAN"]
