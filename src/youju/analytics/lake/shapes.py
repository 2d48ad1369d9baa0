"""Shapes: hashes of columns, so that a lake of an older program is filled anew where a definition changed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

from youju.analytics.lake.cubes import CUBES
from youju.analytics.tables import AnalyticTable, Column


def shape_of(columns: Sequence[Column]) -> str:
    """sha256 over names and types in their order."""
    told = "\n".join(f"{column.name} {column.type}" for column in columns)
    return hashlib.sha256(told.encode()).hexdigest()


def shapes(tables: Iterable[AnalyticTable]) -> dict[str, str]:
    """Of the tables, and of every cube."""
    known = {table.name: shape_of(table.columns) for table in tables}
    return known | {name: shape_of(cube.columns) for name, cube in CUBES.items()}
