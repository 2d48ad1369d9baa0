"""The rules CON-…: what passes, what is found, the day before a limit and the day itself."""
# ruff: noqa: N802 - a rule's test bears its id

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from youju.foundation.policies import law_on
from youju.rules.findings import stopping
from youju.rules.office.contracts.facts import ContractFacts
from youju.rules.office.contracts.judging import judge
from youju.rules.office.contracts.lifecycle import DELIVERABLE_FLOW
from youju.rules.registry import REGISTRY

DAY = date(2023, 6, 1)
FIRST_DAY = date(2020, 1, 1)


def found(**given: Any) -> list[str]:
    usual: dict[str, Any] = {
        "moment": "register",
        "day": DAY,
        "number": "GMZX-001",
        "amount": Decimal("100.00"),
        "signed_on": date(2023, 1, 3),
        "valid_from": date(2023, 1, 3),
        "valid_to": date(2023, 12, 31),
    }
    return [each.rule for each in judge(ContractFacts(**(usual | given)), law_on(DAY))]


@pytest.mark.parametrize("number", range(1, 8))
def test_each_rule_begins_on_its_day(number: int) -> None:
    versions = REGISTRY.versions(f"CON-{number:03d}")
    assert [rule.covers(FIRST_DAY) for rule in versions] == [True]
    assert not versions[0].covers(FIRST_DAY - timedelta(days=1))


def test_a_usual_contract_is_free_of_findings() -> None:
    assert found() == []


def test_CON_001_a_contract_ends_after_it_begins() -> None:
    assert found(valid_to=date(2023, 1, 3)) == []
    assert found(valid_to=date(2023, 1, 2)) == ["CON-001"]


def test_CON_002_signed_on_the_first_day_but_not_the_day_after() -> None:
    assert found(signed_on=date(2023, 1, 3)) == []
    assert found(signed_on=date(2023, 1, 4)) == ["CON-002"]


def test_CON_003_deliverables_cost_no_more_than_the_contract() -> None:
    assert found(deliverables=Decimal("100.00")) == []
    assert found(deliverables=Decimal("100.01")) == ["CON-003"]


def test_CON_004_instalments_make_no_more_than_the_contract() -> None:
    assert found(instalments=Decimal("100.00")) == []
    assert found(instalments=Decimal("100.01")) == ["CON-004"]


def test_CON_005_delivery_and_acceptance_are_two_peoples() -> None:
    assert found(moment="accept", delivered_by="one", actor="two") == []
    assert found(moment="accept", delivered_by="one", actor="one") == ["CON-005"]


def test_CON_006_is_said_thirty_days_before_and_not_thirty_one() -> None:
    assert found(moment="watch", valid_to=DAY + timedelta(days=30)) == ["CON-006"]
    assert found(moment="watch", valid_to=DAY) == ["CON-006"]
    assert found(moment="watch", valid_to=DAY + timedelta(days=31)) == []
    assert found(moment="watch", valid_to=DAY - timedelta(days=1)) == []
    assert found(moment="watch", valid_to=DAY, in_force=False) == []


def test_CON_007_deliverables_fall_due_within_the_term() -> None:
    assert found(due_days=(date(2023, 12, 31),)) == []
    assert found(due_days=(date(2023, 6, 1), date(2024, 1, 1))) == ["CON-007"]


def test_only_errors_stop() -> None:
    late = ContractFacts("register", DAY, "1", Decimal(1), DAY, DAY - timedelta(days=1), DAY)
    assert stopping(judge(late, law_on(DAY))) == []


def test_the_usual_way_leads_to_acceptance() -> None:
    assert [state.code for state in DELIVERABLE_FLOW.path()] == ["pending", "delivered", "accepted"]
