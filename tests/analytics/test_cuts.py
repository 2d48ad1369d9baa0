"""Cuts equal a plain-Python recomputation from the same rows, whatever the dimension, the filters and the period."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.statistics_made import as_arrow, lines
from youju.analytics import cuts
from youju.analytics.combining import percent
from youju.analytics.comparing import Sums, compared, quantities_of, sums_of
from youju.analytics.cuts import OTHER, Dimension, Groups, Question
from youju.analytics.engines import DuckEngine, to_sql
from youju.analytics.periods import Period

GROUPS = Groups(
    {"europe": ("RU",), "africa": ("KE",)},
    {"handbags": ("420222",), "bags": ("4202",), "leather": ("42",), "clothing": ("61",)},
)
KEYS: dict[Dimension, Callable[[dict[str, Any]], str]] = {
    Dimension.MONTH: lambda row: f"{row['released_on']:%Y-%m}",
    Dimension.CHAPTER: lambda row: row["chapter"],
    Dimension.HEADING: lambda row: row["hs_code"][:4],
    Dimension.HS_CODE: lambda row: row["hs_code"],
    Dimension.COUNTRY: lambda row: row["country"],
    Dimension.REGION: lambda row: {"RU": "europe", "KE": "africa"}.get(row["country"], OTHER),
    Dimension.CATEGORY: lambda row: {
        "4202220000": "handbags",
        "4202310090": "bags",
        "4205000000": "leather",
        "6110200000": "clothing",
    }.get(row["hs_code"], OTHER),
    Dimension.PORT: lambda row: row["port"],
    Dimension.TRANSPORT: lambda row: row["transport_mode"],
    Dimension.AGENT: lambda row: str(row["agent_id"]),
    Dimension.MERCHANT: lambda row: str(row["merchant_id"]),
}
PERIODS = st.sampled_from(("2023", "2023-06", "2023-01..2023-07", "2022-12..2023-02")).map(Period.parse)
FILTERS = st.dictionaries(
    st.sampled_from(sorted(cuts.SHAPES)),
    st.integers(0, 2),
    max_size=2,
).map(lambda wish: {each: VALUES[each][place : place + 2] for each, place in wish.items()})
VALUES: dict[Dimension, tuple[str, ...]] = {
    Dimension.CHAPTER: ("42", "61", "95"),
    Dimension.HEADING: ("4202", "4205", "6110"),
    Dimension.HS_CODE: ("4202220000", "4202310090", "6110200000"),
    Dimension.COUNTRY: ("RU", "KE", "AQ"),
    Dimension.REGION: ("europe", "africa", OTHER),
    Dimension.CATEGORY: ("handbags", "leather", OTHER),
    Dimension.PORT: ("0202", "2248", "9999"),
    Dimension.TRANSPORT: ("2", "3", "5"),
    Dimension.AGENT: ("1", "2", "3"),
    Dimension.MERCHANT: ("1", "2", "4"),
}
ZERO = Decimal(0)


def run(rows: list[dict[str, Any]], expression: cuts.Expression) -> list[dict[str, Any]]:
    engine = DuckEngine(as_of=datetime(2024, 1, 1, tzinfo=UTC), arrow={cuts.TABLE: as_arrow(rows)}, threads=1)
    return engine.run(expression.table, expression.spans).to_pylist()


def kept(rows: list[dict[str, Any]], question: Question) -> list[dict[str, Any]]:
    return [
        row
        for row in rows
        if all(KEYS[dimension](row) in values for dimension, values in question.filters.items() if values)
    ]


def added(rows: list[dict[str, Any]], period: Period) -> Sums:
    def of(within: Period) -> list[dict[str, Any]]:
        return [row for row in rows if within.contains(row["released_on"])]

    now = of(period)
    return Sums(
        sum((row["value_cny"] for row in now), ZERO),
        sum((row["net_weight"] for row in now), ZERO),
        sum((row["gross_weight"] for row in now), ZERO),
        len({row["declaration_id"] for row in now}),
        len(now),
        sum((row["value_cny"] for row in of(period.year_before())), ZERO),
        sum((row["value_cny"] for row in of(period.before())), ZERO),
    )


@settings(max_examples=20)
@given(
    rows=lines(),
    period=PERIODS,
    filters=FILTERS,
    dimension=st.sampled_from(sorted(set(Dimension) - {Dimension.MONTH})),
)
def test_a_cut_is_what_plain_python_adds_up(
    rows: list[dict[str, Any]],
    period: Period,
    filters: dict[Dimension, tuple[str, ...]],
    dimension: Dimension,
) -> None:
    question = Question(period, filters, GROUPS)
    chosen = kept(rows, question)
    found = {row["key"]: sums_of(row) for row in run(rows, cuts.by(question, dimension))}
    wanted = {
        key: added([row for row in chosen if KEYS[dimension](row) == key], period)
        for key in map(KEYS[dimension], chosen)
    }
    empty = Sums()
    assert {key: sums for key, sums in found.items() if sums != empty} == {
        key: sums for key, sums in wanted.items() if sums != empty
    }
    assert sums_of(run(rows, cuts.whole(question))[0]) == added(chosen, period)
    counted = run(rows, cuts.count(question))[0]
    behind = run(rows, cuts.rows(question))
    assert counted["lines"] == len(behind) == added(chosen, period).lines
    assert sum((row["value_cny"] for row in behind), ZERO) == counted["value"] == added(chosen, period).value


@settings(max_examples=8)
@given(rows=lines(), period=PERIODS)
def test_months_stand_with_their_own_sums_and_those_of_the_year_before(
    rows: list[dict[str, Any]], period: Period
) -> None:
    found = {row["key"]: row for row in run(rows, cuts.by(Question(period), Dimension.MONTH))}
    months = {*period.months, *period.year_before().months}
    for month in months:
        within = [row for row in rows if Period.month(month).contains(row["released_on"])]
        if not within:
            assert f"{month:%Y-%m}" not in found
            continue
        row = found[f"{month:%Y-%m}"]
        assert row["value"] == sum((each["value_cny"] for each in within), ZERO)
        assert (row["lines"], row["declarations"]) == (
            len(within),
            len({each["declaration_id"] for each in within}),
        )
    assert set(found) <= {f"{month:%Y-%m}" for month in months}


@settings(max_examples=8)
@given(rows=lines())
def test_quantities_stand_by_unit(rows: list[dict[str, Any]]) -> None:
    question = Question(Period.parse("2023"))
    for each in quantities_of(run(rows, cuts.quantities(question, Dimension.CHAPTER))):
        within = [
            row
            for row in rows
            if (row["chapter"], row["unit"]) == (each.key, each.unit) and row["released_on"].year == 2023
        ]
        assert each.quantity == sum((row["quantity"] for row in within), ZERO)
        assert each.lines == len(within)
        assert (each.price is None) == (not each.quantity)


def test_shares_ranks_growth_new_and_gone() -> None:
    rows = [
        {
            "key": "RU",
            "value": Decimal(60),
            "lines": 2,
            "year_value": Decimal(40),
            "before_value": Decimal(60),
        },
        {"key": "KE", "value": Decimal(60), "lines": 1, "year_value": ZERO, "before_value": Decimal(80)},
        {"key": "US", "value": Decimal(80), "lines": 1, "year_value": Decimal(100), "before_value": ZERO},
        {"key": "FR", "value": ZERO, "lines": 0, "year_value": Decimal(5), "before_value": ZERO},
    ]
    found = compared(rows)
    assert [(each.key, each.rank, each.share) for each in found.groups] == [
        ("US", 1, Decimal("40.000000")),
        ("KE", 2, Decimal("30.000000")),
        ("RU", 3, Decimal("30.000000")),
    ]
    assert found.gone == ("FR",)
    assert [each.key for each in found.new] == ["KE"]
    assert [each.sums.on_year for each in found.groups] == [Decimal(-20), None, Decimal(50)]
    assert [each.sums.on_before for each in found.groups] == [None, Decimal(-25), ZERO]
    assert (found.cr5, found.hhi) == (Decimal(100), Decimal(3400))


def test_without_a_year_before_nothing_is_called_new() -> None:
    found = compared(
        [{"key": "RU", "value": Decimal(1), "lines": 1, "year_value": ZERO, "before_value": ZERO}]
    )
    assert not found.has_year
    assert found.new == ()


def test_nothing_has_neither_share_nor_concentration() -> None:
    assert compared([]).groups == ()
    assert compared([]).cr5 is None
    free = compared([{"key": "RU", "value": ZERO, "lines": 1, "year_value": ZERO, "before_value": ZERO}])
    assert free.groups[0].share is None
    assert free.groups[0].sums.price is None


@pytest.mark.parametrize(
    ("dimension", "value"),
    [
        (Dimension.COUNTRY, "ru"),
        (Dimension.HS_CODE, "4202"),
        (Dimension.AGENT, "0"),
        (Dimension.PORT, "02'; DROP"),
        (Dimension.MONTH, "2023-01"),
    ],
)
def test_a_value_out_of_shape_never_reaches_an_expression(dimension: Dimension, value: str) -> None:
    with pytest.raises(ValueError, match="out of shape"):
        Question(Period.parse("2023"), {dimension: (value,)})


def test_every_cut_has_sql_in_every_dialect_and_says_which_months_it_reads() -> None:
    question = Question(Period.parse("2023-03"), {Dimension.CATEGORY: ("handbags",)}, GROUPS)
    for dimension in Dimension:
        made = cuts.by(question, dimension)
        assert made.spans["released_lines"].start == date(2022, 3, 1)
        assert all(to_sql(made.table, dialect) for dialect in ("postgres", "duckdb", "pyspark"))


def test_growth_is_exact() -> None:
    assert Sums(value=Decimal("1.00"), year_value=Decimal("3.00")).on_year == percent(Decimal(-2), Decimal(3))
