"""Blocks of ids: known before the rows are written, so that rows which name one another go into their tables by COPY."""

from __future__ import annotations

from django.db import connection


def reserve(table: str, count: int) -> int:
    """The first of ``count`` ids of a table that nobody else gets; they follow one another. Within a transaction."""
    with connection.cursor() as cursor:
        # Two that reserve at once would read the same next id: the second waits for the first one's transaction.
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"reserve {table}"])
        cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, 'id'))", [table])
        first = int(cursor.fetchone()[0])
        cursor.execute("SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)", [table, first + count])
        return first
