"""Indicator values taken apart: everything seen in print, and properties over everything that could be."""

from __future__ import annotations

import string
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from youju.rules.performance.targets.facts import Kind, Value
from youju.rules.performance.targets.units import UNITS
from youju.rules.performance.targets.values import parse_value, split_value

Q = Kind.QUANTITATIVE
SEEN = {
    "≥96综合业务管理工作完成率": ("≥", "96", None),
    "≥98各项任务完成及时率（%）": ("≥", "98", None),
    "≥96对社会发展带来的影响": ("≥", "96", None),
    "≥96项目完成情况": ("≥", "96", None),
    "≥1批": ("≥", "1", "批"),
    "553万元": (None, "553", "万元"),
    "2.24万元": (None, "2.24", "万元"),
    "≤45.01万元": ("≤", "45.01", "万元"),
    "1次": (None, "1", "次"),
    "6人": (None, "6", "人"),
    "2家": (None, "2", "家"),
    "≥90%": ("≥", "90", "%"),
    "100%": (None, "100", "%"),
    "≥2亿元": ("≥", "2", "亿元"),
    "447万元 ": (None, "447", "万元"),
}
SIGNS = {
    "≥": [
        "≥",
        "＞＝",
        ">=",
        "≧",
        "⩾",
        "》=",
        "》＝",
        "> =",
        "=>",
        "≥=",
        "不低于",
        "不少于",
        "不得低于",
        "至少",
        "大于等于",
    ],
    "≤": ["≤", "＜＝", "<=", "≦", "⩽", "《=", "《＝", "=<", "不超过", "不高于", "不得超过", "小于或等于"],
    ">": [">", "＞", "﹥", "大于", "超过"],
    "<": ["<", "＜", "﹤", "小于", "低于"],
    "=": ["=", "＝", "等于"],
}


@pytest.mark.parametrize(("raw", "parts"), SEEN.items())
def test_values_seen_in_print(raw: str, parts: tuple[str | None, str, str | None]) -> None:
    assert parse_value(raw) == Value(Q, *parts)


@pytest.mark.parametrize(("sign", "printed"), [(sign, each) for sign, all_ in SIGNS.items() for each in all_])
def test_every_way_to_print_a_comparison(sign: str, printed: str) -> None:
    for raw in (f"{printed}98%", f"{printed} 98 %", f"　{printed}９８％ "):
        assert parse_value(raw) == Value(Q, sign, "98", "%"), raw


@pytest.mark.parametrize(
    ("raw", "parts"),
    [
        ("＞＝９８％", ("≥", "98", "%")),
        ("≥2,000.50万元", ("≥", "2000.50", "万元")),
        ("≥２，０００．５０万元", ("≥", "2000.50", "万元")),
        ("≥1,234,567元", ("≥", "1234567", "元")),
        ("≥2000.5万元", ("≥", "2000.5", "万元")),
        ("2023家", (None, "2023", "家")),
        ("-5%", (None, "-5", "%")),
        ("98 %", (None, "98", "%")),
        ("90%以上", ("≥", "90", "%")),
        ("30日内", ("≤", "30", "日")),
        ("1年内", ("≤", "1", "年")),
        ("12个月", (None, "12", "个月")),
        ("≤30个工作日", ("≤", "30", "个工作日")),
        ("≤200元/人", ("≤", "200", "元/人")),
        ("≤7500元/人·月", ("≤", "7500", "元/人·月")),
        ("10万人次", (None, "10", "万人次")),
        ("≥5个（其中省级2个）", ("≥", "5", "个")),
        ("≥5个项目", ("≥", "5", "个")),
        ("2家企业", (None, "2", "家")),
        ("100%合格", (None, "100", "%")),
        ("满意度≥90%", ("≥", "90", "%")),
        ("较上年增长10%", (None, "10", "%")),
        ("每年2次", (None, "2", "次")),
        ("2023年完成率≥95%", ("≥", "95", "%")),
        ("11月30日前完成5场", (None, "5", "场")),
        ("100", (None, "100", None)),
    ],
)
def test_values_of_other_counties(raw: str, parts: tuple[str | None, str, str | None]) -> None:
    assert parse_value(raw) == Value(Q, *parts)


@pytest.mark.parametrize(
    ("raw", "unit"), [("90%-95%", "%"), ("2-3次", "次"), ("≥90%且≤95%", "%"), ("1:3", None)]
)
def test_several_numbers_are_no_one_number(raw: str, unit: str | None) -> None:
    assert split_value(raw).several
    assert parse_value(raw) == Value(Q, None, None, unit)


@pytest.mark.parametrize(
    "raw",
    [
        "2023年12月底前",
        "12月31日前",
        "2023年第一季度",
        "全年",
        "第二季度",
        "年底前",
        "2023年",
        "2023年底",
        "2023-12-31",
        "2023.12.31前",
        "2023.12前",
        "1-12月",
        "2023年1月1日-2023年12月31日",
        "每月10日前",
        "≤2023年12月",
        "不晚于2023年11月底",
        "２０２３年１２月底前",
        "2023年11月30日之前完成验收",
        "上半年",
    ],
)
def test_deadlines(raw: str) -> None:
    assert parse_value(raw) == Value(Kind.DEADLINE)


@pytest.mark.parametrize(
    "raw",
    [
        "显著提高",
        "影响积极",
        "",
        " ",
        "全年无事故",
        "及时",
        "长期",
        "完成2023年度工作任务",
        "显著提高（达成/部分达成/未达成）",
        "优（90-100）、良（80-90）、中（60-80）",
        "元/人",
    ],
)
def test_qualitative_values(raw: str) -> None:
    assert parse_value(raw) == Value(Kind.QUALITATIVE)


def test_the_residue_is_what_is_neither_sign_nor_number_nor_unit() -> None:
    assert split_value("≥98各项任务完成及时率（%）").residue == "各项任务完成及时率(%)"
    assert split_value("≥98%").residue == ""


NUMBERS = st.one_of(
    st.integers(0, 10**12).map(str), st.decimals(0, 10**9, places=2, allow_nan=False).map(lambda d: f"{d:f}")
)
UNIT = st.sampled_from(sorted(UNITS - {"月", "日"}))
PRINTED = st.sampled_from([(sign, each) for sign, all_ in SIGNS.items() for each in all_])
WIDE = str.maketrans({chr(code): chr(code + 0xFEE0) for code in range(0x21, 0x7F)})


@settings(deadline=None)
@given(PRINTED, NUMBERS, UNIT, st.booleans(), st.sampled_from(["", " ", "　"]))
def test_any_sign_number_and_unit_are_found_again(
    printed: tuple[str, str], number: str, unit: str, wide: bool, space: str
) -> None:
    sign, text = printed
    raw = f"{text}{space}{number}{space}{unit}"
    assert parse_value(raw.translate(WIDE) if wide else raw) == Value(Q, sign, number, unit)


@settings(deadline=None)
@given(PRINTED, st.integers(1000, 10**15), st.sampled_from(["元", "万元", "个"]))
def test_thousands_separators_do_not_count(printed: tuple[str, str], number: int, unit: str) -> None:
    assert parse_value(f"{printed[1]}{number:,}{unit}") == Value(Q, printed[0], str(number), unit)


@settings(deadline=None)
@given(st.text(max_size=60))
def test_any_text_is_read_without_an_error(raw: str) -> None:
    value = parse_value(raw)
    assert value == parse_value(f"  {raw}\n")
    if value.kind is not Q:
        assert (value.operator, value.number, value.unit) == (None, None, None)
    assert value.operator in {None, *SIGNS}


ALPHABET = string.digits + "≥≤=<>%％.,-年月日前底个万元亿（）/ 完成率"


@settings(deadline=None)
@given(st.text(ALPHABET, max_size=24))
def test_text_of_the_signs_of_values_is_read_without_an_error(raw: str) -> None:
    value = parse_value(raw)
    if value.number is not None:
        assert value.number.replace(".", "").lstrip("-").isdigit()
        assert "," not in value.number


@pytest.mark.parametrize(
    "raw", ["1" * 9000, " " * 9000 + "x", "≥1" + "人/" * 4000, "1-" * 4000, "2023年" * 4000]
)
def test_long_text_is_read_in_the_blink_of_an_eye(raw: str) -> None:
    began = time.process_time()
    parse_value(raw)
    assert time.process_time() - began < 0.5
