# ruff: noqa: N802  (a test bears the id of its rule)
"""CLM-001 to CLM-016: each passes, each finds; in force from the first day of the house and not the day before."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from youju.foundation.policies import law_on
from youju.rules.findings import Finding
from youju.rules.funds.claims.facts import ClaimCase, InvoiceFact, ListCase, ObjectionCase, ReviewCase
from youju.rules.funds.claims.judging import judge_claim, judge_list, judge_objection, judge_review
from youju.rules.registry import REGISTRY

DAY = date(2024, 3, 1)
LAW = law_on(DAY)
CLAIM = ClaimCase(
    day=DAY, total=Decimal(500), party_name="甲公司", account_name="甲公司", has_account=True, people=2,
    prepared_by="anna", certifier="berta", invoices=(InvoiceFact("1", "0001", Decimal(9), True),),
)  # fmt: skip
REVIEW = ReviewCase(
    day=DAY, reviewer="stf", conflicts=frozenset(), declared=True, same_body=False, open_hits=0,
    submitted=Decimal(500), recomputed=Decimal(500),
)  # fmt: skip
LIST = ListCase(
    day=DAY, until=DAY - timedelta(days=1), open_objections=(), frozen="a" * 64, found="a" * 64,
    granted={"BT1": Decimal(100)}, budget=Decimal(100),
)  # fmt: skip
OBJECTION = ObjectionCase(DAY, DAY, "王某", "138", "该户的出口与实际不符，请核实。")


def ids(found: tuple[Finding, ...]) -> list[str]:
    return [each.rule for each in found]


def test_what_is_right_passes() -> None:
    assert judge_claim(CLAIM, LAW) == judge_review(REVIEW, LAW) == judge_list(LIST, LAW) == ()
    assert judge_objection(OBJECTION, LAW) == ()


def test_CLM_001_a_second_application_is_found() -> None:
    assert ids(judge_claim(replace(CLAIM, others=("BT2024-00001",)), LAW)) == ["CLM-001"]


@pytest.mark.parametrize(("people", "found"), [(1, []), (2, ["CLM-002"])])
def test_CLM_002_who_filled_in_signs_off_only_where_nobody_else_is(people: int, found: list[str]) -> None:
    assert ids(judge_claim(replace(CLAIM, certifier="anna", people=people), LAW)) == found


def test_CLM_002_is_not_asked_before_somebody_signs() -> None:
    assert judge_claim(replace(CLAIM, certifier=""), LAW) == ()


def test_CLM_003_an_account_is_missing() -> None:
    assert ids(judge_claim(replace(CLAIM, has_account=False), LAW)) == ["CLM-003"]


def test_CLM_004_an_invoice_stands_twice() -> None:
    twice = (CLAIM.invoices[0], replace(CLAIM.invoices[0], key="2"))
    assert ids(judge_claim(replace(CLAIM, invoices=twice), LAW)) == ["CLM-004"]


def test_CLM_005_an_invoice_has_no_file() -> None:
    assert ids(judge_claim(replace(CLAIM, invoices=(replace(CLAIM.invoices[0], has_file=False),)), LAW)) == [
        "CLM-005"
    ]


@pytest.mark.parametrize(("total", "found"), [("0.00", ["CLM-006"]), ("0.01", [])])
def test_CLM_006_there_must_be_a_cent(total: str, found: list[str]) -> None:
    assert ids(judge_claim(replace(CLAIM, total=Decimal(total)), LAW)) == found


def test_CLM_007_anothers_account_is_only_warned_of() -> None:
    found = judge_claim(replace(CLAIM, account_name="张三"), LAW)
    assert [(each.rule, each.severity.value) for each in found] == [("CLM-007", "warning")]


@pytest.mark.parametrize("change", [{"conflicts": frozenset({"stf"})}, {"same_body": True}])
def test_CLM_008_a_conflict_bars_the_reviewer(change: dict) -> None:
    assert ids(judge_review(replace(REVIEW, **change), LAW)) == ["CLM-008"]


def test_CLM_008_anothers_conflict_bars_nobody_else() -> None:
    assert judge_review(replace(REVIEW, conflicts=frozenset({"other"})), LAW) == ()


def test_CLM_009_a_reviewer_declares_first() -> None:
    assert ids(judge_review(replace(REVIEW, declared=False), LAW)) == ["CLM-009"]


def test_CLM_010_hits_are_judged_first() -> None:
    assert ids(judge_review(replace(REVIEW, open_hits=2), LAW)) == ["CLM-010"]


def test_CLM_011_a_changed_amount_is_told_to_the_cent() -> None:
    (found,) = judge_review(replace(REVIEW, recomputed=Decimal("499.99")), LAW)
    assert found.rule == "CLM-011"
    assert "-0.01 元" in found.message


@pytest.mark.parametrize(
    ("until", "found"), [(DAY - timedelta(days=1), []), (DAY, ["CLM-012"]), (None, ["CLM-012"])]
)
def test_CLM_012_the_last_day_of_publicity_must_be_past(until: date | None, found: list[str]) -> None:
    assert ids(judge_list(replace(LIST, until=until), LAW)) == found


def test_CLM_013_objections_are_answered_first() -> None:
    assert ids(judge_list(replace(LIST, open_objections=("YY2024-00001",)), LAW)) == ["CLM-013"]


def test_CLM_014_another_list_is_not_decided() -> None:
    assert ids(judge_list(replace(LIST, found="b" * 64), LAW)) == ["CLM-014"]


@pytest.mark.parametrize(("budget", "found"), [("100.00", []), ("99.99", ["CLM-015"])])
def test_CLM_015_a_cent_above_the_budget_is_found(budget: str, found: list[str]) -> None:
    assert ids(judge_list(replace(LIST, budget=Decimal(budget)), LAW)) == found


@pytest.mark.parametrize(
    "change",
    [
        {"name": ""},
        {"contact": ""},
        {"text": "不对"},
        {"text": "长" * 2001},
        {"until": DAY - timedelta(days=1)},
        {"until": None},
    ],
)
def test_CLM_016_an_objection_is_named_reachable_told_and_in_time(change: dict) -> None:
    assert ids(judge_objection(replace(OBJECTION, **change), LAW)) == ["CLM-016"]


@pytest.mark.parametrize("number", range(1, 17))
def test_each_rule_begins_with_the_house(number: int) -> None:
    (rule,) = REGISTRY.versions(f"CLM-{number:03}")
    assert rule.covers(date(2020, 1, 1))
    assert not rule.covers(date(2019, 12, 31))
