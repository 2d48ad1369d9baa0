"""Roll-up cubes (汇总立方): small Parquet beside the lake, by month, from which dashboards answer in milliseconds.

For whoever groups figures::

    name = cube_for("released_lines", dimensions=("country",), filters=("chapter",), measures=("value_cny",))
    rows = cube_rows(scope, name) if name else scope.rows("released_lines")
    figures = rows.filter(rows.chapter == "61").group_by("country").aggregate(value=rows.value_cny.sum())
    engine.run(figures, scope.spans)

Each row of a cube is one month and one combination of its dimensions; ``month`` is the first day of the month and always a
dimension. Measures are sums over the rows of the table, and the number of rows as ``lines`` (or ``declarations``): they may be
added up over whatever is left out. Numbers of *different* things (merchants, declarations behind goods) may not: those come from
the table itself, declarations from the cube of declarations. A cube knows whole months only.

The cubes of a version of the lake stand in the same manifest as its files: a snapshot never mixes two states.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir

from youju.analytics.scopes import Scope, in_period
from youju.analytics.tables import (
    KEY,
    PILOT,
    RELEASED_DECLARATIONS,
    RELEASED_LINES,
    AnalyticTable,
    Column,
    analytic_tables,
)

MONTH = Column("month", "date", "月份", "month, its first day")


@dataclass(frozen=True, slots=True)
class Cube:
    """A table grouped by month and dimensions.

    Args:
        name: ``cube_…``, as engines and the manifest know it.
        table: what it sums up.
        dimensions: columns of the table.
        measures: columns of the table that are summed.
        counted: the name of the number of rows.
    """

    name: str
    table: AnalyticTable
    dimensions: tuple[str, ...]
    measures: tuple[str, ...]
    counted: str

    @property
    def columns(self) -> tuple[Column, ...]:
        """All columns, in their order in Parquet."""
        known = {column.name: column for column in self.table.columns}
        count = Column(self.counted, KEY, "笔数", "number of rows of the table")
        return (PILOT, MONTH, *(known[name] for name in (*self.dimensions, *self.measures)), count)

    def expression(self) -> ir.Table:
        """The unbound cube; :func:`cube_rows` also narrows it to a question."""
        return ibis.table({column.name: column.type for column in self.columns}, name=self.name)


_SUMS = ("value_cny", "net_weight", "gross_weight", "packages")


def _of_lines(name: str, *dimensions: str, also: tuple[str, ...] = ()) -> Cube:
    return Cube(f"cube_{name}", RELEASED_LINES, dimensions, (*_SUMS, *also), "lines")


def _of_heads(name: str, *dimensions: str) -> Cube:
    return Cube(f"cube_{name}", RELEASED_DECLARATIONS, dimensions, _SUMS, "declarations")


CUBES: Mapping[str, Cube] = {
    cube.name: cube
    # The smallest first: the first one that has what is asked for answers. The last four serve filters that combine.
    for cube in (
        _of_lines("lanes", "country", "port", "transport_mode"),
        _of_heads("declared", "country", "port", "transport_mode", "paperless"),
        # Quantities add up within a unit only, so the unit is a dimension.
        _of_lines("codes", "chapter", "hs_code", "unit", also=("quantity",)),
        _of_lines("chapters", "chapter", "country"),
        _of_lines("agents", "agent_id", "chapter"),
        _of_lines("merchants", "merchant_id", "chapter"),
        _of_heads("declarations", "country", "port", "transport_mode", "agent_id", "paperless"),
        _of_lines("markets", "country", "port", "transport_mode", "agent_id"),
        _of_lines("routes", "chapter", "country", "port", "transport_mode"),
        _of_lines("goods", "chapter", "hs_code", "country", "unit", also=("quantity",)),
    )
}


def cube_for(
    table: str, *, dimensions: Collection[str], filters: Collection[str], measures: Collection[str]
) -> str | None:
    """The smallest cube of a table that can answer; None where only the table itself can.

    Args:
        table: ``released_lines`` or ``released_declarations``.
        dimensions: columns that are grouped by; ``month`` where by month.
        filters: columns that conditions stand on, beside the months of the period.
        measures: columns to be summed, and ``lines`` or ``declarations`` for the number of rows. ``quantity`` adds up within a
            unit: it is answered where ``unit`` is grouped by or filtered on.
    """
    asked = {*dimensions, *filters} - {PILOT.name, MONTH.name}
    if "quantity" in measures and "unit" not in asked:
        return None
    for cube in CUBES.values():
        known = {*cube.measures, cube.counted}
        if cube.table.name == table and asked <= {*cube.dimensions} and {*measures} <= known:
            return cube.name
    return None


def cube_rows(scope: Scope, name: str) -> ir.Table:
    """The cube's rows of the question's months and pilot; notes the months, as ``scope.rows`` does."""
    rows = CUBES[name].expression()
    if scope.pilot:
        rows = rows.filter(rows.pilot == scope.pilot)
    scope.spans[name] = scope.period.hull(scope.spans.get(name, scope.period))
    return rows.filter(in_period(rows.month, scope.period))


def columns_known(name: str) -> tuple[Column, ...]:
    """The columns of a documented table or of a cube, in their order in Parquet."""
    cube = CUBES.get(name)
    return cube.columns if cube is not None else analytic_tables()[name].columns
