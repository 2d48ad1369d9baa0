"""Cubes answer as the detail does, and only what they can."""

from __future__ import annotations

import random
from datetime import date
from pathlib import Path
from typing import Any

import ibis
import pytest

from lake_made import LIMITS, NOW, Changing, cube_as_it_lies, cube_by_hand, refreshed
from youju.analytics.lake.cubes import CUBES, cube_for, cube_rows
from youju.analytics.lake.folder import LakeFolder
from youju.analytics.lake.made import MadeSource
from youju.analytics.lake.reading import Snapshot
from youju.analytics.lake.refreshing import refresh
from youju.analytics.periods import Period
from youju.analytics.scopes import Scope
from youju.analytics.tables import RELEASED_LINES


@pytest.fixture(scope="module")
def lines() -> list[dict[str, Any]]:
    source = MadeSource("baigou", 3_000, count=15)
    months = source.months(RELEASED_LINES)
    return [
        row for month in months for batch in source.month(RELEASED_LINES, month) for row in batch.to_pylist()
    ]


@pytest.fixture(scope="module")
def state(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    root = tmp_path_factory.mktemp("lake")
    source = MadeSource("baigou", 3_000, count=15)
    return Snapshot(
        root / "baigou", refresh(LakeFolder(root, "baigou"), source, limits=LIMITS, now=NOW).manifest
    )


def grouped(
    state: Snapshot, scope: Scope, rows: Any, by: tuple[str, ...], **sums: Any
) -> list[dict[str, Any]]:
    figures = rows.group_by(by).aggregate(**sums)
    table = state.engine(threads=1).run(figures.order_by(by), scope.spans)
    return list(table.to_pylist())


@pytest.mark.parametrize("cube", CUBES)
def test_every_cube_equals_its_table(state: Snapshot, lines: list[dict[str, Any]], cube: str) -> None:
    assert cube_as_it_lies(state, cube) == cube_by_hand(lines, cube)


def test_cubes_follow_what_is_added_corrected_and_taken_back(tmp_path: Path) -> None:
    made = Changing()
    draw = random.Random(4)
    for number in range(12):
        made.put(number, date(2023, 1 + number % 3, 9), "1.10", "2.20", country=draw.choice(("US", "KE")))
    refreshed(made, tmp_path)
    for number in range(12, 18):  # only added: these months are not read again
        made.put(number, date(2023, 1 + number % 2, 10), "3.30", "0.01")
    read: list[str] = []
    done = refreshed(made, tmp_path, tell=read.append)
    assert "汇总 cube_goods 2023-01" in read
    assert "汇总 cube_goods 2023-03" not in read
    _all_equal(Snapshot(tmp_path / "p", done.manifest), made)
    made.put(3, date(2023, 2, 9), "5.00")
    made.put(14, date(2023, 1, 10))
    made.put(40, date(2024, 1, 9), "8.00", country="NG")
    done = refreshed(made, tmp_path)
    assert set(done.manifest.cubes["cube_goods"]) == {"2023", "2024"}
    _all_equal(Snapshot(tmp_path / "p", done.manifest), made)


def _all_equal(state: Snapshot, made: Changing) -> None:
    for cube in CUBES:
        assert cube_as_it_lies(state, cube) == cube_by_hand(made.rows(RELEASED_LINES), cube)


def test_a_cube_by_month_and_with_a_filter(state: Snapshot) -> None:
    scope = Scope(Period.parse("2022"), "baigou")
    rows, detail = cube_rows(scope, "cube_chapters"), scope.rows("released_lines")
    rows, detail = rows.filter(rows.chapter == "62"), detail.filter(detail.chapter == "62")
    ours = grouped(state, scope, rows, ("month",), value=rows.value_cny.sum())
    detail = detail.mutate(month=detail.released_on.truncate("M").cast("date"))
    assert ours == grouped(state, scope, detail, ("month",), value=detail.value_cny.sum())
    assert len(ours) > 6


@pytest.mark.parametrize(
    ("dimensions", "filters", "fixed", "measures", "name"),
    [
        (["month"], [], [], ["value_cny", "declarations"], "cube_agents"),
        (["agent_id"], ["chapter"], [], ["value_cny", "lines"], "cube_brokers"),
        (["agent_id"], ["chapter"], ["chapter"], ["declarations"], "cube_brokers"),
        (["country"], ["agent_id"], [], ["net_weight", "declarations"], "cube_markets"),
        (["chapter"], ["country", "month"], [], ["value_cny", "declarations"], "cube_chapters"),
        (["country"], ["chapter"], ["chapter"], ["declarations"], "cube_chapters"),
        (["country"], ["chapter"], [], ["declarations"], None),
        (["chapter"], ["port"], [], ["value_cny"], "cube_routes"),
        (["hs_code"], ["chapter"], [], ["value_cny"], "cube_codes"),
        (["hs_code"], ["chapter"], [], ["declarations"], "cube_codes"),
        (["heading"], ["chapter"], [], ["declarations"], "cube_headings"),
        (["hs_code"], ["country"], [], ["value_cny"], "cube_goods"),
        (["unit"], ["hs_code"], [], ["quantity"], "cube_units"),
        (["country", "unit"], [], [], ["quantity"], "cube_shipped"),
        (["hs_code"], [], [], ["quantity"], None),
        (["merchant_id"], ["pilot"], [], ["declarations"], "cube_merchants"),
        (["merchant_id", "unit"], [], [], ["quantity"], "cube_sold"),
        (["merchant_id"], ["country"], [], ["value_cny"], None),
        (["country"], [], [], ["packages"], None),
    ],
)
def test_which_cube_answers(
    dimensions: list[str], filters: list[str], fixed: list[str], measures: list[str], name: str | None
) -> None:
    asked = {"dimensions": dimensions, "filters": filters, "fixed": fixed, "measures": measures}
    assert cube_for("released_lines", **asked) == name
    assert cube_for("released_declarations", **asked) is None


def test_the_share_of_a_pilot_that_is_not_there_is_empty(state: Snapshot) -> None:
    scope = Scope(Period.parse("2022"), "elsewhere")
    rows = cube_rows(scope, "cube_goods")
    assert grouped(state, scope, rows, ("chapter",), value=rows.value_cny.sum()) == []


def test_made_rows_are_the_same_for_the_same_seed_and_heads_add_up() -> None:
    first, again = MadeSource("p", 3_000), MadeSource("p", 3_000)
    lines, heads = first.tables()
    assert first.totals(lines, 0, ("value_cny",)) == again.totals(lines, 0, ("value_cny",))
    of_heads = {month: sums for month, (_, sums) in first.totals(heads, 0, ("value_cny",)).items()}
    assert of_heads == {month: sums for month, (_, sums) in first.totals(lines, 0, ("value_cny",)).items()}
    keys = [
        key
        for month in first.months(lines)
        for batch in first.month(lines, month)
        for key in batch["line_id"].to_pylist()
    ]
    assert len(keys) == len(set(keys)) > 2_000
    assert ibis.schema({column.name: column.type for column in lines.columns})
