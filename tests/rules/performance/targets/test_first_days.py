# ruff: noqa: N802  (a test bears the id of its rule)
"""Each rule is silent the day before it is in force and speaks on its first day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from rules.performance.targets.model_answer import HEBEI, LAW, PLATFORM, changed, code, plan, revalued
from youju.rules.families import every_rule
from youju.rules.law import Law
from youju.rules.performance.targets.facts import TargetDocument
from youju.rules.performance.targets.lint import FAMILY, lint
from youju.rules.registry import Rule

ONE_COST = tuple(row for row in PLATFORM.indicators if row.level3 != "每户商户运维成本")
TWIN = replace(PLATFORM, code=code("13060523P00456910001"))
SWAPPED = (
    PLATFORM.indicators[:8] + PLATFORM.indicators[9:10] + PLATFORM.indicators[8:9] + PLATFORM.indicators[10:]
)
SPOILED: dict[str, TargetDocument] = {
    "TGT-001": changed(fiscal="49.00"),
    "TGT-002": changed(plan=plan("15.00", "30.00", "50.00", "59.00")),
    "TGT-003": changed(plan=plan("30.00", "20.00", "50.00", "60.00")),
    "TGT-004": revalued(7, raw_value="≤61万元"),
    "TGT-005": changed(plan=plan(None, "30.00", "50.00", "60.00")),
    "TGT-006": changed(purpose=""),
    "TGT-007": revalued(2, basis="保财健〔2023〕12号"),
    "TGT-008": revalued(2, basis="保财建[2023]12号"),
    "TGT-009": changed(purpose="按冀财预[2021]88号执行"),
    "TGT-010": revalued(1, raw_value="2次"),
    "TGT-011": revalued(3, raw_value="≥96"),
    "TGT-012": revalued(3, raw_value="≥96升级一次验收合格率"),
    "TGT-013": revalued(3, level3="升级一次验收合格率（%）"),
    "TGT-014": revalued(10, raw_value="显著提高"),
    "TGT-015": revalued(11, level3="生态效益指标"),
    "TGT-016": revalued(9, description="平台办理出口额"),
    "TGT-017": revalued(5, raw_value="≥98%", description="按时完成的占比"),
    "TGT-018": changed(indicators=ONE_COST),
    "TGT-019": revalued(10, raw_value="≥90%", level3="示范带动作用", description="对周边市场的带动"),
    "TGT-020": revalued(13, raw_value="≥35%"),
    "TGT-021": revalued(11, level3="平台可用率", raw_value="≥95%"),
    "TGT-022": changed(indicators=SWAPPED),
    "TGT-023": revalued(3, level3="资金发放率"),
    "TGT-024": changed(goals=("1.保障工作正常运转",)),
    "TGT-025": changed(goals=(PLATFORM.purpose,)),
    "TGT-026": revalued(4, basis="年度工作计划"),
    "TGT-027": replace(HEBEI, projects=(PLATFORM, TWIN)),
    "TGT-028": changed(plan=plan("60.00", "60.00", "60.00", "60.00")),
    "TGT-029": changed(plan=plan("10.00", "30.00", "50.00", "60.00")),
    "TGT-030": changed(code=code("13060522P00456810001")),
    "TGT-031": revalued(7, raw_value="≤60万元 "),
    "TGT-032": HEBEI,
    "TGT-033": changed(code=PLATFORM.code[:-1] + "0"),
    "TGT-034": revalued(4, raw_value="90%-95%"),
    "TGT-035": revalued(9, basis=""),
    "TGT-036": revalued(13, raw_value="≤90%"),
    "TGT-037": HEBEI,
}
RULES = [rule for rule in every_rule() if rule.id.startswith(FAMILY)]


def _last_day(rule: Rule) -> date | None:
    """A day of the rule for which its model is spoiled: the last of a rule that has ended, else that of the model's law."""
    return rule.until - timedelta(days=1) if rule.until else LAW.as_of


def _spoken(rule: Rule, *, days_before: int) -> bool:
    law = Law(dict(LAW), as_of=rule.since - timedelta(days=days_before), hash=LAW.hash)
    return rule.id in {finding.rule for finding in lint(SPOILED[rule.id], law, serves={})}


def test_TGT_037_is_all_that_is_said_of_a_year_before_the_rules_and_nothing_of_the_first_year() -> None:
    """Pass, fail, the last day, the day after: silence about a year that nobody judged would look like praise."""

    def said(day: date) -> set[str]:
        return {each.rule for each in lint(HEBEI, Law(dict(LAW), as_of=day, hash=LAW.hash), serves={})}

    assert said(date(2019, 1, 1)) == said(date(2019, 12, 31)) == {"TGT-037"}
    assert "TGT-037" not in said(date(2020, 1, 1))
    assert said(date(2000, 1, 1)) == {"TGT-037"}
    assert "TGT-037" not in {each.rule for each in lint(HEBEI, dict(LAW))}


def test_every_rule_has_a_spoiled_table_of_its_own() -> None:
    assert sorted(SPOILED) == sorted({rule.id for rule in RULES})


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_is_silent_the_day_before_and_speaks_on_its_first_day(rule: Rule) -> None:
    assert not _spoken(rule, days_before=1)
    assert _spoken(rule, days_before=0)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_finding_says_what_where_and_how_to_mend_it(rule: Rule) -> None:
    law = Law(dict(LAW), as_of=_last_day(rule), hash=LAW.hash)
    said = [each for each in lint(SPOILED[rule.id], law, serves={}) if each.rule == rule.id]
    assert said
    for finding in said:
        shown = finding.as_json()
        assert list(shown) == ["rule", "severity", "project", "row", "field", "message", "suggestion"]
        assert finding.severity is rule.severity
        assert finding.message.endswith("。")
        assert finding.suggestion.endswith("。")
        assert finding.message != finding.suggestion
        assert (finding.at["row"] is not None) <= (finding.at["project"] is not None)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_asks_for_no_policy_that_it_does_not_declare(rule: Rule) -> None:
    law = Law({name: LAW[name] for name in rule.parameters}, as_of=LAW.as_of)
    alone = [each for each in RULES if each.id == rule.id]
    assert alone == [rule]
    from youju.rules.performance.targets.cases import DocumentCase

    case = DocumentCase(SPOILED[rule.id], {})
    subjects = {"document": [case], "project": case.projects, "row": list(case.rows)}[rule.scope]
    assert [finding for subject in subjects for finding in rule.findings(subject, law)]
