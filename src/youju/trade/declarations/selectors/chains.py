"""Declared goods as the chain of goods sees them: set-based, as many queries for one line as for a hundred thousand.

Rows follow the reach of who asks; sums count every declaration, so that a balance is true for whoever sees the order line.
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
_NAMES = ("quantity", "packages", "net_weight", "gross_weight", "amount")


class TracedSource(NamedTuple):
    """Goods of an order line in a declared line; ``declaration`` is number and version. A volume is not declared: it is zero."""

    id: int
    packed: int | None
    order_line: int
    declaration: str
    state: str
    entry_number: str
    declared_on: date
    country: str
    port: str
    accepted_at: datetime | None
    released_at: datetime | None
    exported_at: datetime | None
    g_no: int
    hs_code: str
    name: str
    merged: bool
    live: bool
    quantity: Decimal
    packages: int
    net_weight: Decimal
    gross_weight: Decimal
    amount: Decimal

    @property
    def amounts(self) -> Amounts:
        """The figures; no volume is declared."""
        return Amounts(
            self.quantity, self.packages, self.net_weight, self.gross_weight, Decimal(0), self.amount
        )


@dataclass(frozen=True, slots=True)
class DeclaredLink:
    """Goods between a container and a declaration; ``None`` where the node is one of the rest. ``key``: number and version."""

    container: int | None
    declaration: int | None
    key: str
    state: str
    country: str
    lines: int
    amounts: Amounts


@dataclass(frozen=True, slots=True)
class DeclaredOverview:
    """How many declarations and countries, and the links of the largest declarations."""

    declarations: int
    countries: int
    links: tuple[DeclaredLink, ...]


@dataclass(frozen=True, slots=True)
class DeclaredLineSum:
    """A declared line beside the sum of all its sources; ``one_unit``: their deal units are the line's."""

    g_no: int
    hs_code: str
    name: str
    unit: str
    merged: bool
    line: Amounts
    sources: Amounts
    count: int
    one_unit: bool


_WITHIN = (
    "s.order_line_id = ANY (%(ids)s) AND (%(packed)s::bigint[] IS NULL OR s.packed_id = ANY (%(packed)s::bigint[]))"
    " AND (%(declaration)s::bigint IS NULL OR l.declaration_id = %(declaration)s)"
    " AND (%(g_no)s::int IS NULL OR l.g_no = %(g_no)s)"
)
_FROM = "FROM declarations_sourceline s JOIN declarations_declaredline l ON l.id = s.line_id"
_FIGURES = ", ".join(f"s.{name}" for name in _NAMES)
_ADDED = ", ".join(f"sum({name}) AS {name}" for name in _NAMES)
_SOURCES = f"""
SELECT s.id, s.packed_id, s.order_line_id, d.number || '-' || d.version, d.state, d.entry_number, d.declared_on, d.country,
       d.port, d.accepted_at, d.released_at, d.exported_at, l.g_no, l.hs_code, l.name, l.merged, s.live, {_FIGURES}
{_FROM} JOIN declarations_declaration d ON d.id = l.declaration_id WHERE {_WITHIN} ORDER BY s.order_line_id, s.id
"""
_SUMMED = ", ".join(f"sum(s.{name})" for name in _NAMES)
_DECLARED_SUMS = f"""
SELECT o.unit, h.currency, {_SUMMED} FROM declarations_sourceline s JOIN orders_orderline o ON o.id = s.order_line_id
JOIN orders_order h ON h.id = o.order_id WHERE s.live AND s.order_line_id = ANY (%s) GROUP BY 1, 2
"""  # noqa: S608 - names of ours
_OVERVIEW = f"""
WITH part AS MATERIALIZED (
  SELECT p.container_id AS c, l.declaration_id AS d, {_FIGURES}
  {_FROM} LEFT JOIN packing_packedline p ON p.id = s.packed_id WHERE (s.live OR %(declaration)s::bigint IS NOT NULL) AND {_WITHIN}
), top AS (SELECT d AS top FROM part GROUP BY d ORDER BY sum(net_weight) DESC, d LIMIT %(most)s),
k AS (SELECT CASE WHEN c = ANY (%(containers)s) THEN c END AS c, top, count(*) AS lines, {_ADDED}
      FROM part LEFT JOIN top ON top = d GROUP BY 1, 2)
SELECT k.c, k.top, coalesce(d.number || '-' || d.version, ''), coalesce(d.state, ''), coalesce(d.country, ''), k.lines,
       {", ".join(f"k.{name}" for name in _NAMES)}
FROM k LEFT JOIN declarations_declaration d ON d.id = k.top
UNION ALL
SELECT count(DISTINCT p.d), count(DISTINCT d.country), '*', '', '', count(*), {", ".join("NULL" for _ in _NAMES)}
FROM part p LEFT JOIN declarations_declaration d ON d.id = p.d
"""  # noqa: S608 - names of ours
_LINE_SUMS = f"""
SELECT l.g_no, l.hs_code, l.name, l.unit, l.merged, {", ".join(f"l.{name}" for name in _NAMES)}, {_SUMMED}, count(s.id),
       coalesce(bool_and(o.unit = l.unit), false)
FROM declarations_declaredline l LEFT JOIN declarations_sourceline s ON s.line_id = l.id
LEFT JOIN orders_orderline o ON o.id = s.order_line_id
WHERE l.declaration_id = %s AND (%s::int IS NULL OR l.g_no = %s) GROUP BY l.id ORDER BY l.g_no
"""  # noqa: S608 - names of ours


def goods_in(declaration: int, g_no: int | None = None) -> list[tuple[int | None, int]]:
    """(packed line, order line) of what stands in a declaration, or in one line of it. One query."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM declarations_goods_in(%s, %s)", [declaration, g_no])
        return [(row[0], row[1]) for row in cursor.fetchall()]


def traced_sources(
    ids: Sequence[int],
    packed: Sequence[int] | None = None,
    declaration: int | None = None,
    g_no: int | None = None,
) -> list[TracedSource]:
    """Where order lines are declared, by line, versions that no longer count included. One query.

    Args:
        ids: of order lines.
        packed: only these packed lines.
        declaration: only this version.
        g_no: only this line of it.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT * FROM declarations_traced_sources(%(ids)s, %(packed)s, %(declaration)s, %(g_no)s)",
            _within(ids, packed, declaration, g_no),
        )
        return [TracedSource._make(row) for row in cursor.fetchall()]


def stream_sources(
    ids: Sequence[int],
    packed: Sequence[int] | None = None,
    declaration: int | None = None,
    g_no: int | None = None,
) -> Iterator[TracedSource]:
    """The same, read piece by piece from one cursor of the database."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(_SOURCES, _within(ids, packed, declaration, g_no))
        while rows := cursor.fetchmany(_PIECE):
            yield from map(TracedSource._make, rows)


def declared_of(ids: Sequence[int]) -> Mapping[int, Amounts]:
    """Order line → what of it stands in declarations that count. One query."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM declarations_declared(%s)", [list(ids)])
        return {row[0]: _amounts(row[1:]) for row in cursor.fetchall()}


def declared_sums(ids: Sequence[int]) -> Mapping[tuple[str, str], Amounts]:
    """The same by (unit, currency) of the order lines. One query."""
    with reaching_all(), connection.cursor() as cursor:
        cursor.execute(_DECLARED_SUMS, [list(ids)])
        return {(row[0], row[1]): _amounts(row[2:]) for row in cursor.fetchall()}


def declared_overview(  # noqa: PLR0917 - what the chain is narrowed to, and how much of it is drawn
    ids: Sequence[int],
    packed: Sequence[int] | None,
    declaration: int | None,
    g_no: int | None,
    containers: Sequence[int],
    most: int,
) -> DeclaredOverview:
    """Counts, and the links between the given containers and the ``most`` largest declarations that count. One query."""
    with connection.cursor() as cursor:
        given = _within(ids, packed, declaration, g_no)
        cursor.execute(_OVERVIEW, given | {"containers": list(containers), "most": most})
        rows = cursor.fetchall()
    counts = next(row for row in rows if row[2] == "*")
    links = tuple(DeclaredLink(*[*row[:6], _amounts(row[6:])]) for row in rows if row[2] != "*")
    return DeclaredOverview(counts[0], counts[1], links)


def declared_line_sums(declaration: int, g_no: int | None = None) -> list[DeclaredLineSum]:
    """The lines of a declaration that the asker sees, each beside the sum of all its sources. One query."""
    with reaching_all(), connection.cursor() as cursor:
        cursor.execute(_LINE_SUMS, [declaration, g_no, g_no])
        return [
            DeclaredLineSum(*[*row[:5], _amounts(row[5:10]), _amounts(row[10:15]), *row[15:]])
            for row in cursor.fetchall()
        ]


def _within(
    ids: Sequence[int], packed: Sequence[int] | None, declaration: int | None, g_no: int | None
) -> dict[str, Any]:
    return {
        "ids": list(ids),
        "packed": None if packed is None else list(packed),
        "declaration": declaration,
        "g_no": g_no,
    }


def _amounts(row: Sequence[Any]) -> Amounts:
    zero = Decimal(0)
    quantity, packages, net, gross, amount = (each or zero for each in row)
    return Amounts(quantity, int(packages), net, gross, zero, amount)
