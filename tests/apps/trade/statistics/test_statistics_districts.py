"""District statistics by spreadsheet: right ones stored, faults at their cells, taken back; the metric over them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

import trade_made_goods as made
from trade_people import as_, person
from youju.analytics.periods import Period
from youju.foundation.identity.roles import Role
from youju.foundation.imports import jobs
from youju.foundation.imports import selectors as batches
from youju.foundation.jobs.running import work_off
from youju.foundation.kernel.errors import InputError
from youju.trade.statistics import selectors, services
from youju.trade.statistics.demo import loading
from youju.trade.statistics.imports.districts import CODE, COLUMNS, consequences, undo
from youju.trade.statistics.metrics.cutting import district_growth
from youju.trade.statistics.models import DistrictFigure

pytestmark = pytest.mark.django_db
HEAD = [column.heading for column in COLUMNS]


def bring(user: Any, *rows: list[Any]):
    batch, _ = jobs.take_in(
        actor=user, importer=CODE, name="全口径.xlsx", content=made.workbook(HEAD, *rows), parameters={}
    )
    work_off()
    batch.refresh_from_db()
    return batch


def commit(user: Any, batch: Any):
    jobs.confirm(actor=user, batch_id=batch.pk, token=(batch.effects or {})["token"], acknowledged=True)
    work_off()
    batch.refresh_from_db()
    return batch


def test_figures_come_in_replace_older_ones_and_go_back() -> None:
    with as_(person(Role.STF)) as staff:
        commit(staff, bring(staff, ["2022-06", "保定市", "一般贸易", "100.00", "", "海关"]))
        batch = bring(
            staff,
            ["2022-06", "保定市", "一般贸易", "120.00", "17.00", "海关"],
            ["2023-06", "保定市", "1039", "150.50", "", ""],
        )
        assert (batch.effects["new"], batch.effects["changed"]) == (1, 1)
        batch = commit(staff, batch)
        assert list(DistrictFigure.objects.order_by("month").values_list("mode", "value_cny")) == [
            ("0110", Decimal("120.00")),
            ("1039", Decimal("150.50")),
        ]
        assert district_growth(Period.parse("2023-06")) == (Decimal("25.416667"), "")
        head = selectors.district_head(actor=staff)
        assert (head.value, head.market, head.growth) == (
            Decimal("150.50"),
            Decimal("150.50"),
            Decimal("25.416667"),
        )


def test_faults_stand_at_their_cells_and_nothing_is_stored() -> None:
    with as_(person(Role.STF)) as staff:
        batch = bring(
            staff,
            ["2023-6", "保定市", "一般贸易", "1.00", "", ""],
            ["2023-06", "保定市", "什么贸易", "1.00", "", ""],
            ["2023-06", "", "一般贸易", "-1", "", ""],
            ["2099-01", "保定市", "一般贸易", "1.00", "x", ""],
        )
    found = {(each.row, each.column) for each in batches.findings(batch)}
    assert {(2, "month"), (3, "mode"), (4, "district"), (4, "value_cny"), (5, "value_usd")} <= found
    assert not DistrictFigure.objects.exists()


def test_the_same_figure_twice_in_a_file_is_a_fault() -> None:
    with as_(person(Role.STF)) as staff:
        batch = bring(
            staff,
            *[["2023-06", "保定市", "一般贸易", "1.00", "", ""]] * 2,
            ["2099-01", "甲", "1039", "1", "", ""],
        )
    assert {(each.row, each.column) for each in batches.findings(batch)} == {(3, "mode"), (4, "month")}


class Kept:
    """What a batch keeps, as undo is given it."""

    def __init__(self, actor: Any, figures: list[dict[str, Any]]) -> None:
        self.actor, self.kept = actor, {"figures": figures}


def figure(month: str, value: str) -> services.Figure:
    from datetime import date

    return services.Figure(date.fromisoformat(f"{month}-01"), "保定市", "0110", Decimal(value))


def test_taking_back_restores_what_stood_and_refuses_what_was_changed_since() -> None:
    with as_(person(Role.STF)) as staff:
        services.store_figures(actor=staff, rows=[figure("2023-01", "1.00")])
        kept: Any = Kept(
            staff,
            services.store_figures(actor=staff, rows=[figure("2023-01", "2.00"), figure("2023-02", "3.00")]),
        )
        assert "新增的 1 个" in consequences(kept)[0]
        undo(kept)
        assert list(DistrictFigure.objects.values_list("value_cny", flat=True)) == [Decimal("1.00")]
        with pytest.raises(InputError, match="后来改过"):
            undo(kept)


def test_growth_is_told_only_where_both_years_have_the_same_months() -> None:
    with as_(person(Role.STF)) as staff:
        assert district_growth(Period.parse("2023"))[1] == "期间和上年同期都没有导入全口径统计"
        services.store_figures(
            actor=staff,
            rows=[figure("2023-01", "2.00"), figure("2022-01", "1.00"), figure("2023-02", "9.00")],
        )
        value, reason = district_growth(Period.parse("2023"))
        assert value is None and reason.startswith("2022-02")
        assert district_growth(Period.parse("2023-01"))[0] == Decimal(100)
        assert district_growth(Period.parse("2023-01"), "别的市")[0] is None


def test_the_demo_has_two_years_so_that_growth_computes() -> None:
    assert loading.load()
    assert not loading.load()
    value, reason = district_growth(Period.parse("2023"))
    assert reason == ""
    assert value is not None and 0 < value < 20
