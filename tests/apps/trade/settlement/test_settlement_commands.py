"""``youju settlement verify``: what it says of sound books and of others, and its exit status."""

from __future__ import annotations

import json
from contextlib import nullcontext
from decimal import Decimal

import pytest
from typer.testing import CliRunner

from kept import kept
from settlement_made import Ledger, make_ledger, received
from youju.foundation.database import ready
from youju.trade.settlement.commands import app
from youju.trade.settlement.selectors import verifying

pytestmark = pytest.mark.django_db


@kept
def ledger() -> Ledger:
    made = make_ledger(1200)
    received(made, hint=made.key, amount=Decimal(500))
    return made


@pytest.fixture(autouse=True)
def _started(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ready, "django_ready", lambda **_: nullcontext())


def test_sound_books_balance(ledger: Ledger) -> None:
    done = CliRunner().invoke(app, ["verify", "--json"])
    told = json.loads(done.stdout)
    assert (done.exit_code, told["balanced"], told["faults"]) == (0, True, [])
    assert told["counts"] == {"lines": 1, "entries": 3, "postings": 8, "reservations": 0, "receipts": 1}
    sums = {(each["account"], each["currency"]): each["amount"] for each in told["balances"]}
    assert sums["collected", "USD"] == "500.00" and sums["available", "USD"] == "700.00"
    assert sum(Decimal(each["amount"]) for each in told["balances"]) == 0
    shown = CliRunner().invoke(app, ["verify"])
    assert (shown.exit_code, shown.stdout.strip()) == (
        0, "台账平衡：商品项 1，分录 3，记账 8，占用 0，收汇 1。",
    )  # fmt: skip


def test_books_that_do_not_balance_are_told_and_make_the_status_one(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The database lets nobody unbalance them: another question stands for a ledger that was.
    asked = {"余额与分录不符": "SELECT 'line ' || id FROM settlement_lot"}
    monkeypatch.setattr(verifying, "CHECKS", asked)
    done = CliRunner().invoke(app, ["verify", "--json"])
    told = json.loads(done.stdout)
    fault = f"余额与分录不符：line {ledger.lots[0].pk}"
    assert (done.exit_code, told["balanced"], told["faults"]) == (1, False, [fault])
    shown = CliRunner().invoke(app, ["verify"])
    assert shown.exit_code == 1 and fault in shown.stdout
