"""Next year's numbers and wording, and the hundred points of an audit."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.performance.targets.model_answer import HEBEI
from youju.foundation.policies import law_on
from youju.performance.targets import demo
from youju.rules.findings import Finding
from youju.rules.performance.proposals.curing import cured
from youju.rules.performance.proposals.facts import AuditCase, Reached
from youju.rules.performance.proposals.marks import ITEMS, audit, band_of
from youju.rules.performance.proposals.numbers import next_number, told, wants_less
from youju.rules.performance.proposals.proposing import propose, propose_row
from youju.rules.performance.targets.facts import Indicator
from youju.rules.performance.targets.lint import lint
from youju.rules.performance.targets.values import parse_value

DAY = date(2023, 11, 1)
LAW = law_on(DAY)


def indicator(raw: str, level3: str = "服务企业数", level2: str = "数量指标", basis: str = "") -> Indicator:
    return Indicator("产出指标", level2, level3, "口径", raw, parse_value(raw), basis)


def says(*rules: str) -> list[Finding]:
    return [Finding("", "", {"project": "P", "row": 1}, rule) for rule in rules]


@pytest.mark.parametrize(
    ("raw", "value", "number", "words"),
    [
        ("≥100家", "120", "126", "以本年完成 120 为基数，增长 5%"),
        ("≥101家", "101", "107", "增长 5%"),
        ("≥90%", "95", "96", "增长 1个百分点"),
        ("≥90%", "99.6", "100", "增长"),
        ("≥90%", "100", "100", "增长"),
        ("≥100家", "80", "100", "本年完成 80 没有达到目标 100，沿用本年目标"),
        ("≤50万元", "40", "38", "以本年完成 40 为基数，下降 5%"),
        ("≤50万元", "60", "50", "没有达到"),
        ("≥2.5亿元", "3.01", "3.17", "增长 5%"),
        ("=12期", "20", "12", "恰好相等"),
        ("≥12期", None, "12", "没有本年完成值"),
    ],
)
def test_the_number_grows_by_the_policy(raw: str, value: str | None, number: str, words: str) -> None:
    row = indicator(raw)
    found, method = next_number(row, Reached(value=Decimal(value) if value else None), LAW)
    assert found == Decimal(number)
    assert words in method


def test_the_forecast_stands_in_for_a_year_that_is_not_over() -> None:
    reached = Reached(value=Decimal(60), forecast=Decimal(120))
    assert next_number(indicator("≥100家"), reached, LAW)[0] == 126
    assert next_number(indicator("显著提高"), reached, LAW) == (None, "")


@given(
    st.sampled_from(["≥", ">", "≤", "<"]),
    st.sampled_from(["家", "%", "万元", "天"]),
    st.decimals(1, 100, places=2),
    st.decimals(0, 100, places=2),
)
def test_what_was_reached_is_never_undercut(sign: str, unit: str, target: Decimal, value: Decimal) -> None:
    row = indicator(f"{sign}{target}{unit}")
    number, _ = next_number(row, Reached(value=value), LAW)
    assert number is not None
    if wants_less(row):
        assert number <= max(value, target)
    else:
        assert number >= min(value, Decimal(100)) or number >= target


@pytest.mark.parametrize(
    ("row", "rules", "after"),
    [
        (indicator("≥98及时率（%）", "及时率（%）"), ("TGT-012", "TGT-013"), ("及时率", "≥98%")),
        (indicator("≥98", "任务数（个）"), ("TGT-011", "TGT-013"), ("任务数", "≥98个")),
        (indicator("12次"), ("TGT-010",), ("服务企业数", "≥12次")),
        (indicator("553万元", "总成本", "成本指标"), ("TGT-010",), ("总成本", "≤553万元")),
        (indicator("显著提高"), ("TGT-014",), ("服务企业数", "显著提高（达成/部分达成/未达成）")),
        (indicator("≥96", "资金使用效益"), ("TGT-012",), ("资金使用效益", "≥96")),
        (indicator("≥5家"), (), ("服务企业数", "≥5家")),
    ],
)
def test_wording_is_cured_as_far_as_it_can_be(
    row: Indicator, rules: tuple[str, ...], after: tuple[str, str]
) -> None:
    mended, cures = cured(row, says(*rules), LAW)
    assert (mended.level3, mended.raw_value) == after
    assert all(each.before != each.after and each.rule in rules for each in cures)
    assert mended.value == parse_value(mended.raw_value)


def test_brackets_of_document_numbers_and_white_space_are_cured() -> None:
    row = replace(indicator("447万元 ", basis="保财建[2021]57号"), level3=" 总成本 ")
    mended, cures = cured(row, says("TGT-009", "TGT-031"), LAW)
    assert (mended.basis, mended.raw_value, mended.level3) == ("保财建〔2021〕57号", "447万元", "总成本")
    assert [each.rule for each in cures] == ["TGT-031", "TGT-031", "TGT-009"]


def test_what_only_a_person_can_mend_is_left_and_told() -> None:
    made = propose_row(indicator("1次"), Reached(value=Decimal(3)), says("TGT-010", "TGT-016"), LAW)
    assert made.indicator.raw_value == "≥4次"
    assert [each.rule for each in made.left] == ["TGT-016"]
    assert (made.baseline, made.last_year) == (Decimal(3), None)
    nothing = propose_row(indicator(""), Reached(tier_rate=Decimal(70)), [], LAW)
    assert nothing.method == "没有指标值，请补填；本年分档的比率 70%"
    assert propose_row(indicator("显著提高"), Reached(), [], LAW).method.startswith("定性指标")


def test_a_whole_document_gets_its_rows_and_fewer_findings() -> None:
    document = demo.document()
    found = lint(document, LAW, serves=demo.serves())
    made = propose(document, found, {}, LAW)
    assert len(made) == 108
    projects = tuple(
        replace(
            project,
            indicators=tuple(made[project.code, n].indicator for n, _ in enumerate(project.indicators, 1)),
        )
        for project in document.projects
    )
    after = lint(replace(document, projects=projects), LAW, serves=demo.serves())
    count = {
        rule: sum(each.rule == rule for each in after)
        for rule in ("TGT-010", "TGT-013", "TGT-014", "TGT-031")
    }
    assert count == dict.fromkeys(count, 0)
    assert len(after) < len(found) - 40


def test_the_model_answer_gets_a_hundred_and_the_published_text_its_band() -> None:
    clean = audit(AuditCase(DAY, HEBEI, tuple(lint(HEBEI, LAW))), LAW)
    assert (clean.total, clean.band) == (100, "优")
    assert all("没有查出问题" in each.reason for each in clean.items)
    document = demo.document()
    told_ = audit(AuditCase(DAY, document, tuple(lint(document, LAW, serves=demo.serves()))), LAW)
    assert told_.band == "中"
    assert told_.total == sum(each.score for each in told_.items)
    assert [each.code for each in told_.items] == list(ITEMS)
    assert told_.part("完整性")[1] == 20
    assert sum(told_.part(part)[1] for part in ("完整性", "相关性", "适当性", "可行性")) == 100


@pytest.mark.parametrize(
    ("total", "band"),
    [
        ("100", "优"),
        ("90", "优"),
        ("89.99", "良"),
        ("80", "良"),
        ("79.9", "中"),
        ("60", "中"),
        ("59.9", "差"),
        ("0", "差"),
    ],
)
def test_each_edge_belongs_to_its_band(total: str, band: str) -> None:
    assert band_of(Decimal(total), LAW) == band


def test_last_years_results_and_rows_below_count() -> None:
    results = {each.code: "中" for each in HEBEI.projects}
    case = AuditCase(DAY, HEBEI, (), results, (5, 10))
    done = audit(case, LAW)
    by_code = {each.code: each for each in done.items}
    assert by_code["attainable"].score == 7
    assert by_code["reasonable"].score == Decimal("10.5")
    assert "5 行的目标低于上年已完成值" in by_code["reasonable"].reason
    fine = audit(replace(case, results={each.code: "优" for each in HEBEI.projects}, below=(0, 9)), LAW)
    assert fine.total == 100


def test_a_project_without_benefits_loses() -> None:
    first = HEBEI.projects[0]
    cut = replace(first, indicators=tuple(row for row in first.indicators if "效益" not in row.level1))
    document = replace(HEBEI, projects=(cut, *HEBEI.projects[1:]))
    done = audit(AuditCase(DAY, document, ()), LAW)
    assert "缺产出、效益或满意度指标" in done.items[0].reason
    assert done.items[0].score < 10


def test_numbers_are_told_without_needless_noughts() -> None:
    assert [told(Decimal(each)) for each in ("5.00", "100", "0.00", "3.10")] == ["5", "100", "0", "3.1"]
