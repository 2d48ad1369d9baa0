"""The rules IAU-…: each passes, fails, and says nothing the day before it was in force."""
# ruff: noqa: N802

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from youju.foundation.policies import law_on
from youju.rules.findings import Severity, stopping
from youju.rules.funds.internal_audits.facts import FindingFacts, ItemFacts, SampleFacts
from youju.rules.funds.internal_audits.judging import (
    age_class,
    age_labels,
    judge,
    judge_item,
    judge_sample,
)

DAY, FIRST = date(2023, 6, 1), date(2020, 1, 1)
LAW = law_on(DAY)


def said(day: date = DAY, **given: Any) -> list[str]:
    words: dict[str, Any] = {"moment": "register", "day": day, "basis": "财务管理办法第十二条"}
    return [each.rule for each in judge(FindingFacts(**(words | given)), LAW)]


def both_days(rule: str, **given: Any) -> None:
    """It speaks on its first day, and not the day before."""
    assert rule in said(FIRST, **given)
    assert rule not in said(FIRST - timedelta(days=1), **given)


def test_IAU_001_a_finding_names_its_basis() -> None:
    assert said() == []
    for moment in ("register", "notify"):
        assert said(moment=moment, basis="  ") == ["IAU-001"]
    assert said(moment="watch", basis="") == []
    both_days("IAU-001", basis="")


def test_IAU_002_a_finding_is_no_dearer_than_its_record() -> None:
    record = Decimal("100.00")
    assert said(amount=record, record_amount=record) == []
    assert said(amount=Decimal("100.01"), record_amount=record) == ["IAU-002"]
    assert said(amount=Decimal("100.01")) == said(record_amount=record) == []
    both_days("IAU-002", amount=Decimal("100.01"), record_amount=record)


def test_IAU_003_the_deadline_lies_after_the_notice() -> None:
    assert said(moment="notify", noticed_on=DAY, due_on=DAY) == []
    assert said(moment="notify", noticed_on=DAY, due_on=DAY - timedelta(days=1)) == ["IAU-003"]
    assert said(moment="register", noticed_on=DAY, due_on=DAY - timedelta(days=1)) == []
    both_days("IAU-003", moment="notify", noticed_on=DAY, due_on=DAY - timedelta(days=1))


def test_IAU_004_who_replied_does_not_verify() -> None:
    assert said(moment="verify", replied_by="a", actor="b") == []
    assert said(moment="verify", replied_by="a", actor="a") == ["IAU-004"]
    both_days("IAU-004", moment="verify", replied_by="a", actor="a")


@pytest.mark.parametrize(
    ("population", "least"), [(5, 5), (10, 10), (11, 11), (50, 15), (250, 25), (1000, 40), (200_000, 60)]
)
def test_IAU_005_a_sample_has_the_least_size(population: int, least: int) -> None:
    assert judge_sample(SampleFacts(DAY, population, least), LAW) == []
    found = judge_sample(SampleFacts(DAY, population, least - 1), LAW)
    assert [each.rule for each in found] == ["IAU-005"] and not stopping(found)
    assert judge_sample(SampleFacts(FIRST, population, least - 1), LAW)
    assert judge_sample(SampleFacts(FIRST - timedelta(days=1), population, least - 1), LAW) == []


def test_IAU_006_what_is_opened_again_and_again_is_said() -> None:
    assert said(moment="watch", reopened=1) == []
    assert said(moment="watch", reopened=2) == ["IAU-006"]
    both_days("IAU-006", moment="watch", reopened=2)


def test_IAU_007_rectification_is_in_time() -> None:
    late = DAY - timedelta(days=1)
    assert "IAU-007" not in said(moment="watch", due_on=DAY)
    assert said(moment="watch", due_on=late) == ["IAU-007"]
    assert said(moment="watch", due_on=late, open=False) == []
    both_days("IAU-007", moment="watch", due_on=date(2019, 12, 30))


def test_IAU_008_a_reply_comes_with_evidence() -> None:
    assert said(moment="reply", evidence=1) == []
    assert said(moment="reply") == ["IAU-008"]
    both_days("IAU-008", moment="reply")


def test_IAU_009_what_falls_due_soon_is_said() -> None:
    assert said(moment="watch", due_on=DAY + timedelta(days=8)) == []
    for days in (0, 7):
        assert said(moment="watch", due_on=DAY + timedelta(days=days)) == ["IAU-009"]
    assert said(moment="watch", due_on=DAY, open=False) == []
    both_days("IAU-009", moment="watch", due_on=FIRST)


def test_IAU_010_a_project_lies_within_its_year() -> None:
    def item(since: date, until: date, day: date = DAY) -> list[str]:
        return [each.rule for each in judge_item(ItemFacts(day, 2023, "付款检查", since, until), LAW)]

    assert item(date(2023, 1, 1), date(2023, 12, 31)) == []
    assert item(date(2022, 12, 31), date(2023, 3, 1)) == ["IAU-010"]
    assert item(date(2023, 12, 1), date(2024, 1, 1)) == ["IAU-010"]
    assert item(date(2023, 3, 2), date(2023, 3, 1)) == ["IAU-010"]
    assert item(date(2023, 3, 2), date(2023, 3, 1), FIRST) == ["IAU-010"]
    assert item(date(2023, 3, 2), date(2023, 3, 1), FIRST - timedelta(days=1)) == []


def test_only_what_is_wrong_on_paper_stops() -> None:
    found = judge(FindingFacts("register", DAY), LAW)
    assert [each.severity for each in stopping(found)] == [Severity.ERROR]


def test_an_age_class_for_every_day() -> None:
    labels = age_labels(LAW)
    ages = {
        days: labels[age_class(DAY - timedelta(days=days), DAY, LAW)]
        for days in (0, 30, 31, 90, 91, 180, 181)
    }
    assert ages == {
        0: "0—30 天", 30: "0—30 天", 31: "31—60 天", 90: "61—90 天", 91: "91—180 天", 180: "91—180 天", 181: "180 天以上",
    }  # fmt: skip
