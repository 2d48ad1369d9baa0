"""The rules CRD-…: each passes, fails, the day before, the first day."""
# ruff: noqa: N802

from __future__ import annotations

from datetime import date
from typing import Any

from rules.trade.credit.made import DAY, LAW, appeal, listed, policy, prepaid, repair
from youju.rules.registry import REGISTRY
from youju.rules.trade.credit.judging import judge, judge_policy
from youju.rules.trade.credit.policy import read_policy


def rules(facts: Any) -> list[str]:
    return [each.rule for each in judge(facts, LAW)]


def test_a_clean_plea_a_clean_list_and_the_house_policy_are_free_of_findings() -> None:
    for facts in (appeal(), repair(), listed(), prepaid()):
        assert rules(facts) == []
    assert judge_policy(policy(), LAW, DAY) == []


def test_every_rule_is_in_force_from_2020_on_and_not_before() -> None:
    for rule in (each for each in REGISTRY if each.id.startswith("CRD-")):
        assert rule.covers(date(2020, 1, 1)) and not rule.covers(date(2019, 12, 31)), rule.id


def test_CRD_001_an_appeal_comes_in_time() -> None:
    assert rules(appeal(day=date(2024, 1, 31))) == []
    assert rules(appeal(day=date(2024, 2, 1))) == ["CRD-001"]


def test_CRD_002_an_appeal_names_a_record_that_counts() -> None:
    assert rules(appeal(counted=False)) == ["CRD-002"]


def test_CRD_003_an_appeal_has_reason_and_evidence() -> None:
    assert rules(appeal(reason="九个字的理由不够长")) == ["CRD-003"]
    assert rules(appeal(reason="十个字的理由刚刚好了")) == []
    assert rules(appeal(reason="", files=0)) == ["CRD-003", "CRD-003"]


def test_CRD_004_a_record_is_appealed_once_at_a_time() -> None:
    assert rules(appeal(open_before=1)) == ["CRD-004"]
    assert rules(appeal(aside=True)) == ["CRD-004"]


def test_CRD_005_two_people_decide_an_appeal() -> None:
    assert rules(appeal(moment="decide", hands=("a", "b"), actor="c")) == []
    assert rules(appeal(moment="decide", hands=("a", "b"), actor="b")) == ["CRD-005"]


def test_CRD_006_only_some_kinds_can_be_repaired() -> None:
    assert rules(repair(kind="inspections.failed")) == ["CRD-006"]


def test_CRD_007_a_repair_waits_its_months() -> None:
    assert rules(repair(day=date(2024, 1, 1))) == []
    assert rules(repair(day=date(2023, 12, 31))) == ["CRD-007"]


def test_CRD_008_nothing_alike_happened_since() -> None:
    old = date(2023, 3, 1)
    assert rules(repair(record_day=old, later=(date(2023, 10, 1),))) == []
    assert rules(repair(record_day=old, later=(date(2023, 10, 2),))) == ["CRD-008"]


def test_CRD_009_a_repair_shows_what_was_mended() -> None:
    assert rules(repair(files=0)) == ["CRD-009"]


def test_CRD_010_a_record_is_repaired_once_at_a_time() -> None:
    assert rules(repair(open_before=1)) == ["CRD-010"]
    assert rules(repair(counted=False)) == ["CRD-010"]


def test_CRD_011_two_people_decide_a_repair() -> None:
    assert rules(repair(moment="decide", hands=("a",), actor="b")) == []
    assert rules(repair(moment="decide", hands=("a",), actor="a")) == ["CRD-011"]


def test_CRD_012_a_list_shows_the_latest_scores() -> None:
    assert rules(listed(latest=False)) == ["CRD-012"]


def test_CRD_013_a_list_holds_the_grades_of_the_policy() -> None:
    assert rules(listed(grades=("A", "B"))) == ["CRD-013"]
    assert rules(listed(size=0)) == ["CRD-013"]


def test_CRD_014_who_appeals_is_not_shown_yet() -> None:
    assert rules(listed(open_appeals=("甲公司",))) == ["CRD-014"]


def test_CRD_015_a_subsidy_is_prepaid_to_good_grades() -> None:
    assert rules(prepaid(level="B")) == ["CRD-015"]
    assert rules(prepaid(level="")) == ["CRD-015"]


def test_CRD_016_the_policy_itself_allows_prepayment() -> None:
    assert rules(prepaid(policy_allows=False)) == ["CRD-016"]


def _changed(code: str, **changes: Any) -> Any:
    items = {name: dict(row) for name, row in policy().plain["items"].items()}
    items[code] |= changes
    return read_policy({**policy().plain, "items": items})


def test_CRD_017_weights_make_the_total() -> None:
    found = judge_policy(_changed("filing", weight="15.01"), LAW, DAY)
    assert [each.rule for each in found] == ["CRD-017"] and "100.01" in found[0].message


def test_CRD_018_a_worse_band_gives_less() -> None:
    assert judge_policy(_changed("declarations", bands=[["0", "1"], ["5", "1"]]), LAW, DAY) == []
    for bands in ([["0", "0.5"], ["5", "1"]], [["5", "1"], ["0", "0.5"]], [["5", "1"], ["5", "0.5"]]):
        assert [each.rule for each in judge_policy(_changed("declarations", bands=bands), LAW, DAY)] == [
            "CRD-018"
        ]
    rising = _changed("standing", bands=[["0", "1"], ["12", "0.5"]])
    assert [each.rule for each in judge_policy(rising, LAW, DAY)] == ["CRD-018"]


def test_CRD_019_every_grade_has_an_edge_of_its_own() -> None:
    twice = read_policy(
        {**policy().plain, "grades": {"A": {"least": "0"}, "B": {"least": "0"}}, "ceilings": {}}
    )
    assert [each.rule for each in judge_policy(twice, LAW, DAY)] == ["CRD-019"]
