"""DuckDB: over Parquet files of the lake, or over Arrow tables in memory (for checks and small data packs)."""

from __future__ import annotations

import os
import threading
import weakref
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
import ibis.expr.operations as ops
import ibis.expr.types as ir
import pyarrow as pa

from youju.analytics.engines.base import BATCH, Spans, Values, columns_of, labelled
from youju.analytics.engines.compiling import to_sql, to_united_sql
from youju.analytics.lake.cubes import columns_known
from youju.analytics.periods import Period

Files = Callable[[str, Period | None], Sequence[Path]]
"""Table, months → the files that hold them; an empty list for none."""


class DuckEngine:
    """Answers from files (chosen by month, so that a question about June opens June's) or from Arrow tables."""

    name = "duckdb"

    # ``pilot``: every row of the files is this pilot's, so that the column is not read.
    def __init__(
        self,
        *,
        as_of: datetime,
        files: Files | None = None,
        pilot: str = "",
        arrow: Mapping[str, pa.Table] | None = None,
        threads: int | None = None,
        memory: str = "",
        spill: Path | None = None,
    ) -> None:
        self.as_of = as_of
        self._files, self._pilot = files, pilot
        self._arrow = dict(arrow or {})
        self._config: dict[str, Any] = {
            "preserve_insertion_order": False,
            "autoinstall_known_extensions": False,
        }
        if threads:
            self._config["threads"] = threads
        if memory:
            self._config["memory_limit"] = memory
        if spill:
            self._config["temp_directory"] = str(spill)
        self._opened: duckdb.DuckDBPyConnection | None = None
        self._opening = threading.Lock()

    def run(self, expression: ir.Table, spans: Spans) -> pa.Table:
        """See :class:`Engine`."""
        return pa.Table.from_batches(list(self.stream(expression, spans)), columns_of(expression))

    def run_many(
        self, expressions: Mapping[str, ir.Table], spans: Spans, values: Values | None = None
    ) -> pa.Table:
        """See :class:`Engine`."""
        schema = labelled(expressions)
        text = to_united_sql(expressions, "duckdb", self.sources(expressions.values(), spans), values)
        # Few rows of many expressions: a relation would bind the long text twice before it runs.
        with self._connection().cursor() as connection:
            rows = connection.execute(text).fetchall()
        columns = list(zip(*rows, strict=True)) if rows else [()] * len(schema)
        arrays = [pa.array(column, type=field.type) for column, field in zip(columns, schema, strict=True)]
        return pa.Table.from_arrays(arrays, schema=schema)

    def stream(self, expression: ir.Table, spans: Spans) -> Iterator[pa.RecordBatch]:
        """See :class:`Engine`."""
        return self._batches(
            to_sql(expression, "duckdb", self.sources([expression], spans)), columns_of(expression)
        )

    def _batches(self, text: str, schema: pa.Schema) -> Iterator[pa.RecordBatch]:
        # A cursor each, so that several threads may ask one engine.
        with self._connection().cursor() as connection:
            for batch in connection.sql(text).to_arrow_reader(BATCH):
                yield from pa.Table.from_batches([batch]).cast(schema).to_batches()

    def _connection(self) -> duckdb.DuckDBPyConnection:
        if not self._arrow:
            # The process's own DuckDB: starting one costs more than a cube's answer.
            return _running(self._config)
        # Threads share an engine: the second waits until all tables are there.
        with self._opening:
            if self._opened is None:
                opened = duckdb.connect(config=self._config)
                for name, table in self._arrow.items():
                    opened.from_arrow(table).create_view(f"arrow_{name}")
                _IN_MEMORY.add(self)
                self._opened = opened
            return self._opened

    def close(self) -> None:
        """Let go of the tables' database; the next question opens it anew."""
        with self._opening:
            opened, self._opened = self._opened, None
            _IN_MEMORY.discard(self)
        if opened is not None:
            opened.close()

    def sources(self, expressions: Iterable[ir.Table], spans: Spans) -> dict[str, str]:
        """Table → the SELECT that reads it here, for those that the expressions name."""
        names = {table.name for each in expressions for table in each.op().find(ops.UnboundTable)}
        return {name: self._source(name, spans.get(name)) for name in names}

    def _source(self, name: str, span: Period | None) -> str:
        known = columns_known(name)
        columns = ", ".join(f'"{column.name}"' for column in known)
        if name in self._arrow:
            if self._arrow[name].column_names == [column.name for column in known]:
                return f"FROM arrow_{name}"
            return f"SELECT {columns} FROM arrow_{name}"  # noqa: S608 - names of ours
        files = self._files(name, span) if self._files is not None else ()
        if not files:
            return nothing(name)
        listed = ", ".join("'" + str(file).replace("'", "''") + "'" for file in files)
        if self._pilot:
            columns = columns.replace('"pilot"', f"'{self._pilot}' AS \"pilot\"", 1)
        return f"SELECT {columns} FROM read_parquet([{listed}], hive_partitioning = false)"  # noqa: S608 - paths of ours


_IN_MEMORY: weakref.WeakSet[DuckEngine] = weakref.WeakSet()
_RUNNING: dict[tuple[int, str], duckdb.DuckDBPyConnection] = {}
_ONE = threading.Lock()


def _running(config: Mapping[str, Any]) -> duckdb.DuckDBPyConnection:
    """The DuckDB of this process with a configuration; a forked child gets its own and leaves its parent's alone."""
    key = os.getpid(), repr(sorted(config.items()))
    with _ONE:
        if key not in _RUNNING:
            _RUNNING[key] = duckdb.connect(config=dict(config))
        return _RUNNING[key]


def nothing(name: str) -> str:
    """A SELECT with the table's columns and no row."""
    kinds = {"string": "VARCHAR", "date": "DATE", "int64": "BIGINT", "boolean": "BOOLEAN"}
    columns = ", ".join(
        f'CAST(NULL AS {kinds.get(column.type, column.type)}) AS "{column.name}"'
        for column in columns_known(name)
    )
    return f"SELECT {columns} WHERE false"


def close_all() -> None:
    """Let go of every DuckDB of this process; the next question opens one anew.

    A process that is forked has the database of its parent but not the threads that work in it: whoever asked it there would
    fall. So nothing is open while a process forks.
    """
    with _ONE:
        for connection in _RUNNING.values():
            connection.close()
        _RUNNING.clear()
    for engine in list(_IN_MEMORY):
        engine.close()


os.register_at_fork(before=close_all)
