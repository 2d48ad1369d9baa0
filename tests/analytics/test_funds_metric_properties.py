"""The metrics of funds and office on generated rows: PostgreSQL, DuckDB and plain Python give the same, row for row.

A few made-up pilots in the usual run, as many as ``YOUJU_METRIC_CASES`` says in the nightly one.
"""

from __future__ import annotations

import json
import os
from decimal import Decimal

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from funds_metrics_made import Books, made_books, plainly
from youju.analytics.answers import all_rows, ask, ask_many, digest
from youju.analytics.metrics import PART, VALUE, metrics
from youju.analytics.periods import Period
from youju.analytics.scopes import Scope
from youju.analytics.tables import analytic_tables
from youju.foundation.metrics.postgres import PostgresEngine

CODES = sorted(plainly(Books(), Period.parse("2023")))
CASES = int(os.environ.get("YOUJU_METRIC_CASES", "8"))
# Few, so that their statements are made once.
SCOPES = st.sampled_from(
    [("2023", ""), ("2022-06..2023-05", "P1"), ("2023-01", "")][: 3 if CASES > 50 else 2]
)
TYPES = {"string": "text", "int64": "bigint", "date": "date", "boolean": "boolean"}


def _columns(name: str) -> list[tuple[str, str]]:
    found = []
    for column, kind in analytic_tables()[name].expression().schema().items():
        found.append(
            (column, f"numeric(38, {kind.scale})" if kind.is_decimal() else TYPES[str(kind).strip("!")])
        )
    return found


@pytest.fixture
def postgres(db: None) -> PostgresEngine:
    """PostgreSQL over tables that a case fills: the statements are made once, whatever the rows."""
    with connection.cursor() as cursor:
        for name in Books().__dict__:
            columns = ", ".join(f'"{column}" {kind}' for column, kind in _columns(name))
            cursor.execute(f"CREATE TEMPORARY TABLE made_{name} ({columns}) ON COMMIT DROP")
    chosen = {}
    for name in Books().__dict__:
        columns = ", ".join(f'"{column}"' for column, _ in _columns(name))
        chosen[name] = f"SELECT {columns} FROM made_{name}"
    return PostgresEngine(chosen)


def fill(books: Books) -> None:
    with connection.cursor() as cursor:
        for name, rows in books.__dict__.items():
            columns = ", ".join(f'"{column}" {kind}' for column, kind in _columns(name))
            cursor.execute(f"TRUNCATE made_{name}")
            told = json.dumps(rows, default=str, ensure_ascii=False)
            sql = f"INSERT INTO made_{name} SELECT * FROM jsonb_to_recordset(%s::jsonb) AS t({columns})"
            cursor.execute(sql, [told])


@settings(max_examples=CASES, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(made_books(), SCOPES, st.sampled_from(CODES))
def test_postgres_duckdb_and_plain_python_agree(
    postgres: PostgresEngine, books: Books, told: tuple[str, str], code: str
) -> None:
    fill(books)
    period, project = Period.parse(told[0]), told[1]
    duck, expected = books.engine(), plainly(books, period, project)
    scope = Scope(period, "baigou", {"project": project} if project else {})
    for engine in (duck, postgres):
        found = ask_many(list(expected), scope, engine)
        assert {each: found[each].value for each in expected} == expected, engine.name
    one, other = (digest(metrics()[code], scope, engine) for engine in (duck, postgres))
    assert (one.count, one.sha256) == (other.count, other.sha256), code


@settings(max_examples=CASES, deadline=None)
@given(made_books(), st.sampled_from(CODES))
def test_the_rows_behind_a_value_add_up_to_it(books: Books, code: str) -> None:
    engine, metric, scope = books.engine(), metrics()[code], Scope(Period.parse("2023"), "baigou")
    sums: dict[str, Decimal] = {}
    for batch in all_rows(metric, scope, engine):
        for part, value in zip(batch[PART].to_pylist(), batch[VALUE].to_pylist(), strict=True):
            sums[part] = sums.get(part, Decimal(0)) + value
    answer = ask(metric, scope, engine)
    assert metric.combination.combine(sums) == answer.result
    assert sums == answer.parts


def test_every_metric_of_funds_and_office_is_compared() -> None:
    rooms = (
        "payments.",
        "projects.",
        "subsidies.",
        "tasks.",
        "disputes.",
        "contracts.",
        "requests.fulfilled",
    )
    assert {code for code in metrics() if code.startswith(rooms)} == set(CODES)
