"""The rules about names and declaration elements."""

# ruff: noqa: N802 - each test bears the id of its rule

from __future__ import annotations

from dataclasses import replace
from datetime import date

from rules.trade.goods.goods_facts import PLAIN, gone, good, line, said, spoken, starts_on

FIRST = date(2020, 1, 1)


def test_REC_019_passes_with_all_elements() -> None:
    assert "REC-019" not in spoken(PLAIN)
    assert "REC-019" not in spoken(line(elements=("品名", "型号", "GTIN")))
    assert "REC-019" not in spoken(gone())


def test_REC_019_fails() -> None:
    found = said(good(elements=(("材质", " "),)), "REC-019")
    assert found.severity == "warning"
    assert "材质、是否有背带" in found.message


def test_REC_019_the_day_before_and_the_first_day() -> None:
    starts_on("REC-019", FIRST, good(elements=(("材质", " "),)))


def test_REC_020_passes_names_that_fit() -> None:
    assert "REC-020" not in spoken(PLAIN)
    assert "REC-020" not in spoken(good(name="双肩包"))
    assert "REC-020" not in spoken(line(name="其他"))
    assert "REC-020" not in spoken(gone())


def test_REC_020_fails() -> None:
    found = said(good(name="不锈钢保温杯"), "REC-020")
    assert found.severity == "warning"
    assert "不锈钢保温杯" in found.message
    assert "没有相同的词" in found.message
    assert "至少 0.25" in found.message


def test_REC_020_the_day_before_and_the_first_day() -> None:
    starts_on("REC-020", FIRST, good(name="不锈钢保温杯"))


def test_REC_020_looks_at_the_heading_of_a_bare_line() -> None:
    bare = line(name="其他", heading="衣箱、提箱、手提包")
    assert "REC-020" not in spoken(bare)
    wrong = replace(bare, good=replace(bare.good, name="保温杯"))
    assert "REC-020" in spoken(wrong)


def test_REC_021_passes_particular_names() -> None:
    assert "REC-021" not in spoken(PLAIN)
    assert "REC-021" not in spoken(good(name="箱包配件带扣"))


def test_REC_021_fails() -> None:
    found = said(good(name="日用品（批发）"), "REC-021")
    assert found.severity == "error"
    assert "日用品" in found.message


def test_REC_021_the_day_before_and_the_first_day() -> None:
    starts_on("REC-021", FIRST, good(name="日用品（批发）"))


def test_REC_022_passes_with_an_english_name() -> None:
    assert "REC-022" not in spoken(PLAIN)


def test_REC_022_fails() -> None:
    found = said(good(name_en="包 bag"), "REC-022")
    assert found.severity == "hint"
    assert "汉字" in found.message


def test_REC_022_the_day_before_and_the_first_day() -> None:
    starts_on("REC-022", FIRST, good(name_en="包 bag"))


def test_REC_022_asks_for_a_missing_name() -> None:
    assert "没有填写" in said(good(name_en=" "), "REC-022").message


def test_REC_023_passes_one_thing() -> None:
    assert "REC-023" not in spoken(PLAIN)
    assert "REC-023" not in spoken(good(name="手提包（红、蓝）"))


def test_REC_023_fails() -> None:
    found = said(good(name="手提包、钱包"), "REC-023")
    assert found.severity == "warning"
    assert "2 种商品" in found.message


def test_REC_023_the_day_before_and_the_first_day() -> None:
    starts_on("REC-023", FIRST, good(name="手提包、钱包"))
