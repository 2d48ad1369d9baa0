"""Running numbers of applications (BT), rounds (MD) and objections (YY): one series a year and kind."""

from __future__ import annotations

from django.db import connection
from django.utils import timezone

from youju.funds.subsidies.models import ApplicationSeries


def next_number(kind: str) -> str:
    """The next number, such as ``BT2024-00017``; the row stays locked until the transaction ends, so that none is left out."""
    series, table = f"{kind}{timezone.localdate().year}", ApplicationSeries._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} AS series (series, last) VALUES (%s, 1)"  # noqa: S608 - a name of ours
            " ON CONFLICT (series) DO UPDATE SET last = series.last + 1 RETURNING last",
            [series],
        )
        row = cursor.fetchone()
    assert row is not None  # noqa: S101 - RETURNING gives one
    return f"{series}-{row[0]:05d}"
