"""A refresh (刷新): what changed in the database since the mark goes into the lake. First fill and rebuild are the same code.

In this order, so that a kill at any moment leaves the older state whole: new files under temporary names, synced and renamed;
the manifest last, as a whole; then only are files removed, and only those that left the manifest before the grace period. What a
killed refresh leaves is named by no manifest and goes the same way.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from youju.analytics.lake.cubing import cubes_anew
from youju.analytics.lake.errors import LakeError, ManifestError, disk_said
from youju.analytics.lake.folder import LakeFolder
from youju.analytics.lake.limits import Limits
from youju.analytics.lake.manifest import Manifest, read
from youju.analytics.lake.parquet import workshop
from youju.analytics.lake.shapes import shape_of, shapes
from youju.analytics.lake.sources import Source
from youju.analytics.lake.writing import Writer, fill, update

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What a refresh did.

    ``months``: table → months that were written; ``records``: how many records differed from the lake; ``whole``: everything was
    filled anew; ``removed``: files whose grace had ended.
    """

    manifest: Manifest
    months: dict[str, tuple[str, ...]]
    records: int
    whole: bool
    removed: int

    @property
    def changed(self) -> bool:
        """Whether the content of the lake changed."""
        return any(self.months.values())


def refresh(
    folder: LakeFolder,
    source: Source,
    *,
    limits: Limits,
    now: datetime,
    full: bool = False,
    tell: Tell = lambda _step: None,
) -> Refreshed:
    """Bring a pilot's lake to the state of the source.

    Everything is filled anew where ``full`` is asked for, where the lake belongs to another database, and where the log of
    changes does not reach back to its mark.

    Args:
        folder: the pilot's.
        source: one state of the records.
        limits: see :class:`Limits`.
        now: the clock, for the grace period.
        full: rebuild everything.
        tell: told each step before it is done.

    Raises:
        LakeError: another refresh is running, the disk is full, or the manifest is damaged (and not ``full``).
    """
    with folder.writing(), disk_said(folder.path):
        older = _older(folder, full)
        whole = full or not older.tables or not reaches(older, source)
        with workshop(folder.temporary("spill"), memory_mb=limits.memory_mb) as connection:
            writer = Writer(folder, connection, older.version + 1, limits, tell)
            tables, months, records = dict(older.tables), dict[str, tuple[str, ...]](), 0
            for table in source.tables():
                shaped = older.shapes.get(table.name) == shape_of(table.columns)
                if whole or not shaped or table.name not in older.tables:
                    held, touched = fill(writer, source, table, older.tables.get(table.name, {}))
                else:
                    held, touched, count = update(writer, source, table, older)
                    records += count
                tables[table.name], months[table.name] = held, touched
            cubes = cubes_anew(writer, older, tables)
        changed = any(months.values()) or cubes != older.cubes or not older.tables
        newer = Manifest(
            pilot=folder.pilot,
            version=older.version + changed,
            mark=source.mark,
            database=source.database,
            as_of=source.as_of,
            tables=tables,
            cubes=cubes,
            shapes=shapes(source.tables()),
            snapshot=source.snapshot,
        )
        newer = newer.changed(retired=folder.retire(newer.changed(retired=older.retired), now))
        tell("写入清单")
        newer.write(folder.path)
        tell("清理不再使用的文件")
        removed = folder.sweep(newer.retired, now, limits.grace)
    return Refreshed(newer, months, records, whole, removed)


def _older(folder: LakeFolder, full: bool) -> Manifest:
    """The manifest that stands; an empty one where there is none, and where a damaged one is to be replaced."""
    try:
        found = read(folder.path)
    except ManifestError:
        if not full:
            raise
        found = None
    if found is None:
        return Manifest(folder.pilot, version=folder.highest_version())
    if found.pilot != folder.pilot:
        raise LakeError(
            f"文件夹 {folder.path} 里是试点 {found.pilot} 的数据湖", how="请核对 YOUJU_LAKE 和 YOUJU_PILOT"
        )
    return found


def reaches(older: Manifest, source: Source) -> bool:
    """Whether the log of changes tells everything since the lake's mark."""
    return older.database == source.database and source.log_begins <= older.mark <= source.mark
