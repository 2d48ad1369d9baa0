"""Sample arguments for the addresses of the room of dispatched staff."""

from __future__ import annotations

from web.samples import Arguments, sample

NONE = 999_999_999


@sample("staff:line", "staff:correct", "staff:agreement", "api:staff_line")
def no_such_line() -> Arguments:
    return {"number": NONE}


@sample("staff:month", "staff:month-step")
def no_such_month() -> Arguments:
    return {"year": 2000, "number": 1}
