"""Rows in and out of the database in bulk, by COPY."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from django.db import connection

from youju.foundation.database.copying import copy_rows
from youju.foundation.imports.declaring import CellFinding, Importer, Row

__all__ = ["copy_rows", "keep_findings", "stage", "staged"]

_CHUNK = 5_000
_SHARED = 4_096


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
    thaws = [_Thawing(column.kind.thaw).read for column in importer.columns]
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


class _Thawing:
    """One column's values from JSON: what comes again is the same object, or a hundred thousand rows would fill the memory."""

    __slots__ = ("known", "thaw")

    def __init__(self, thaw: Callable[[Any], Any]) -> None:
        self.thaw = thaw
        self.known: dict[Any, Any] = {}

    def read(self, value: Any) -> Any:
        if value.__class__ is not str:
            return self.thaw(value)
        known = self.known
        if (found := known.get(value)) is None:
            found = self.thaw(value)
            if len(known) < _SHARED:
                known[value] = found
        return found


def keep_findings(batch_id: str, findings: Iterable[CellFinding]) -> None:
    """Keep what was found."""
    lines = ((batch_id, each.row, each.column, each.severity, each.message) for each in findings)
    copy_rows("imports_finding", ("batch_id", "row", "column", "severity", "message"), lines)
