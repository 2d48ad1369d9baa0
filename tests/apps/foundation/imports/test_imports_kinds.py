"""Each kind of cell: what people write, what a spreadsheet makes of it, what is refused and why."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from youju.foundation.imports.kinds import Amount, BadCellError, Choice, Code, Day, Flag, Text, Whole

days = st.dates(date(1930, 1, 1), date(2110, 12, 31))
_CHINESE = "〇一二三四五六七八九"


def chinese(day: date) -> str:
    def tens(number: int) -> str:
        ten, one = divmod(number, 10)
        return ("" if ten == 0 else "十" if ten == 1 else _CHINESE[ten] + "十") + (
            _CHINESE[one] if one else ""
        )

    return (
        "".join(_CHINESE[int(digit)] for digit in str(day.year)) + f"年{tens(day.month)}月{tens(day.day)}日"
    )


@given(days)
def test_every_form_of_a_day_gives_the_day(day: date) -> None:
    forms: list[Any] = [
        day,
        datetime(day.year, day.month, day.day),
        day.isoformat(),
        f"{day:%Y/%m/%d}",
        f"{day.year}.{day.month}.{day.day}",
        f"{day.year}年{day.month}月{day.day}日",
        f"{day:%Y%m%d}",
        float(f"{day:%Y%m%d}"),
        f" {day.year} 年 {day.month} 月 {day.day} 号 ",
        f"{day.isoformat()} 00:00:00",
        f"{day.isoformat()}T00:00",
        chinese(day),
        float((day - date(1899, 12, 30)).days),
        "".join(chr(ord(sign) + 0xFEE0) if sign.isdigit() else sign for sign in f"{day:%Y-%m-%d}"),
    ]
    assert {Day().read(form) for form in forms} == {day}
    assert Day().thaw(Day().freeze(day)) == day


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("2023-02-30", "不存在"),
        ("二〇二三年十三月一日", "不存在"),
        ("2023年5月", "只到月"),
        ("2023-05", "只到月"),
        ("去年", "不是日期"),
        ("2023-05-01 08:30", "带有时刻"),
        ("2023年5月1日 13:00:01", "带有时刻"),
        ("二〇二三年十十月一日", "不存在"),
        ("二〇二三年二二十月一日", "不是日期|不存在"),
        (12.5, "不是日期"),
        (7, "不是日期"),
        (datetime(2023, 5, 1, 9, 30), "带有时刻"),
        (True, "不是日期"),
    ],
)
def test_what_is_no_day(cell: Any, reason: str) -> None:
    with pytest.raises(BadCellError, match=reason):
        Day().read(cell)


def test_a_day_within_bounds() -> None:
    kind = Day(least=date(2023, 1, 1), most=date(2023, 12, 31))
    assert kind.read("2023-12-31") == date(2023, 12, 31)
    for day in ("2022-12-31", "2024-01-01"):
        with pytest.raises(BadCellError, match="不在"):
            kind.read(day)


@given(st.decimals(min_value=0, max_value=10**11, places=2))
def test_an_amount_survives_every_way_of_writing_it(amount: Decimal) -> None:
    kind = Amount(2)
    written: list[Any] = [str(amount), f"{amount:,}", f" {amount} ", float(amount)]
    assert {kind.read(each) for each in written} == {amount}
    assert kind.thaw(kind.freeze(amount)) == amount


@pytest.mark.parametrize(
    ("kind", "cell", "reason"),
    [
        (Amount(2), "1.005", "小数多于 2 位"),
        (Amount(2), 0.125, "小数多于 2 位"),
        (Amount(2), "12元", "不是数"),
        (Amount(2), "1,20", "不是数"),
        (Amount(2), "", "不是数"),
        (Amount(2), float("nan"), "不是数"),
        (Amount(2), True, "要填"),
        (Amount(2, least="0"), "-0.01", "小于下限"),
        (Amount(2, most="100"), "100.01", "大于上限"),
        (Whole(1, 9), 0, "小于下限"),
        (Whole(1, 9), "10", "大于上限"),
        (Whole(), 1.5, "不是整数"),
        (Whole(), "一", "不是整数"),
        (Text(3), "四个字了", "太长"),
        (Text(3), "a\x00", "空字符"),
        (Text(9, "[a-z]+", "只能是小写字母"), "A", "只能是小写字母"),
        (Code(30), 1.30605e20, "位数已经丢失"),
        (Code(30), "1.30605E+20", "科学记数"),
        (Code(30), 4202.5, "位数已经丢失"),
        (Choice({"a": "甲"}), "乙", "请填：甲"),
        (Flag(), "也许", "看不出"),
    ],
)
def test_refusals(kind: Any, cell: Any, reason: str) -> None:
    with pytest.raises(BadCellError, match=reason):
        kind.read(cell)


def test_sums_of_binary_fractions_are_taken_as_shown() -> None:
    assert Amount(2).read(0.1 + 0.2) == Decimal("0.30")
    assert Amount(2).read(1234567.1) == Decimal("1234567.10")
    assert Amount(2).read("１，２００．５０".replace("，", ",")) == Decimal("1200.50")


def test_words() -> None:
    assert Code(10).read(4202220000.0) == "4202220000"
    assert Code(10).read(" 0012 ") == "0012"
    assert Choice({"bag": "箱包"}).read("箱包") == Choice({"bag": "箱包"}).read("BAG") == "bag"
    assert [Flag().read(each) for each in ("是", "√", 1.0, True, "否", 0, False)] == [True] * 4 + [False] * 3
    assert Text(10).read(12.0) == "12"


@given(st.integers(0, 4000))
def test_serials_of_1900(days_after: int) -> None:
    day = date(1990, 1, 1) + timedelta(days=days_after)
    assert Day().read((day - date(1899, 12, 30)).days) == day
