"""Normalising: examples, and what holds for every text: done twice it is the same, width and spaces do not matter."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from youju.foundation.policies import law_on
from youju.rules.funds.duplicates import identifiers, spelling
from youju.rules.funds.duplicates.addresses import AddressReader
from youju.rules.funds.duplicates.names import NameReader

LAW = law_on(date(2024, 6, 1))
NAMES, ADDRESSES = NameReader(LAW), AddressReader(LAW)
WORDS = st.text(
    alphabet="宏达鑫源箱包国际贸易白沟保定河北省市有限责任公司第一分（）() ＡａZ1２-厂店", max_size=24
)
FULL = {ord(sign): chr(ord(sign) + 0xFEE0) for sign in "0123456789ABCXYZabcxyz-()"}


@pytest.mark.parametrize(
    ("text", "core", "trades", "branch"),
    [
        ("河北省保定市白沟新城宏达箱包有限公司", "宏达", {"箱包"}, ""),
        ("（白沟）宏达箱包有限责任公司", "宏达", {"箱包"}, ""),
        ("宏达国貿", "宏达", {"贸易"}, ""),
        ("保定白沟宏达箱包有限公司高碑店分公司", "宏达", {"箱包"}, "高碑店分公司"),
        ("宏达箱包第一分公司", "宏达", {"箱包"}, "第一分公司"),
        ("国际贸易宏达有限公司", "宏达", {"贸易"}, ""),
        ("白沟箱包有限公司", "箱包", set(), ""),
        ("白沟", "白沟", set(), ""),
        ("", "", set(), ""),
    ],
)
def test_a_name_is_taken_apart(text: str, core: str, trades: set[str], branch: str) -> None:
    name = NAMES.read(text)
    assert (name.core, name.trades, name.branch) == (core, trades, branch)


@pytest.mark.parametrize(
    "text",
    [
        "河北省保定市白沟新城富强路3号楼2层15号",
        "白沟富强路三号楼二层十五室",
        "富强路3-2-15",
        "富强路３栋２楼１５号",
    ],
)
def test_one_door_in_many_wordings(text: str) -> None:
    assert ADDRESSES.read(text).key == "富强路|3-2-15"


def test_an_address_without_a_number_names_no_door() -> None:
    assert ADDRESSES.read("保定市白沟新城富强路").key == ""
    assert ADDRESSES.read("").key == ""


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("+86 138-0000-1112", {"13800001112"}),
        ("(0312)2811234转8", {"03122811234"}),
        ("013800001112、１５９３３３３４４４４", {"13800001112", "15933334444"}),
        ("无", set()),
        ("00000000000", set()),
    ],
)
def test_phones(text: str, found: set[str]) -> None:
    assert identifiers.phones((text,)) == found


def test_a_container_is_put_right_only_where_its_check_digit_then_holds() -> None:
    assert identifiers.container("csqu 305438-3") == "CSQU3054383"
    assert identifiers.container("CSQU3O54383") == "CSQU3054383"
    assert identifiers.container("CSQU3O54384") == "CSQU3O54384"
    assert identifiers.checks("CSQU3054383") and not identifiers.checks("CSQU3054384")


def test_numerals() -> None:
    assert spelling.numerals("十二号楼二十层二〇三室十") == "12号楼20层203室10"
    assert spelling.numerals("一百零三") == "1百03"
    assert spelling.numerals("二十十") == "二十十"


@given(WORDS)
def test_reading_what_was_read_changes_nothing(text: str) -> None:
    once = spelling.plain(text)
    assert spelling.plain(once) == once
    assert identifiers.container(identifiers.container(text)) == identifiers.container(text)
    number = identifiers.account(text)
    assert identifiers.account(number) == number
    assert identifiers.phones(tuple(identifiers.phones((text,)))) == identifiers.phones((text,))


@given(WORDS)
def test_width_and_case_do_not_matter(text: str) -> None:
    assert NAMES.read(text) == NAMES.read(text.translate(FULL)) == NAMES.read(f" {text.lower()}　")


@given(WORDS)
def test_a_name_never_loses_its_brand(text: str) -> None:
    assert bool(NAMES.read(text).core) == bool(spelling.plain(text))
