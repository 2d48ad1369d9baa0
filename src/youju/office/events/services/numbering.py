"""Numbers of events: a prefix by kind, the year, three digits or more."""

from __future__ import annotations

from django.db import connection

from youju.office.events.models import EventSeries
from youju.rules.office.events.kinds import PREFIXES


def next_numbers(kind: str, year: int, count: int = 1) -> list[str]:
    """The next numbers of a kind in a year; the series stays locked until the transaction ends, so that none is left out."""
    code = f"{PREFIXES[kind]}{year}"
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {EventSeries._meta.db_table} AS series (code, last) VALUES (%s, %s)"  # noqa: S608 - a name of ours
            " ON CONFLICT (code) DO UPDATE SET last = series.last + %s RETURNING last",
            [code, count, count],
        )
        row = cursor.fetchone()
    assert row is not None  # noqa: S101 - RETURNING gives one
    return [f"{code}-{place:03d}" for place in range(row[0] - count + 1, row[0] + 1)]
