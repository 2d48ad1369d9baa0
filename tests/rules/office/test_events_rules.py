# ruff: noqa: N802
"""The rules EVT-…: each passes, fails, and keeps to its first day."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from youju.foundation.policies import law_on
from youju.rules.findings import Finding, stopping
from youju.rules.office.events.facts import DealFacts, EventFacts, SignupFacts, StageFacts
from youju.rules.office.events.judging import Facts, judge
from youju.rules.registry import REGISTRY

DAY = date(2023, 5, 15)
FIRST, BEFORE = date(2020, 1, 1), date(2019, 12, 31)


def event(**given: object) -> EventFacts:
    words: dict[str, object] = {
        "moment": "plan",
        "day": DAY,
        "kind": "exhibition",
        "name": "第 133 届广交会",
        "starts_on": date(2023, 5, 1),
        "ends_on": date(2023, 5, 5),
    }
    return EventFacts(**(words | given))  # type: ignore[arg-type]


def signup(**given: object) -> SignupFacts:
    words: dict[str, object] = {"day": DAY, "firm": "某商行", "until": DAY, "starts_on": DAY}
    return SignupFacts(**(words | given))  # type: ignore[arg-type]


def deal(**given: object) -> DealFacts:
    words: dict[str, object] = {
        "moment": "confirm",
        "day": DAY,
        "won_on": date(2023, 5, 3),
        "event_from": date(2023, 5, 1),
        "amount": Decimal("386000.00"),
        "evidence": 1,
        "declared_by": "mer",
        "actor": "stf",
    }
    return DealFacts(**(words | given))  # type: ignore[arg-type]


def stage(**given: object) -> StageFacts:
    words: dict[str, object] = {"moment": "step", "day": DAY, "firm": "某商行", "on": DAY}
    return StageFacts(**(words | given))  # type: ignore[arg-type]


def found(facts: Facts) -> list[str]:
    return [each.rule for each in judge(facts, law_on(DAY))]


def finding(facts: Facts, rule: str) -> Finding:
    return next(each for each in judge(facts, law_on(DAY)) if each.rule == rule)


def test_what_is_in_order_has_no_findings() -> None:
    assert found(event(signup_until=date(2023, 5, 1), places=3, taken=3, budget=Decimal(1))) == []
    assert found(signup()) == [] and found(deal()) == [] and found(stage()) == []


@pytest.mark.parametrize("number", range(1, 21))
def test_no_rule_is_in_force_the_day_before_the_first(number: int) -> None:
    rule = f"EVT-{number:03d}"
    scopes = ("event", "signup", "deal", "stage")
    there = {each.id for scope in scopes for each in REGISTRY.in_force(FIRST, scope, "EVT-")}
    before = {each.id for scope in scopes for each in REGISTRY.in_force(BEFORE, scope, "EVT-")}
    assert rule in there and rule not in before


def test_EVT_001_days_are_in_order() -> None:
    assert finding(event(ends_on=date(2023, 4, 30)), "EVT-001").at == {"field": "ends_on"}
    assert finding(event(signup_until=date(2023, 5, 6)), "EVT-001").at == {"field": "signup_until"}
    assert found(event(ends_on=date(2023, 5, 1))) == []
    assert "EVT-001" not in found(event(moment="watch", ends_on=date(2023, 4, 30)))


def test_EVT_002_places_hold_those_signed_up() -> None:
    assert found(event(places=2, taken=3)) == ["EVT-002"]
    assert found(event(places=None, taken=3)) == []


def test_EVT_003_a_result_is_reported_within_fifteen_working_days() -> None:
    # 5 May 2023 is a Friday; 6 May is worked in place of 3 May: the fifteenth working day is 25 May.
    watched = {"moment": "watch", "state": "under_way"}
    assert found(event(**watched, day=date(2023, 5, 25))) == []
    assert found(event(**watched, day=date(2023, 5, 26))) == ["EVT-003"]
    assert found(event(moment="watch", state="reported", day=date(2023, 12, 1))) == []
    assert not stopping(judge(event(**watched, day=date(2023, 6, 30)), law_on(DAY)))


def test_EVT_004_costs_keep_to_the_budget() -> None:
    assert found(event(moment="cost", budget=Decimal("100.00"), cost=Decimal("100.01"))) == ["EVT-004"]
    assert found(event(moment="cost", budget=Decimal("100.00"), cost=Decimal("100.00"))) == []
    assert found(event(moment="cost", budget=None, cost=Decimal(1))) == []


def test_EVT_005_nobody_signs_up_late() -> None:
    assert found(signup(until=DAY - timedelta(days=1))) == ["EVT-005"]
    assert found(signup(until=None, starts_on=DAY - timedelta(days=1))) == ["EVT-005"]
    assert found(signup(until=None, starts_on=DAY)) == []
    assert found(signup(until=DAY - timedelta(days=1), by_staff=True)) == []


def test_EVT_006_who_is_suspended_does_not_sign_up() -> None:
    assert found(signup(suspended=True)) == ["EVT-006"]
    assert found(signup(suspended=False)) == []


def test_EVT_007_a_firm_signs_up_once() -> None:
    assert found(signup(again=True)) == ["EVT-007"]
    assert found(signup(again=False)) == []


def test_EVT_008_an_order_won_is_proved() -> None:
    assert found(deal(evidence=0)) == ["EVT-008"]
    assert found(deal(moment="declare", evidence=0)) == []


def test_EVT_009_enough_people_came() -> None:
    reported = {"moment": "report", "state": "under_way", "files": 1, "kind": "training"}
    assert found(event(**reported, expected=100, present=79)) == ["EVT-009"]
    assert found(event(**reported, expected=100, present=80)) == []
    assert found(event(**reported, expected=0, present=0)) == []


def test_EVT_010_who_reports_does_not_accept() -> None:
    assert found(event(moment="accept", reported_by="stf", actor="stf")) == ["EVT-010"]
    assert found(event(moment="accept", reported_by="stf", actor="hed")) == []


def test_EVT_011_a_result_has_files() -> None:
    assert found(event(moment="report", state="under_way", files=0)) == ["EVT-011"]
    assert found(event(moment="report", state="under_way", files=1)) == []
    assert found(event(moment="report", state="under_way", files=0, kind="recruitment")) == []


def test_EVT_012_what_begins_soon_is_said() -> None:
    watched = {"moment": "watch", "starts_on": date(2023, 5, 22), "ends_on": date(2023, 5, 23)}
    assert found(event(**watched, day=DAY)) == ["EVT-012"]
    assert found(event(**watched, day=date(2023, 5, 12))) == []
    assert "还没有发布" in finding(event(**watched, day=DAY), "EVT-012").suggestion
    assert (
        "今天开始" in finding(event(**watched, day=date(2023, 5, 22), state="under_way"), "EVT-012").message
    )


def test_EVT_013_nothing_is_left_undecided() -> None:
    reported = {"moment": "report", "state": "under_way", "files": 1}
    assert found(event(**reported, undecided=2)) == ["EVT-013"]
    assert found(event(**reported, undecided=0)) == []


def test_EVT_014_a_result_comes_after_the_start() -> None:
    reported = {"moment": "report", "state": "under_way", "files": 1}
    assert found(event(**reported, day=date(2023, 4, 30))) == ["EVT-014"]
    assert found(event(**reported, day=date(2023, 5, 1))) == []


def test_EVT_015_an_order_is_won_after_the_start() -> None:
    assert found(deal(moment="declare", won_on=date(2023, 4, 30))) == ["EVT-015"]
    assert found(deal(moment="declare", won_on=DAY + timedelta(days=1))) == ["EVT-015"]
    assert found(deal(moment="declare", won_on=date(2023, 5, 1))) == []


def test_EVT_016_a_firm_takes_its_share() -> None:
    assert found(signup(wanted=5)) == ["EVT-016"] and found(signup(wanted=0)) == ["EVT-016"]
    assert found(signup(wanted=4)) == []


def test_EVT_017_who_declares_does_not_confirm() -> None:
    assert found(deal(actor="mer")) == ["EVT-017"]
    assert found(deal(actor="stf")) == []


def test_EVT_018_steps_follow_each_other() -> None:
    assert found(stage(last_on=DAY + timedelta(days=1))) == ["EVT-018"]
    assert found(stage(on=DAY + timedelta(days=1))) == ["EVT-018"]
    assert found(stage(last_on=DAY)) == []


def test_EVT_019_a_certificate_is_shown() -> None:
    assert found(stage(needs_proof=True)) == ["EVT-019"]
    assert found(stage(needs_proof=True, evidence=1)) == []
    assert found(stage(moment="add", needs_proof=True)) == []


def test_EVT_020_a_firm_stands_once_in_a_list() -> None:
    assert found(stage(moment="add", again=True)) == ["EVT-020"]
    assert found(stage(moment="step", again=True)) == []
