"""Cubes answer as the detail does, and only what they can."""

from __future__ import annotations

from typing import Any

import ibis
import pytest

from lake_made import LIMITS, NOW
from youju.analytics.lake.cubes import CUBES, cube_for, cube_rows
from youju.analytics.lake.folder import LakeFolder
from youju.analytics.lake.made import MadeSource
from youju.analytics.lake.reading import Snapshot
from youju.analytics.lake.refreshing import refresh
from youju.analytics.periods import Period
from youju.analytics.scopes import Scope

PERIODS = ("2022-03", "2022-11..2023-02")


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


@pytest.mark.parametrize("period", PERIODS)
@pytest.mark.parametrize("cube", CUBES.values(), ids=lambda cube: cube.name)
def test_every_cube_equals_its_table(state: Snapshot, cube: Any, period: str) -> None:
    scope = Scope(Period.parse(period), "baigou")
    rows, detail = cube_rows(scope, cube.name), scope.rows(cube.table.name)
    ours = grouped(
        state,
        scope,
        rows,
        cube.dimensions[:2],
        **{name: rows[name].sum() for name in (*cube.measures, cube.counted)},
    )
    wanted = grouped(
        state,
        scope,
        detail,
        cube.dimensions[:2],
        **{name: detail[name].sum() for name in cube.measures},
        **{cube.counted: detail.count()},
    )
    assert ours == wanted
    assert ours


def test_a_cube_by_month_and_with_a_filter(state: Snapshot) -> None:
    scope = Scope(Period.parse("2022"), "baigou")
    rows, detail = cube_rows(scope, "cube_chapters"), scope.rows("released_lines")
    rows, detail = rows.filter(rows.chapter == "62"), detail.filter(detail.chapter == "62")
    ours = grouped(state, scope, rows, ("month",), value=rows.value_cny.sum())
    detail = detail.mutate(month=detail.released_on.truncate("M").cast("date"))
    assert ours == grouped(state, scope, detail, ("month",), value=detail.value_cny.sum())
    assert len(ours) > 6


@pytest.mark.parametrize(
    ("table", "dimensions", "filters", "measures", "name"),
    [
        ("released_lines", ["month"], [], ["value_cny"], "cube_lanes"),
        ("released_lines", ["agent_id"], ["chapter"], ["value_cny", "lines"], "cube_agents"),
        ("released_lines", ["country"], ["agent_id"], ["net_weight"], "cube_markets"),
        ("released_lines", ["chapter"], ["country", "month"], ["value_cny"], "cube_chapters"),
        ("released_lines", ["chapter"], ["port"], ["value_cny"], "cube_routes"),
        ("released_lines", ["hs_code"], ["country"], ["value_cny"], "cube_goods"),
        ("released_lines", ["unit"], ["hs_code"], ["quantity"], "cube_codes"),
        ("released_lines", ["hs_code"], [], ["quantity"], None),
        ("released_lines", ["merchant_id"], ["pilot"], ["packages"], "cube_merchants"),
        ("released_lines", ["merchant_id"], ["country"], ["value_cny"], None),
        ("released_lines", ["country"], [], ["declarations"], None),
        ("released_declarations", ["country"], ["paperless"], ["declarations"], "cube_declared"),
        ("released_declarations", ["country"], ["agent_id"], ["declarations"], "cube_declarations"),
        ("released_declarations", ["chapter"], [], ["declarations"], None),
        ("filed_parties", ["country"], [], [], None),
    ],
)
def test_which_cube_answers(
    table: str, dimensions: list[str], filters: list[str], measures: list[str], name: str | None
) -> None:
    assert cube_for(table, dimensions=dimensions, filters=filters, measures=measures) == name


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
