"""The rules about whose good it is."""

# ruff: noqa: N802 - each test bears the id of its rule

from __future__ import annotations

from datetime import date

from rules.trade.goods.goods_facts import DAY, PLAIN, party, said, spoken, starts_on

FIRST = date(2020, 1, 1)


def test_REC_006_passes_on_file_until_the_last_day() -> None:
    assert "REC-006" not in spoken(PLAIN)
    assert "REC-006" not in spoken(party(valid_to=DAY))
    assert "REC-006" not in spoken(party(valid_to=None))


def test_REC_006_fails() -> None:
    found = said(party(state="suspended"), "REC-006")
    assert found.severity == "error"
    assert "已暂停" in found.message


def test_REC_006_the_day_before_and_the_first_day() -> None:
    starts_on("REC-006", FIRST, party(state="suspended"))


def test_REC_006_refuses_an_expired_filing() -> None:
    assert "2023-05-31 到期" in said(party(valid_to=date(2023, 5, 31)), "REC-006").message


def test_REC_015_passes_within_the_filed_chapters() -> None:
    assert "REC-015" not in spoken(PLAIN)
    assert "REC-015" not in spoken(party(chapters=()))
    assert "REC-015" not in spoken(party(chapters=("39", "42")))


def test_REC_015_fails() -> None:
    found = said(party(chapters=("61", "39")), "REC-015")
    assert found.severity == "error"
    assert "第 42 章" in found.message
    assert "第 39、61 章" in found.message


def test_REC_015_the_day_before_and_the_first_day() -> None:
    starts_on("REC-015", FIRST, party(chapters=("61", "39")))


def test_REC_016_passes_with_filed_chapters() -> None:
    assert "REC-016" not in spoken(PLAIN)


def test_REC_016_fails() -> None:
    found = said(party(chapters=()), "REC-016")
    assert found.severity == "hint"


def test_REC_016_the_day_before_and_the_first_day() -> None:
    starts_on("REC-016", FIRST, party(chapters=()))
