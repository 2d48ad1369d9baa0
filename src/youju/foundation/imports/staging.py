"""Rows in and out of the database in bulk, by COPY."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db import connection

from youju.foundation.imports.declaring import CellFinding, Importer, Row

_CHUNK = 5_000


def stage(batch_id: str, importer: Importer, rows: Sequence[Row]) -> None:
    """Keep the rows of a batch."""
    freezers = [column.kind.freeze for column in importer.columns]
    dumps = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode

    def lines() -> Iterator[tuple[Any, ...]]:
        for row in rows:
            frozen = [
                None if value is None else freeze(value)
                for freeze, value in zip(freezers, row.values, strict=True)
            ]
            yield batch_id, row.number, dumps(frozen)

    copy_rows("imports_stagedrow", ("batch_id", "number", "values"), lines())


def staged(batch_id: str, importer: Importer) -> Iterator[Row]:
    """The rows of a batch in order, streamed."""
    thaws = [column.kind.thaw for column in importer.columns]
    loads = json.loads
    with connection.chunked_cursor() as cursor:
        cursor.execute(
            'SELECT number, "values" FROM imports_stagedrow WHERE batch_id = %s ORDER BY number', [batch_id]
        )
        while found := cursor.fetchmany(_CHUNK):
            for number, text in found:
                values = tuple(
                    None if value is None else thaw(value)
                    for thaw, value in zip(thaws, loads(text), strict=True)
                )
                yield Row(number, values)


def keep_findings(batch_id: str, findings: Iterable[CellFinding]) -> None:
    """Keep what was found."""
    lines = ((batch_id, each.row, each.column, each.severity, each.message) for each in findings)
    copy_rows("imports_finding", ("batch_id", "row", "column", "severity", "message"), lines)


def copy_rows(table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """COPY rows into a table inside the running transaction; how many. The way for importers to store many rows.

    PostgreSQL takes no COPY into a table with row-level security from a role that it binds: those rows go through a temporary
    table and one INSERT, which the guard judges.
    """
    from psycopg import sql

    names = sql.SQL(", ").join(sql.Identifier(name) for name in columns)
    target, into = sql.Identifier(table), sql.Identifier(table)
    guarded = _is_guarded(table)
    count = 0
    with connection.cursor() as cursor:
        if guarded:
            into = sql.Identifier(f"copy_{table}")
            # Without the target's constraints and defaults: only these columns, checked when they are inserted.
            cursor.execute(
                sql.SQL("CREATE TEMPORARY TABLE {} ON COMMIT DROP AS SELECT {} FROM {} WITH NO DATA").format(
                    into, names, target
                )
            )
        with cursor.copy(sql.SQL("COPY {} ({}) FROM STDIN").format(into, names)) as copy:
            for row in rows:
                copy.write_row(row)
                count += 1
        if guarded:
            cursor.execute(
                sql.SQL("INSERT INTO {} ({}) SELECT {} FROM {}").format(target, names, names, into)
            )
            cursor.execute(sql.SQL("DROP TABLE {}").format(into))
    return count


def _is_guarded(table: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_security_active(%s)", [table])
        return bool(cursor.fetchone()[0])
