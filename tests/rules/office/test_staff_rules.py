"""The rules STM-…: what passes, what is found, the day before a limit and the day itself."""
# ruff: noqa: N802 - a rule's test bears its id

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from youju.foundation.policies import law_on
from youju.rules.findings import stopping
from youju.rules.office.staff.facts import LineFacts, MonthFacts
from youju.rules.office.staff.judging import judge_line, judge_month
from youju.rules.office.staff.lifecycle import MONTH_FLOW
from youju.rules.office.staff.months import awaited_on, months_between, next_month
from youju.rules.registry import REGISTRY

DAY, MONTH = date(2023, 7, 5), date(2023, 6, 1)
FIRST_DAY = date(2020, 1, 1)
PAID = Decimal("6300.00")


def said(**given: Any) -> list[str]:
    usual: dict[str, Any] = {
        "moment": "import",
        "day": DAY,
        "month": MONTH,
        "person": "PQ-001",
        "section": "ZH",
        "contract": "GMZX-2023-002",
        "due_on": date(2023, 6, 15),
        "due": PAID,
        "paid": PAID,
        "paid_on": date(2023, 6, 14),
        "sections": ("ZH",),
        "term": (date(2023, 1, 1), date(2023, 12, 31)),
    }
    line = LineFacts(**(usual | given))
    return [each.rule for each in judge_line(line, law_on(line.day))]


def told(**given: Any) -> list[str]:
    usual: dict[str, Any] = {"moment": "import", "day": DAY, "month": MONTH, "contract": "C", "counted": 6}
    month = MonthFacts(**(usual | given))
    return [each.rule for each in judge_month(month, law_on(month.day))]


def test_what_is_in_order_is_free_of_findings() -> None:
    assert said() == [] and told(positions=6) == []
    assert said(paid=Decimal(0), paid_on=None) == []


def test_STM_001_a_person_stands_once_in_a_month() -> None:
    assert said(same=1) == []
    assert said(same=2, sections=("ZH", "ZH")) == ["STM-001"]


def test_STM_002_no_more_is_paid_than_is_due() -> None:
    assert said(paid=PAID) == []
    assert said(paid=PAID + Decimal("0.01")) == ["STM-002"]


def test_STM_003_wages_are_not_paid_before_their_month() -> None:
    assert said(paid_on=MONTH) == []
    assert said(paid_on=MONTH - timedelta(days=1)) == ["STM-003"]
    assert "STM-003" not in said(moment="watch", paid_on=MONTH - timedelta(days=1))


def test_STM_004_a_person_works_in_one_section() -> None:
    assert said(same=1, sections=("ZH", "WM")) == ["STM-004"]
    assert said(sections=("ZH",)) == []


def test_STM_005_the_count_is_that_of_the_contract() -> None:
    assert told(positions=6) == [] and told(positions=None) == []
    assert told(positions=5) == ["STM-005"] and told(positions=7) == ["STM-005"]
    assert told(positions=7, imported=False) == []


def test_STM_006_a_month_to_come_is_not_imported() -> None:
    paid: dict[str, Any] = {"paid": Decimal(0), "paid_on": None}
    assert said(month=date(2023, 8, 1), day=date(2023, 8, 1), **paid) == []
    assert said(month=date(2023, 8, 1), day=date(2023, 7, 31), **paid) == ["STM-006"]


@pytest.mark.parametrize(
    "person", ["张三", "13062319900101001X", "15400000001", "PQ", "001", "PQ-123456", "PQ 1", ""]
)
def test_STM_007_a_person_is_named_by_a_code(person: str) -> None:
    assert said(person=person) == ["STM-007"]


@pytest.mark.parametrize("person", ["PQ-001", "A1", "ZX99999"])
def test_STM_007_takes_codes(person: str) -> None:
    assert said(person=person) == []


def test_STM_008_what_is_paid_has_a_day() -> None:
    assert said(paid_on=None) == ["STM-008"]
    assert said(paid=Decimal(0)) == ["STM-008"]
    assert said(paid_on=DAY, due_on=DAY) == []
    assert said(paid_on=DAY + timedelta(days=1), due_on=DAY + timedelta(days=1)) == ["STM-008"]


def test_STM_009_wages_are_paid_when_due() -> None:
    assert said(paid_on=date(2023, 6, 15)) == []
    assert said(paid_on=date(2023, 6, 16)) == ["STM-009"]
    unpaid: dict[str, Any] = {"moment": "watch", "paid": PAID - 1}
    assert said(day=date(2023, 6, 18), **unpaid) == []  # the day before
    assert said(day=date(2023, 6, 19), **unpaid) == ["STM-009"]
    assert said(day=date(2023, 6, 19), moment="watch") == []


def test_STM_010_a_month_is_imported_in_time() -> None:
    assert told(moment="watch", imported=False, day=date(2023, 7, 10)) == []  # the day itself
    assert told(moment="watch", imported=False, day=date(2023, 7, 11)) == ["STM-010"]
    assert told(moment="watch", imported=True, day=date(2023, 7, 11)) == []
    assert told(moment="import", imported=False, day=date(2023, 7, 11)) == []


def test_STM_011_who_is_off_the_payroll_is_due_nothing() -> None:
    assert said(on_payroll=False) == ["STM-011"]
    assert said(on_payroll=False, due=Decimal(0), paid=Decimal(0), paid_on=None) == []


def test_STM_012_a_month_lies_within_its_contract() -> None:
    assert said(term=None) == ["STM-012"]
    assert said(term=(date(2023, 6, 20), date(2023, 12, 31))) == []
    assert said(term=(date(2023, 1, 1), date(2023, 6, 1))) == []
    assert said(term=(date(2023, 1, 1), date(2023, 5, 31))) == ["STM-012"]
    assert said(term=(date(2023, 7, 1), date(2023, 12, 31))) == ["STM-012"]
    assert said(moment="watch", term=None) == []


def test_only_what_cannot_be_stops() -> None:
    rules = {rule.id: rule.severity.value for rule in REGISTRY if rule.id.startswith("STM-")}
    assert [code for code, severity in rules.items() if severity == "error"] == [
        "STM-001", "STM-002", "STM-004", "STM-006", "STM-007", "STM-008",
    ]  # fmt: skip
    assert stopping([]) == []


@pytest.mark.parametrize("rule", [rule.id for rule in REGISTRY if rule.id.startswith("STM-")])
def test_the_rules_begin_on_their_first_day(rule: str) -> None:
    scope = REGISTRY.versions(rule)[0].scope
    assert rule not in {each.id for each in REGISTRY.in_force(FIRST_DAY - timedelta(days=1), scope)}
    assert rule in {each.id for each in REGISTRY.in_force(FIRST_DAY, scope)}


def test_months() -> None:
    assert next_month(date(2023, 12, 1)) == date(2024, 1, 1)
    assert list(months_between(date(2022, 12, 31), date(2023, 2, 1))) == [
        date(2022, 12, 1), date(2023, 1, 1), date(2023, 2, 1),
    ]  # fmt: skip
    assert awaited_on(date(2023, 12, 1), 10) == date(2024, 1, 10)


def test_whoever_imported_or_corrected_does_not_close() -> None:
    assert set(MONTH_FLOW.transition("close").not_by) == {"import", "correct", "keep"}
    assert MONTH_FLOW.transition("reopen").reason_required
    assert MONTH_FLOW.state("closed").permission == ""
