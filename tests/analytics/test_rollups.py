"""Cuts from cubes say what cuts of the lines say, or that they cannot."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings

from analytics.statistics_made import as_arrow, lines
from analytics.test_cuts import FILTERS, GROUPS, PERIODS
from lake_made import cube_by_hand
from youju.analytics import cuts, rollups
from youju.analytics.cuts import Dimension, Expression, Question
from youju.analytics.engines import DuckEngine
from youju.analytics.lake.cubes import CUBES
from youju.analytics.lake.parquet import arrow_schema
from youju.analytics.periods import Period

Row = dict[str, Any]


def with_heads(rows: list[Row]) -> list[Row]:
    """A declaration has one day, country, port, mode of transport and agent."""
    heads = {row["declaration_id"]: row for row in rows}
    names = ("released_on", "country", "port", "transport_mode", "agent_id")
    return [row | {name: heads[row["declaration_id"]][name] for name in names} for row in rows]


def engine_over(rows: list[Row]) -> DuckEngine:
    table = as_arrow(rows)
    arrow = {cuts.TABLE: table}
    whole = table.to_pylist()
    for name, cube in CUBES.items():
        arrow[name] = pa.Table.from_pylist(cube_by_hand(whole, name), schema=arrow_schema(cube.columns))
    return DuckEngine(as_of=datetime(2024, 1, 1, tzinfo=UTC), arrow=arrow, threads=1)


def told(engine: DuckEngine, expression: Expression) -> list[Row]:
    found = engine.run(expression.table, expression.spans).to_pylist()
    # A group of which nothing fell into any of the periods need not be named.
    return sorted(
        (row for row in found if any(value for name, value in row.items() if name not in ("key", "unit"))),
        key=lambda row: (str(row.get("key")), str(row.get("unit"))),
    )


@settings(max_examples=6)
@given(rows=lines().map(with_heads), period=PERIODS, filters=FILTERS)
def test_a_cube_answers_as_the_lines_do(
    rows: list[Row], period: Period, filters: dict[Dimension, tuple[str, ...]]
) -> None:
    question, engine = Question(period, filters, GROUPS), engine_over(rows)
    answered = 0
    for dimension in Dimension:
        wanted = told(engine, cuts.by(question, dimension))
        if found := rollups.by(question, dimension):
            answered += 1
            assert told(engine, found) == wanted
        if found := rollups.by(question, dimension, declarations=False):
            assert told(engine, found) == [row | {"declarations": 0} for row in wanted]
        if found := rollups.quantities(question, dimension):
            assert told(engine, found) == told(engine, cuts.quantities(question, dimension))
    if found := rollups.whole(question):
        assert told(engine, found) == told(engine, cuts.whole(question))
    if found := rollups.lines_by_month(question):
        count = engine.run(*_pair(cuts.count(question))).to_pylist()[0]["lines"]
        assert sum(row["lines"] for row in told(engine, found)) == count
    assert answered or filters


def _pair(expression: Expression) -> tuple[Any, Any]:
    return expression.table, expression.spans


@pytest.mark.parametrize(
    ("dimension", "filters", "declarations", "able"),
    [
        (Dimension.COUNTRY, {}, True, True),
        (Dimension.REGION, {Dimension.CHAPTER: ("61",)}, True, True),
        (Dimension.COUNTRY, {Dimension.CHAPTER: ("61", "62")}, True, False),
        (Dimension.COUNTRY, {Dimension.CHAPTER: ("61", "62")}, False, True),
        (Dimension.CATEGORY, {}, True, False),
        (Dimension.CATEGORY, {}, False, True),
        (Dimension.MERCHANT, {Dimension.CHAPTER: ("61",)}, True, True),
        (Dimension.MERCHANT, {Dimension.COUNTRY: ("RU",)}, False, False),
        (Dimension.HS_CODE, {Dimension.REGION: ("europe",)}, True, True),
        (Dimension.AGENT, {Dimension.PORT: ("0202",), Dimension.TRANSPORT: ("2",)}, True, True),
    ],
)
def test_what_cubes_can_answer(
    dimension: Dimension, filters: dict[Dimension, tuple[str, ...]], declarations: bool, able: bool
) -> None:
    question = Question(Period.parse("2023"), filters, GROUPS)
    assert (rollups.by(question, dimension, declarations=declarations) is not None) == able


def test_a_declaration_with_goods_of_two_chapters_counts_once_in_a_country() -> None:
    common = {"declaration_id": 1, "released_on": date(2023, 6, 1), "agent_id": 1, "country": "RU", "port": "0202",
              "transport_mode": "2", "unit": "个", "quantity": Decimal(1), "value_cny": Decimal(2),
              "net_weight": Decimal(1), "gross_weight": Decimal(1)}  # fmt: skip
    rows = [
        {**common, "line_id": place, "merchant_id": place, "hs_code": code, "chapter": code[:2]}
        for place, code in enumerate(("4202220000", "6110200000"), 1)
    ]
    question, engine = Question(Period.parse("2023"), {}, GROUPS), engine_over(rows)
    for dimension in (Dimension.COUNTRY, Dimension.MONTH, Dimension.AGENT):
        found = rollups.by(question, dimension)
        assert found is not None
        assert [row["declarations"] for row in told(engine, found)] == [1]
    found = rollups.by(question, Dimension.CHAPTER)
    assert found is not None
    assert [row["declarations"] for row in told(engine, found)] == [1, 1]
