"""Roll-up cubes (汇总立方): small Parquet beside the lake, a file a year, from which dashboards answer in milliseconds.

For whoever groups figures::

    name = cube_for("released_lines", dimensions=("country",), filters=("chapter",), measures=("value_cny",))
    rows = cube_rows(scope, name) if name else scope.rows("released_lines")
    figures = rows.filter(rows.chapter == "61").group_by("country").aggregate(value=rows.value_cny.sum())
    engine.run(figures, scope.spans)

Each row of a cube is one month and one combination of its dimensions; ``month`` is the first day of the month and always a
dimension. Measures are sums over the rows of the table, and the number of rows as ``lines``: they may be added up over whatever
is left out. ``declarations`` counts different declarations. Each of them has one month, country, port, agent, and mode of
transport, so these numbers too may be added up over all that — but not over what one declaration has several of
(:attr:`Cube.apart`: codes, merchants, units): that must be grouped by, or held to one value. A cube knows whole months only.

The cubes of a version of the lake stand in the same manifest as its files: a snapshot never mixes two states. Opening a file
costs as much as reading ten thousand rows of it: hence years, not months.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir

from youju.analytics.periods import Period
from youju.analytics.scopes import Scope, in_period
from youju.analytics.tables import KEY, PILOT, RELEASED_LINES, AnalyticTable, Column, analytic_tables

MONTH = Column("month", "date", "月份", "month, its first day")
LINES = Column("lines", KEY, "笔数", "number of rows of the table")
DECLARATIONS = Column("declarations", KEY, "报关单数", "number of different declarations")
HEADING = Column("heading", "string", "品目", "heading, the first four digits")
DERIVED = {HEADING.name: 'left("hs_code", 4)'}
"""Dimensions that are no column of the table → how DuckDB makes them of one."""


@dataclass(frozen=True, slots=True)
class Cube:
    """A table grouped by month and dimensions.

    Args:
        name: ``cube_…``, as engines and the manifest know it.
        table: what it sums up.
        dimensions: columns of the table, or of :data:`DERIVED`. Rows stand in their order: what is filtered on comes first.
        measures: columns of the table that are summed.
        apart: dimensions over which ``declarations`` may not be added up.
        base: the cube of which it is summed up, in place of the table.
    """

    name: str
    table: AnalyticTable
    dimensions: tuple[str, ...]
    measures: tuple[str, ...]
    apart: tuple[str, ...] = ()
    base: str = ""

    @property
    def columns(self) -> tuple[Column, ...]:
        """All columns, in their order in Parquet."""
        known = {column.name: column for column in (*self.table.columns, HEADING)}
        asked = (known[name] for name in (*self.dimensions, *self.measures))
        return (PILOT, MONTH, *asked, LINES, DECLARATIONS)

    def expression(self) -> ir.Table:
        """The unbound cube; :func:`cube_rows` also narrows it to a question."""
        return ibis.table({column.name: column.type for column in self.columns}, name=self.name)


_SUMS = ("value_cny", "net_weight", "gross_weight")


def _cube(
    name: str, *dimensions: str, apart: tuple[str, ...] = (), base: str = "", quantity: bool = False
) -> Cube:
    sums = (*_SUMS, "quantity") if quantity else _SUMS
    return Cube(f"cube_{name}", RELEASED_LINES, dimensions, sums, apart, f"cube_{base}" if base else "")


_LANE = ("port", "transport_mode", "country")
CUBES: Mapping[str, Cube] = {
    cube.name: cube
    # The smallest first: the first one that has what is asked for answers. The last five serve filters that combine.
    for cube in (
        _cube("agents", "agent_id", base="markets"),
        _cube("chapters", "chapter", "country", apart=("chapter",), base="routes"),
        _cube("lanes", *_LANE, base="markets"),
        _cube("headings", "chapter", "heading", apart=("heading",)),
        _cube("codes", "chapter", "heading", "hs_code", apart=("hs_code",), base="goods"),
        # Quantities add up within a unit only, so the unit is a dimension.
        _cube("units", "chapter", "heading", "hs_code", "unit", apart=("hs_code", "unit"), quantity=True),
        _cube("brokered", "agent_id", "unit", apart=("unit",), quantity=True),
        _cube("shipped", *_LANE, "unit", apart=("unit",), quantity=True),
        _cube("merchants", "merchant_id", apart=("merchant_id",)),
        _cube("sold", "merchant_id", "unit", apart=("merchant_id", "unit"), quantity=True),
        _cube("brokers", "agent_id", "chapter", apart=("chapter",)),
        _cube("stalls", "merchant_id", "chapter", apart=("merchant_id", "chapter")),
        _cube("markets", *_LANE, "agent_id"),
        _cube("routes", "chapter", *_LANE, apart=("chapter",)),
        _cube("goods", "country", "chapter", "heading", "hs_code", apart=("hs_code",)),
    )
}  # fmt: skip


def cube_for(
    table: str,
    *,
    dimensions: Collection[str],
    filters: Collection[str],
    measures: Collection[str],
    fixed: Collection[str] = (),
) -> str | None:
    """The smallest cube of a table that can answer; None where only the table itself can.

    Args:
        table: ``released_lines``.
        dimensions: columns that are grouped by; ``month`` where by month.
        filters: columns that conditions stand on, beside the months of the period.
        measures: columns to be summed, ``lines`` for the number of rows, ``declarations`` for that of different declarations.
            ``quantity`` adds up within a unit: it is answered where ``unit`` is grouped by or filtered on.
        fixed: those of the filters that leave one value of their column.
    """
    asked = {*dimensions, *filters} - {PILOT.name, MONTH.name}
    if "quantity" in measures and "unit" not in asked:
        return None
    for cube in CUBES.values():
        known = {*cube.measures, LINES.name, DECLARATIONS.name}
        if cube.table.name != table or not asked <= {*cube.dimensions} or not {*measures} <= known:
            continue
        if DECLARATIONS.name in measures and not {*cube.apart} <= {*dimensions, *fixed}:
            continue
        return cube.name
    return None


def cube_rows(scope: Scope, name: str, *periods: Period) -> ir.Table:
    """The cube's rows of the question's months (or of ``periods``) and pilot; notes the months, as ``scope.rows`` does."""
    rows = CUBES[name].expression()
    if scope.pilot:
        rows = rows.filter(rows.pilot == scope.pilot)
    within = periods or (scope.period,)
    for period in within:
        scope.spans[name] = period.hull(scope.spans.get(name, period))
    return rows.filter(ibis.or_(*(in_period(rows.month, period) for period in within)))


def columns_known(name: str) -> tuple[Column, ...]:
    """The columns of a documented table or of a cube, in their order in Parquet."""
    cube = CUBES.get(name)
    return cube.columns if cube is not None else analytic_tables()[name].columns
