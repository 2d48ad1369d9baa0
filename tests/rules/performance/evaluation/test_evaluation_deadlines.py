"""The last day that a text allows, and what is in time."""

from __future__ import annotations

import pytest

from rules.performance.evaluation.evaluation_made import LAW, points
from youju.rules.performance.evaluation.deadlines import Day, in_time, last_day
from youju.rules.performance.evaluation.rows import Ground
from youju.rules.performance.evaluation.schemas import schema_of


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2023年12月底前", (2023, 12, 31)),
        ("2023年12月31日前", (2023, 12, 31)),
        ("2023年 12 月 5 日", (2023, 12, 5)),
        ("2023-12-05", (2023, 12, 5)),
        ("2023/2/3", (2023, 2, 3)),
        ("2023.11.20", (2023, 11, 20)),
        ("2023-11", (2023, 11, 30)),
        ("２０２３年６月", (2023, 6, 30)),
        ("2024年2月", (2024, 2, 29)),
        ("2023年2月", (2023, 2, 28)),
        ("2023年6月上旬", (2023, 6, 10)),
        ("2023年6月初", (2023, 6, 10)),
        ("2023年6月中旬", (2023, 6, 20)),
        ("2023年6月下旬", (2023, 6, 30)),
        ("2023年第一季度", (2023, 3, 31)),
        ("2023年前三季度", (2023, 9, 30)),
        ("2023年4季度", (2023, 12, 31)),
        ("2023年上半年", (2023, 6, 30)),
        ("2023年下半年", (2023, 12, 31)),
        ("2023年底", (2023, 12, 31)),
        ("2023年度内", (2023, 12, 31)),
        ("2023年1月-12月", (2023, 12, 31)),
        ("2023年1月至2024年3月15日", (2024, 3, 15)),
        ("12月31日前", (None, 12, 31)),
        ("6月", (None, 6, 30)),
        ("全年", (None, 12, 31)),
        ("年底前", (None, 12, 31)),
    ],
)
def test_the_last_day_of_a_text(text: str, day: tuple[int | None, int, int]) -> None:
    year, month, number = day
    assert last_day(text, None) == Day(month, number, year)


@pytest.mark.parametrize(
    "text",
    ["", "及时", "每月底前", "每季度末", "2023年2月30日", "2023年13月", "2023-00-10", "2023-02-29", "0月"],
)
def test_no_day(text: str) -> None:
    assert last_day(text, 2023) is None


def test_a_day_without_a_year_belongs_to_the_fiscal_year() -> None:
    assert last_day("12月底前", 2023) == Day(12, 31, 2023)
    assert last_day("2024年1月5日", 2023) == Day(1, 5, 2024)
    known = Ground(schema_of("mof-2020", LAW), LAW, 2023)
    assert str(points("12月底前", "2024年1月5日", ground=known).score) == "0.00"
    assert str(points("12月底前", "2023年12月31日", ground=known).score) == "10.00"
    assert str(points("12月底前", "11月", ground=known).score) == "10.00"


def test_the_last_day_itself_is_in_time() -> None:
    due = Day(12, 31, 2023)
    assert in_time(due, due)
    assert not in_time(Day(1, 1, 2024), due)
    assert in_time(Day(12, 31), due)
    assert in_time(Day(6, 30), Day(6, 30))
    assert not in_time(Day(7, 1), Day(6, 30))
    assert due.said == "2023年12月31日" and Day(6, 30).said == "6月30日"
