"""Packed goods as the chain of goods sees them: set-based, as many queries for one line as for a hundred thousand.

Rows follow the reach of who asks; sums count every packing, so that a balance is true for whoever sees the order line.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from django.db import connection

from youju.foundation.kernel.context import reaching_all
from youju.rules.trade.packing.amounts import Amounts

_PIECE = 2000
_NAMES = ("quantity", "packages", "net_weight", "gross_weight", "volume", "amount")


class TracedPart(NamedTuple):
    """A part of an order line in a container."""

    id: int
    order_line: int
    consolidation: str
    container_id: int
    container: str
    kind: str
    packing: str
    packed_on: date
    closed_at: datetime | None
    bill_of_lading: str
    port: str
    country: str
    quantity: Decimal
    packages: int
    net_weight: Decimal
    gross_weight: Decimal
    volume: Decimal
    amount: Decimal

    @property
    def amounts(self) -> Amounts:
        """The figures."""
        return Amounts(
            self.quantity, self.packages, self.net_weight, self.gross_weight, self.volume, self.amount
        )


@dataclass(frozen=True, slots=True)
class PackedPlace:
    """A container in a packing."""

    id: int
    container: str
    packing: str


@dataclass(frozen=True, slots=True)
class PackedLink:
    """Goods between an order and a container; ``None`` where the node is one of the rest."""

    order: int | None
    container: int | None
    number: str
    packing: str
    lines: int
    amounts: Amounts


@dataclass(frozen=True, slots=True)
class PackedOverview:
    """How many containers and packings, and the links of the largest containers."""

    containers: int
    packings: int
    links: tuple[PackedLink, ...]


@dataclass(frozen=True, slots=True)
class GoneInto:
    """What of order lines stands in consolidations, and what of it in containers."""

    consolidated: Amounts
    packed: Amounts


_ADDED = ", ".join(f"sum({name}) AS {name}" for name in _NAMES)
_WITHIN = (
    "p.order_line_id = ANY (%(ids)s) AND (%(packed)s::bigint[] IS NULL OR p.id = ANY (%(packed)s::bigint[]))"
)
_PARTS = f"""
SELECT p.id, p.order_line_id, g.number, c.id, c.number, c.kind, k.number, k.packed_on, k.closed_at, k.bill_of_lading, k.port,
       k.country, {", ".join(f"p.{name}" for name in _NAMES)}
FROM packing_packedline p JOIN packing_container c ON c.id = p.container_id JOIN packing_packing k ON k.id = c.packing_id
JOIN packing_consolidatedline l ON l.id = p.consolidated_id JOIN packing_consolidation g ON g.id = l.consolidation_id
WHERE {_WITHIN} ORDER BY p.order_line_id, p.id
"""  # noqa: S608 - names of ours
# A cancelled consolidation keeps its lines and holds nothing.
_BOTH = f"""
SELECT c.order_line_id AS line, {", ".join(f"c.{name} AS c_{name}" for name in _NAMES)},
       c.packed_quantity AS p_quantity, c.packed_packages AS p_packages, c.packed_net AS p_net_weight,
       c.packed_gross AS p_gross_weight, c.packed_volume AS p_volume, c.packed_amount AS p_amount
FROM packing_consolidatedline c JOIN packing_consolidation g ON g.id = c.consolidation_id
WHERE c.order_line_id = ANY (%s) AND g.state <> 'cancelled'
"""  # noqa: S608 - names of ours
_SUMMED = ", ".join(f"sum({side}_{name})" for side in "cp" for name in _NAMES)
_GONE_SUMS = f"""
SELECT l.unit, o.currency, {_SUMMED} FROM ({_BOTH}) b JOIN orders_orderline l ON l.id = b.line
JOIN orders_order o ON o.id = l.order_id GROUP BY l.unit, o.currency
"""  # noqa: S608 - names of ours
_OVERVIEW = f"""
WITH part AS MATERIALIZED (
  SELECT l.order_id AS o, p.container_id AS c, {", ".join(f"p.{name}" for name in _NAMES)}
  FROM packing_packedline p JOIN orders_orderline l ON l.id = p.order_line_id WHERE {_WITHIN}
), top AS (SELECT c AS top FROM part GROUP BY c ORDER BY sum(net_weight) DESC, c LIMIT %(most)s),
k AS (SELECT CASE WHEN o = ANY (%(orders)s) THEN o END AS o, top, count(*) AS lines, {_ADDED}
      FROM part LEFT JOIN top ON top = c GROUP BY 1, 2)
SELECT k.o, k.top, coalesce(c.number, ''), coalesce(g.number, ''), k.lines, {", ".join(f"k.{name}" for name in _NAMES)}
FROM k LEFT JOIN packing_container c ON c.id = k.top LEFT JOIN packing_packing g ON g.id = c.packing_id
UNION ALL
SELECT count(DISTINCT p.c), count(DISTINCT b.packing_id), '*', '', count(*), {", ".join("NULL" for _ in _NAMES)}
FROM part p LEFT JOIN packing_container b ON b.id = p.c
"""  # noqa: S608 - names of ours


def containers_numbered(number: str, packing: str = "") -> list[PackedPlace]:
    """The containers that bear a number, newest packing first. One query."""
    statement = (
        "SELECT c.id, c.number, k.number FROM packing_container c JOIN packing_packing k ON k.id = c.packing_id"
        " WHERE c.number = %s AND (%s = '' OR k.number = %s) ORDER BY k.packed_on DESC, k.id DESC"
    )
    return _places(statement, [number, packing, packing])


def containers_of(packing: str) -> list[PackedPlace]:
    """The containers of a packing. One query."""
    statement = (
        "SELECT c.id, c.number, k.number FROM packing_container c JOIN packing_packing k ON k.id = c.packing_id"
        " WHERE k.number = %s ORDER BY c.id"
    )
    return _places(statement, [packing])


def packing_known(number: str) -> bool:
    """Whether the asker sees a packing of the number. One query."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM packing_packing WHERE number = %s", [number])
        return cursor.fetchone() is not None


def packed_in(containers: Sequence[int]) -> list[tuple[int, int]]:
    """(packed line, order line) of what stands in containers. One query."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, order_line_id FROM packing_packedline WHERE container_id = ANY (%s) ORDER BY id",
            [list(containers)],
        )
        return [(row[0], row[1]) for row in cursor.fetchall()]


def figures_in(packed: Sequence[int]) -> Mapping[int, Amounts]:
    """Order line → what of it stands in these packed lines. One query."""
    summed = ", ".join(f"sum({name})" for name in _NAMES)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT order_line_id, {summed} FROM packing_packedline WHERE id = ANY (%s) GROUP BY 1",  # noqa: S608
            [list(packed)],
        )
        return {row[0]: _amounts(row[1:]) for row in cursor.fetchall()}


def traced_parts(ids: Sequence[int], packed: Sequence[int] | None = None) -> list[TracedPart]:
    """Where order lines are packed, by line. ``packed``: only these packed lines. One query."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM packing_traced_parts(%(ids)s, %(packed)s)", _within(ids, packed))
        return [TracedPart._make(row) for row in cursor.fetchall()]


def stream_parts(ids: Sequence[int], packed: Sequence[int] | None = None) -> Iterator[TracedPart]:
    """The same, read piece by piece from one cursor of the database."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(_PARTS, _within(ids, packed))
        while rows := cursor.fetchmany(_PIECE):
            yield from map(TracedPart._make, rows)


def gone_into(ids: Sequence[int]) -> Mapping[int, GoneInto]:
    """Order line → what of it is consolidated and packed. One query."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM packing_gone_into(%s)", [list(ids)])
        return {row[0]: _gone(row[1:]) for row in cursor.fetchall()}


def gone_into_sums(ids: Sequence[int]) -> Mapping[tuple[str, str], GoneInto]:
    """The same by (unit, currency) of the order lines. One query."""
    with reaching_all(), connection.cursor() as cursor:
        cursor.execute(_GONE_SUMS, [list(ids)])
        return {(row[0], row[1]): _gone(row[2:]) for row in cursor.fetchall()}


def packed_overview(
    ids: Sequence[int], packed: Sequence[int] | None, orders: Sequence[int], most: int
) -> PackedOverview:
    """Counts, and the links between the given orders and the ``most`` largest containers. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_OVERVIEW, _within(ids, packed) | {"orders": list(orders), "most": most})
        rows = cursor.fetchall()
    counts = next(row for row in rows if row[2] == "*")
    links = tuple(PackedLink(*[*row[:5], _amounts(row[5:])]) for row in rows if row[2] != "*")
    return PackedOverview(counts[0], counts[1], links)


def _places(statement: str, parameters: list[Any]) -> list[PackedPlace]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return [PackedPlace(*row) for row in cursor.fetchall()]


def _within(ids: Sequence[int], packed: Sequence[int] | None) -> dict[str, Any]:
    return {"ids": list(ids), "packed": None if packed is None else list(packed)}


def _gone(row: Sequence[Any]) -> GoneInto:
    return GoneInto(_amounts(row[:6]), _amounts(row[6:]))


def _amounts(row: Sequence[Any]) -> Amounts:
    zero = Decimal(0)
    return Amounts(row[0] or zero, int(row[1] or 0), *(each or zero for each in row[2:]))
