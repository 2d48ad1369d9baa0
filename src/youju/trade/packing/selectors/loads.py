"""Loaded containers, and other packings that name the same container or bill of lading."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection


@dataclass(frozen=True, slots=True)
class Load:
    """A container of a packing with what is in it: kg and m³."""

    packing: str
    packed_on: date
    bill: str
    container: str
    kind: str
    gross_weight: float
    volume: float


_ROWS = "SELECT packing, packed_on, bill, container, kind, gross_weight::float, volume::float FROM packing_scanned_loads"


def loads_of(packing: str) -> list[Load]:
    """The containers of a packing, in the asker's reach. One query."""
    return _read(f"{_ROWS} WHERE packing = %s ORDER BY container", [packing])


def loads_like(packing: str, containers: list[str], bill: str) -> list[Load]:
    """Other packings' containers of the same numbers or under the same bill of lading, in the asker's reach. One query."""
    return _read(
        f"{_ROWS} WHERE packing <> %s AND (container = ANY (%s)"
        " OR (bill <> '' AND bill = %s)) ORDER BY packed_on, packing",
        [packing, containers, bill],
    )


def _read(statement: str, values: list[Any]) -> list[Load]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return [Load(*row) for row in cursor.fetchall()]
