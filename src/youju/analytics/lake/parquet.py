"""Parquet in and out: batches staged in flat memory; files of the lake sorted and written by DuckDB, measured as they lie."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from youju.analytics.lake.manifest import Piece
from youju.analytics.tables import KEY, AnalyticTable, Column

ROW_GROUP = 122_880
"""Rows of a row group: DuckDB's own measure, the unit in which it reads side by side and passes over."""
SMALL = "COMPRESSION zstd, COMPRESSION_LEVEL 1"
QUICK = "COMPRESSION lz4_raw"
"""Half as large again, and read in half the time: for cubes, which are read whole and often."""
_ARROW = {"string": pa.string(), "date": pa.date32(), "int64": pa.int64(), "boolean": pa.bool_()}


def arrow_schema(columns: Sequence[Column]) -> pa.Schema:
    """The Arrow schema of a table's columns; decimals are 18 digits wide."""
    return pa.schema([pa.field(column.name, _arrow_type(column.type)) for column in columns])


def _arrow_type(name: str) -> pa.DataType:
    if name in _ARROW:
        return _ARROW[name]
    digits, places = name.removeprefix("decimal(").removesuffix(")").split(",")
    return pa.decimal128(int(digits), int(places))


def summed(columns: Sequence[Column]) -> tuple[str, ...]:
    """What the manifest keeps sums of: money, weights, counts and keys (a key that changed changes a sum)."""
    return tuple(column.name for column in columns if column.type == KEY or column.type.startswith("decimal"))


def stage(path: Path, schema: pa.Schema, batches: Iterable[pa.RecordBatch]) -> int:
    """Write batches as they come into a file of their own; how many rows. Not synced: it is read once."""
    rows = 0
    with pq.ParquetWriter(
        path, schema, compression="lz4", use_dictionary=False, store_decimal_as_integer=True
    ) as writer:
        for batch in batches:
            writer.write_batch(batch)
            rows += batch.num_rows
    return rows


@contextmanager
def workshop(folder: Path, *, memory_mb: int, threads: int = 0) -> Iterator[duckdb.DuckDBPyConnection]:
    """A DuckDB of the writer's own: bounded memory, what does not fit goes into the folder."""
    config: dict[str, Any] = {
        "memory_limit": f"{memory_mb}MB",
        "temp_directory": str(folder),
        "preserve_insertion_order": False,
        "autoinstall_known_extensions": False,
    }
    if threads:
        config["threads"] = threads
    with duckdb.connect(config=config) as connection:
        yield connection


def read_of(files: Iterable[Path]) -> str:
    """The SQL that reads files."""
    listed = ", ".join("'" + str(file).replace("'", "''") + "'" for file in files)
    return f"read_parquet([{listed}], hive_partitioning = false)"


def names(columns: Sequence[Column]) -> str:
    """The columns, for a SELECT."""
    return ", ".join(f'"{column.name}"' for column in columns)


def write(connection: duckdb.DuckDBPyConnection, select: str, path: Path, packing: str = SMALL) -> None:
    """Write what a SELECT gives, in its order."""
    connection.execute(
        f"COPY ({select}) TO '{_quoted(path)}' (FORMAT parquet, {packing}, ROW_GROUP_SIZE {ROW_GROUP})"
    )


def rows_of(connection: duckdb.DuckDBPyConnection, sql: str) -> list[Any]:
    """All rows: a connection with a result that was not fetched to its end refuses the next statement."""
    return connection.execute(sql).fetchall()


def measure(
    connection: duckdb.DuckDBPyConnection, path: Path, file: str, columns: Sequence[Column], group: str = ""
) -> Piece:
    """What the manifest says of a file, read from the file itself.

    Args:
        connection: a workshop.
        path: the file.
        file: the name under which the manifest will know it.
        columns: what it holds.
        group: the column of the records' keys; empty for none.
    """
    chosen = summed(columns)
    ends = f'min("{group}"), max("{group}")' if group else "NULL, NULL"
    sums = "".join(f', coalesce(sum("{name}"), 0)::VARCHAR' for name in chosen)
    ((count, least, greatest, *values),) = rows_of(
        connection, f"SELECT count(*), {ends}{sums} FROM {read_of([path])}"
    )
    return Piece(
        file,
        count,
        dict(zip(chosen, values, strict=True)),
        sha256_of(path),
        path.stat().st_size,
        least,
        greatest,
    )


def sha256_of(path: Path) -> str:
    """Of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def ordered(table: AnalyticTable) -> str:
    """The order of rows in a file: the largest first, so that the first rows behind a figure stand in few row groups.

    Measured on 10 million lines: the fifty largest of a country are found many times as fast as in the order of keys, for files
    half as large again.
    """
    largest = f'"{table.sums[0]}" DESC, ' if table.sums else ""
    return f'{largest}"{table.group}", "{table.key}"'


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
