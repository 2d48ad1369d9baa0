"""The ledger opens with a release, follows what is written, and is never changed."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction

from kept import kept
from settlement_made import PAID, Ledger, faults, make_ledger, moves, received
from trade_people import as_
from youju.foundation.kernel.refusals import RefusedError
from youju.trade.settlement import selectors, services
from youju.trade.settlement.models import Entry, Finding, Lot, Posting, Receipt

pytestmark = pytest.mark.django_db


@kept
def ledger() -> Ledger:
    return make_ledger(1200, 800)


def test_a_release_opens_each_line_once(ledger: Ledger) -> None:
    assert [(lot.declared, lot.available, lot.currency) for lot in ledger.lots] == [
        (1200, 1200, "USD"),
        (800, 800, "USD"),
    ]
    assert services.open_released() == 0
    assert services.open_declaration(ledger.declarations[0].pk) == 0
    assert Posting.objects.count() == 4
    assert faults() == []


def test_a_receipt_that_names_its_declaration_is_written_off_by_itself(ledger: Ledger) -> None:
    row = received(ledger, hint=ledger.key)
    assert (row.state, row.applied, row.suspense) == ("matched", 1200, 0)
    assert moves(row) == [("match", "1200.00", "1200.00")]
    lot = Lot.objects.get(pk=ledger.lots[0].pk)
    assert (lot.collected, lot.available, lot.last_on) == (1200, 0, PAID)
    assert faults() == []


def test_what_comes_beyond_the_declared_value_stands_unmatched_and_is_found(ledger: Ledger) -> None:
    row = received(ledger, hint=ledger.key, amount=Decimal("1250.01"))
    assert (row.state, row.suspense) == ("partly", Decimal("50.01"))
    assert list(Finding.objects.filter(receipt=row).values_list("rule", flat=True)) == ["SET-001"]
    with as_(ledger.deal.agent) as user:
        services.return_suspense(
            actor=user, number=row.number, amount=Decimal("50.01"), on=PAID, reason="多收"
        )
    row.refresh_from_db()
    assert (row.state, row.returned) == ("matched", Decimal("50.01"))
    assert faults() == []


def test_another_currency_is_converted_at_the_days_rate(ledger: Ledger) -> None:
    row = received(ledger, hint=ledger.key, currency="CNY", amount=Decimal("8520.00"))
    assert moves(row) == [("match", "8520.00", "1200.00")]
    row = received(ledger, hint=str(ledger.declarations[1]), currency="EUR", amount=Decimal("100.00"))
    assert moves(row) == [("match", "100.00", "107.04")]
    assert faults() == []


def test_a_refund_makes_room_again(ledger: Ledger) -> None:
    row = received(ledger, hint=ledger.key)
    move = row.movements.get()
    with as_(ledger.deal.agent) as user:
        services.refund(
            actor=user, movement=move.pk, amount=Decimal(200), on=PAID + timedelta(days=9), reason="少发货"
        )
        with pytest.raises(RefusedError, match="SET-008"):
            services.refund(actor=user, movement=move.pk, amount=Decimal(1001), on=PAID, reason="x")
        services.undo_match(actor=user, movement=move.pk, reason="记错了")
    lot = Lot.objects.get(pk=ledger.lots[0].pk)
    assert (lot.collected, lot.refunded, lot.available) == (0, 200, 1200)
    row.refresh_from_db()
    assert (row.suspense, row.returned) == (1000, 200)
    assert faults() == []


def test_a_declaration_that_does_not_stand_gives_the_money_back(ledger: Ledger) -> None:
    row = received(ledger, hint=ledger.key, amount=Decimal(500))
    with as_(ledger.bank) as user:
        services.reserve(actor=user, line=ledger.lots[0].pk, amount=Decimal(100))
    assert services.reverse_declaration(ledger.declarations[0].pk, reason="退关") == 1
    assert services.reverse_declaration(ledger.declarations[0].pk, reason="退关") == 0
    lot = Lot.objects.get(pk=ledger.lots[0].pk)
    assert (lot.live, lot.declared, lot.collected, lot.reserved) == (False, 0, 0, 0)
    row.refresh_from_db()
    assert row.suspense == 500
    assert faults() == []


def test_nobody_writes_the_ledger_by_hand(ledger: Ledger) -> None:
    row = received(ledger)
    forbidden = [
        "UPDATE settlement_posting SET amount = amount * 2",
        "DELETE FROM settlement_posting",
        "UPDATE settlement_entry SET actor = 'x'",
        "DELETE FROM settlement_lot",
        f"UPDATE settlement_receipt SET applied = 1 WHERE id = {row.pk}",
        f"UPDATE settlement_receipt SET amount = 1 WHERE id = {row.pk}",
        "DELETE FROM settlement_receipt",
        f"INSERT INTO settlement_posting (entry_id, account, lot_id, currency, amount) "
        f"VALUES ({Entry.objects.first().pk}, 'collected', {ledger.lots[0].pk}, 'USD', 5)",
    ]  # fmt: skip
    for sql in forbidden:
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
    assert Receipt.objects.filter(pk=row.pk, applied=0).exists()
    assert faults() == []


def test_a_ledger_reads_as_accounts(ledger: Ledger) -> None:
    received(ledger, hint=ledger.key, amount=Decimal(300))
    with as_(ledger.deal.merchant) as user:
        page = selectors.ledger_of_declaration(actor=user, key=ledger.key)
    assert page is not None
    assert (page.declared, page.collected, page.available) == (1200, 300, 900)
    assert {each.code: each.balance for each in page.accounts} == {
        "declared": -1200, "available": 900, "reserved": 0, "collected": 300,
    }  # fmt: skip
