"""The rules BAS-…: what passes, what is found, the day before a limit and the day itself."""
# ruff: noqa: N802 - a rule's test bears its id

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from youju.foundation.policies import law_on
from youju.rules.office.base.facts import RecordFacts
from youju.rules.office.base.judging import judge
from youju.rules.office.base.lifecycle import PLATFORM_FLOW
from youju.rules.office.base.patents import patent_fault
from youju.rules.registry import REGISTRY

DAY, FIRST_DAY = date(2023, 6, 1), date(2020, 1, 1)


def found(**given: Any) -> list[str]:
    usual: dict[str, Any] = {
        "moment": "register",
        "day": DAY,
        "register": "standards",
        "number": "T/BD 001-2023",
    }
    record = RecordFacts(**(usual | given))
    return [each.rule for each in judge(record, law_on(record.day))]


def document(**given: Any) -> list[str]:
    return found(**({"register": "documents", "number": "白商〔2023〕5号"} | given))


def patent(**given: Any) -> list[str]:
    return found(**({"register": "patents", "number": right_patent(), "kind": "invention"} | given))


def right_patent(digits: str = "202310012345") -> str:
    rest = sum(int(digit) * (2 + place % 8) for place, digit in enumerate(digits)) % 11
    return f"ZL{digits}.{'X' if rest == 10 else rest}"


def days(*named: tuple[str, date]) -> tuple[tuple[str, str, date], ...]:
    return tuple((name, f"{name}日期", day) for name, day in named)


def test_what_is_in_order_is_free_of_findings() -> None:
    assert found() == document() == patent() == []


@pytest.mark.parametrize("number", ["白商〔2023〕5号", "保定市商务局〔2023〕112号"])
def test_BAS_001_a_number_in_form_passes(number: str) -> None:
    assert document(number=number) == []


@pytest.mark.parametrize(
    "number", ["白商[2023]5号", "白商〔23〕5号", "白商〔2023〕5", "通知", "白商〔2023〕5号 "]
)
def test_BAS_001_another_form_is_found(number: str) -> None:
    assert document(number=number) == ["BAS-001"]
    assert found(number=number) == []


def test_BAS_002_days_follow_one_another() -> None:
    assert found(days=days(("a", DAY), ("b", DAY))) == []
    assert found(days=days(("a", DAY), ("b", DAY - timedelta(days=1)))) == ["BAS-002"]
    assert found(days=days(("a", DAY), ("b", DAY), ("c", DAY - timedelta(days=1)))) == ["BAS-002"]


def test_BAS_003_a_repealed_document_has_an_end() -> None:
    repealed: dict[str, Any] = {"repealed_by": "白商〔2023〕9号", "repealed_on": DAY}
    assert document(**repealed) == ["BAS-003"]
    assert document(**repealed, valid_to=DAY) == []
    assert document(**repealed, valid_to=DAY + timedelta(days=1)) == ["BAS-003"]


def test_BAS_004_a_patent_is_granted_after_it_is_applied_for() -> None:
    assert patent(days=days(("applied_on", DAY), ("granted_on", DAY))) == []
    assert patent(days=days(("applied_on", DAY))) == []
    assert patent(days=days(("applied_on", DAY), ("granted_on", DAY - timedelta(days=1)))) == ["BAS-004"]


def test_BAS_005_a_number_stands_once() -> None:
    assert found(twice=True) == ["BAS-005"]
    assert found(twice=True, moment="watch") == []


def test_BAS_006_an_acceptance_has_evidence() -> None:
    accept: dict[str, Any] = {"moment": "accept", "register": "platforms", "actor": "b", "delivered_by": "a"}
    assert found(**accept) == ["BAS-006"]
    assert found(**accept, evidence=1) == []


def test_BAS_007_a_platform_project_is_done_in_time() -> None:
    late: dict[str, Any] = {"moment": "watch", "register": "platforms", "running": True, "due_on": DAY}
    assert found(**late, day=DAY + timedelta(days=10)) == []  # the day before
    assert found(**late, day=DAY + timedelta(days=11)) == ["BAS-007"]
    assert found(**(late | {"running": False}), day=DAY + timedelta(days=11)) == []


def test_BAS_008_who_delivered_does_not_accept() -> None:
    accept: dict[str, Any] = {"moment": "accept", "register": "platforms", "evidence": 1, "delivered_by": "a"}
    assert found(**accept, actor="b") == []
    assert found(**accept, actor="a") == ["BAS-008"]


@pytest.mark.parametrize(
    ("number", "kind", "fault"),
    [
        (right_patent(), "invention", ""),
        (right_patent("202320000001"), "utility", ""),
        (right_patent("202330000007"), "design", ""),
        (right_patent().replace("ZL", "").replace(".", ""), "invention", ""),
        (right_patent("202320000001"), "invention", "类别"),
        ("ZL2023", "invention", "写法"),
    ],
)
def test_BAS_009_a_patent_has_a_number_in_form(number: str, kind: str, fault: str) -> None:
    assert fault in patent_fault(number, kind) and bool(fault) == bool(patent_fault(number, kind))
    assert patent(number=number, kind=kind) == (["BAS-009"] if fault else [])


def test_BAS_009_a_known_number_has_its_check_digit() -> None:
    assert patent_fault("ZL200610012345.6", "invention") in ("", "校验码不对")
    wrong = right_patent()
    assert patent_fault(wrong[:-1] + ("0" if wrong[-1] != "0" else "1"), "invention") == "校验码不对"


def test_BAS_010_what_has_happened_lies_behind() -> None:
    assert found(happened=days(("published_on", DAY))) == []
    assert found(happened=days(("published_on", DAY + timedelta(days=1)))) == ["BAS-010"]


def test_BAS_011_what_is_repealed_is_registered() -> None:
    assert document(repeals=("白商〔2020〕1号",)) == []
    assert document(repeals=("白商〔2020〕1号",), unknown=("白商〔2020〕1号",)) == ["BAS-011"]
    assert document(repeals=("白商〔2023〕5号",)) == ["BAS-011"]


def test_BAS_012_milestones_are_done_before_delivery() -> None:
    assert found(moment="deliver", register="platforms") == []
    assert found(moment="deliver", register="platforms", open_milestones=("设备到位",)) == ["BAS-012"]


def test_only_what_cannot_be_stops() -> None:
    hard = [rule.id for rule in REGISTRY if rule.id.startswith("BAS-") and rule.severity.value == "error"]
    assert hard == ["BAS-002", "BAS-004", "BAS-005", "BAS-006", "BAS-008", "BAS-010", "BAS-012"]


@pytest.mark.parametrize("number", range(1, 13))
def test_the_rules_begin_on_their_first_day(number: int) -> None:
    rule = f"BAS-{number:03}"
    assert rule not in {each.id for each in REGISTRY.in_force(FIRST_DAY - timedelta(days=1), "base_record")}
    assert rule in {each.id for each in REGISTRY.in_force(FIRST_DAY, "base_record")}


def test_another_accepts_and_a_refusal_has_a_reason() -> None:
    for code in ("accept", "refuse"):
        assert PLATFORM_FLOW.transition(code).not_by == ("deliver",)
    assert PLATFORM_FLOW.transition("refuse").reason_required
    assert [state.code for state in PLATFORM_FLOW.path()] == ["planned", "running", "delivered", "accepted"]
