"""Counting requests in windows of time, over all worker processes."""

from __future__ import annotations

from django.db import connection

from youju.foundation.database.statements import Part, ask


def count(bucket: str, slot: int) -> int:
    """One more in the bucket; how many there are in this slot of time."""
    return int(ask(Part("identity_count(%s, %s::bigint)", [bucket[:100], str(slot)])))


def forget(before_slot: int) -> int:
    """Remove buckets of the past; how many. For the periodic job."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM identity_rate WHERE slot < %s", [before_slot])
        return int(cursor.rowcount)
