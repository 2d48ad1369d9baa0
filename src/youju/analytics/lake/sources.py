"""What a lake is filled from: the application implements it over PostgreSQL, tests and benchmarks over Arrow."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Protocol

import pyarrow as pa

from youju.analytics.tables import AnalyticTable

Totals = Mapping[str, tuple[int, Mapping[str, Decimal]]]
"""Month (``2023-06``) → rows, sums by column."""


class Source(Protocol):
    """One state of the records: everything it gives was true at the same moment.

    Args:
        database: which database this is; marks of another one mean nothing here.
        mark: whoever read this state reads the log from here the next time.
        as_of: the moment.
        snapshot: which transactions it has seen, as the database writes that; empty where it cannot say.
        log_begins: the log of changes is whole from this mark on; before it, entries were removed.
    """

    database: str
    mark: int
    as_of: datetime
    snapshot: str
    log_begins: int

    def tables(self) -> Sequence[AnalyticTable]:
        """The tables that it has."""
        ...

    def months(self, table: AnalyticTable) -> Sequence[str]:
        """The months in which the table has rows."""
        ...

    def month(self, table: AnalyticTable, month: str) -> Iterator[pa.RecordBatch]:
        """All rows of a month."""
        ...

    def changed(self, table: AnalyticTable, since: int) -> pa.Table:
        """The records that were noted as changed since a mark: one column, named as the table's ``group``, each key once."""
        ...

    def rows_changed(self, table: AnalyticTable, since: int) -> Iterator[pa.RecordBatch]:
        """The rows that these records have now."""
        ...

    def totals(self, table: AnalyticTable, since: int, columns: Sequence[str]) -> Totals:
        """By month, without the records that were noted as changed since a mark."""
        ...
