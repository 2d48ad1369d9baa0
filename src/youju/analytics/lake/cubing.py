"""Cubes of the months that changed, grouped by DuckDB from the files that the manifest will name."""

from __future__ import annotations

from collections.abc import Mapping

from youju.analytics.lake.cubes import CUBES, MONTH, Cube
from youju.analytics.lake.manifest import Manifest, Months, Piece
from youju.analytics.lake.parquet import read_of
from youju.analytics.lake.shapes import shape_of
from youju.analytics.lake.writing import Writer


def cubes_anew(
    writer: Writer, older: Manifest, tables: Mapping[str, Months], months: Mapping[str, tuple[str, ...]]
) -> dict[str, Months]:
    """Every cube, with the months written that changed in its table (all of them where its definition changed)."""
    return {
        name: _cube(writer, cube, older, tables[cube.table.name], months.get(cube.table.name, ()))
        for name, cube in CUBES.items()
        if cube.table.name in tables
    }


def _cube(writer: Writer, cube: Cube, older: Manifest, held: Months, changed: tuple[str, ...]) -> Months:
    known = older.cubes.get(cube.name, {}) if older.shapes.get(cube.name) == shape_of(cube.columns) else {}
    made: dict[str, tuple[Piece, ...]] = {}
    for month, pieces in held.items():
        if month in known and month not in changed:
            made[month] = known[month]
            continue
        files = read_of(writer.path(piece) for piece in pieces)
        piece = writer.keep(cube.name, month, _grouped(cube, month, files), cube.columns)
        if piece is not None:
            made[month] = (piece,)
    return made


def _grouped(cube: Cube, month: str, files: str) -> str:
    types = {column.name: column.type for column in cube.columns}
    by = ", ".join(f'"{name}"' for name in cube.dimensions)
    sums = ", ".join(f'CAST(sum("{name}") AS {_sql(types[name])}) AS "{name}"' for name in cube.measures)
    return (
        f"SELECT pilot, DATE '{month}-01' AS {MONTH.name}, {by}, {sums}, count(*)::BIGINT AS {cube.counted}"
        f" FROM {files} GROUP BY pilot, {by} ORDER BY {by}"
    )


def _sql(kind: str) -> str:
    return "BIGINT" if kind == "int64" else kind
