"""Numbers of rectification orders (ZG): a prefix, the year, four digits."""

from __future__ import annotations

from django.db import connection

from youju.performance.monitoring.models import Series

ORDERS = "ZG"


def next_number(prefix: str, year: int) -> str:
    """The next number of a year; the series stays locked until the transaction ends, so that none is left out."""
    code = f"{prefix}{year}"
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {Series._meta.db_table} AS series (code, last) VALUES (%s, 1)"  # noqa: S608 - a name of ours
            " ON CONFLICT (code) DO UPDATE SET last = series.last + 1 RETURNING last",
            [code],
        )
        row = cursor.fetchone()
    assert row is not None  # noqa: S101 - RETURNING gives one
    return f"{code}-{row[0]:04d}"
