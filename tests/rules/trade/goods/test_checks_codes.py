"""The rules about the code (REC-001 to 003)."""

# ruff: noqa: N802 - each test bears the id of its rule

from __future__ import annotations

from datetime import date

from rules.trade.goods.goods_facts import PLAIN, gone, said, spoken, starts_on

FIRST = date(2020, 1, 1)


def test_REC_001_passes_with_a_code_of_the_day() -> None:
    assert "REC-001" not in spoken(PLAIN)
    assert "REC-001" not in spoken(gone(earlier=("2022 年税则", "2022-12-31", "提包")))
    assert "REC-001" not in spoken(gone(later=("2024 年税则", "2024-01-01")))


def test_REC_001_fails() -> None:
    found = said(gone(), "REC-001")
    assert found.severity == "error"
    assert "2023 年税则" in found.message
    assert "4202220000" in found.message


def test_REC_001_the_day_before_and_the_first_day() -> None:
    starts_on("REC-001", FIRST, gone())


def test_REC_001_names_the_neighbours_and_a_missing_version() -> None:
    near = gone(successors=(("4202210000", "皮革手提包"),))
    assert "4202210000（皮革手提包）" in said(near, "REC-001").suggestion
    assert "没有装入" in said(gone(version=""), "REC-001").message


def test_REC_002_passes_with_a_code_of_the_day() -> None:
    assert "REC-002" not in spoken(PLAIN)
    assert "REC-002" not in spoken(gone())


def test_REC_002_fails() -> None:
    found = said(
        gone(earlier=("2022 年税则", "2022-12-31", "提包"), successors=(("4202220010", "手提包"),)), "REC-002"
    )
    assert found.severity == "error"
    assert "2022 年税则" in found.message
    assert "2022-12-31" in found.message
    assert "4202220010（手提包）" in found.suggestion


def test_REC_002_the_day_before_and_the_first_day() -> None:
    starts_on(
        "REC-002",
        FIRST,
        gone(earlier=("2022 年税则", "2022-12-31", "提包"), successors=(("4202220010", "手提包"),)),
    )


def test_REC_003_passes_with_a_code_of_the_day() -> None:
    assert "REC-003" not in spoken(PLAIN)
    assert "REC-003" not in spoken(gone())
    assert "REC-003" not in spoken(gone(earlier=("旧", "2022-12-31", ""), later=("新", "2024-01-01")))


def test_REC_003_fails() -> None:
    found = said(gone(later=("2024 年税则", "2024-01-01")), "REC-003")
    assert found.severity == "error"
    assert "2024-01-01" in found.message


def test_REC_003_the_day_before_and_the_first_day() -> None:
    starts_on("REC-003", FIRST, gone(later=("2024 年税则", "2024-01-01")))
