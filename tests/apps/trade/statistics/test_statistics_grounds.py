"""Where figures come from: the lake where it says what the records say, its cubes first, else the records; the same each time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from statistics_released import released
from trade_deals import make_deal
from trade_people import as_, person
from youju.analytics.cuts import Dimension
from youju.foundation.identity.roles import Role
from youju.foundation.kernel.context import reaching_all
from youju.foundation.metrics.models import Lake
from youju.foundation.metrics.postgres import PostgresEngine
from youju.foundation.metrics.selectors import freshness
from youju.foundation.metrics.services.lake import refresh_lake
from youju.trade.declarations.models import Declaration
from youju.trade.statistics import selectors
from youju.trade.statistics.metrics import engines
from youju.trade.statistics.metrics.cutting import Cutter
from youju.trade.statistics.metrics.engines import Ground, ground_for

WISHES: tuple[dict[str, Any], ...] = (
    {"period": "2023-06"},
    {"period": "2023", "filters": {"chapter": "42", "port": "2248,0202"}},
)


@pytest.fixture
def lake(
    transactional_db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[], Any]]:
    """Releases of two merchants in four months, and the deed that refreshes a lake of them."""
    monkeypatch.setenv("YOUJU_LAKE", str(tmp_path / "lake"))
    with reaching_all():
        first, second = make_deal(), make_deal("Z")
        released(first, "2022-06-10", 1000)
        released(first, "2023-05-31", 700)
        released(first, "2023-06-10", 1500, 250)
        released(first, "2023-06-30", 80, country="RU", port="2248")
        released(second, "2023-06-15", 900, country="RU")
        yield refresh_lake


def figures(wish: dict[str, Any], ground: Ground) -> dict[str, Any]:
    """All that the pages show of a question."""
    cutter = Cutter(selectors.asked(**wish).question, ground)
    told: dict[str, Any] = {str(each): cutter.by(each) for each in Dimension if each is not Dimension.MONTH}
    told |= {f"units {each}": cutter.quantities(each) for each in (Dimension.COUNTRY, Dimension.MERCHANT)}
    told |= {"whole": cutter.whole(), "months": cutter.months()}
    rows = [dict(row) for largest in (True, False) for row in cutter.rows(largest_first=largest)[:50]]
    return told | {"rows": rows, "count": len(cutter.rows())}


def test_records_lake_and_cubes_give_the_same_figures(lake: Callable[[], Any]) -> None:
    live = ground_for(selectors.asked(period="2023").period)
    assert (live.lake, live.label) == (None, "实时（DuckDB，内存）"), "no lake yet"
    lake()
    for wish in WISHES:
        ground = ground_for(selectors.asked(**wish).period)
        assert ground.lake is not None
        assert (ground.label, ground.behind) == ("数据湖（DuckDB）", 0)
        assert ground.has_cubes(["cube_lanes"])
        bare = ground.lake.state.manifest.changed(cubes={})
        without = replace(ground, lake=replace(ground.lake, state=replace(ground.lake.state, manifest=bare)))
        assert not without.has_cubes(["cube_lanes"])
        wanted = figures(wish, Ground(PostgresEngine()))
        assert wanted["count"]
        for each in (live, without, ground):
            assert figures(wish, each) == wanted


def test_only_the_months_that_did_not_change_come_from_the_lake(lake: Callable[[], Any]) -> None:
    lake()
    june = selectors.asked(period="2023-06").period
    july, august = (selectors.asked(period=text).period for text in ("2023-07", "2023-08"))
    row = Declaration.objects.get(country="RU", port="2248")
    Declaration.objects.filter(pk=row.pk).update(released_at=row.released_at + timedelta(days=5))
    assert ground_for(june).lake is None, "it left June, where the lake has it"
    assert ground_for(july).lake is None, "July has it now"
    assert ground_for(august).lake is None, "July is what August is compared with"
    assert ground_for(selectors.asked(period="2023-09").period).lake is not None
    assert Cutter(selectors.asked(period="2023-07").question, ground_for(july)).whole().lines == 1
    lake()
    assert ground_for(july).lake is not None


def test_many_records_and_a_lake_that_is_a_little_behind(
    lake: Callable[[], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    lake()
    june = selectors.asked(period="2023-06").period
    Declaration.objects.filter(country="RU").update(country="NG")
    monkeypatch.setattr(engines, "MOST_ROWS", 2)
    ground = ground_for(june, tolerant=True)
    assert ground.lake is not None
    assert ground.behind == 2
    assert isinstance(ground_for(june).engine, PostgresEngine), "a bulletin takes nothing that is behind"
    late = timezone.now() - timedelta(days=2)
    monkeypatch.setattr(engines, "late", lambda: ground.as_of - late - timedelta(days=3))
    assert ground_for(june, tolerant=True).lake is None, "too late even for a page"


def test_a_lake_that_cannot_be_trusted_is_left_alone(
    lake: Callable[[], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    lake()
    june = selectors.asked(period="2023-06").period
    assert ground_for(june).lake is not None
    Lake.objects.update(differences=["released_lines 2023-06：…"])
    assert ground_for(june).lake is None, "its last check found differences"
    Lake.objects.update(differences=[])
    Declaration.objects.filter(country="RU").update(country="NG")
    monkeypatch.setattr(freshness, "MOST_KEYS", 1)
    assert ground_for(selectors.asked(period="2020").period).lake is None, "too many changes to look them up"
    Lake.objects.update(mark=10**12)
    assert ground_for(june).lake is None, "the log was cut behind its mark"


def test_pages_say_what_answered_and_who_does_not_reach_all_never_reads_the_lake(
    lake: Callable[[], Any],
) -> None:
    staff = person(Role.HED)
    lake()
    with as_(person(Role.MER, "OTHER")):
        cutter = Cutter.of(selectors.asked(period="2023-06").question, tolerant=True)
        assert (cutter.ground.lake, cutter.whole().lines) == (None, 0)
    with as_(staff):
        found = selectors.overview(actor=staff, asked=selectors.asked(period="2023-06"))
        page = selectors.dimension_page(
            actor=staff, asked=selectors.asked(period="2023-06"), dimension=Dimension.CATEGORY, units=True
        )
    assert found.ground.label == page.ground.label == "数据湖（DuckDB）"
    assert found.ground.as_of == page.ground.as_of
    assert page.ranking.rows[0].sums.declarations
