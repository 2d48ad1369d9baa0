"""Sample arguments for the addresses of the statistics room."""

from __future__ import annotations

import uuid

from web.samples import Arguments, sample


@sample("statistics:dimension")
def by_country() -> Arguments:
    return {"name": "country"}


@sample("statistics:export-dimension")
def countries_in_no_format() -> Arguments:
    """A format that there is none of: the walk opens no file that nobody would close."""
    return {"name": "country", "kind": "none"}


@sample("statistics:export-lines")
def lines_in_no_format() -> Arguments:
    return {"kind": "none"}


@sample("statistics:bulletin")
def no_such_month() -> Arguments:
    return {"month": "1999-01"}


@sample("statistics:bulletin-file")
def no_such_file() -> Arguments:
    return {"document": uuid.UUID(int=0)}


@sample("statistics:alert")
def no_such_alert() -> Arguments:
    return {"number": 999_999_999}
