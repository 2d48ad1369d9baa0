"""The rules MON-…: passes, fails, the day before, the first day."""
# ruff: noqa: N802

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from youju.foundation.policies import law_on
from youju.rules.performance.monitoring.facts import (
    IMPOSSIBLE,
    POSSIBLE,
    SURE,
    OrderFacts,
    ProjectFacts,
    RoundFacts,
    RowFacts,
    SuspensionFacts,
)
from youju.rules.performance.monitoring.judging import Facts, judge, judge_all
from youju.rules.registry import REGISTRY

FIRST, DAY = date(2020, 1, 1), date(2023, 8, 10)
ROW = RowFacts(DAY, "1-2", "第 1 个项目第 2 行“完成率”", suggested=SURE, likelihood=SURE)
LATE = replace(
    ROW, suggested=POSSIBLE, likelihood=POSSIBLE, cause="system", explanation="招标流标", measure="九月补招"
)
PROJECT = ProjectFacts(DAY, "P1", "red", "流标", "补招")
ROUND = RoundFacts(date(2023, 8, 31), 2023, 7)
ORDER = OrderFacts("issue", DAY, DAY, DAY + timedelta(days=60))
WATCHED = OrderFacts("watch", DAY, DAY - timedelta(days=20), DAY)
HELD = SuspensionFacts("decide", DAY, "执行严重滞后", order_open=True)
CASES: dict[str, tuple[Facts, Facts, str]] = {
    "MON-001": (LATE, replace(LATE, cause=""), "没有写偏差原因"),
    "MON-002": (LATE, replace(LATE, measure=" "), "没有写改进措施"),
    "MON-003": (ROW, replace(ROW, likelihood=""), "建议是“确定能”"),
    "MON-004": (
        replace(ROW, suggested=POSSIBLE, explanation="四季度集中完成"),
        replace(ROW, suggested=IMPOSSIBLE),
        "按全年预计的建议是“完全不可能”",
    ),
    "MON-005": (PROJECT, replace(PROJECT, measure=""), "预算执行是红色，没有写措施"),
    "MON-006": (ROUND, replace(ROUND, day=date(2023, 9, 1)), "已经晚了 1 天"),
    "MON-007": (ORDER, replace(ORDER, due_on=DAY + timedelta(days=61)), "超过最长的 60 天"),
    "MON-008": (replace(ORDER, moment="reply", evidence=1), replace(ORDER, moment="reply"), "没有附证明"),
    "MON-009": (
        replace(ORDER, moment="verify", replied_by="a", actor="b"),
        replace(ORDER, moment="verify", replied_by="a", actor="a"),
        "不能由您核实",
    ),
    "MON-010": (WATCHED, replace(WATCHED, day=DAY + timedelta(days=3)), "已经逾期 3 天"),
    "MON-011": (HELD, replace(HELD, reason=""), "没有写暂停拨付的理由"),
    "MON-012": (
        replace(HELD, moment="lift", verified=True, reason=""),
        replace(HELD, moment="lift", reason=""),
        "整改还没有核实",
    ),
}


def said(facts: Facts) -> dict[str, str]:
    return {each.rule: f"{each.message}{each.suggestion}" for each in judge(facts, law_on(facts.day))}


def _case(rule: str) -> None:
    good, bad, words = CASES[rule]
    assert rule not in said(good)
    assert words in said(bad)[rule]
    (version,) = REGISTRY.versions(rule)
    assert version.since == FIRST
    assert not version.covers(FIRST - timedelta(days=1))
    assert version.covers(FIRST)
    assert version.findings(bad, law_on(FIRST))


def test_MON_001_what_deviates_has_a_cause() -> None:
    _case("MON-001")
    assert "没有写偏差原因的说明" in said(replace(LATE, explanation=""))["MON-001"]
    assert "MON-001" not in said(ROW)


def test_MON_002_what_deviates_has_a_measure() -> None:
    _case("MON-002")
    assert "MON-002" in said(replace(LATE, likelihood=IMPOSSIBLE, measure=""))


def test_MON_003_each_likelihood_is_confirmed() -> None:
    _case("MON-003")
    assert "建议是" not in said(replace(ROW, likelihood="", suggested=""))["MON-003"]


def test_MON_004_more_hope_than_the_forecast_is_explained() -> None:
    _case("MON-004")
    assert "MON-004" not in said(replace(LATE, suggested=SURE))


@pytest.mark.parametrize("colour", ["", "green", "blue"])
def test_MON_005_lagging_execution_is_explained(colour: str) -> None:
    _case("MON-005")
    assert said(ProjectFacts(DAY, "P1", colour)) == {}
    assert "没有写原因" in said(ProjectFacts(DAY, "P1", "yellow"))["MON-005"]


def test_MON_006_the_official_round_is_in_time() -> None:
    _case("MON-006")
    assert said(replace(ROUND, month=9, day=date(2023, 12, 1))) == {}


def test_MON_007_an_order_has_a_fitting_deadline() -> None:
    _case("MON-007")
    assert "早于下达日期" in said(replace(ORDER, due_on=DAY - timedelta(days=1)))["MON-007"]


def test_MON_008_a_reply_comes_with_evidence() -> None:
    _case("MON-008")


def test_MON_009_who_replied_does_not_verify() -> None:
    _case("MON-009")


def test_MON_010_rectification_is_in_time() -> None:
    _case("MON-010")
    assert said(replace(WATCHED, day=DAY + timedelta(days=3), open=False)) == {}


def test_MON_011_a_suspension_stands_on_an_open_order() -> None:
    _case("MON-011")
    assert "已经办结" in said(replace(HELD, order_open=False))["MON-011"]


def test_MON_012_payments_go_on_after_verification() -> None:
    _case("MON-012")
    assert said(replace(HELD, moment="lift")) == {}


def test_findings_about_several_things_come_one_after_the_other() -> None:
    found = judge_all([ROUND, PROJECT, replace(ROW, likelihood=""), LATE], law_on(DAY))
    assert [(each.rule, each.at.get("row")) for each in found] == [("MON-003", "1-2")]
