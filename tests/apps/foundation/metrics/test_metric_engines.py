"""PostgreSQL and DuckDB give the same values, parts and digests for the same rows; the rooms' views show what was released.

Fifty made-up pilots in the usual run, a thousand and more with ``YOUJU_METRIC_CASES`` in the nightly one.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from metrics_made import Facts, made_facts, plainly
from trade_deals import make_deal
from trade_declared import declared
from trade_people import as_
from youju.analytics.answers import ask, ask_many, digest
from youju.analytics.metrics import metrics
from youju.analytics.periods import Period
from youju.analytics.scopes import Scope
from youju.analytics.tables import analytic_tables
from youju.foundation.kernel.context import reaching_all
from youju.foundation.metrics.models import Change
from youju.foundation.metrics.postgres import PostgresEngine
from youju.foundation.metrics.sources import views
from youju.trade.declarations.models import Declaration, SourceLine

pytestmark = pytest.mark.django_db

CASES = int(os.environ.get("YOUJU_METRIC_CASES", "50"))
KINDS = {"string": "text", "int64": "bigint", "boolean": "boolean", "date": "date"}
MADE = ("released_lines", "released_declarations", "filed_parties", "timed_steps")
PERIODS = st.sampled_from(["2023", "2023-01", "2022-12..2023-01", "2022-06..2023-05"]).map(Period.parse)
CODES = sorted(plainly(Facts(), Period.parse("2023")))


@pytest.fixture
def tables(db: None) -> Iterator[PostgresEngine]:
    """Temporary tables in the documented types, and an engine over them."""
    with connection.cursor() as cursor:
        for name in MADE:
            columns = ", ".join(
                f'"{each.name}" {KINDS.get(each.type, each.type.replace("decimal", "numeric"))}'
                for each in analytic_tables()[name].columns
            )
            cursor.execute(f"CREATE TEMP TABLE made_{name} ({columns}) ON COMMIT DROP")
    yield PostgresEngine({name: f"SELECT * FROM made_{name}" for name in MADE})


def _fill(facts: Facts) -> None:
    with connection.cursor() as cursor:
        for name in MADE:
            cursor.execute(f"DELETE FROM made_{name}")
            rows, columns = getattr(facts, name), [each.name for each in analytic_tables()[name].columns]
            if rows:
                marks = ", ".join(["%s"] * len(columns))
                cursor.executemany(
                    f"INSERT INTO made_{name} VALUES ({marks})", [[row[c] for c in columns] for row in rows]
                )


@settings(
    max_examples=CASES, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(made_facts(), PERIODS, st.sampled_from(CODES))
def test_postgresql_gives_what_duckdb_and_plain_python_give(
    tables: PostgresEngine, facts: Facts, period: Period, code: str
) -> None:
    _fill(facts)
    scope, duck = Scope(period, "baigou"), facts.engine()
    live = ask_many(CODES, scope, tables)
    assert {each: answer.value for each, answer in live.items()} == plainly(facts, period)
    assert digest(metrics()[code], scope, tables) == digest(metrics()[code], scope, duck)


def _released(count: int = 1) -> tuple[object, list[Declaration]]:
    deal = make_deal()
    rows = declared(deal)
    with reaching_all():
        Declaration.objects.filter(pk__in=[row.pk for row in rows]).update(
            state="released", released_at=datetime(2023, 6, 30, 16, 30, tzinfo=UTC)
        )
    return deal, rows


def test_a_release_shows_in_the_views_on_its_day_in_china() -> None:
    _, rows = _released()
    with reaching_all():
        engine, metric = PostgresEngine(), metrics()["exports.value_cny"]
        # 16:30 UTC on 30 June is 0:30 on 1 July in China.
        june, july = (ask(metric, Scope(Period.parse(each)), engine).value for each in ("2023-06", "2023-07"))
        total = sum(
            (row.amount_cny for row in Declaration.objects.filter(pk__in=[r.pk for r in rows])), Decimal(0)
        )
    assert (june, july) == (0, total)
    assert total > 0


def test_the_sources_of_a_declaration_add_up_in_cny() -> None:
    _, rows = _released()
    with reaching_all():
        for row in rows:
            parts = SourceLine.objects.filter(line__declaration=row).values_list("amount_cny", flat=True)
            assert sum(parts) == row.amount_cny


def test_views_have_the_documented_columns() -> None:
    with connection.cursor() as cursor:
        for name, view in views().items():
            cursor.execute(f"SELECT * FROM {view} LIMIT 0")
            found = {column.name for column in cursor.description}
            assert found | {"pilot"} == {column.name for column in analytic_tables()[name].columns}


def test_a_merchant_counts_its_own_goods_and_a_stranger_none() -> None:
    deal, rows = _released()
    stranger = make_deal("X")
    metric, scope = metrics()["exports.value_cny"], Scope(Period.parse("2023-07"))
    with as_(deal.merchant):
        own = ask(metric, scope, PostgresEngine()).value
    with as_(stranger.merchant):
        others = ask(metric, scope, PostgresEngine()).value
    assert own == sum(row.amount_cny for row in rows)
    assert others == 0


def test_each_change_of_a_released_declaration_is_noted_in_its_transaction() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id()::text::bigint")
        here = cursor.fetchone()[0]
    deal = make_deal()
    rows = declared(deal)
    keys = {row.pk for row in rows}
    assert not Change.objects.filter(source="declarations", key__in=keys).exists()
    with reaching_all():
        changed = Declaration.objects.filter(pk__in=keys)
        changed.update(state="released", released_at=timezone.now() - timedelta(days=1))
        changed.update(state="withdrawn")
    noted = Change.objects.filter(source="declarations", key__in=keys)
    assert {each.transaction for each in noted} == {here}
    assert noted.count() == 2 * len(keys)


def test_a_filing_is_noted_when_it_is_approved() -> None:
    party = make_deal().parties["merchant"]
    noted = Change.objects.filter(source="parties", key=party.pk)
    assert not noted.exists()
    type(party).objects.filter(pk=party.pk).update(approved_at=timezone.now())
    type(party).objects.filter(pk=party.pk).update(contact="李四")
    assert noted.count() == 1, "another column does not count"
