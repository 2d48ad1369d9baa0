"""Order lines as the chain of goods sees them: set-based, as many queries for one line as for a hundred thousand.

Ids in, rows out. Who asks gets the lines that row-level security shows; what came back counts whoever may see the return.
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
from youju.trade.orders.selectors.returns import RETURNED

_PIECE = 2000
FIGURES = ("quantity", "packages", "net_weight", "gross_weight", "volume", "amount")
"""The columns of figures, in the order of ``Amounts``."""
_FIGURES = ", ".join(f"l.{name}" for name in FIGURES)
_SUMS = ", ".join(f"sum({name})" for name in FIGURES)
_ADDED = ", ".join(f"sum({name}) AS {name}" for name in FIGURES)
_BACK = ", ".join(f"sum(b.{name})" for name in FIGURES)


class TracedLine(NamedTuple):
    """A line of a sale. ``good`` and ``merchant`` are ids; ``registered_at`` is empty for what was never registered."""

    id: int
    order: str
    state: str
    ordered_on: date
    registered_at: datetime | None
    country: str
    currency: str
    merchant: int
    line_no: int
    good: int
    hs_code: str
    name: str
    name_en: str
    model: str
    unit: str
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
class LaterLine:
    """A line of a return or correction; ``sale`` is the sale's line at the root, ``original`` the line it is about."""

    id: int
    sale: int
    original: int
    depth: int
    order: str
    about: str
    kind: str
    state: str
    ordered_on: date
    registered_at: datetime | None
    line_no: int
    name: str
    unit: str
    amounts: Amounts

    @property
    def quantity(self) -> Decimal:
        """How much of it."""
        return self.amounts.quantity

    @property
    def counts(self) -> bool:
        """Whether it moves goods."""
        return self.kind == "return" and self.state in {"registered", "confirmed"}


@dataclass(frozen=True, slots=True)
class LabelledLine:
    """A confirmed sale's line of which a code may be made, with who takes part in the order."""

    id: int
    order: str
    line_no: int
    organisations: tuple[int, ...]
    sections: tuple[str, ...]
    is_demo: bool


@dataclass(frozen=True, slots=True)
class OrderLink:
    """Goods between a merchant, a good and an order; ``None`` where the node is one of the rest. ``number`` of the order."""

    merchant: int | None
    good: int | None
    order: int | None
    number: str
    lines: int
    amounts: Amounts


@dataclass(frozen=True, slots=True)
class OrderSum:
    """What was ordered in one unit and currency."""

    unit: str
    currency: str
    lines: int
    amounts: Amounts


@dataclass(frozen=True, slots=True)
class OrdersOverview:
    """A set of lines from afar: sums, how many merchants, goods and orders, and the links between the largest of them."""

    sums: tuple[OrderSum, ...]
    merchants: int
    goods: int
    orders: int
    links: tuple[OrderLink, ...]


_KNOWN = "SELECT id FROM orders_orderline WHERE id = ANY (%s) AND original_id IS NULL ORDER BY id"
_OF_MERCHANTS = """
SELECT l.id FROM orders_order o JOIN unnest(%s::bigint[], %s::date[], %s::date[]) AS w(party, since, until)
  ON o.merchant_id = w.party AND o.ordered_on >= w.since AND o.ordered_on < w.until
JOIN orders_orderline l ON l.order_id = o.id
WHERE o.kind = 'sale' AND o.state IN ('registered', 'confirmed') GROUP BY l.id ORDER BY l.id
"""
_LINES = f"""
SELECT l.id, o.number, o.state, o.ordered_on, o.registered_at, o.country, o.currency, o.merchant_id, l.line_no, l.good_id,
       l.hs_code, l.name, l.name_en, l.model, l.unit, {_FIGURES}
FROM orders_orderline l JOIN orders_order o ON o.id = l.order_id WHERE l.id = ANY (%s) ORDER BY l.id
"""  # noqa: S608 - names of ours
_LATER = f"""
WITH RECURSIVE down(id, sale, original_id, depth) AS (
  SELECT l.id, l.original_id, l.original_id, 1 FROM orders_orderline l WHERE l.original_id = ANY (%(ids)s)
  UNION ALL SELECT l.id, d.sale, l.original_id, d.depth + 1 FROM down d JOIN orders_orderline l ON l.original_id = d.id
)
SELECT l.id, d.sale, d.original_id, d.depth, o.number, a.number, o.kind, o.state, o.ordered_on, o.registered_at, l.line_no,
       l.name, l.unit, {_FIGURES}
FROM down d JOIN orders_orderline l ON l.id = d.id JOIN orders_order o ON o.id = l.order_id
JOIN orders_order a ON a.id = o.about_id ORDER BY d.sale, d.depth, l.id LIMIT %(most)s
"""  # noqa: S608 - names of ours
_OVERVIEW = f"""
WITH part AS MATERIALIZED (
  SELECT o.id AS o, o.merchant_id AS m, l.good_id AS g, l.unit, o.currency, {{figures}}
  FROM orders_orderline l JOIN orders_order o ON o.id = l.order_id {{narrowed}} WHERE l.id = ANY (%(ids)s)
), tm AS (SELECT m AS tm FROM part GROUP BY m ORDER BY sum(net_weight) DESC, m LIMIT %(most)s
), tg AS (SELECT g AS tg FROM part GROUP BY g ORDER BY sum(net_weight) DESC, g LIMIT %(most)s
), tord AS (SELECT o AS tord FROM part GROUP BY o ORDER BY sum(net_weight) DESC, o LIMIT %(most)s)
SELECT 'sum', unit, currency, NULL::bigint, NULL::bigint, NULL::bigint, '', count(*), {_SUMS} FROM part GROUP BY unit, currency
UNION ALL
SELECT 'count', '', '', count(DISTINCT m), count(DISTINCT g), count(DISTINCT o), '', count(*), {_SUMS} FROM part
UNION ALL
SELECT 'link', '', '', k.tm, k.tg, k.tord, coalesce((SELECT number FROM orders_order WHERE id = k.tord), ''), k.lines,
       {", ".join(FIGURES)}
FROM (SELECT tm, tg, tord, count(*) AS lines, {_ADDED}
      FROM part LEFT JOIN tm ON tm = m LEFT JOIN tg ON tg = g LEFT JOIN tord ON tord = o GROUP BY tm, tg, tord) k
"""  # noqa: S608 - names of ours
_PARTS = "JOIN unnest(%(lines)s::bigint[], {}) AS w(line, {}) ON w.line = l.id".format(
    ", ".join(f"%({name})s::{'int' if name == 'packages' else 'numeric'}[]" for name in FIGURES),
    ", ".join(FIGURES),
)
_RETURNED_SUMS = f"""
WITH back AS ({RETURNED})
SELECT l.unit, o.currency, NULL::bigint, {_BACK}
FROM back b JOIN orders_orderline l ON l.id = b.sale JOIN orders_order o ON o.id = l.order_id GROUP BY 1, 2
UNION ALL
SELECT '', '', k.id, {_BACK}
FROM back b JOIN orders_orderline l ON l.id = b.sale JOIN orders_order k ON k.id = l.order_id
WHERE k.id = ANY (%(orders)s) GROUP BY k.id
"""  # noqa: S608 - names of ours


def lines_of_order(number: str, line_no: int | None = None) -> list[int]:
    """Ids of the sale's lines of an order (or of one line): of a return or correction those at its root. One query."""
    return _ids("SELECT * FROM orders_lines_of(%s, %s)", [number, line_no])


def known_lines(ids: Sequence[int]) -> list[int]:
    """Of these lines those of sales that the asker sees. One query."""
    return _ids(_KNOWN, [list(ids)])


def lines_of_merchants(spans: Sequence[tuple[int, date, date]]) -> list[int]:
    """Ids of what parties sold from a day to a day (not included), registered or confirmed. One query."""
    columns = [list(each) for each in zip(*spans, strict=True)] if spans else [[], [], []]
    return _ids(_OF_MERCHANTS, columns)


def order_state(number: str) -> str:
    """The state of an order that the asker sees; empty where there is none."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT state FROM orders_order WHERE number = %s", [number])
        row = cursor.fetchone()
    return str(row[0]) if row else ""


def labelled_lines(ids: Sequence[int]) -> list[LabelledLine]:
    """Of these lines those of confirmed sales, by order and line. One query."""
    statement = (
        "SELECT l.id, o.number, l.line_no, o.organisations, o.sections, o.is_demo FROM orders_orderline l"
        " JOIN orders_order o ON o.id = l.order_id WHERE l.id = ANY (%s)"
        " AND o.state = 'confirmed' AND o.kind = 'sale' ORDER BY 2, 3"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [list(ids)])
        return [
            LabelledLine(key, number, line_no, tuple(organisations), tuple(sections), is_demo)
            for key, number, line_no, organisations, sections, is_demo in cursor.fetchall()
        ]


def traced_lines(ids: Sequence[int]) -> list[TracedLine]:
    """The lines by id. One query."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM orders_traced_lines(%s)", [list(ids)])
        return [TracedLine._make(row) for row in cursor.fetchall()]


def merchants_and_goods(ids: Sequence[int]) -> tuple[list[int], list[int]]:
    """The merchants and the goods of lines, each id once. One query."""
    statement = (
        "SELECT coalesce(array_agg(DISTINCT o.merchant_id), '{}'), coalesce(array_agg(DISTINCT l.good_id), '{}')"
        " FROM orders_orderline l JOIN orders_order o ON o.id = l.order_id WHERE l.id = ANY (%s)"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [list(ids)])
        merchants, goods = cursor.fetchone()
    return merchants, goods


def stream_lines(ids: Sequence[int]) -> Iterator[TracedLine]:
    """The same, read piece by piece from one cursor of the database."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(_LINES, [list(ids)])
        while rows := cursor.fetchmany(_PIECE):
            yield from map(TracedLine._make, rows)


def later_lines(ids: Sequence[int], most: int | None = None) -> list[LaterLine]:
    """Returns and corrections of sale lines, and of returns, to any depth; at most so many, or all. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_LATER, {"ids": list(ids), "most": most})
        return [LaterLine(*[*row[:13], Amounts(*row[13:])]) for row in cursor.fetchall()]


def returned_of(ids: Sequence[int]) -> Mapping[int, Amounts]:
    """Sale line → what came back of it in the end; lines of which nothing came back are left out. One query."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM orders_returned(%s)", [list(ids)])
        return {row[0]: Amounts(*row[1:]) for row in cursor.fetchall()}


def orders_overview(
    ids: Sequence[int], most: int, parts: Mapping[int, Amounts] | None = None
) -> OrdersOverview:
    """Sums, counts and the links of the ``most`` largest merchants, goods and orders. One query.

    Args:
        ids: of sale lines.
        most: how many of each are told apart.
        parts: what of each line counts, where the chain holds parts of lines; else all that was ordered.
    """
    given: dict[str, Any] = {"ids": list(ids), "most": most}
    statement = _OVERVIEW.format(figures=_FIGURES, narrowed="")
    if parts is not None:
        statement = _OVERVIEW.format(figures=_FIGURES.replace("l.", "w."), narrowed=_PARTS)
        given |= {"lines": list(parts)}
        given |= {name: [getattr(each, name) for each in parts.values()] for name in FIGURES}
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        rows = cursor.fetchall()
    counts = next((row for row in rows if row[0] == "count"), None)
    return OrdersOverview(
        tuple(sorted((OrderSum(row[1], row[2], row[7], _amounts(row[8:])) for row in rows if row[0] == "sum"),
                     key=lambda each: (-each.lines, each.unit, each.currency))),
        counts[3] if counts else 0,
        counts[4] if counts else 0,
        counts[5] if counts else 0,
        tuple(OrderLink(*[*row[3:8], _amounts(row[8:])]) for row in rows if row[0] == "link"),
    )  # fmt: skip


def returned_sums(
    ids: Sequence[int], orders: Sequence[int]
) -> tuple[Mapping[tuple[str, str], Amounts], Mapping[int, Amounts]]:
    """What came back by (unit, currency), and of each of the given orders. One query."""
    with reaching_all(), connection.cursor() as cursor:
        cursor.execute(_RETURNED_SUMS, {"ids": list(ids), "orders": list(orders)})
        rows = cursor.fetchall()
    return (
        {(row[0], row[1]): _amounts(row[3:]) for row in rows if row[2] is None},
        {row[2]: _amounts(row[3:]) for row in rows if row[2] is not None},
    )


def _ids(statement: str, parameters: list[Any]) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return [row[0] for row in cursor.fetchall()]


def _amounts(row: Sequence[Any]) -> Amounts:
    """Sums as the rules know them; an empty set sums to nothing."""
    zero = Decimal(0)
    return Amounts(row[0] or zero, int(row[1] or 0), *(each or zero for each in row[2:]))
