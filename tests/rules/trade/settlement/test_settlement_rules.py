# ruff: noqa: N802
"""The rules SET-…: what passes, what is found, the day before and the first day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from youju.foundation.policies import law_on
from youju.rules.findings import Finding
from youju.rules.registry import REGISTRY
from youju.rules.trade.settlement import checks
from youju.rules.trade.settlement.facts import (
    AgeingFacts,
    Known,
    LineFacts,
    ReceiptFacts,
    RefundFacts,
    ReserveFacts,
    WriteOffFacts,
)

DAY = date(2023, 6, 20)
LINE = LineFacts("D1 第 1 项", "USD", Decimal(1000), Decimal(100), Decimal(300), date(2023, 6, 10))
WRITE_OFF = WriteOffFacts(
    LINE,
    "SH1",
    Decimal(600),
    "USD",
    Decimal(600),
    Decimal(600),
    DAY,
    "AMINA LTD",
    "AMINA LTD",
    "same",
    named=True,
)
RECEIPT = ReceiptFacts("BK", "R1", "USD", Decimal(600), DAY, "AMINA LTD", DAY, DAY)
KNOWN = Known("SH9", "BK", "R9", "USD", Decimal(600), DAY, "AMINA LTD")
RESERVE = ReserveFacts(LINE, Decimal(600), 72, DAY)
REFUND = RefundFacts(Decimal(100), Decimal(300), "USD", DAY, date(2023, 6, 15))


def found(id: str, facts: Any, day: date = DAY) -> list[Finding]:
    """What one rule says on a day."""
    return [
        said
        for rule in REGISTRY.versions(id)
        if rule.covers(day)
        for said in rule.findings(facts, law_on(day))
    ]


def starts(id: str, facts: Any) -> None:
    """It says nothing the day before it is in force, and something on its first day."""
    assert not found(id, facts, checks.SINCE - timedelta(days=1))
    assert found(id, facts, checks.SINCE)


def test_SET_001_more_than_the_declaration_holds() -> None:
    assert not found("SET-001", WRITE_OFF)
    over = replace(WRITE_OFF, left=Decimal("0.01"))
    assert "多 0.01 USD" in found("SET-001", over)[0].message
    assert not found("SET-001", replace(over, named=False))
    starts("SET-001", over)


def test_SET_002_a_reservation_is_no_longer_than_the_policy() -> None:
    assert not found("SET-002", RESERVE)
    assert found("SET-002", replace(RESERVE, hours=73))
    assert found("SET-002", replace(RESERVE, hours=0))
    starts("SET-002", replace(RESERVE, hours=73))


def test_SET_003_the_payer_is_not_the_buyer() -> None:
    assert not found("SET-003", WRITE_OFF)
    other = replace(WRITE_OFF, payer="GULF STAR FZE", payer_like="unlike")
    assert "不符" in found("SET-003", other)[0].message
    assert "相近" in found("SET-003", replace(other, payer_like="alike"))[0].message
    assert not found("SET-003", replace(other, explained=True))
    assert not found("SET-003", replace(other, payer_like="unknown"))
    starts("SET-003", other)


def test_SET_004_money_comes_within_180_days() -> None:
    late = AgeingFacts(LINE, LINE.released_on + timedelta(days=181))
    assert "已 181 天，还有 700 USD" in found("SET-004", late)[0].message
    assert not found("SET-004", replace(late, day=LINE.released_on + timedelta(days=180)))
    assert not found(
        "SET-004", replace(late, line=replace(LINE, reserved=Decimal(0), collected=Decimal(1000)))
    )
    starts("SET-004", late)


def test_SET_005_another_currency() -> None:
    assert not found("SET-005", WRITE_OFF)
    assert not found("SET-005", replace(WRITE_OFF, money_currency="CNY"))
    assert found("SET-005", replace(WRITE_OFF, money_currency="EUR"))
    starts("SET-005", replace(WRITE_OFF, money_currency="EUR"))


def test_SET_006_a_reference_is_used_once() -> None:
    assert not found("SET-006", replace(RECEIPT, others=(KNOWN,)))
    used = replace(RECEIPT, others=(replace(KNOWN, reference="R1"),))
    assert found("SET-006", used)
    assert not found("SET-006", replace(used, bank="BK2"))
    starts("SET-006", used)


def test_SET_007_the_same_money_twice() -> None:
    twin = replace(RECEIPT, others=(KNOWN,))
    assert found("SET-007", twin)
    assert found("SET-007", replace(twin, received_on=DAY + timedelta(days=3)))
    assert not found("SET-007", replace(twin, received_on=DAY + timedelta(days=4)))
    assert not found("SET-007", replace(twin, amount=Decimal(601)))
    starts("SET-007", twin)


def test_SET_008_a_refund_is_of_what_came() -> None:
    assert not found("SET-008", REFUND)
    assert found("SET-008", replace(REFUND, amount=Decimal("300.01")))
    assert not found("SET-008", replace(REFUND, day=REFUND.received_on + timedelta(days=365)))
    assert found("SET-008", replace(REFUND, day=REFUND.received_on + timedelta(days=366)))
    assert found("SET-008", replace(REFUND, day=REFUND.received_on - timedelta(days=1)))
    starts("SET-008", replace(REFUND, amount=Decimal(301)))


def test_SET_009_long_before_the_goods() -> None:
    early = replace(WRITE_OFF, received_on=LINE.released_on - timedelta(days=91))
    assert found("SET-009", early)
    assert not found("SET-009", replace(early, received_on=LINE.released_on - timedelta(days=90)))
    starts("SET-009", early)


def test_SET_010_a_write_off_fits() -> None:
    assert not found("SET-010", WRITE_OFF)
    assert found("SET-010", replace(WRITE_OFF, amount=Decimal("600.01")))
    assert found("SET-010", replace(WRITE_OFF, money=Decimal("600.01")))
    # What is reserved for it is its own.
    assert not found("SET-010", replace(WRITE_OFF, amount=Decimal(700), suspense=Decimal(700), reserved=True))
    starts("SET-010", replace(WRITE_OFF, amount=Decimal(701)))


def test_SET_011_a_rate_of_the_day() -> None:
    assert not found("SET-011", RECEIPT)
    assert not found("SET-011", replace(RECEIPT, rate_on=DAY - timedelta(days=10)))
    assert found("SET-011", replace(RECEIPT, rate_on=DAY - timedelta(days=11)))
    assert found("SET-011", replace(RECEIPT, rate_on=None))
    starts("SET-011", replace(RECEIPT, rate_on=None))


def test_SET_012_a_day_to_come() -> None:
    assert not found("SET-012", RECEIPT)
    assert found("SET-012", replace(RECEIPT, received_on=DAY + timedelta(days=1)))
    starts("SET-012", replace(RECEIPT, received_on=DAY + timedelta(days=1)))


def test_SET_013_a_reservation_fits() -> None:
    assert not found("SET-013", RESERVE)
    assert found("SET-013", replace(RESERVE, amount=Decimal("600.01")))
    assert found("SET-013", replace(RESERVE, amount=Decimal(0)))
    starts("SET-013", replace(RESERVE, amount=Decimal(601)))
