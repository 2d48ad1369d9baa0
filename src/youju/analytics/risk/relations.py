"""The tables of a scan in one DuckDB: from CSV files that PostgreSQL copied out, from Parquet, or from Arrow in memory."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from youju.analytics.risk.tables import TABLES, ScanTable

Tables = Mapping[str, "Path | pa.Table"]


@contextmanager
def relations(
    tables: Tables, *, threads: int | None = None, memory: str = "", spill: Path | None = None
) -> Iterator[duckdb.DuckDBPyConnection]:
    """A DuckDB that has every given table under its name, with the documented columns and types.

    Args:
        tables: name → a CSV file without a heading row (``COPY … TO STDOUT (FORMAT csv)``), Parquet files (a pattern that ends in
            ``.parquet``), or an Arrow table.
        threads, memory, spill: limits of the engine; by default all cores and memory.
    """
    config: dict[str, Any] = {"preserve_insertion_order": False, "autoinstall_known_extensions": False}
    if threads:
        config["threads"] = threads
    if memory:
        config["memory_limit"] = memory
    if spill:
        config["temp_directory"] = str(spill)
    link = duckdb.connect(":memory:", config=config)
    try:
        link.execute("SET enable_progress_bar = false")
        for name, source in tables.items():
            _open(link, TABLES[name], source)
        yield link
    finally:
        link.close()


def _open(link: duckdb.DuckDBPyConnection, table: ScanTable, source: Path | pa.Table) -> None:
    cast = ", ".join(f'CAST("{name}" AS {kind}) AS "{name}"' for name, kind in table.types.items())
    if isinstance(source, pa.Table):
        link.register(f"arrow_{table.name}", source)
        link.execute(f"CREATE VIEW {table.name} AS SELECT {cast} FROM arrow_{table.name}")  # noqa: S608 - names of ours
        return
    path = str(source).replace("'", "''")
    if path.endswith(".parquet"):
        link.execute(f"CREATE VIEW {table.name} AS SELECT {cast} FROM read_parquet('{path}')")  # noqa: S608 - a path of ours
        return
    types = ", ".join(f"'{name}': '{kind}'" for name, kind in table.types.items())
    # Read once: every check asks these tables again.
    link.execute(
        f"CREATE TABLE {table.name} AS SELECT * FROM read_csv('{path}', header = false, columns = {{{types}}}, delim = ',',"  # noqa: S608
        " quote = '\"', escape = '\"', allow_quoted_nulls = false, auto_detect = false)"
    )
