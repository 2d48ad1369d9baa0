# ruff: noqa: N802
"""The rules EXM-…: each passes, fails, and is in force from its first day on."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from youju.foundation.policies import law_on
from youju.rules.registry import REGISTRY
from youju.rules.trade.exemptions.differences import tax_at_stake, told_apart
from youju.rules.trade.exemptions.facts import CertificateFacts, FilingFacts, InvoiceFacts, QuarterFacts
from youju.rules.trade.exemptions.judging import Facts, judge
from youju.rules.trade.exemptions.periods import bounds_of, filing_due, is_reported, quarter_of, report_due

FIRST, EVE = date(2020, 1, 1), date(2019, 12, 31)
JUNE, DUE = date(2023, 6, 1), date(2023, 7, 17)
GOOD = FilingFacts(
    "file", date(2023, 7, 5), JUNE, DUE, lines=2, amount=Decimal(1130), tax_id="92130600MA00000001"
)
CERTIFIED = CertificateFacts(date(2023, 7, 5), "D1-1", date(2023, 6, 10), "X1", 2)
QUARTER = QuarterFacts(
    "watch",
    date(2026, 1, 10),
    "代理",
    "2025Q4",
    date(2025, 12, 31),
    date(2026, 1, 15),
    consignors=2,
    amount=Decimal(100),
)
INVOICE = InvoiceFacts(date(2023, 7, 5), date(2023, 7, 1), "12345678", Decimal(100), declared=Decimal(100))


def said(facts: Facts, law_day: date | None = None) -> list[str]:
    day = law_day or (facts.last_day if isinstance(facts, QuarterFacts) else facts.day)
    return [each.rule for each in judge(facts, law_on(day))]


def in_force(rule: str, day: date) -> bool:
    return any(
        each.id == rule and each.since <= day and (each.until is None or day < each.until)
        for each in REGISTRY
    )


def starts(rule: str, first: date = FIRST) -> None:
    """The day before and the first day."""
    assert in_force(rule, first) and not in_force(rule, first - timedelta(days=1))


def test_EXM_001_not_before_the_month_is_over() -> None:
    assert said(GOOD) == []
    assert said(replace(GOOD, day=date(2023, 6, 30))) == ["EXM-001"]
    assert said(replace(GOOD, day=date(2023, 7, 1))) == []
    starts("EXM-001")


def test_EXM_002_not_after_its_day() -> None:
    assert said(replace(GOOD, day=DUE)) == []
    assert said(replace(GOOD, day=DUE + timedelta(days=1))) == ["EXM-002"]
    starts("EXM-002")


def test_EXM_003_something_to_file() -> None:
    assert said(replace(GOOD, lines=0)) == ["EXM-003"]
    starts("EXM-003")


def test_EXM_004_a_tax_id() -> None:
    assert said(replace(GOOD, tax_id="")) == ["EXM-004"]
    assert said(replace(GOOD, tax_id="", moment="watch", state="replaced")) == []
    starts("EXM-004")


def test_EXM_005_what_was_filed_still_stands() -> None:
    watched = replace(GOOD, moment="watch", state="accepted")
    assert said(watched) == []
    assert said(replace(watched, stale=1)) == ["EXM-005"]
    starts("EXM-005")


def test_EXM_006_soon_due_is_said() -> None:
    watched = replace(GOOD, moment="watch", day=date(2023, 7, 7))
    assert said(watched) == [], "six working days are left"
    assert said(replace(watched, day=date(2023, 7, 10))) == ["EXM-006"]
    last = judge(replace(watched, day=DUE), law_on(DUE))[0]
    assert "今天是最后一天" in last.message
    starts("EXM-006")


def test_EXM_007_what_was_missed_is_taxable() -> None:
    watched = replace(GOOD, moment="watch", day=DUE + timedelta(days=1))
    (found,) = judge(watched, law_on(watched.day))
    assert found.rule == "EXM-007" and "130.00 元" in found.message and "示例税率 13%" in found.message
    assert said(replace(watched, state="taxable")) == ["EXM-007"]
    assert said(replace(watched, state="filed")) == []
    starts("EXM-007")


def test_EXM_008_nothing_is_left_out() -> None:
    watched = replace(GOOD, moment="watch", state="filed")
    assert said(replace(watched, missing=3)) == ["EXM-008"]
    assert said(replace(watched, missing=3, state="draft", day=date(2023, 7, 2))) == []
    starts("EXM-008")


def test_EXM_009_an_agreement_covers_the_export() -> None:
    assert said(CERTIFIED) == []
    assert said(replace(CERTIFIED, agreement="")) == ["EXM-009"]
    starts("EXM-009")


def test_EXM_010_the_declaration_is_released() -> None:
    assert said(replace(CERTIFIED, released_on=None, lines=0)) == ["EXM-010"]
    starts("EXM-010")


def test_EXM_011_goods_are_certified_once() -> None:
    assert said(replace(CERTIFIED, certified=("DL2023-000001",))) == ["EXM-011"]
    starts("EXM-011")


NOTICE = date(2025, 10, 1)


def test_EXM_012_consignors_have_a_tax_id() -> None:
    assert said(QUARTER) == []
    assert said(replace(QUARTER, nameless=("某商户",))) == ["EXM-012"]
    early = replace(QUARTER, quarter="2025Q3", last_day=date(2025, 9, 30), nameless=("某商户",))
    assert said(early) == [], "the day before the notice came into force"
    starts("EXM-012", NOTICE)


def test_EXM_013_an_agent_reports() -> None:
    assert said(replace(QUARTER, day=date(2026, 1, 15))) == []
    assert said(replace(QUARTER, day=date(2026, 1, 16))) == ["EXM-013"]
    assert said(replace(QUARTER, day=date(2026, 1, 16), reported=True)) == []
    assert said(replace(QUARTER, day=date(2026, 1, 16), consignors=0)) == []
    starts("EXM-013", NOTICE)


def test_EXM_014_the_quarter_is_over() -> None:
    asked = replace(QUARTER, moment="submit")
    assert said(replace(asked, day=date(2025, 12, 31))) == ["EXM-014"]
    assert said(replace(asked, day=date(2026, 1, 1))) == []
    starts("EXM-014", NOTICE)


def test_EXM_015_an_invoice_once_and_not_ahead() -> None:
    assert said(INVOICE) == []
    assert said(replace(INVOICE, known=True)) == ["EXM-015"]
    assert said(replace(INVOICE, issued_on=date(2023, 7, 6))) == ["EXM-015"]
    starts("EXM-015")


def test_EXM_016_no_more_than_was_declared() -> None:
    assert said(replace(INVOICE, amount=Decimal(103))) == [], "within three per cent"
    assert said(replace(INVOICE, amount=Decimal("103.01"))) == ["EXM-016"]
    assert said(replace(INVOICE, invoiced=Decimal(50))) == ["EXM-016"]
    assert said(replace(INVOICE, declared=None)) == ["EXM-016"]
    starts("EXM-016")


def test_EXM_017_before_the_notice_nothing_is_reported() -> None:
    early = replace(
        QUARTER, moment="submit", quarter="2025Q3", last_day=date(2025, 9, 30), day=date(2025, 10, 10)
    )
    assert said(early) == ["EXM-017"]
    assert said(replace(QUARTER, moment="submit")) == []
    assert (
        in_force("EXM-017", FIRST)
        and in_force("EXM-017", date(2025, 9, 30))
        and not in_force("EXM-017", NOTICE)
    )
    assert not in_force("EXM-017", EVE)


@pytest.mark.parametrize(
    ("month", "due"),
    [
        (date(2023, 6, 1), date(2023, 7, 17)),  # the 15th was a Saturday
        (date(2023, 7, 1), date(2023, 8, 15)),
        (date(2023, 12, 1), date(2024, 1, 15)),
    ],
)
def test_the_tax_period_ends_on_a_working_day(month: date, due: date) -> None:
    assert filing_due(month, law_on(due)).day == due


def test_quarters() -> None:
    assert quarter_of(date(2025, 10, 1)) == "2025Q4" and quarter_of(date(2025, 9, 30)) == "2025Q3"
    assert bounds_of("2025Q4") == (date(2025, 10, 1), date(2025, 12, 31))
    assert report_due("2025Q4", law_on(date(2025, 12, 31))).day == date(2026, 1, 15)
    assert not is_reported(law_on(date(2025, 9, 30))) and is_reported(law_on(date(2025, 10, 1)))
    with pytest.raises(ValueError):
        bounds_of("2025Q5")


def test_why_amounts_differ() -> None:
    law = law_on(JUNE)
    hundred = Decimal(100)
    pairs = {None: "none", "100": "same", "97": "rate", "103": "rate", "96.99": "part", "103.01": "beyond"}
    assert {key: told_apart(hundred, Decimal(key) if key else None, law) for key in pairs} == pairs
    assert tax_at_stake(Decimal(113), law) == Decimal("13.00")
