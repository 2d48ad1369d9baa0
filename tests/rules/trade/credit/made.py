"""Policies, records and pleas for tests of credit."""

from __future__ import annotations

from datetime import date
from typing import Any

from youju.foundation.policies import law_on
from youju.rules.trade.credit.facts import AppealFacts, ConductRecord, ListFacts, PrepaymentFacts, RepairFacts
from youju.rules.trade.credit.policy import CreditPolicy, policy_of

DAY = date(2023, 12, 31)
LAW = law_on(DAY)


def policy() -> CreditPolicy:
    return policy_of(LAW)


def told(kind: str, day: date, key: str = "1", count: int = 1, party: int = 1) -> ConductRecord:
    return ConductRecord(party, day, kind, key, count=count)


def appeal(**changes: Any) -> AppealFacts:
    usual: dict[str, Any] = {
        "moment": "submit",
        "day": date(2024, 1, 15),
        "scored_on": DAY,
        "told_on": date(2024, 1, 1),
        "counted": True,
        "aside": False,
        "open_before": 0,
        "reason": "这一票是系统录入错误，附证明",
        "files": 1,
    }
    return AppealFacts(**usual | changes)


def repair(**changes: Any) -> RepairFacts:
    usual: dict[str, Any] = {
        "moment": "submit",
        "day": date(2024, 1, 1),
        "kind": "declarations.rejected",
        "record_day": date(2023, 10, 1),
        "later": (),
        "counted": True,
        "aside": False,
        "open_before": 0,
        "reason": "已重新培训单证员并复核全部单证",
        "files": 1,
    }
    return RepairFacts(**usual | changes)


def listed(**changes: Any) -> ListFacts:
    usual: dict[str, Any] = {
        "day": date(2024, 1, 5),
        "scored_on": DAY,
        "latest": True,
        "grades": ("A", "D"),
        "size": 3,
    }
    return ListFacts(**usual | changes)


def prepaid(**changes: Any) -> PrepaymentFacts:
    usual: dict[str, Any] = {"day": date(2024, 1, 5), "level": "A", "policy_allows": True, "name": "甲公司"}
    return PrepaymentFacts(**usual | changes)
