"""Cuts from cubes: the same answers as :mod:`youju.analytics.cuts`, out of small files; ``None`` where no cube can give them.

A cube is a month's sums, so a question's periods, which are whole months, fall into its rows. Numbers of declarations are not
always asked for; where they are, the cube must know them (:func:`youju.analytics.lake.cubes.cube_for`).
"""

from __future__ import annotations

from collections.abc import Mapping

import ibis
import ibis.expr.types as ir

from youju.analytics import cuts
from youju.analytics.cuts import TABLE, Dimension, Expression, Question
from youju.analytics.lake.cubes import cube_for, cube_rows
from youju.analytics.periods import Period
from youju.analytics.scopes import Scope, in_period

COLUMNS: Mapping[Dimension, str] = {
    Dimension.REGION: "country",
    Dimension.CATEGORY: "hs_code",
    Dimension.AGENT: "agent_id",
    Dimension.MERCHANT: "merchant_id",
}
"""The column that a dimension stands on, where it bears another name."""
_OWN = frozenset(Dimension) - {Dimension.REGION, Dimension.CATEGORY}
"""Dimensions whose key is the column itself."""
_MEASURES = ("value_cny", "net_weight", "gross_weight", "lines")


def by(question: Question, dimension: Dimension, *, declarations: bool = True) -> Expression | None:
    """See :func:`youju.analytics.cuts.by`; without ``declarations`` their number is zero."""
    period = question.period
    months = dimension is Dimension.MONTH
    periods = (period, period.year_before()) if months else _three(period)
    found = _rows(question, (dimension,), periods, declarations=declarations)
    if found is None:
        return None
    rows, spans = found
    grouped = rows.mutate(raw=_raw_of(dimension, rows, question)).group_by("raw")
    sums = _sums(rows, declarations=declarations) if months else _three_sums(rows, period, declarations)
    return Expression(cuts.named(dimension, grouped.aggregate(**sums)), spans)


def whole(question: Question) -> Expression | None:
    """See :func:`youju.analytics.cuts.whole`."""
    found = _rows(question, (), _three(question.period), declarations=True)
    if found is None:
        return None
    rows, spans = found
    return Expression(rows.aggregate(**_three_sums(rows, question.period, declarations=True)), spans)


def quantities(question: Question, dimension: Dimension) -> Expression | None:
    """See :func:`youju.analytics.cuts.quantities`."""
    measures = ("value_cny", "quantity", "lines")
    found = _rows(question, (dimension,), (question.period,), units=True, measures=measures)
    if found is None:
        return None
    rows, spans = found
    grouped = rows.mutate(raw=_raw_of(dimension, rows, question)).group_by(["raw", "unit"])
    sums = {
        "quantity": _sum(rows.quantity, 5),
        "value": _sum(rows.value_cny, 2),
        "lines": _count(rows.lines),
    }
    return Expression(cuts.named(dimension, grouped.aggregate(**sums)), spans)


def lines_by_month(question: Question) -> Expression | None:
    """How many rows stand behind, by month: ``key`` (``2023-06``) and ``lines``."""
    found = _rows(question, (Dimension.MONTH,), (question.period,))
    if found is None:
        return None
    rows, spans = found
    grouped = rows.mutate(raw=_raw_of(Dimension.MONTH, rows, question)).group_by("raw")
    return Expression(cuts.named(Dimension.MONTH, grouped.aggregate(lines=_count(rows.lines))), spans)


def _raw_of(dimension: Dimension, rows: ir.Table, question: Question) -> ir.Column:
    """As :func:`youju.analytics.cuts.raw_of`, of the columns that a cube has."""
    if dimension is Dimension.MONTH:
        return rows.month.year() * 100 + rows.month.month()
    if dimension is Dimension.HEADING:
        return rows.heading
    return cuts.raw_of(dimension, rows, question.groups)


def _rows(
    question: Question,
    dimensions: tuple[Dimension, ...],
    periods: tuple[Period, ...],
    *,
    declarations: bool = False,
    units: bool = False,
    measures: tuple[str, ...] = _MEASURES,
) -> tuple[ir.Table, Mapping[str, Period]] | None:
    """The rows of the cube that answers, filtered, and the months that are read of it."""
    filters = {dimension: values for dimension, values in question.filters.items() if values}
    name = cube_for(
        TABLE,
        dimensions=[*(_column(each) for each in dimensions), *(["unit"] if units else [])],
        filters=[_column(each) for each in filters],
        measures=(*measures, "declarations") if declarations else measures,
        fixed=[_column(each) for each, values in filters.items() if each in _OWN and len(values) == 1],
    )
    # A declaration may have goods of two categories; of regions it has one, as it has one country.
    if name is None or (declarations and Dimension.CATEGORY in dimensions):
        return None
    scope = Scope(question.period, question.pilot)
    rows = cube_rows(scope, name, *periods)
    for dimension, values in filters.items():
        rows = rows.filter(_fits(dimension, values, rows, question))
    return rows, scope.spans


def _fits(
    dimension: Dimension, values: tuple[str, ...], rows: ir.Table, question: Question
) -> ir.BooleanValue:
    if dimension in {Dimension.AGENT, Dimension.MERCHANT}:
        return rows[_column(dimension)].isin([int(value) for value in values])
    return _raw_of(dimension, rows, question).isin(list(values))


def _column(dimension: Dimension) -> str:
    return COLUMNS.get(dimension, dimension.value)


def _three(period: Period) -> tuple[Period, Period, Period]:
    return period, period.year_before(), period.before()


def _sums(
    rows: ir.Table, within: ir.BooleanValue | None = None, *, declarations: bool
) -> dict[str, ir.Value]:
    return {
        "value": _sum(rows.value_cny, 2, within),
        "net_weight": _sum(rows.net_weight, 5, within),
        "gross_weight": _sum(rows.gross_weight, 5, within),
        "declarations": _count(rows.declarations, within) if declarations else ibis.literal(0, type="int64"),
        "lines": _count(rows.lines, within),
    }


def _three_sums(rows: ir.Table, period: Period, declarations: bool) -> dict[str, ir.Value]:
    now, year, before = (in_period(rows.month, each) for each in _three(period))
    return _sums(rows, now, declarations=declarations) | {
        "year_value": _sum(rows.value_cny, 2, year),
        "before_value": _sum(rows.value_cny, 2, before),
    }


def _sum(column: ir.DecimalColumn, places: int, where: ir.BooleanValue | None = None) -> ir.DecimalValue:
    return column.sum(where=where).fill_null(0).cast(f"decimal(38, {places})")


def _count(column: ir.IntegerColumn, where: ir.BooleanValue | None = None) -> ir.IntegerValue:
    return column.sum(where=where).fill_null(0).cast("int64")
