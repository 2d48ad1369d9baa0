# ruff: noqa: N802  (a test bears the id of its rule)
"""Rules of changes, tenancies, merges and acting: each passes, fails, is silent the day before and speaks on its first day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from youju.rules.findings import Severity
from youju.rules.registry import REGISTRY
from youju.rules.trade.parties import acting, changes, duplicates, merging, tenancies

DAY = date(2026, 6, 1)
FIRST = date(2020, 1, 1)
LAW: dict[str, Any] = {
    "trade.parties.renewal_window_days": 60,
    "trade.parties.renewal_months": 24,
    "trade.parties.duplicate_weights": {
        "same_name": 50, "similar_name": 30, "identifier": 60, "phone": 40, "legal_person": 20, "address": 20,
    },
    "trade.parties.duplicate_threshold": 50,
    "trade.parties.duplicate_name_similarity": 80,
}  # fmt: skip

CHANGE = changes.ChangeFacts(
    day=DAY, kind="change", state="approved", fields=("address",), revision=3, asked_revision=3, requester="a"
)
RENEWAL = replace(CHANGE, kind="renewal", fields=("valid_to",), valid_to=DAY + timedelta(days=60))
GRANT = replace(CHANGE, deciding=True, decider="b")
HELD = tenancies.Held("甲", date(2026, 1, 1), None)
TENANCY = tenancies.TenancyFacts(DAY, "A1", tenancies.Held("乙", DAY, None))
KEPT, MERGED = merging.Side(1, "甲", "approved"), merging.Side(2, "乙", "approved")
MERGE = merging.MergeFacts(DAY, merging.MERGE, KEPT, MERGED)
ACTS = acting.ActingFacts(DAY, "甲", "approved", date(2025, 1, 1), DAY)

FAILS: dict[str, tuple[Any, Any]] = {
    "PTY-101": (changes.judge, replace(CHANGE, state="draft")),
    "PTY-102": (changes.judge, replace(CHANGE, fields=())),
    "PTY-103": (changes.judge, replace(CHANGE, fields=("credit_code",))),
    "PTY-104": (changes.judge, replace(CHANGE, open_requests=1)),
    "PTY-105": (changes.judge, replace(RENEWAL, valid_to=DAY + timedelta(days=61))),
    "PTY-106": (changes.judge, replace(RENEWAL, state="suspended")),
    "PTY-107": (changes.judge, replace(GRANT, revision=4, changed_since=("地址",))),
    "PTY-108": (changes.judge, replace(GRANT, decider="a")),
    "PTY-111": (tenancies.judge, replace(TENANCY, others=(HELD,))),
    "PTY-112": (tenancies.judge, replace(TENANCY, barred="“乙”的备案状态是“已暂停”，不能办理业务。")),
    "PTY-113": (tenancies.judge, replace(TENANCY, wanted=tenancies.Held("乙", DAY, DAY - timedelta(days=1)))),
    "PTY-121": (merging.judge, replace(MERGE, merged=replace(MERGED, state="cancelled"))),
    "PTY-122": (merging.judge, replace(MERGE, merged=replace(MERGED, state="reviewing"))),
    "PTY-123": (merging.judge, replace(MERGE, kept=replace(KEPT, open_changes=1))),
    "PTY-124": (merging.judge, replace(MERGE, agreements_between=1)),
    "PTY-125": (merging.judge, replace(MERGE, merged=replace(MERGED, country="VN"))),
    "PTY-126": (merging.judge, replace(MERGE, act=merging.UNDO, later=("材料有改动",))),
    "PTY-141": (acting.barred, replace(ACTS, state="suspended")),
    "PTY-142": (acting.barred, replace(ACTS, day=DAY + timedelta(days=1))),
    "PTY-143": (acting.barred, replace(ACTS, merged_into="丙")),
}


def found(judge: Any, facts: Any) -> list[str]:
    return [finding.rule for finding in judge(facts, LAW)]


@pytest.mark.parametrize(
    ("judge", "facts"),
    [
        (changes.judge, CHANGE),
        (changes.judge, replace(CHANGE, state="suspended", fields=("phone.contact",))),
        (changes.judge, RENEWAL),
        (changes.judge, replace(RENEWAL, valid_to=DAY - timedelta(days=400))),
        (changes.judge, GRANT),
        (tenancies.judge, TENANCY),
        (tenancies.judge, replace(TENANCY, others=(replace(HELD, until=DAY),))),
        (merging.judge, MERGE),
        (merging.judge, replace(MERGE, act=merging.UNDO)),
        (merging.judge, merging.MergeFacts(DAY, merging.CANCEL, KEPT)),
        (acting.barred, ACTS),
        (acting.barred, replace(ACTS, valid_to=None, valid_from=None)),
    ],
)
def test_what_is_right_passes(judge: Any, facts: Any) -> None:
    assert found(judge, facts) == []


@pytest.mark.parametrize("rule", FAILS)
def test_each_rule_finds_its_fault_and_says_how_to_mend_it(rule: str) -> None:
    judge, facts = FAILS[rule]
    assert found(judge, facts) == [rule]
    (finding,) = judge(facts, LAW)
    assert finding.severity is Severity.ERROR
    assert finding.message.endswith("。")
    assert finding.suggestion.endswith("。")


@pytest.mark.parametrize("rule", FAILS)
def test_each_rule_is_silent_the_day_before_and_speaks_on_its_first_day(rule: str) -> None:
    scope = REGISTRY.versions(rule)[0].scope

    def in_force(day: date) -> bool:
        return rule in {each.id for each in REGISTRY.in_force(day, scope, "PTY-")}

    assert not in_force(FIRST - timedelta(days=1))
    assert in_force(FIRST)


def test_every_rule_of_this_vertical_has_its_fault_above() -> None:
    scopes = {"acting", "change", "merge", "tenancy"}
    assert sorted(FAILS) == sorted({each.id for each in REGISTRY if each.scope in scopes})


def test_PTY_101_a_merged_filing_is_not_changed() -> None:
    assert found(changes.judge, replace(CHANGE, merged=True)) == ["PTY-101"]


def test_PTY_105_the_window_opens_on_its_day_and_needs_an_end() -> None:
    assert changes.renewal_opens(date(2026, 7, 31), LAW) == DAY
    assert found(changes.judge, replace(RENEWAL, valid_to=None)) == ["PTY-105"]


@pytest.mark.parametrize(
    ("old", "day", "new"),
    [
        (date(2026, 7, 31), DAY, date(2028, 7, 31)),
        (date(2026, 5, 31), DAY, date(2028, 6, 1)),
        (None, DAY, date(2028, 6, 1)),
        (date(2028, 2, 29), date(2028, 2, 1), date(2030, 2, 28)),
        (date(2026, 12, 31), DAY, date(2028, 12, 31)),
    ],
)
def test_prolonging_goes_on_from_the_old_end_or_today(old: date | None, day: date, new: date) -> None:
    assert changes.prolonged(old, day, LAW) == new


@pytest.mark.parametrize(
    ("since", "until", "clash"),
    [
        (date(2026, 3, 1), date(2026, 3, 1), False),
        (date(2026, 1, 1), date(2026, 3, 1), False),
        (date(2026, 1, 1), date(2026, 3, 2), True),
        (date(2026, 4, 1), None, False),
        (date(2026, 3, 31), None, True),
        (date(2026, 3, 10), date(2026, 3, 20), True),
        (date(2026, 1, 1), None, True),
    ],
)
def test_PTY_111_ranges_meet_only_when_a_day_is_in_both(since: date, until: date | None, clash: bool) -> None:
    other = tenancies.Held("甲", date(2026, 3, 1), date(2026, 4, 1))
    facts = replace(TENANCY, wanted=tenancies.Held("乙", since, until), others=(other,))
    assert ("PTY-111" in found(tenancies.judge, facts)) is clash


def test_PTY_121_and_125_of_two_sides() -> None:
    assert found(merging.judge, replace(MERGE, merged=KEPT)) == ["PTY-121"]
    assert found(merging.judge, replace(MERGE, kept=replace(KEPT, merged=True))) == ["PTY-121"]
    coded = replace(MERGE, kept=replace(KEPT, credit_code="A"), merged=replace(MERGED, credit_code="B"))
    assert found(merging.judge, coded) == ["PTY-125"]
    assert found(merging.judge, replace(coded, merged=MERGED)) == []


def test_PTY_142_the_first_and_the_last_day_are_good() -> None:
    assert found(acting.barred, replace(ACTS, day=date(2025, 1, 1))) == []
    assert found(acting.barred, replace(ACTS, day=date(2024, 12, 31))) == ["PTY-142"]
    assert acting.expired(DAY, DAY + timedelta(days=1))
    assert not acting.expired(DAY, DAY)
    assert not acting.expired(None, DAY)


def test_PTY_143_speaks_first() -> None:
    assert found(acting.barred, replace(ACTS, state="cancelled", merged_into="丙")) == ["PTY-143", "PTY-141"]


def test_scores_add_up_and_stop_at_a_hundred() -> None:
    alike = duplicates.Likeness(100, ("护照号码",), True, "张三", "白沟")
    scored = duplicates.score(alike, LAW)
    assert (scored.points, scored.speaks, len(scored.reasons)) == (100, True, 5)
    near = duplicates.score(duplicates.Likeness(similarity=80, legal_person="张三"), LAW)
    assert (near.points, near.speaks) == (50, True)
    assert not duplicates.score(duplicates.Likeness(similarity=79, legal_person="张三"), LAW).speaks
    assert duplicates.score(duplicates.Likeness(), LAW).reasons == ()


def _speaks_alone(rule: str) -> None:
    judge, facts = FAILS[rule]
    assert found(judge, facts) == [rule]


def test_PTY_102_a_change_changes_something() -> None:
    _speaks_alone("PTY-102")


def test_PTY_103_a_credit_code_is_not_changed() -> None:
    _speaks_alone("PTY-103")


def test_PTY_104_one_request_at_a_time() -> None:
    _speaks_alone("PTY-104")


def test_PTY_106_only_an_active_party_is_prolonged() -> None:
    _speaks_alone("PTY-106")


def test_PTY_107_a_filing_that_moved_on_is_not_changed() -> None:
    _speaks_alone("PTY-107")


def test_PTY_108_two_people_ask_and_grant() -> None:
    _speaks_alone("PTY-108")


def test_PTY_112_a_holder_may_act() -> None:
    _speaks_alone("PTY-112")


def test_PTY_113_a_tenancy_ends_after_it_began() -> None:
    _speaks_alone("PTY-113")


def test_PTY_122_what_is_under_review_is_not_merged() -> None:
    _speaks_alone("PTY-122")


def test_PTY_123_open_changes_come_first() -> None:
    _speaks_alone("PTY-123")


def test_PTY_124_partners_are_not_merged() -> None:
    _speaks_alone("PTY-124")


def test_PTY_125_other_codes_and_countries_are_not_merged() -> None:
    _speaks_alone("PTY-125")


def test_PTY_126_later_work_keeps_a_merge() -> None:
    _speaks_alone("PTY-126")


def test_PTY_141_only_a_party_on_file_acts() -> None:
    _speaks_alone("PTY-141")
