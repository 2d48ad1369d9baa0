"""Counting requests in windows of time, over all worker processes."""

from __future__ import annotations

from django.db import connection

_COUNT = """
INSERT INTO identity_rate AS r (bucket, slot, hits) VALUES (%s, %s, 1)
ON CONFLICT (bucket) DO UPDATE SET slot = excluded.slot, hits = CASE WHEN r.slot = excluded.slot THEN r.hits + 1 ELSE 1 END
RETURNING hits
"""


def count(bucket: str, slot: int) -> int:
    """One more in the bucket; how many there are in this slot of time."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [bucket[:100], slot])
        return int(cursor.fetchone()[0])


def forget(before_slot: int) -> int:
    """Remove buckets of the past; how many. For the periodic job."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM identity_rate WHERE slot < %s", [before_slot])
        return int(cursor.rowcount)
