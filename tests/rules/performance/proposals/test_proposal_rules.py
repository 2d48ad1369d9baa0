"""The rules PRO-…: passes, fails, the day before, the first day."""
# ruff: noqa: N802

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from rules.performance.targets.model_answer import HEBEI
from youju.foundation.policies import law_on
from youju.performance.targets import demo
from youju.rules.findings import Finding
from youju.rules.performance.proposals.facts import AuditCase, MarkFacts, ProposalFacts
from youju.rules.performance.proposals.judging import judge
from youju.rules.performance.targets.facts import Indicator
from youju.rules.performance.targets.lint import lint
from youju.rules.performance.targets.values import parse_value
from youju.rules.registry import REGISTRY

FIRST, DAY = date(2020, 1, 1), date(2023, 11, 1)


def indicator(raw: str, level3: str = "完成率") -> Indicator:
    return Indicator("产出指标", "数量指标", level3, "按时完成的÷应完成的", raw, parse_value(raw), "依据")


ROW = ProposalFacts(DAY, "P-1", indicator("≥90%"), less=False, baseline=Decimal(88))
MARK = MarkFacts(DAY, "form", "规范完整性", Decimal(10), Decimal("8.5"), Decimal("8.5"))
CLEAN = AuditCase(DAY, HEBEI, tuple(lint(HEBEI, law_on(DAY))))
DEMO = AuditCase(
    DAY, demo.document(), tuple(lint(demo.document(), law_on(DAY), serves=demo.serves())), {}, (2, 10)
)
Facts = ProposalFacts | AuditCase | MarkFacts
CASES: dict[str, tuple[Facts, Facts, str]] = {
    "PRO-001": (
        replace(ROW, baseline=Decimal(90)),
        replace(ROW, baseline=Decimal("90.01")),
        "低于本年已完成的 90.01",
    ),
    "PRO-002": (replace(ROW, edited=True, reason="结构调整"), replace(ROW, edited=True), "改了建议"),
    "PRO-003": (ROW, replace(ROW, indicator=indicator("≥90")), "没有写明计量单位"),
    "PRO-004": (ROW, replace(ROW, indicator=indicator("")), "没有指标值"),
    "PRO-005": (
        replace(ROW, indicator=indicator("≥130家"), baseline=Decimal(100)),
        replace(ROW, indicator=indicator("≥131家"), baseline=Decimal(100)),
        "高 31%",
    ),
    "PRO-006": (CLEAN, DEMO, "等级是“中”"),
    "PRO-007": (
        replace(MARK, mark=Decimal(10), reason="好"),
        replace(MARK, mark=Decimal("10.1"), reason="好"),
        "分值是 10",
    ),
    "PRO-008": (MARK, replace(MARK, mark=Decimal(8)), "没有写理由"),
}


def said(facts: Facts) -> dict[str, Finding]:
    return {each.rule: each for each in judge(facts, law_on(facts.day))}


def _dated(rule: str, bad: Facts) -> None:
    (version,) = REGISTRY.versions(rule)
    assert version.since == FIRST
    assert not version.covers(FIRST - timedelta(days=1))
    assert version.covers(FIRST)
    assert version.findings(bad, law_on(FIRST))


def _case(rule: str) -> None:
    good, bad, words = CASES[rule]
    assert rule not in said(good)
    assert words in said(bad)[rule].message
    _dated(rule, bad)


def _item(rule: str, code: str) -> None:
    """The model answer loses nothing; the published text loses with its reason."""
    assert rule not in said(CLEAN)
    found = said(DEMO)[rule]
    assert found.at["item"] == code
    assert Decimal(str(found.at["score"])) < Decimal(str(found.at["full"]))
    assert "扣" in found.message
    _dated(rule, DEMO)


def test_PRO_001_a_target_is_not_below_what_was_reached() -> None:
    _case("PRO-001")
    less = replace(ROW, indicator=indicator("≤50元"), less=True, baseline=Decimal(40))
    assert "PRO-001" in said(less)
    assert "PRO-001" not in said(replace(less, baseline=Decimal(50)))
    assert "PRO-001" not in said(replace(less, reason="原材料涨价"))
    assert "PRO-001" not in said(replace(ROW, indicator=indicator("=90%"), baseline=Decimal(99)))


def test_PRO_002_a_change_has_its_reason() -> None:
    _case("PRO-002")


@pytest.mark.parametrize(("raw", "lacks"), [("90%", "比较符号"), ("90%-95%", "数值"), ("≥90", "计量单位")])
def test_PRO_003_a_number_has_sign_and_unit(raw: str, lacks: str) -> None:
    _case("PRO-003")
    assert lacks in said(replace(ROW, indicator=indicator(raw), baseline=None))["PRO-003"].message
    assert "PRO-003" not in said(replace(ROW, indicator=indicator("显著提高")))


def test_PRO_004_a_row_has_a_value() -> None:
    _case("PRO-004")


def test_PRO_005_a_target_is_not_far_above_what_was_reached() -> None:
    _case("PRO-005")
    assert "PRO-005" not in said(replace(ROW, baseline=Decimal(0)))


def test_PRO_006_targets_reach_the_passing_band() -> None:
    _case("PRO-006")


def test_PRO_007_a_mark_lies_within_its_points() -> None:
    _case("PRO-007")
    assert "PRO-007" in said(replace(MARK, mark=Decimal(-1)))
    assert said(replace(MARK, mark=None)) == {}


def test_PRO_008_a_differing_mark_has_its_reason() -> None:
    _case("PRO-008")
    assert said(replace(MARK, mark=Decimal(8), reason="指标偏少")) == {}


def test_PRO_011_the_form_is_complete() -> None:
    _item("PRO-011", "form")


def test_PRO_012_targets_are_clear() -> None:
    _item("PRO-012", "clear")


def test_PRO_013_targets_belong_to_the_duties() -> None:
    _item("PRO-013", "relevant")


def test_PRO_014_indicators_measure_the_goal() -> None:
    _item("PRO-014", "scientific")


def test_PRO_015_targets_are_neither_too_low_nor_too_high() -> None:
    _item("PRO-015", "reasonable")


def test_PRO_016_targets_fit_the_money() -> None:
    _item("PRO-016", "matched")


def test_PRO_017_targets_can_be_reached() -> None:
    _item("PRO-017", "attainable")
    bad = replace(DEMO, results={each.code: "差" for each in DEMO.document.projects})
    assert "上年自评 差 12 个" in said(bad)["PRO-017"].message


def test_PRO_018_the_conditions_are_there() -> None:
    _item("PRO-018", "conditions")
