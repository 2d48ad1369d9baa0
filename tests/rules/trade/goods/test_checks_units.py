"""The rules about units."""

# ruff: noqa: N802 - each test bears the id of its rule

from __future__ import annotations

from datetime import date

from rules.trade.goods.goods_facts import PLAIN, gone, good, said, spoken, starts_on

FIRST = date(2020, 1, 1)


def test_REC_017_passes_a_statutory_unit() -> None:
    assert "REC-017" not in spoken(PLAIN)
    assert "REC-017" not in spoken(good(unit="千克"))
    assert "REC-017" not in spoken(good(unit="箱"))


def test_REC_017_fails() -> None:
    found = said(good(unit="吨"), "REC-017")
    assert found.severity == "hint"
    assert "1 吨 = 1000 千克" in found.suggestion


def test_REC_017_the_day_before_and_the_first_day() -> None:
    starts_on("REC-017", FIRST, good(unit="吨"))


def test_REC_017_takes_words_for_one_unit_as_one_to_one() -> None:
    assert "1 只 = 1 个" in said(good(unit="只"), "REC-017").suggestion


def test_REC_018_passes_what_can_be_converted() -> None:
    assert "REC-018" not in spoken(PLAIN)
    assert "REC-018" not in spoken(good(unit="吨"))
    assert "REC-018" not in spoken(good(unit="只"))
    assert "REC-018" not in spoken(gone())


def test_REC_018_fails() -> None:
    found = said(good(unit="箱"), "REC-018")
    assert found.severity == "warning"
    assert "箱" in found.message
    assert "个、千克" in found.message
    assert "1 箱 合多少个" in found.suggestion


def test_REC_018_the_day_before_and_the_first_day() -> None:
    starts_on("REC-018", FIRST, good(unit="箱"))
