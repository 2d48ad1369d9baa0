"""Cuts (切分): released goods grouped by what they are, where they went, who moved them; one Ibis expression each.

A question is a period with filters; a cut groups its rows by one dimension and adds them up for the period, for the same months
a year before (同比) and for as many months right before (环比), in one pass. What is not a sum (shares, growth, rank,
concentration) is computed from the sums by :mod:`youju.analytics.comparing`, in exact decimals.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

import ibis
import ibis.expr.types as ir

from youju.analytics.periods import Period
from youju.analytics.scopes import Scope, in_period
from youju.analytics.tables import analytic_tables

TABLE, HEADS = "released_lines", "released_declarations"
OTHER = "other"
"""The key of what belongs to no region or category of the mapping."""
SUMS = ("value", "net_weight", "gross_weight", "declarations", "lines", "year_value", "before_value")

SUMMED = ("released_on", "declaration_id", "value_cny", "net_weight", "gross_weight")
"""The columns of the rows that sums are made of."""


class Dimension(StrEnum):
    """By what rows are grouped and filtered; the value is the name in addresses."""

    MONTH = "month"
    CATEGORY = "category"
    CHAPTER = "chapter"
    HEADING = "heading"
    HS_CODE = "hs_code"
    COUNTRY = "country"
    REGION = "region"
    PORT = "port"
    TRANSPORT = "transport_mode"
    AGENT = "agent"
    MERCHANT = "merchant"


SHAPES = {
    Dimension.CHAPTER: re.compile(r"\d{2}"),
    Dimension.HEADING: re.compile(r"\d{4}"),
    Dimension.HS_CODE: re.compile(r"\d{10}"),
    Dimension.COUNTRY: re.compile(r"[A-Z]{2}"),
    Dimension.REGION: re.compile(r"[a-z_]{2,30}"),
    Dimension.CATEGORY: re.compile(r"[a-z_]{2,30}"),
    Dimension.PORT: re.compile(r"[A-Z0-9]{2,8}"),
    Dimension.TRANSPORT: re.compile(r"[0-9A-Z]"),
    Dimension.AGENT: re.compile(r"[1-9]\d{0,17}"),
    Dimension.MERCHANT: re.compile(r"[1-9]\d{0,17}"),
}
"""How a value of each dimension is written; nothing else reaches an expression. Months are chosen by the period."""


@dataclass(frozen=True, slots=True)
class Groups:
    """What the house puts together: region → countries, category → prefixes of tariff codes (the longest wins)."""

    regions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    categories: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Question:
    """Which rows are asked about.

    Args:
        period: the months.
        filters: dimension → the values of which one must fit; several dimensions must all fit.
        groups: the house's regions and categories.
        pilot: one pilot's rows; empty for all that the engine has.
    """

    period: Period
    filters: Mapping[Dimension, tuple[str, ...]] = field(default_factory=dict)
    groups: Groups = field(default_factory=Groups)
    pilot: str = ""

    def __post_init__(self) -> None:
        for dimension, values in self.filters.items():
            if dimension not in SHAPES or not all(SHAPES[dimension].fullmatch(value) for value in values):
                raise ValueError(f"{dimension}: a value out of shape")

    def narrowed(self, dimension: Dimension, *values: str) -> Question:
        """The same with one more filter in place of an older one of the dimension."""
        return replace(self, filters={**self.filters, dimension: values})


@dataclass(frozen=True, slots=True)
class Expression:
    """What an engine is given: the expression and the months that it reads of each table."""

    table: ir.Table
    spans: Mapping[str, Period]


def by(question: Question, dimension: Dimension) -> Expression:
    """The sums of each group: ``key`` and :data:`SUMS`; groups of the earlier periods alone stand there with zeros.

    Grouped by month it covers the year before too, each month with its own sums.
    """
    if dimension is Dimension.MONTH:
        return _months(question)
    lines, spans = _lines(question, *_three(question.period))
    lines = lines.select(*SUMMED, raw=raw_of(dimension, lines, question.groups))
    grouped = lines.group_by("raw").aggregate(**_sums(lines, question.period))
    return Expression(named(dimension, grouped), spans)


def whole(question: Question) -> Expression:
    """The same sums over everything: one row."""
    lines, spans = _lines(question, *_three(question.period))
    return Expression(lines.aggregate(**_sums(lines, question.period)), spans)


def _months(question: Question) -> Expression:
    period = question.period
    lines, spans = _lines(question, period, period.year_before())
    lines = lines.select(*SUMMED, raw=raw_of(Dimension.MONTH, lines, question.groups))
    grouped = lines.group_by("raw").aggregate(
        value=_sum(lines.value_cny, 2),
        net_weight=_sum(lines.net_weight, 5),
        gross_weight=_sum(lines.gross_weight, 5),
        declarations=lines.declaration_id.nunique(),
        lines=lines.count(),
    )
    return Expression(named(Dimension.MONTH, grouped), spans)


def quantities(question: Question, dimension: Dimension) -> Expression:
    """Quantity and value of each group by unit: ``key``, ``unit``, ``quantity``, ``value``, ``lines``."""
    lines, spans = _lines(question, question.period)
    lines = lines.select("unit", "quantity", "value_cny", raw=raw_of(dimension, lines, question.groups))
    grouped = lines.group_by(["raw", "unit"]).aggregate(
        quantity=_sum(lines.quantity, 5), value=_sum(lines.value_cny, 2), lines=lines.count()
    )
    return Expression(named(dimension, grouped), spans)


def rows(question: Question, *, largest_first: bool = False) -> Expression:
    """The rows behind every figure of the question: all columns of ``released_lines``, latest first unless by value."""
    lines, spans = _lines(question, question.period)
    first = lines.value_cny if largest_first else lines.released_on
    return Expression(lines.order_by(first.desc(), lines.line_id.desc()), spans)


def latest(before: date | None = None) -> Expression:
    """The latest day with a release, before a day where one is given: one row, ``day``."""
    heads = analytic_tables()[HEADS].expression()
    if before is not None:
        heads = heads.filter(heads.released_on < ibis.literal(before, type="date"))
    return Expression(heads.aggregate(day=heads.released_on.max()), {})


def last_by_merchant() -> Expression:
    """Each merchant's latest release and how many declarations: ``merchant_id``, ``last_on``, ``declarations``."""
    lines = analytic_tables()[TABLE].expression()
    grouped = lines.group_by("merchant_id").aggregate(
        last_on=lines.released_on.max(), declarations=lines.declaration_id.nunique()
    )
    return Expression(grouped, {})


def count(question: Question) -> Expression:
    """How many rows stand behind: one row, ``lines`` and their ``value``."""
    lines, spans = _lines(question, question.period)
    return Expression(lines.aggregate(lines=lines.count(), value=_sum(lines.value_cny, 2)), spans)


def lines_by_month(question: Question) -> Expression:
    """How many rows stand behind, by month: ``key`` (``2023-06``) and ``lines``."""
    lines, spans = _lines(question, question.period)
    lines = lines.select(raw=raw_of(Dimension.MONTH, lines, question.groups))
    return Expression(named(Dimension.MONTH, lines.group_by("raw").aggregate(lines=lines.count())), spans)


def raw_of(dimension: Dimension, lines: ir.Table, groups: Groups) -> ir.Column:
    """What rows are grouped by: a number where the key is one, since text made for each row costs more than the sums."""
    if dimension is Dimension.MONTH:
        return lines.released_on.year() * 100 + lines.released_on.month()
    if dimension in {Dimension.AGENT, Dimension.MERCHANT}:
        return lines[f"{dimension}_id"]
    return column_of(dimension, lines, groups)


def named(dimension: Dimension, grouped: ir.Table) -> ir.Table:
    """Groups with their ``key`` as text in place of ``raw``."""
    text = grouped.raw.cast("string")
    key = text.substr(0, 4) + "-" + text.substr(4, 2) if dimension is Dimension.MONTH else text
    return grouped.select(key=key, **{name: grouped[name] for name in grouped.columns if name != "raw"})


def column_of(dimension: Dimension, lines: ir.Table, groups: Groups) -> ir.StringColumn:
    """A dimension's key of each row, as text."""
    if dimension is Dimension.MONTH:
        day = lines.released_on
        number = (day.year() * 100 + day.month()).cast("string")
        return number.substr(0, 4) + "-" + number.substr(4, 2)
    if dimension is Dimension.HEADING:
        return lines.hs_code.substr(0, 4)
    if dimension in {Dimension.AGENT, Dimension.MERCHANT}:
        return lines[f"{dimension}_id"].cast("string")
    if dimension is Dimension.REGION:
        cases = [(lines.country.isin(codes), name) for name, codes in groups.regions.items() if codes]
        return ibis.cases(*cases, else_=OTHER) if cases else ibis.literal(OTHER)
    if dimension is Dimension.CATEGORY:
        return _category(lines.hs_code, groups)
    return lines[dimension.value]


def _category(code: ir.StringColumn, groups: Groups) -> ir.StringColumn:
    by_length: dict[int, list[tuple[str, list[str]]]] = {}
    for name, prefixes in groups.categories.items():
        for length in {len(prefix) for prefix in prefixes}:
            fitting = [prefix for prefix in prefixes if len(prefix) == length]
            by_length.setdefault(length, []).append((name, fitting))
    cases = [
        (code.substr(0, length).isin(prefixes), name)
        for length in sorted(by_length, reverse=True)
        for name, prefixes in by_length[length]
    ]
    return ibis.cases(*cases, else_=OTHER) if cases else ibis.literal(OTHER)


def _lines(question: Question, *periods: Period) -> tuple[ir.Table, Mapping[str, Period]]:
    scope = Scope(question.period, question.pilot)
    lines = scope.rows(TABLE, *periods)
    for dimension, values in question.filters.items():
        if values:
            lines = lines.filter(_fits(dimension, values, lines, question))
    return lines, scope.spans


def _fits(
    dimension: Dimension, values: tuple[str, ...], lines: ir.Table, question: Question
) -> ir.BooleanValue:
    if dimension in {Dimension.AGENT, Dimension.MERCHANT}:
        return lines[f"{dimension}_id"].isin([int(value) for value in values])
    return column_of(dimension, lines, question.groups).isin(list(values))


def _three(period: Period) -> tuple[Period, Period, Period]:
    return period, period.year_before(), period.before()


def _sums(lines: ir.Table, period: Period) -> dict[str, ir.Value]:
    now = in_period(lines.released_on, period)
    year, before = (in_period(lines.released_on, each) for each in (period.year_before(), period.before()))
    return {
        "value": _sum(lines.value_cny, 2, now),
        "net_weight": _sum(lines.net_weight, 5, now),
        "gross_weight": _sum(lines.gross_weight, 5, now),
        "declarations": lines.declaration_id.nunique(where=now),
        "lines": lines.count(where=now),
        "year_value": _sum(lines.value_cny, 2, year),
        "before_value": _sum(lines.value_cny, 2, before),
    }


def _sum(column: ir.DecimalColumn, places: int, where: ir.BooleanValue | None = None) -> ir.DecimalValue:
    return column.sum(where=where).fill_null(0).cast(f"decimal(38, {places})")
