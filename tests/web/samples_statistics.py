"""Sample arguments for the addresses of the statistics room."""

from __future__ import annotations

import uuid

from web.samples import Arguments, sample


@sample("statistics:dimension")
def by_country() -> Arguments:
    return {"name": "country"}


@sample("statistics:export-dimension")
def countries_as_file() -> Arguments:
    return {"name": "country", "kind": "csv"}


@sample("statistics:export-lines")
def lines_as_file() -> Arguments:
    return {"kind": "csv"}


@sample("statistics:bulletin")
def no_such_month() -> Arguments:
    return {"month": "1999-01"}


@sample("statistics:bulletin-file")
def no_such_file() -> Arguments:
    return {"document": uuid.UUID(int=0)}


@sample("statistics:alert")
def no_such_alert() -> Arguments:
    return {"number": 999_999_999}
