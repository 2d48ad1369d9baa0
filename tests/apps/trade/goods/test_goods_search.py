"""Finding a code: by name, initials and digits, ranked, in as many queries for any size."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

import trade_made_goods as made
from youju.trade.goods import selectors

pytestmark = pytest.mark.django_db


@pytest.fixture
def stored(db: Any) -> Any:
    return made.tariff()


def codes(text: str, **more: Any) -> list[str]:
    return [hit.line.code for hit in selectors.search(text, **more) if hit.exact]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("手提包", ["4202211000", made.BAG]),
        ("stb", ["4202211000", made.BAG]),
        ("STB", ["4202211000", made.BAG]),
        ("4202", [made.CASE, "4202211000", made.BAG, "4202920000"]),
        ("4202.22", [made.BAG]),
        ("４２０２．２２", [made.BAG]),
        ("塑料 手提", [made.BAG]),
        ("4202 皮革", ["4202211000"]),
        ("420222手提包", [made.BAG]),
        ("包", ["4202211000", made.BAG]),
        ("烟花、爆竹", [made.FIREWORK]),
        ("cxqnl", ["7321810000"]),
        ("zxqnl", ["7321810000"]),
        ("42022210001", [made.BAG]),
    ],
)
def test_what_is_found(stored: Any, text: str, expected: list[str]) -> None:
    assert codes(text) == expected


@pytest.mark.parametrize(
    "text", ["", " ", "。，", "\0", "%", "_", "'; DROP TABLE goods_tariffline --", "汽水", "zzzz"]
)
def test_what_finds_nothing(stored: Any, text: str) -> None:
    assert codes(text) == []


def test_a_name_that_is_the_word_comes_first_then_what_begins_with_it(stored: Any) -> None:
    rows = [
        made.TariffRow("4202000001", "伞用手提包零件", "个"),
        made.TariffRow("4202000002", "手提包", "个"),
        made.TariffRow("4202000003", "手提包带", "个"),
    ]
    version = made.tariff("次序", date(2020, 1, 1), rows)
    assert codes("手提包", version=version) == ["4202000002", "4202000003", "4202000001"]


def test_words_that_stand_in_no_line_bring_what_is_like_them(stored: Any) -> None:
    hits = selectors.search("女士手提包")
    assert [(hit.line.code, hit.exact) for hit in hits] == [("4202211000", False), (made.BAG, False)]
    assert selectors.search("手提包", limit=1)[0].line.code == "4202211000"


def test_the_version_of_the_day_is_looked_in(stored: Any) -> None:
    assert selectors.search("手提包", version=selectors.version_on(date(2025, 3, 1)))
    assert selectors.version_on(date(2020, 1, 1)) is None


def test_without_a_tariff_nothing_is_found(db: Any) -> None:
    assert selectors.search("手提包") == []


def test_a_search_costs_two_queries_and_a_third_where_little_fits(stored: Any) -> None:
    for text, most in (("stb", 2), ("4202", 2), ("女士手提包", 3)):
        with CaptureQueriesContext(connection) as queries:
            selectors.search(text)
        assert len(queries) == most, text
