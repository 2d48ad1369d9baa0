"""Numbers of filings and certificates: a prefix, the month or year, six digits."""

from __future__ import annotations

from django.db import connection

from youju.trade.exemptions.models import Series


def next_numbers(code: str, count: int = 1) -> list[str]:
    """The next numbers of a series; it stays locked until the transaction ends, so that none is left out."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {Series._meta.db_table} AS series (code, last) VALUES (%s, %s)"  # noqa: S608 - a name of ours
            " ON CONFLICT (code) DO UPDATE SET last = series.last + %s RETURNING last",
            [code, count, count],
        )
        row = cursor.fetchone()
    assert row is not None  # noqa: S101 - RETURNING gives one
    return [f"{code}-{place:06d}" for place in range(row[0] - count + 1, row[0] + 1)]
