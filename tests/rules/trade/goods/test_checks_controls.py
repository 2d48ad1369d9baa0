"""The rules about bans, licences, inspection, duty and food."""

# ruff: noqa: N802 - each test bears the id of its rule

from __future__ import annotations

from datetime import date
from decimal import Decimal

from rules.trade.goods.goods_facts import DUTY, PLAIN, coded, line, said, spoken, starts_on

FIRST = date(2020, 1, 1)


def test_REC_004_passes_what_may_leave() -> None:
    assert "REC-004" not in spoken(PLAIN)
    assert "REC-004" not in spoken(line(supervision="9A"))


def test_REC_004_fails() -> None:
    found = said(coded("4402901000"), "REC-004")
    assert found.severity == "error"
    assert "木炭" in found.message
    assert "4402" in found.message


def test_REC_004_the_day_before_and_the_first_day() -> None:
    starts_on("REC-004", FIRST, coded("4402901000"))


def test_REC_004_reads_the_supervision_condition_too() -> None:
    assert "监管条件 8（禁止出口商品）" in said(line(supervision="A8"), "REC-004").message


def test_REC_005_passes_without_a_licence() -> None:
    assert "REC-005" not in spoken(PLAIN)
    assert "REC-005" not in spoken(line(supervision="79AB8"))


def test_REC_005_fails() -> None:
    found = said(line(supervision="A4"), "REC-005")
    assert found.severity == "error"
    assert "4（出口许可证）" in found.message
    assert "一般贸易" in found.suggestion


def test_REC_005_the_day_before_and_the_first_day() -> None:
    starts_on("REC-005", FIRST, line(supervision="A4"))


def test_REC_007_passes_without_inspection() -> None:
    assert "REC-007" not in spoken(PLAIN)
    assert "REC-007" not in spoken(line(supervision="A", inspection="M/P"))


def test_REC_007_fails() -> None:
    found = said(line(supervision="AB", inspection="M/N"), "REC-007")
    assert found.severity == "warning"
    assert "B（出境检验检疫）" in found.message
    assert "类别 N（出口商品检验）" in found.message


def test_REC_007_the_day_before_and_the_first_day() -> None:
    starts_on("REC-007", FIRST, line(supervision="AB", inspection="M/N"))


def test_REC_008_passes_without_duty() -> None:
    assert "REC-008" not in spoken(PLAIN)
    assert "REC-008" not in spoken(line(export_duty=Decimal(0)))


def test_REC_008_fails() -> None:
    found = said(line(export_duty=DUTY), "REC-008")
    assert found.severity == "warning"
    assert "40%" in found.message


def test_REC_008_the_day_before_and_the_first_day() -> None:
    starts_on("REC-008", FIRST, line(export_duty=DUTY))


def test_REC_014_passes_listed_food_and_other_things() -> None:
    assert "REC-014" not in spoken(PLAIN)
    assert "REC-014" not in spoken(coded("1704900000"))


def test_REC_014_fails() -> None:
    found = said(coded("1601001010"), "REC-014")
    assert found.severity == "error"
    assert "预包装食品" in found.message


def test_REC_014_the_day_before_and_the_first_day() -> None:
    starts_on("REC-014", FIRST, coded("1601001010"))
