"""The register by spreadsheet: stored as one, faults at their cells, thousands of rows, taken back."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

import trade_made_goods as made
from assets_made import asset
from funds_made import Staff
from trade_people import as_
from youju.foundation.identity.models import User
from youju.foundation.imports import jobs
from youju.foundation.imports import selectors as batches
from youju.foundation.imports.services import undo
from youju.foundation.jobs.running import work_off
from youju.foundation.kernel.errors import InputError
from youju.funds.assets import services
from youju.funds.assets.imports import REGISTER
from youju.funds.assets.models import Asset


def bring(user: User, *rows: list[Any]) -> Any:
    heads = [column.heading for column in REGISTER.columns]
    batch, _ = jobs.take_in(
        actor=user,
        importer=REGISTER.code,
        name="台账.xlsx",
        content=made.workbook(heads, *rows),
        parameters={},
    )
    work_off()
    batch.refresh_from_db()
    return batch


def commit(user: User, batch: Any) -> Any:
    jobs.confirm(actor=user, batch_id=batch.pk, token=(batch.effects or {})["token"], acknowledged=True)
    work_off()
    batch.refresh_from_db()
    return batch


def row(**given: Any) -> list[Any]:
    usual = {
        "number": "", "name": "台式计算机", "category": "信息化设备", "model": "M1", "serial": "", "cost": "4680.00",
        "acquired_on": "2019-05-10", "project": "", "section": "综合业务科", "place": "301", "keeper_name": "何静", "idle": "否",
        "note": "",
    } | given  # fmt: skip
    return [usual[column.code] for column in REGISTER.columns]


def test_cards_are_stored_with_numbers_lives_and_keepers(team: Staff) -> None:
    team.asks.display_name = "独一人"
    team.asks.save()
    with as_(team.finance):
        batch = bring(
            team.finance, row(), row(number="zh-7", keeper_name="独一人", category="A0501", idle="是")
        )
        assert batch.effects["new"] == 2
        commit(team.finance, batch)
        first, second = Asset.objects.order_by("pk")
        assert first.number.startswith("ZC2019") and (first.months, first.keeper, first.keeper_name) == (
            72,
            "",
            "何静",
        )
        assert (second.number, second.months, second.state) == ("ZH-7", 180, "idle")
        assert (second.keeper, second.cost) == (team.asks.username, Decimal("4680.00"))


def test_each_fault_stands_at_its_cell_and_nothing_is_stored(team: Staff) -> None:
    asset(team.finance, number="ZH-1", model="M1", serial="S1")
    with as_(team.finance):
        batch = bring(
            team.finance, row(number="ZH-1"), row(category="无形资产"), row(cost="0"), row(acquired_on="三月"),
            row(section="没有的科"),
            row(name=""), row(serial="S1"), row(serial="S2"), row(serial="S2"), row(acquired_on="2999-01-01"), row(number="a b"),
        )  # fmt: skip
        assert {(each.row, each.column) for each in batches.findings(batch)} >= {
            (2, "number"), (3, "category"), (4, "cost"), (5, "acquired_on"), (6, "section"), (7, "name"), (12, "number"),
        }  # fmt: skip
        batch = bring(
            team.finance, row(number="ZH-1"), row(serial="S1"), row(serial="S2"), row(serial="S2"), row(acquired_on="2999-01-01"),
            row(keeper_name=""), row(cost="500"),
        )  # fmt: skip
        found = {(each.row, each.column, each.severity) for each in batches.findings(batch)}
        assert found >= {
            (2, "number", "error"), (3, "serial", "error"), (5, "serial", "error"), (6, "acquired_on", "error"),
            (7, "keeper_name", "warning"), (8, "cost", "warning"),
        }  # fmt: skip
        assert Asset.objects.count() == 1


def test_a_batch_goes_back_until_somebody_used_it(team: Staff) -> None:
    with as_(team.asks):
        batch = commit(team.asks, bring(team.asks, row(), row(number="ZH-2")))
        undo(actor=team.asks, batch_id=batch.pk, reason="导错了")
        work_off()
        assert not Asset.objects.exists()
        batch = commit(team.asks, bring(team.asks, row(number="ZH-3")))
        services.depreciate(month=Asset.objects.get().acquired_on)
        with pytest.raises(InputError, match="已经有人用到"):
            services.remove_batch(batch=str(batch.pk))
        assert Asset.objects.count() == 1


def test_thousands_of_rows_ask_the_database_a_few_times(team: Staff) -> None:
    with as_(team.finance):
        sizes = []
        for start, count in ((0, 20), (20, 1_500)):
            rows = [row(serial=f"S{start + place}") for place in range(count)]
            with CaptureQueriesContext(connection) as asked:
                batch = bring(team.finance, *rows)
            assert batch.effects["new"] == count, batches.findings(batch)[:3]
            sizes.append(len(asked))
        assert sizes[1] <= sizes[0] + 25
