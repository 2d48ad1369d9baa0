# ruff: noqa: N802 - the names bear the rules' ids
"""The rules DIS-…: what may be disclosed, by whom, until when."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from youju.foundation.policies import law_on
from youju.rules.performance.disclosure import identifiers
from youju.rules.performance.disclosure.facts import ReleaseFacts
from youju.rules.performance.disclosure.judging import judge
from youju.rules.performance.disclosure.lifecycle import FLOW

FIRST = date(2020, 1, 1)
DAY = date(2023, 5, 8)
CARD = "130602199003078512"
PLAIN = ReleaseFacts(
    moment="prepare", day=DAY, kind="targets",
    texts=(("项目“法律顾问费”", "聘请法律顾问，编码13060523P00456310001Q，保财建〔2022〕66号，预算5.00万元。"),),
    fields={"project": ["code", "name", "budget"]}, people=frozenset({"王芳"}), firms=frozenset({"示例律师事务所"}),
    due_on=date(2023, 6, 1), hands=("demo-pfo",), actor="demo-hed",
)  # fmt: skip


def rules_of(facts: ReleaseFacts, day: date | None = None) -> list[str]:
    facts = replace(facts, day=day or facts.day)
    return [each.rule for each in judge(facts, law_on(max(facts.day, FIRST)))]


def with_text(text: str) -> ReleaseFacts:
    return replace(PLAIN, texts=(("更正理由", text),))


def test_plain_content_is_free_of_findings_and_the_day_before_nothing_is_in_force() -> None:
    assert rules_of(PLAIN) == []
    assert rules_of(with_text("电话13812345678"), FIRST - timedelta(days=1)) == []
    assert rules_of(with_text("电话13812345678"), FIRST) == ["DIS-002"]


def test_DIS_001_card_numbers_with_a_right_check_digit_are_found() -> None:
    assert next(identifiers.card_numbers(CARD), "") == CARD
    assert rules_of(with_text(f"身份证{CARD}")) == ["DIS-001"]
    assert rules_of(with_text("护照：E12345678")) == ["DIS-001"]
    assert "DIS-001" not in rules_of(with_text("130602199003078511"))


@pytest.mark.parametrize(
    "text", ["13812345678", "138-1234-5678", "+86 13812345678", "0312-2712345", "（0312）-2712345"]
)
def test_DIS_002_phones_are_found(text: str) -> None:
    assert rules_of(with_text(f"联系{text}")) == ["DIS-002"]


def test_DIS_002_the_unit_s_own_phone_may_be_public() -> None:
    assert rules_of(with_text("电话0312-0000000")) == []


def test_DIS_003_bank_accounts_are_found_and_hashes_are_none() -> None:
    assert rules_of(with_text("账号 6222 0202 0001 2345 678")) == ["DIS-003"]
    assert rules_of(with_text("账号6222020200012345678")) == ["DIS-003"]
    assert rules_of(with_text("金额1234567890.12元")) == []


def test_DIS_004_people_are_found() -> None:
    assert rules_of(with_text("由王芳负责")) == ["DIS-004"]
    assert rules_of(with_text("由财务科负责")) == []


@pytest.mark.parametrize("text", ["住址：白沟镇某某小区", "富强路12号3单元", "someone@example.com"])
def test_DIS_005_addresses_and_mails_are_found(text: str) -> None:
    assert rules_of(with_text(text)) == ["DIS-005"]


def test_DIS_006_what_is_not_approved_is_refused() -> None:
    assert rules_of(replace(PLAIN, unapproved=("2023 年绩效目标第 2 版",))) == ["DIS-006"]


def test_DIS_007_what_is_not_frozen_is_refused() -> None:
    assert rules_of(replace(PLAIN, unfrozen=("法律顾问费的“满意度”",))) == ["DIS-007"]


def test_DIS_008_fields_that_are_not_public_are_refused() -> None:
    assert rules_of(replace(PLAIN, fields={"project": ["code", "manager"]})) == ["DIS-008"]
    assert rules_of(replace(PLAIN, fields={"people": ["name"]})) == ["DIS-008"]


def test_DIS_009_late_only_after_the_last_day() -> None:
    watched = replace(PLAIN, moment="watch")
    assert rules_of(watched, date(2023, 6, 1)) == []
    assert rules_of(watched, date(2023, 6, 2)) == ["DIS-009"]
    assert rules_of(replace(watched, published=True), date(2023, 6, 2)) == []


def test_DIS_010_a_correction_says_why() -> None:
    assert rules_of(replace(PLAIN, number=2)) == ["DIS-010"]
    assert rules_of(replace(PLAIN, number=2, reason="更正项目用途")) == []


def test_DIS_011_who_prepared_does_not_publish() -> None:
    publish = replace(PLAIN, moment="publish")
    assert rules_of(publish) == []
    assert rules_of(replace(publish, actor="demo-pfo")) == ["DIS-011"]


def test_DIS_012_firms_are_found() -> None:
    assert rules_of(with_text("付给示例律师事务所")) == ["DIS-012"]


def test_DIS_013_what_is_missing_is_a_warning() -> None:
    findings = judge(replace(PLAIN, missing=("某项目的“满意度”",)), law_on(DAY))
    assert [(each.rule, each.severity.value) for each in findings] == [("DIS-013", "warning")]


def test_personal_data_is_not_repeated_by_the_sentence_that_finds_it() -> None:
    said = judge(with_text(f"身份证{CARD}，电话13812345678"), law_on(DAY))
    assert not any(CARD in each.told or "13812345678" in each.told for each in said)


def test_a_release_is_published_by_another_and_only_a_public_one_is_withdrawn() -> None:
    assert FLOW.transition("publish").not_by == ("submit",)
    assert FLOW.transition("withdraw").sources == ("published",)
    assert FLOW.transition("withdraw").reason_required
