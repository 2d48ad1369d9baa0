"""Money collected and its share of what was released: PostgreSQL and DuckDB alike, rows to the ledger, changes noted."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection

from kept import kept
from metrics_made import as_arrow
from settlement_made import Ledger, make_ledger, received
from trade_people import as_
from youju.analytics.answers import ask, digest
from youju.analytics.engines import DuckEngine
from youju.analytics.metrics import metrics
from youju.analytics.periods import Period
from youju.analytics.scopes import Scope
from youju.analytics.tables import analytic_tables
from youju.foundation.metrics import sources
from youju.foundation.metrics.linking import linked
from youju.trade.settlement import services
from youju.trade.settlement.models import Lot

pytestmark = pytest.mark.django_db
CODES = ("settlement.collected_cny", "settlement.collected_rate")


@kept
def ledger() -> Ledger:
    """1,200 USD of which 500 came in June and 100 of them went back in July; 800 USD paid in euros."""
    made = make_ledger(1200, 800)
    row = received(made, hint=made.key, amount=Decimal(500))
    received(made, hint=str(made.declarations[1]), currency="EUR", amount=Decimal("747.37"))
    received(made)  # stands unmatched
    with as_(made.deal.agent) as user:
        services.refund(
            actor=user,
            movement=row.movements.get().pk,
            amount=Decimal(100),
            on=date(2023, 7, 3),
            reason="少发货",
        )
    return made


def scope(period: str) -> Scope:
    return Scope(Period.parse(period), "baigou")


def postgres() -> Any:
    from youju.foundation.metrics.postgres import PostgresEngine

    return PostgresEngine()


def duck() -> DuckEngine:
    """The same rows as the lake would hold them."""
    arrow = {}
    for name in ("collected_money", "collectable_lines"):
        columns = [column.name for column in analytic_tables()[name].columns]
        with connection.cursor() as cursor:
            cursor.execute(sources.select_of(name))
            found = [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]
        arrow[name] = as_arrow(name, found)
    return DuckEngine(as_of=datetime(2024, 1, 1, tzinfo=UTC), arrow=arrow, threads=1)


def test_what_came_less_what_went_back(ledger: Ledger) -> None:
    # 500 × 7.1 + 747.37 × 7.6 in June, 100 × 7.1 back in July.
    assert ask(metrics()[CODES[0]], scope("2023-06"), postgres()).value == Decimal("9230.01")
    assert ask(metrics()[CODES[0]], scope("2023-07"), postgres()).value == Decimal("-710.00")
    assert ask(metrics()[CODES[0]], scope("2022"), postgres()).value == 0


def test_the_share_is_of_what_was_released(ledger: Ledger) -> None:
    answer = ask(metrics()[CODES[1]], scope("2023-06"), postgres())
    lots = Lot.objects.all()
    assert sum(answer.parts.values()) == sum(lot.value_cny for lot in lots)
    assert answer.parts["open"] > 0
    # 400 of 1,200 and 800 of 800, all at one customs rate.
    taken = sum(lot.collected for lot in lots)
    assert answer.value == pytest.approx(taken * 100 / 2000, abs=Decimal("0.01"))
    none = ask(metrics()[CODES[1]], scope("2022"), postgres())
    assert none.value is None and "没有放行的申报额" in none.result.reason


def test_engines_agree_and_rows_lead_to_the_ledger(ledger: Ledger) -> None:
    for code in CODES:
        for period in ("2023-06", "2023"):
            one, other = (digest(metrics()[code], scope(period), engine) for engine in (postgres(), duck()))
            assert (one.count, one.sha256) == (other.count, other.sha256), code
            assert (
                ask(metrics()[code], scope(period), duck()).value
                == ask(metrics()[code], scope(period), postgres()).value
            )
    for kind in ("settlement.movement", "settlement.line"):
        (link,) = linked([{"kind": kind, "row": 1, "number": ledger.key}])
        assert (link.text, link.url) == (ledger.key, f"/settlement/declarations/{ledger.key}/")


def test_changes_are_noted_but_not_those_that_nobody_sees(ledger: Ledger) -> None:
    def noted() -> list[tuple[str, int]]:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT source, key FROM metrics_change WHERE source LIKE 'settlement%' ORDER BY source, key"
            )
            found = [tuple(row) for row in cursor.fetchall()]
            cursor.execute("DELETE FROM metrics_change")
        return found

    assert {source for source, _ in noted()} == {"settlement_lines", "settlement_moved"}
    lot = ledger.lots[0].pk
    with as_(ledger.bank) as user:
        services.reserve(actor=user, line=lot, amount=Decimal(10))
    assert noted() == []
    row = received(ledger, hint=ledger.key, amount=Decimal(5))
    assert set(noted()) == {("settlement_lines", lot), ("settlement_moved", row.movements.get().pk)}


def test_rooms_above_read_what_was_collected(ledger: Ledger) -> None:
    with as_(ledger.deal.merchant), connection.cursor() as cursor:
        cursor.execute(
            "SELECT declaration_id, g_no, declared, collected FROM settlement_collected ORDER BY lot_id"
        )
        seen = cursor.fetchall()
    assert [row[2:] for row in seen] == [(1200, 400), (800, Lot.objects.get(pk=ledger.lots[1].pk).collected)]
    with as_(ledger.bank), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM settlement_collected")
        assert cursor.fetchone() == (0,)
