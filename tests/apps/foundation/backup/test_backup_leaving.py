"""Whose connection is still there for a moment after its program was killed."""

from __future__ import annotations

import psycopg
from django.db import connection

from youju.foundation.backup.restoring import left_after


class _Dwindling:
    """A connection that sees one program fewer each time it looks."""

    def __init__(self, others: int) -> None:
        self.others = others + 1

    def execute(self, statement: str) -> _Dwindling:
        assert "pg_stat_activity" in statement
        self.others -= 1
        return self

    def fetchone(self) -> tuple[int]:
        return (self.others,)


def test_who_is_leaving_is_waited_for() -> None:
    assert left_after(_Dwindling(2), 5.0) == 0


def test_who_stays_is_counted() -> None:
    assert left_after(_Dwindling(2), 0.0) == 2


def test_the_count_is_of_real_connections(db: None) -> None:
    with connection.cursor() as cursor:
        where = cursor.connection.info.get_parameters()
    with psycopg.connect(**where, autocommit=True) as looking:
        before = left_after(looking, 0.0)
        with psycopg.connect(**where):
            assert left_after(looking, 0.0) == before + 1
