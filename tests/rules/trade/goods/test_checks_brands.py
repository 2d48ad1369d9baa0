"""The rules about brands and authorisations."""

# ruff: noqa: N802 - each test bears the id of its rule

from __future__ import annotations

from datetime import date

from rules.trade.goods.goods_facts import DAY, FOREIGN, PLAIN, branded, good, said, spoken, starts_on

FIRST = date(2020, 1, 1)


def test_REC_009_passes_with_an_authorisation() -> None:
    assert "REC-009" not in spoken(PLAIN)
    assert "REC-009" not in spoken(branded())
    assert "REC-009" not in spoken(good(brand_kind="own", brand="自家"))


def test_REC_009_fails() -> None:
    found = said(good(**FOREIGN), "REC-009")
    assert found.severity == "error"
    assert "COACH" in found.message
    assert "境外品牌" in found.message


def test_REC_009_the_day_before_and_the_first_day() -> None:
    starts_on("REC-009", FIRST, good(**FOREIGN))


def test_REC_010_passes_until_its_last_day() -> None:
    assert "REC-010" not in spoken(PLAIN)
    assert "REC-010" not in spoken(branded(until=DAY))
    assert "REC-010" not in spoken(branded(until=None))


def test_REC_010_fails() -> None:
    found = said(branded(until=date(2023, 5, 31)), "REC-010")
    assert found.severity == "error"
    assert "2023-05-31" in found.message


def test_REC_010_the_day_before_and_the_first_day() -> None:
    starts_on("REC-010", FIRST, branded(until=date(2023, 5, 31)))


def test_REC_011_passes_long_before_the_end() -> None:
    assert "REC-011" not in spoken(PLAIN)
    assert "REC-011" not in spoken(branded())
    assert "REC-011" not in spoken(branded(until=date(2023, 7, 2)))
    assert "REC-011" not in spoken(branded(until=date(2023, 5, 31)))


def test_REC_011_fails() -> None:
    found = said(branded(until=date(2023, 7, 1)), "REC-011")
    assert found.severity == "hint"
    assert "2023-07-01" in found.message


def test_REC_011_the_day_before_and_the_first_day() -> None:
    starts_on("REC-011", FIRST, branded(until=date(2023, 7, 1)))


def test_REC_011_asks_for_a_day_where_none_is_given() -> None:
    assert "没有填写有效期" in said(branded(until=None), "REC-011").message


def test_REC_012_passes_names_of_ones_own() -> None:
    assert "REC-012" not in spoken(PLAIN)
    assert "REC-012" not in spoken(branded())


def test_REC_012_fails() -> None:
    found = said(good(name="ｎｉｋｅ款手提包"), "REC-012")
    assert found.severity == "warning"
    assert "NIKE" in found.message
    assert "无品牌" in found.message


def test_REC_012_the_day_before_and_the_first_day() -> None:
    starts_on("REC-012", FIRST, good(name="ｎｉｋｅ款手提包"))


def test_REC_013_passes_where_both_agree() -> None:
    assert "REC-013" not in spoken(PLAIN)
    assert "REC-013" not in spoken(branded())
    assert "REC-013" not in spoken(good(brand="无品牌"))
    assert "REC-013" not in spoken(good(brand_kind="other"))


def test_REC_013_fails() -> None:
    found = said(good(brand="大红鹰"), "REC-013")
    assert found.severity == "error"
    assert "大红鹰" in found.message


def test_REC_013_the_day_before_and_the_first_day() -> None:
    starts_on("REC-013", FIRST, good(brand="大红鹰"))


def test_REC_013_asks_for_the_brand_of_a_branded_good() -> None:
    assert "没有写品牌" in said(good(brand_kind="own"), "REC-013").message
