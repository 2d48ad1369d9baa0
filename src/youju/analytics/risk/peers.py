"""What peers ask for the same goods: median and MAD of the logarithm of the price, by HS6 and unit, and per kilogram."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import astuple, dataclass

import duckdb
import pyarrow as pa

MAD_TO_DEVIATION = 1.4826
"""A normal distribution's standard deviation over its median absolute deviation."""
PRICE, KG = "price", "kg"


@dataclass(frozen=True, slots=True)
class Peers:
    """The peers of a price. ``basis``: ``price`` (dollars per unit) or ``kg`` (dollars per kilogram, ``unit`` is 千克).

    ``median`` and ``spread`` (1.4826 × MAD) are of natural logarithms, to six places; ``peers`` counts lines.
    """

    basis: str
    hs6: str
    unit: str
    peers: int
    median: float
    spread: float


_PRICED = """
CREATE OR REPLACE TABLE priced AS
SELECT order_line_id, order_number, line_no, ordered_on, merchant_id, name, quantity, usd, net_weight, unit AS own_unit,
       'price' AS basis, substr(hs_code, 1, 6) AS hs6, unit, usd / quantity AS price, ln(usd / quantity) AS logged
FROM lines WHERE usd >= $least AND quantity > 0
UNION ALL
SELECT order_line_id, order_number, line_no, ordered_on, merchant_id, name, quantity, usd, net_weight, unit,
       'kg', substr(hs_code, 1, 6), '千克', usd / net_weight, ln(usd / net_weight)
FROM lines WHERE usd >= $least AND net_weight > 0
"""
_MEDIANS = """
CREATE OR REPLACE TABLE medians AS
SELECT basis, hs6, unit, count(*) AS peers, median(logged) AS median FROM priced GROUP BY ALL
"""
_SPREADS = """
CREATE OR REPLACE TABLE peers AS
SELECT basis, hs6, unit, any_value(m.peers) AS peers, round(any_value(m.median), 6) AS median,
       round(median(abs(p.logged - m.median)) * $factor, 6) AS spread
FROM priced p JOIN medians m USING (basis, hs6, unit) GROUP BY ALL
"""


def price(link: duckdb.DuckDBPyConnection, *, least: float, known: Iterable[Peers] | None = None) -> None:
    """Lay ``priced`` and ``peers`` out for the checks of prices.

    Args:
        link: relations with ``lines``.
        least: lines below so many dollars are left aside.
        known: peers to judge by, e.g. those of an earlier version; without, they are counted over ``lines``.
    """
    link.execute(_PRICED, {"least": least})
    if known is None:
        link.execute(_MEDIANS)
        link.execute(_SPREADS, {"factor": MAD_TO_DEVIATION})
        link.execute("DROP TABLE medians")
        return
    names = ("basis", "hs6", "unit", "peers", "median", "spread")
    types = (pa.string(), pa.string(), pa.string(), pa.int64(), pa.float64(), pa.float64())
    columns = list(zip(*map(astuple, known), strict=True)) or [()] * len(names)
    given = pa.table(
        {name: pa.array(column, kind) for name, kind, column in zip(names, types, columns, strict=True)}
    )
    link.register("given_peers", given)
    link.execute("CREATE OR REPLACE TABLE peers AS SELECT * FROM given_peers")


def counted(link: duckdb.DuckDBPyConnection) -> list[Peers]:
    """The peers laid out, by basis, code and unit."""
    rows = link.execute("SELECT basis, hs6, unit, peers, median, spread FROM peers ORDER BY ALL").fetchall()
    return [Peers(*row) for row in rows]
