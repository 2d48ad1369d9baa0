"""Cubes of the years that changed: a file a year, made of what stood in it and of the months' new files.

A month to which records were only added is not read again: its rows in the older cube and those of the new files are added up,
numbers of declarations too, since a record has all its rows in one file.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from youju.analytics.lake.cubes import CUBES, DECLARATIONS, DERIVED, LINES, MONTH, Cube
from youju.analytics.lake.manifest import Manifest, Months, Piece
from youju.analytics.lake.parquet import QUICK, read_of
from youju.analytics.lake.shapes import shape_of
from youju.analytics.lake.writing import Writer


def cubes_anew(writer: Writer, older: Manifest, tables: Mapping[str, Months]) -> dict[str, Months]:
    """Every cube, with the years written in which its table changed (all of them where its definition did)."""
    made: dict[str, Months] = {}
    # Those that are summed up of another one come after it.
    for cube in sorted(CUBES.values(), key=lambda each: bool(each.base)):
        if cube.table.name in tables:
            made[cube.name] = _cube(writer, cube, older, tables[cube.table.name], made.get(cube.base, {}))
    return {name: made[name] for name in CUBES if name in made}


def _cube(writer: Writer, cube: Cube, older: Manifest, held: Months, base: Months) -> Months:
    known = older.cubes.get(cube.name, {}) if older.shapes.get(cube.name) == shape_of(cube.columns) else {}
    was = older.tables.get(cube.table.name, {})
    made: dict[str, tuple[Piece, ...]] = {}
    for year in sorted({month[:4] for month in held}):
        now, before = ({m: p for m, p in months.items() if m[:4] == year} for months in (held, was))
        if year in known and now == before:
            made[year] = known[year]
            continue
        if cube.base:
            writer.connection.execute(_rolled_up(cube, read_of(map(writer.path, base[year]))))
        else:
            _from_months(writer, cube, now, before, known.get(year, ()))
        by = ", ".join(f'"{name}"' for name in (*cube.dimensions, MONTH.name))
        piece = writer.keep(
            cube.name, year, f"SELECT * FROM rolled ORDER BY {by}", cube.columns, packing=QUICK
        )
        writer.connection.execute("DROP TABLE rolled")
        if piece is not None:
            made[year] = (piece,)
    return made


def _from_months(writer: Writer, cube: Cube, now: Months, before: Months, known: tuple[Piece, ...]) -> None:
    """The year's rows in the workshop's table ``rolled``."""
    run = writer.connection.execute
    files = {month: {piece.file for piece in pieces} for month, pieces in before.items()}
    grown = {
        month
        for month, each in files.items()
        if known and each <= {piece.file for piece in now.get(month, ())}
    }
    old = f"SELECT * FROM {read_of(map(writer.path, known))} WHERE strftime({MONTH.name}, '%Y-%m') IN ({_listed(grown)})"
    columns = ", ".join(f'CAST(NULL AS {_sql(each.type)}) AS "{each.name}"' for each in cube.columns)
    run(f"CREATE OR REPLACE TEMP TABLE parts AS {old if grown else f'SELECT {columns} WHERE false'}")
    for month, pieces in sorted(now.items()):
        fresh = [piece for piece in pieces if month not in grown or piece.file not in files[month]]
        if fresh:
            writer.tell(f"汇总 {cube.name} {month}")
            run(f"INSERT INTO parts {_grouped(cube, month, read_of(map(writer.path, fresh)))}")
    run(_rolled_up(cube, "parts"))
    run("DROP TABLE parts")


def _grouped(cube: Cube, month: str, files: str) -> str:
    by = ", ".join(DERIVED.get(name, f'"{name}"') for name in cube.dimensions)
    return (
        f"SELECT pilot, DATE '{month}-01', {by}, {_sums(cube, cube.measures)}, count(*)::BIGINT,"
        f' count(DISTINCT "{cube.table.group}")::BIGINT FROM {files} GROUP BY pilot, {by}'
    )


def _rolled_up(cube: Cube, rows: str) -> str:
    by = ", ".join(f'"{name}"' for name in ("pilot", MONTH.name, *cube.dimensions))
    sums = _sums(cube, (*cube.measures, LINES.name, DECLARATIONS.name))
    return f"CREATE OR REPLACE TEMP TABLE rolled AS SELECT {by}, {sums} FROM {rows} GROUP BY {by}"


def _sums(cube: Cube, names: Iterable[str]) -> str:
    types = {column.name: column.type for column in cube.columns}
    return ", ".join(f'CAST(sum("{name}") AS {_sql(types[name])}) AS "{name}"' for name in names)


def _listed(months: Iterable[str]) -> str:
    return ", ".join(f"'{month}'" for month in sorted(months))


def _sql(kind: str) -> str:
    return {"int64": "BIGINT", "string": "VARCHAR"}.get(kind, kind)
