"""The rules DUP-…: what hits, what does not; the pair as a whole."""
# ruff: noqa: N802 - a rule's test bears its id

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from youju.foundation.policies import law_on
from youju.rules.funds.duplicates.facts import Box, Claim, Invoice, Line
from youju.rules.funds.duplicates.judging import Hit, Judge, judge_two
from youju.rules.funds.duplicates.traits import Preparer

DAY, FIRST_DAY = date(2024, 6, 1), date(2020, 1, 1)
ONE = Claim(
    id="A1",
    party="P1",
    policy="growth",
    period="2023",
    name="河北省保定市白沟新城宏达箱包有限公司",
    legal_person="张建国",
    phones=("13800001112",),
    address="保定市白沟新城富强路3号楼2层15号",
    account="6217000012345678",
)
OTHER = Claim(
    id="A2",
    party="P2",
    policy="container",
    period="2024",
    name="高碑店锦绣国际贸易有限公司",
    legal_person="李秀兰",
    phones=("15933334444",),
    address="白沟友谊大街9号",
    account="6217000087654321",
)


def look(
    one: dict[str, Any] | None = None, other: dict[str, Any] | None = None, day: date = DAY
) -> Hit | None:
    return judge_two(replace(ONE, **(one or {})), replace(OTHER, **(other or {})), law_on(day), day)


def rules(hit: Hit | None) -> list[str]:
    return [reason.rule for reason in hit.reasons] if hit else []


def held(count: int, one: dict[str, Any], other: dict[str, Any]) -> Hit | None:
    """The same two claims where so many claimants hold what they share."""
    preparer = Preparer(law_on(DAY))
    judge = Judge(law_on(DAY), DAY, lambda _kind, _value: count)
    return judge.judge(preparer.traits(replace(ONE, **one)), preparer.traits(replace(OTHER, **other)))


def test_two_strangers_are_no_hit() -> None:
    assert look() is None


def test_DUP_001_a_line_claimed_under_two_policies_is_hard_evidence() -> None:
    line = {"lines": (Line("0402 2023 0000000001", 3),)}
    hit = look({"lines": (Line("040220230000000001", 3), Line("040220230000000001", 4))}, line)
    assert rules(hit) == ["DUP-001"]
    assert hit is not None and hit.hard and hit.reasons[0].hard
    assert hit.reasons[0].message == "两份申报都用了报关单 040220230000000001 第 3 项。"
    assert rules(look(line, line, FIRST_DAY)) == ["DUP-001"]


def test_DUP_001_another_line_or_other_goods_in_a_merged_line_are_no_hit() -> None:
    assert look({"lines": (Line("D1", 3),)}, {"lines": (Line("D1", 4),)}) is None
    assert look({"lines": (Line("D1", 3, "71"),)}, {"lines": (Line("D1", 3, "72"),)}) is None
    assert rules(look({"lines": (Line("D1", 3, "71"),)}, {"lines": (Line("D1", 3, "71"),)})) == ["DUP-001"]
    assert rules(look({"lines": (Line("D1", 3, "71"),)}, {"lines": (Line("D1", 3),)})) == ["DUP-001"]


def test_DUP_001_one_claimant_in_two_years_is_found_as_well() -> None:
    line = {"lines": (Line("D1", 3),), "party": "P1"}
    assert rules(look(line, line)) == ["DUP-001"]


def test_DUP_002_a_tax_invoice_is_known_by_its_number_in_any_spelling() -> None:
    printed = Invoice("24132000000012345678", amount="9800.00")
    typed = Invoice("２４１３２０００ ０００ ０１２３４５６７８")
    assert rules(look({"invoices": (printed,)}, {"invoices": (typed,)})) == ["DUP-002"]
    old = (Invoice("00123456", code="1300204130"),)
    assert rules(look({"invoices": old}, {"invoices": old})) == ["DUP-002"]


def test_DUP_002_a_commercial_number_alone_is_no_hit() -> None:
    one, other = (
        Invoice("INV-2023-001", issuer="宏达", amount="10"),
        Invoice("INV-2023-001", issuer="锦绣", amount="11"),
    )
    assert look({"invoices": (one,)}, {"invoices": (other,)}) is None
    assert rules(look({"invoices": (one,)}, {"invoices": (replace(other, amount="10.00"),)})) == ["DUP-002"]
    assert look({"invoices": (Invoice("INV-1"),)}, {"invoices": (Invoice("INV-1"),)}) is None


def test_DUP_003_a_container_on_one_voyage_is_claimed_once() -> None:
    box = Box("CSQU3054383", date(2023, 5, 1))
    typed = Box("csqu 3O54383", date(2023, 5, 11))
    assert rules(look({"boxes": (box,)}, {"boxes": (typed,)})) == ["DUP-003"]


def test_DUP_003_a_later_voyage_or_ones_share_of_a_container_is_no_hit() -> None:
    box = Box("CSQU3054383", date(2023, 5, 1))
    assert look({"boxes": (box,)}, {"boxes": (replace(box, day=date(2023, 5, 12)),)}) is None
    part = replace(box, shared=True)
    assert look({"boxes": (part,)}, {"boxes": (part,)}) is None
    assert rules(look({"boxes": (box,)}, {"boxes": (part,)})) == ["DUP-003"]


def test_DUP_004_one_claimant_twice_under_one_policy_and_period() -> None:
    again = {"party": "P1", "policy": "growth", "period": "2023"}
    assert rules(look(None, again)) == ["DUP-004"]
    assert look(None, again | {"period": "2024"}) is None
    code = {"code": "91130684MA0EXAMPL3"}
    assert rules(look(code, again | {"party": "P9"} | code)) == ["DUP-004"]


def test_DUP_005_two_claimants_with_one_account() -> None:
    assert rules(look(None, {"account": "6217 0000-1234 5678"})) == ["DUP-005"]
    assert rules(look({"account_mark": "ab"}, {"account_mark": "ab"})) == ["DUP-005"]


def test_DUP_005_one_claimants_own_account_or_none_is_no_hit() -> None:
    assert look(None, {"account": ONE.account, "party": "P1"}) is None
    assert look({"account": ""}, {"account": ""}) is None
    assert look({"account": "123"}, {"account": "123"}) is None


def test_DUP_006_two_claimants_of_one_person() -> None:
    mark = {"person_mark": "f" * 64}
    assert rules(look(mark, mark)) == ["DUP-006"]
    assert look(mark, {"person_mark": "e" * 64}) is None
    assert look(mark, mark | {"party": "P1"}) is None


def test_DUP_007_a_shared_phone_is_a_hit_by_itself() -> None:
    hit = look(None, {"phones": ("+86 138-0000-1112",)})
    assert rules(hit) == ["DUP-007"]
    assert hit is not None and not hit.hard and hit.weight == 80


def test_DUP_007_an_agents_phone_and_one_that_many_hold_are_no_hit() -> None:
    phone = {"phones": ONE.phones, "agent_phones": ONE.phones}
    assert look(phone, phone) is None
    assert held(9, {}, {"phones": ONE.phones}) is None
    marks = {"phone_marks": ("a" * 64,)}
    assert rules(look(marks, marks)) == ["DUP-007"]
    assert look(marks, marks | {"agent_phones": ("a" * 64,)}) is None


def test_DUP_008_a_namesake_counts_with_the_address_and_the_less_the_more_there_are() -> None:
    both = {"legal_person": "张建国", "address": "白沟富强路3-2-15"}
    assert rules(look(None, both)) == ["DUP-008", "DUP-009"]
    assert look(None, {"legal_person": "张建国"}) is None
    assert held(41, {}, both) is None


def test_DUP_008_the_same_sound_is_told_and_weighs_less() -> None:
    hit = look(None, {"legal_person": "张建果", "address": ONE.address})
    assert rules(hit) == ["DUP-008", "DUP-009"]
    assert hit is not None and hit.reasons[0].message.startswith("法定代表人同音或只差一字")


def test_DUP_009_next_door_is_no_hit() -> None:
    near = {"legal_person": ONE.legal_person, "address": "保定市白沟新城富强路3号楼2层16号"}
    assert look(None, near) is None


@pytest.mark.parametrize(
    "name",
    [
        "宏达箱包有限责任公司",
        "（白沟）宏达箱包厂",
        "保定白沟宏达箱包有限公司高碑店分公司",
        "宏达箱包",
        "白沟箱包宏达有限公司",
    ],
)
def test_DUP_010_a_rare_name_in_other_words_is_a_hit(name: str) -> None:
    hit = look({"legal_person": "", "phones": (), "address": ""}, {"name": name})
    assert rules(hit) == ["DUP-010"]


def test_DUP_010_a_name_that_many_bear_or_other_people_behind_it_is_no_hit() -> None:
    assert look(None, {"name": "宏达箱包有限责任公司"}) is None
    assert held(40, {"legal_person": ""}, {"name": "宏达箱包有限责任公司"}) is None


@pytest.mark.parametrize("name", ["白沟鸿达箱包有限公司", "白沟宏達箱包", "白沟达宏箱包有限公司"])
def test_DUP_011_a_name_that_is_like_counts_with_the_person(name: str) -> None:
    alike = {"name": name, "legal_person": ONE.legal_person, "phones": (), "address": ""}
    assert rules(look(None, alike)) == ["DUP-008", "DUP-011"]
    assert look(None, {"name": name}) is None


def test_DUP_011_a_sister_in_another_trade_is_no_hit() -> None:
    assert look(None, {"name": "白沟宏达服饰有限公司", "address": "白沟富强路3号楼2层16号"}) is None


def test_every_reason_has_both_wordings_and_advice() -> None:
    hit = look(
        {"lines": (Line("D1", 1),)}, {"lines": (Line("D1", 1),), "phones": ONE.phones, "account": ONE.account}
    )
    assert hit is not None
    for reason in hit.reasons:
        assert (
            reason.first
            and reason.second
            and reason.message.endswith("。")
            and reason.suggestion.endswith("。")
        )
    assert (hit.first, hit.second) == ("A1", "A2")
