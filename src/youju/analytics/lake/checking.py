"""Checking (核对): files against the manifest by sha256, the lake against the database by table and month, to the cent."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import duckdb

from youju.analytics.lake.cubes import CUBES, LINES
from youju.analytics.lake.errors import disk_said
from youju.analytics.lake.folder import LakeFolder
from youju.analytics.lake.manifest import Manifest, totals
from youju.analytics.lake.parquet import sha256_of, summed, workshop
from youju.analytics.lake.reading import Snapshot
from youju.analytics.lake.refreshing import reaches
from youju.analytics.lake.sources import Source, Totals
from youju.analytics.tables import AnalyticTable


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is not as it should be: what, of which table and month, and the sentence for people."""

    what: str
    table: str
    month: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found.

    ``pending``: records noted as changed since the last refresh; they are left out on both sides. ``notes``: files that are not
    the lake's, which harm nobody.
    """

    version: int
    as_of: datetime | None
    files: int
    rows: int
    pending: int
    differences: tuple[Difference, ...]
    notes: tuple[str, ...]


def check(
    folder: LakeFolder,
    manifest: Manifest,
    source: Source,
    *,
    memory_mb: int,
    tell: Callable[[str], None] = lambda _: None,
) -> Checked:
    """Compare a state of the lake with its manifest and with the records.

    Raises:
        LakeError: the disk is full.
    """
    found = list(_files(folder, manifest, tell))
    pending = 0
    if not found and not reaches(manifest, source):
        found.append(
            Difference("database", "", "", "数据湖不是从现在这个数据库写出的，请运行 youju lake refresh")
        )
    faulty = {each.table for each in found}
    spill = folder.path / ".tmp-check"
    with disk_said(folder.path), workshop(spill, memory_mb=memory_mb) as connection:
        for table in source.tables():
            if table.name in faulty or "" in faulty:
                continue
            tell(f"核对 {table.name}")
            keys = source.changed(table, manifest.mark)
            pending += keys.num_rows
            connection.register("keys", keys)
            ours = _totals(connection, Snapshot(folder.path, manifest), table)
            theirs = source.totals(table, manifest.mark, summed(table.columns))
            found += _compared(table, ours, theirs)
    found += _cubes(manifest)
    count = sum(1 for _ in manifest.pieces())
    notes = tuple(f"{name} 不是数据湖的文件，没有动它" for name, ours in folder.files() if not ours)
    return Checked(manifest.version, manifest.as_of, count, manifest.rows, pending, tuple(found), notes)


def _files(folder: LakeFolder, manifest: Manifest, tell: Callable[[str], None]) -> Iterator[Difference]:
    for name, month, piece in manifest.pieces():
        path = folder.path / piece.file
        tell(f"核对文件 {piece.file}")
        if not path.is_file():
            yield Difference("missing", name, month, f"{name} {month}：文件 {piece.file} 不见了")
        elif path.stat().st_size != piece.size or sha256_of(path) != piece.sha256:
            yield Difference(
                "damaged", name, month, f"{name} {month}：文件 {piece.file} 与清单里的校验值不符"
            )


def _totals(connection: duckdb.DuckDBPyConnection, state: Snapshot, table: AnalyticTable) -> Totals:
    files = state.files(table.name)
    if not files:
        return {}
    columns = summed(table.columns)
    sums = ", ".join(f'coalesce(sum("{name}"), 0)::VARCHAR' for name in columns)
    listed = [str(Path(file)) for file in files]
    rows = connection.execute(
        # By the folder's month: a row in a wrong one is found as a difference of two months.
        f"SELECT regexp_extract(filename, 'month=([0-9]{{4}}-[0-9]{{2}})/[^/]*$', 1), count(*), {sums}"
        f" FROM read_parquet({listed}, hive_partitioning = false, filename = true)"
        f' ANTI JOIN keys USING ("{table.group}") GROUP BY 1'
    ).fetchall()
    return {
        month: (count, dict(zip(columns, map(Decimal, values), strict=True)))
        for month, count, *values in rows
    }


def _compared(table: AnalyticTable, ours: Totals, theirs: Totals) -> Iterator[Difference]:
    labels = {column.name: column.label for column in table.columns}
    nothing: tuple[int, dict[str, Decimal]] = (0, {})
    for month in sorted({*ours, *theirs}):
        (rows, sums), (wanted, wanted_sums) = ours.get(month, nothing), theirs.get(month, nothing)
        if rows != wanted:
            sentence = f"{table.name} {month}：数据湖有 {rows} 行，数据库有 {wanted} 行"
            yield Difference("rows", table.name, month, sentence)
        for name in summed(table.columns):
            here, there = sums.get(name, Decimal(0)), wanted_sums.get(name, Decimal(0))
            if here != there:
                sentence = (
                    f"{table.name} {month}：{labels[name]}（{name}）合计，数据湖 {here}，数据库 {there}"
                )
                yield Difference("sum", table.name, month, sentence)


def _cubes(manifest: Manifest) -> Iterator[Difference]:
    """Each cube's sums against its table's, as the manifest has them of the files themselves."""
    for name, months in manifest.cubes.items():
        cube = CUBES.get(name)
        if cube is None:
            continue
        table = manifest.tables.get(cube.table.name, {})
        for year in sorted({*months, *(month[:4] for month in table)}):
            _, sums = totals(months.get(year, ()))
            rows, wanted = totals(
                tuple(piece for month, pieces in table.items() if month[:4] == year for piece in pieces)
            )
            expected = {measure: wanted.get(measure, Decimal(0)) for measure in cube.measures}
            for measure, there in (expected | {LINES.name: Decimal(rows)}).items():
                here = sums.get(measure, Decimal(0))
                if here != there:
                    sentence = f"{name} {year}：{measure} 合计，汇总立方 {here}，明细 {there}"
                    yield Difference("cube", name, year, sentence)
