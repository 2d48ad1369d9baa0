"""Numbers of engagements (JD), samples (CY) and findings (WT): a prefix, the year, four digits."""

from __future__ import annotations

from django.db import connection

from youju.funds.internal_audits.models import Series

ENGAGEMENTS, SAMPLES, FINDINGS = "JD", "CY", "WT"


def next_numbers(prefix: str, year: int, count: int = 1) -> list[str]:
    """The next numbers of a year; the series stays locked until the transaction ends, so that none is left out."""
    code = f"{prefix}{year}"
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {Series._meta.db_table} AS series (code, last) VALUES (%s, %s)"  # noqa: S608 - a name of ours
            " ON CONFLICT (code) DO UPDATE SET last = series.last + %s RETURNING last",
            [code, count, count],
        )
        row = cursor.fetchone()
    assert row is not None  # noqa: S101 - RETURNING gives one
    return [f"{code}-{place:04d}" for place in range(row[0] - count + 1, row[0] + 1)]
