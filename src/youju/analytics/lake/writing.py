"""Writing the files of a table: a month filled, records changed, small files made into one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from youju.analytics.durable import keep_whole
from youju.analytics.lake.folder import LakeFolder
from youju.analytics.lake.limits import Limits
from youju.analytics.lake.manifest import Manifest, Months, Piece
from youju.analytics.lake.parquet import (
    SMALL,
    arrow_schema,
    measure,
    names,
    ordered,
    read_of,
    rows_of,
    stage,
    write,
)
from youju.analytics.lake.sources import Source
from youju.analytics.tables import AnalyticTable, Column


@dataclass(frozen=True, slots=True)
class Writer:
    """Where and with what is written: the folder, a workshop, the version that the files will belong to, who is told."""

    folder: LakeFolder
    connection: duckdb.DuckDBPyConnection
    version: int
    limits: Limits
    tell: Callable[[str], None]

    def keep(  # noqa: PLR0917 - what a file is
        self,
        name: str,
        month: str,
        select: str,
        columns: Sequence[Column],
        group: str = "",
        packing: str = SMALL,
    ) -> Piece | None:
        """Write what a SELECT gives as a file of the lake, safe on disk; nothing where it gives no row."""
        beside = self.folder.temporary("piece.parquet")
        self.tell(f"写出 {name} {month}")
        write(self.connection, select, beside, packing)
        piece = measure(self.connection, beside, self.folder.place(name, month, self.version), columns, group)
        if not piece.rows:
            beside.unlink()
            return None
        self.tell(f"放入 {name} {month}")
        keep_whole(beside, self.folder.path / piece.file)
        return piece

    def path(self, piece: Piece) -> Path:
        """Where a file lies."""
        return self.folder.path / piece.file


def fill(
    writer: Writer, source: Source, table: AnalyticTable, older: Months
) -> tuple[Months, tuple[str, ...]]:
    """Every month of a table from the source, one after the other; the months, and which were written or went."""
    held: dict[str, tuple[Piece, ...]] = {}
    for month in source.months(table):
        staged = writer.folder.temporary("month.parquet")
        writer.tell(f"读取 {table.name} {month}")
        stage(staged, arrow_schema(table.columns), source.month(table, month))
        select = f"SELECT {names(table.columns)} FROM {read_of([staged])} ORDER BY {ordered(table)}"
        piece = writer.keep(table.name, month, select, table.columns, table.group)
        staged.unlink()
        if piece is not None:
            held[month] = (piece,)
    return held, tuple(sorted({*held, *older}))


def update(
    writer: Writer, source: Source, table: AnalyticTable, older: Manifest
) -> tuple[Months, tuple[str, ...], int]:
    """Bring the records that were noted as changed up to date: the months, which were written, how many records differed.

    Reading begins before the mark, and many changes change nothing that the table shows: only records that differ from the lake
    are written. Files that hold them are written anew without them, and what they are now is added to their months.
    """
    since, held = older.mark, dict(older.tables[table.name])
    keys = source.changed(table, since)
    if not keys.num_rows:
        return held, (), 0
    writer.connection.register("keys", keys)
    staged = writer.folder.temporary("changed.parquet")
    writer.tell(f"读取 {table.name} 的改动")
    stage(staged, arrow_schema(table.columns), source.rows_changed(table, since))
    count, files, months = _compare(writer, table, held, staged)
    touched = {month for month, pieces in held.items() if any(piece.file in files for piece in pieces)} | {
        *months
    }
    for month in sorted(touched):
        pieces: list[Piece | None] = [piece for piece in held.get(month, ()) if piece.file not in files]
        for piece in held.get(month, ()):
            if piece.file in files:
                select = _rows(table, writer.path(piece), "ANTI")
                pieces.append(writer.keep(table.name, month, select, table.columns, table.group))
        if month in months:
            inside = f"WHERE strftime({table.day}, '%Y-%m') = '{month}'"
            select = _rows(table, staged, "SEMI", inside)
            pieces.append(writer.keep(table.name, month, select, table.columns, table.group))
        held[month] = _compacted(writer, table, month, [each for each in pieces if each])
        if not held[month]:
            del held[month]
    staged.unlink()
    return held, tuple(sorted(touched)), count


def _compare(
    writer: Writer, table: AnalyticTable, held: Months, staged: Path
) -> tuple[int, set[str], set[str]]:
    """How many records differ from the lake, the files that hold them, the months of what they are now.

    Leaves the differing keys in the workshop's table ``differing``.
    """
    connection, group = writer.connection, f'"{table.group}"'
    ((low, high),) = rows_of(connection, f"SELECT min({group}), max({group}) FROM keys")
    near = [
        writer.path(piece)
        for pieces in held.values()
        for piece in pieces
        if piece.least is not None
        and piece.greatest is not None
        and piece.least <= high
        and piece.greatest >= low
    ]
    columns = names(table.columns)
    was = f"SELECT {columns}, '' AS file FROM {read_of([staged])} WHERE false"
    if near:
        was = (
            f"SELECT {columns}, filename AS file FROM read_parquet({[str(path) for path in near]},"
            f" hive_partitioning = false, filename = true) SEMI JOIN keys USING ({group})"
        )
    connection.execute(f"CREATE OR REPLACE TEMP TABLE was AS {was}")
    told = f"sum(hash({columns})::HUGEINT) AS told, count(*) AS rows"
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE differing AS SELECT {group} FROM"
        f" (SELECT {group}, {told} FROM {read_of([staged])} GROUP BY {group}) now"
        f" FULL JOIN (SELECT {group}, {told} FROM was GROUP BY {group}) old USING ({group})"
        " WHERE now.told IS DISTINCT FROM old.told OR now.rows IS DISTINCT FROM old.rows"
    )
    found = rows_of(connection, f"SELECT DISTINCT file FROM was SEMI JOIN differing USING ({group})")
    months = rows_of(
        connection,
        f"SELECT DISTINCT strftime({table.day}, '%Y-%m') FROM {read_of([staged])} SEMI JOIN differing USING ({group})",
    )
    ((count,),) = rows_of(connection, "SELECT count(*) FROM differing")
    connection.execute("DROP TABLE was")
    root = writer.folder.path
    return (
        count,
        {Path(file).relative_to(root).as_posix() for (file,) in found},
        {month for (month,) in months},
    )


def _compacted(writer: Writer, table: AnalyticTable, month: str, pieces: list[Piece]) -> tuple[Piece, ...]:
    small = [piece for piece in pieces if piece.rows < writer.limits.small_rows]
    if len(small) <= writer.limits.small_files:
        return tuple(pieces)
    files = read_of(writer.path(piece) for piece in small)
    select = f"SELECT {names(table.columns)} FROM {files} ORDER BY {ordered(table)}"
    one = writer.keep(table.name, month, select, table.columns, table.group)
    return tuple(piece for piece in (*pieces, one) if piece is not None and piece not in small)


def _rows(table: AnalyticTable, file: Path, join: str, inside: str = "") -> str:
    return (
        f"SELECT {names(table.columns)} FROM {read_of([file])} {join} JOIN differing"
        f' USING ("{table.group}") {inside} ORDER BY {ordered(table)}'
    )
