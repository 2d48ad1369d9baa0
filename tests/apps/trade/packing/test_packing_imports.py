"""Container loads by spreadsheet: right ones packed, each fault at its cell, all or nothing, a batch taken back."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

import trade_made_goods as made
from kept import kept
from trade_deals import Deal, make_deal
from trade_loads import BOXES, boxed, confirmed, gatherer, opened
from trade_people import as_, person
from youju.foundation.audit.selectors import history
from youju.foundation.identity.roles import Role
from youju.foundation.imports import jobs
from youju.foundation.imports import selectors as batches
from youju.foundation.imports import services as importing
from youju.foundation.imports.models import Batch
from youju.foundation.imports.template import template_of
from youju.foundation.jobs.running import work_off
from youju.foundation.kernel.errors import InputError
from youju.trade.orders.models import Order
from youju.trade.orders.services import register_order
from youju.trade.packing import services
from youju.trade.packing.facts import LoadWish, PackingWish, PackWish, PartWish, ShipmentWish
from youju.trade.packing.imports import LOADS
from youju.trade.packing.imports.columns import COLUMNS
from youju.trade.packing.models import (
    Balance,
    ConsolidatedLine,
    Consolidation,
    Container,
    PackedLine,
    Packing,
)

pytestmark = pytest.mark.django_db
HEAD = [column.heading for column in COLUMNS]


@kept
def deal() -> Deal:
    return make_deal()


def row(order: str, /, **changes: Any) -> list[Any]:
    values = {
        "packing": "1", "agent": "A1", "packed_on": "2023-06-10", "country": "KE", "container": BOXES[0], "kind": "20GP",
        "order": order, "bill_of_lading": "OOLU1",
    } | changes  # fmt: skip
    return [values.get(column.code, "") for column in COLUMNS]


def bring(user: Any, *rows: Any, again: bool = False) -> Batch:
    batch, _ = jobs.take_in(
        actor=user,
        importer=LOADS.code,
        name="装箱单.xlsx",
        content=made.workbook(HEAD, *rows),
        parameters={},
        again=again,
    )
    work_off()
    batch.refresh_from_db()
    return batch


def commit(user: Any, batch: Batch) -> Batch:
    jobs.confirm(actor=user, batch_id=batch.pk, token=(batch.effects or {})["token"], acknowledged=True)
    work_off()
    batch.refresh_from_db()
    return batch


def found(batch: Batch, severity: str = "error") -> list[tuple[int, str]]:
    return [(each.row, each.column) for each in batches.findings(batch) if each.severity == severity]


def words(batch: Batch) -> str:
    return "".join(each.message for each in batches.findings(batch))


def balances() -> list[tuple[Decimal, int]]:
    return list(Balance.objects.order_by("pk").values_list("quantity_out", "packages_out"))


def test_rows_of_one_number_are_one_packing_with_a_consolidation_behind(deal: Deal) -> None:
    first, second = confirmed(deal), confirmed(deal, lines=[deal.line(price=Decimal(11))])
    with as_(deal.agent) as user:
        batch = bring(
            user,
            row(first, line_no=1, quantity=40, complete="是", seal="S1"),
            row(first, line_no=1, container="msku 000000-6", complete="是"),
            row(first, line_no=2, container=BOXES[1], complete="是"),
            row(second, packing="2", bill_of_lading="OOLU2", transport_mode="铁路运输", port="3104"),
        )
        assert (batch.state, batch.effects["new"]) == ("ready", 2), words(batch)
        batch = commit(user, batch)
        assert batch.state == "committed", batch.error
        assert bring(user, row(first)).state == "findings"
    one, two = Packing.objects.order_by("pk")
    assert (one.state, one.bill_of_lading, one.transport_mode) == ("closed", "OOLU1", "2")
    assert (two.state, two.bill_of_lading, two.transport_mode, two.port) == ("open", "OOLU2", "3", "3104")
    told = list(
        PackedLine.objects.filter(container__packing=one)
        .order_by("pk")
        .values_list("container__number", "order_line__line_no", "quantity", "packages", "amount")
    )
    assert told == [
        (BOXES[0], 1, Decimal(40), 4, Decimal("480.00")),
        (BOXES[1], 1, Decimal(60), 6, Decimal("720.00")),
        (BOXES[1], 2, Decimal(100), 10, Decimal("1200.00")),
    ]
    assert Container.objects.get(packing=one, number=BOXES[0]).seal == "S1"
    gathered = Consolidation.objects.order_by("pk")
    assert [(each.state, each.lines.count()) for each in gathered] == [("closed", 2), ("closed", 1)]
    line = gathered[0].lines.get(order_line__line_no=1)
    assert (line.quantity, line.packed_quantity, line.packed_amount) == (100, 100, Decimal("1200.00"))
    assert balances() == [(100, 10), (100, 10), (100, 10)]
    taking = {deal.merchant.organisation_id, deal.agent.organisation_id, deal.buyer.organisation_id}
    assert set(one.organisations) == set(gathered[0].organisations) == taking
    deeds = {line.deed for line in history("packing.packing", one.number).lines}
    assert {"开了装箱单", "加了箱子", "装了货物"} <= deeds
    assert "组入了货物" in {line.deed for line in history("packing.consolidation", gathered[0].number).lines}


def test_what_was_imported_goes_on_by_hand(deal: Deal) -> None:
    """The flows stand where the states stand: the next step on the page finds them there."""
    number = confirmed(deal)
    with as_(deal.agent) as user:
        commit(user, bring(user, row(number, complete="是")))
        packing = Packing.objects.get()
        services.step_packing(actor=user, number=packing.number, step="reopen", reason="少装一箱")
        packed = list(PackedLine.objects.values_list("pk", flat=True))
        services.unpack(actor=user, number=packing.number, lines=packed)
        gathered = Consolidation.objects.get()
        services.step_consolidation(actor=user, number=gathered.number, step="cancel", reason="不走了")
    assert balances() == [(0, 0), (0, 0)]


def test_goods_of_a_consolidation(deal: Deal) -> None:
    number = confirmed(deal)
    gathered = opened(deal, number, close=True)
    with as_(deal.agent) as user:
        batch = bring(user, row(number, consolidation=gathered.number, line_no=2, quantity=30))
        assert commit(user, batch).state == "committed", words(batch)
    assert Consolidation.objects.get() == gathered
    line = ConsolidatedLine.objects.get(order_line__line_no=2)
    assert (line.packed_quantity, PackedLine.objects.get().consolidated) == (30, line)
    assert Packing.objects.get().organisations == gathered.organisations


def test_a_consolidator_gathers_and_sees_the_orders(deal: Deal) -> None:
    collector = gatherer(deal)
    number = confirmed(deal)
    with as_(deal.agent) as user:
        assert commit(user, bring(user, row(number, consolidator="C1"))).state == "committed"
    with as_(collector):
        assert Order.objects.get().number == number
        assert Packing.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "column", "told"),
    [
        ({"packing": ""}, "packing", "不能空"),
        ({"agent": "A9"}, "agent", "没有备案号"), ({"agent": "M1"}, "agent", "没有备案号"),
        ({"packed_on": "后天"}, "packed_on", ""), ({"country": "肯尼"}, "country", "国别代码"),
        ({"country": "NG"}, "country", "运往 KE"), ({"container": "CSQU3054384"}, "container", "校验码"),
        ({"kind": "21GP"}, "kind", "不在选项里"), ({"order": "T1"}, "order", "没有交易单"), ({"order": ""}, "order", "不能空"),
        ({"line_no": 9}, "line_no", "没有第 9 行"), ({"quantity": 5}, "line_no", "要填是第几行"),
        ({"line_no": 1, "quantity": 101}, "quantity", "只剩 100"), ({"line_no": 1, "quantity": 0}, "quantity", "数量应大于零"),
        ({"line_no": 1, "packages": 11}, "packages", "只剩 10"), ({"line_no": 1, "packages": -1}, "packages", ""),
        ({"consolidation": "Z1"}, "consolidation", "没有组货单"), ({"warehouse": "W9"}, "warehouse", "PAC-031"),
        ({"consolidator": "M1"}, "consolidator", "PAC-032"), ({"port": "12"}, "port", "四位"),
        ({"transport_mode": "飞鸽"}, "transport_mode", "不在选项里"), ({"complete": "也许"}, "complete", "是"),
    ],
)  # fmt: skip
def test_each_fault_stands_at_its_cell_and_nothing_is_stored(
    deal: Deal, changes: dict[str, Any], column: str, told: str
) -> None:
    number, other = confirmed(deal), confirmed(deal, lines=[deal.line(price=Decimal(11))])
    with as_(deal.agent) as user:
        batch = bring(user, row(other), row(number, **({"packing": "2"} | changes)))
    assert batch.state == "findings"
    assert (3, column) in found(batch), words(batch)
    assert told in words(batch)
    assert not Packing.objects.exists()
    assert not Consolidation.objects.exists()


def test_rows_draw_on_what_the_rows_before_them_leave(deal: Deal) -> None:
    number = confirmed(deal)
    with as_(deal.agent) as user:
        batch = bring(
            user,
            row(number, line_no=1, quantity=60),
            row(number, line_no=1, quantity=41, container=BOXES[1]),
            row(number, packing="2", line_no=2),
            row(number, packing="3", line_no=2),
            row(number, packing="4", line_no=1, quantity=1),
            row(number, packing="4", line_no=1, quantity=1),
        )
    assert found(batch) == [(3, "quantity"), (5, "order"), (7, "order")]
    assert "只剩 40" in words(batch)


def test_a_container_that_is_too_full_or_said_twice(deal: Deal) -> None:
    heavy = deal.line(net_weight=Decimal(20000), gross_weight=Decimal(20000), volume=Decimal(20))
    number = confirmed(deal, lines=[heavy, heavy])
    with as_(deal.agent) as user:
        batch = bring(
            user,
            row(number, line_no=1),
            row(number, line_no=2, seal="S1"),
            row(number, packing="2", line_no=1, quantity=1, kind="40HQ"),
            row(number, packing="2", line_no=2, quantity=1, bill_of_lading="别的"),
        )
    assert found(batch) == [(3, "gross_weight"), (3, "volume"), (5, "bill_of_lading")]


def test_an_order_not_confirmed_and_a_consolidation_not_complete(deal: Deal) -> None:
    number = confirmed(deal)
    gathered = opened(deal, number)
    with as_(deal.merchant) as user:
        waiting = register_order(actor=user, wish=deal.wish(lines=[deal.line(price=Decimal(11))])).number
    with as_(deal.agent) as user:
        batch = bring(user, row(waiting), row(number, packing="2", consolidation=gathered.number, line_no=1))
    assert found(batch) == [(2, "order"), (3, "consolidation")]


def test_weights_are_compared_and_the_orders_stand(deal: Deal) -> None:
    number = confirmed(deal)
    with as_(deal.agent) as user:
        batch = bring(
            user,
            row(number, line_no=1, quantity=50, net_weight=40, gross_weight=44, volume=0.4),
            row(number, line_no=2),
        )
        assert (batch.state, found(batch, "warning")) == ("ready", [(2, "gross_weight")])
        assert "毛重是 45" in words(batch)
        assert commit(user, batch).state == "committed"
    assert PackedLine.objects.order_by("pk")[0].gross_weight == Decimal(45)


def test_nobody_packs_for_others(deal: Deal) -> None:
    number = confirmed(deal)
    stranger = make_deal("Z")
    with as_(stranger.agent) as user:
        batch = bring(user, row(number))
    assert (2, "order") in found(batch)
    assert (2, "agent") in found(batch)
    with as_(deal.merchant) as user, pytest.raises(PermissionDenied):
        bring(user, row(number))


def test_the_same_file_twice_is_one_batch(deal: Deal) -> None:
    number = confirmed(deal)
    with as_(deal.agent) as user:
        first = commit(user, bring(user, row(number)))
        assert bring(user, row(number)).pk == first.pk
        assert bring(user, row(number), again=True).state == "findings"
    assert Packing.objects.count() == 1


def test_a_preview_that_is_no_longer_true_is_shown_anew(deal: Deal) -> None:
    number = confirmed(deal)
    with as_(deal.agent) as user:
        batch = bring(user, row(number))
        opened(deal, number)
        assert commit(user, batch).state != "committed"
    assert not Packing.objects.exists()


class TestTakingBack:
    def test_goods_are_free_again(self, deal: Deal) -> None:
        number, staff = confirmed(deal), person(Role.STF)
        with as_(deal.agent) as user:
            batch = commit(user, bring(user, row(number, complete="是")))
        with as_(staff):
            (told,) = importing.consequences(actor=staff, batch_id=batch.pk)
            assert "1 张装箱单、1 张组货单；箱子里的 2 行" in told
            importing.undo(actor=staff, batch_id=batch.pk, reason="重复")
        assert (Packing.objects.get().state, Consolidation.objects.get().state) == ("cancelled", "cancelled")
        assert balances() == [(0, 0), (0, 0)]
        assert not PackedLine.objects.exists()
        with as_(deal.agent) as user:
            assert commit(user, bring(user, row(number, packing="2"))).state == "committed"
        with as_(staff), pytest.raises(InputError):
            importing.undo(actor=staff, batch_id=batch.pk, reason="再来")

    def test_not_while_a_room_above_holds_it(self, deal: Deal, monkeypatch: pytest.MonkeyPatch) -> None:
        from youju.trade.packing.services import stepping

        number, staff = confirmed(deal), person(Role.STF)
        with as_(deal.agent) as user:
            batch = commit(user, bring(user, row(number)))
        monkeypatch.setattr(stepping, "_holds", [lambda _: "已经报关"])
        with as_(staff), pytest.raises(InputError, match="已经报关"):
            importing.undo(actor=staff, batch_id=batch.pk, reason="重复")
        assert Packing.objects.get().state == "open"

    def test_not_while_the_goods_stand_elsewhere(self, deal: Deal) -> None:
        number, staff = confirmed(deal), person(Role.STF)
        with as_(deal.agent) as user:
            batch = commit(user, bring(user, row(number)))
            packed = PackedLine.objects.order_by("pk")[0]
            line = packed.consolidated_id
            services.unpack(actor=user, number=Packing.objects.get().number, lines=[packed.pk])
            other, (box,) = boxed(deal, BOXES[1])
            services.pack(actor=user, number=other.number, container=box.pk, wishes=[PackWish(line)])
        with as_(staff), pytest.raises(InputError, match="别的装箱单"):
            importing.undo(actor=staff, batch_id=batch.pk, reason="重复")


def test_thousands_of_rows_cost_as_many_statements_as_few(deal: Deal) -> None:
    counts = []
    for size in (2, 40):
        lines = [deal.line(at % 2, price=Decimal(size) / 10 + at % 7) for at in range(50)]
        number = confirmed(deal, lines=lines)
        rows = [
            row(number, packing=f"{size}-{at % size}", line_no=1 + at % 50, quantity=1, complete="是")
            for at in range(size * 5)
        ]
        with as_(deal.agent) as user:
            batch = bring(user, *rows)
            assert batch.state == "ready", words(batch)[:200]
            with CaptureQueriesContext(connection) as queries:
                batch = commit(user, batch)
            assert batch.state == "committed", batch.error
        counts.append(len(queries))
    assert Packing.objects.count() == 42
    assert PackedLine.objects.count() == 210
    assert counts[1] == counts[0], counts


def test_the_template_offers_what_can_be_chosen() -> None:
    book = openpyxl.load_workbook(io.BytesIO(template_of(LOADS)))
    sheet = book[book.sheetnames[0]]
    assert [cell.value for cell in sheet[1]] == HEAD
    offered = "".join(str(each.formula1) for each in sheet.data_validations.dataValidation)
    assert "40HQ" in offered
    assert "水路运输" in offered
    assert "是,否" in offered


class TestShipping:
    """The service behind the sheet, asked directly: what the commit meets when somebody was faster."""

    @staticmethod
    def wish(order: str, **changes: Any) -> ShipmentWish:
        head = PackingWish(agent="A1", country="KE", packed_on=date(2023, 6, 10))
        return ShipmentWish(head, [LoadWish(PartWish(order, **changes), BOXES[0], "20GP")])

    def test_who_is_too_late_writes_nothing(self, deal: Deal) -> None:
        first, second = confirmed(deal), confirmed(deal, lines=[deal.line(price=Decimal(11))])
        with as_(deal.agent) as user:
            done = services.ship_many(actor=user, wishes=[self.wish(first)])
            with pytest.raises(InputError, match="没有剩余") as refused:
                services.ship_many(actor=user, wishes=[self.wish(second), self.wish(first)])
            assert refused.value.status == 409
            part = self.wish(first, line_no=1, quantity=Decimal(1))
            assert [said.field for said in services.preview(actor=user, wishes=[part])[0].said] == [
                "quantity"
            ]
        assert (len(done.packings), len(done.consolidations)) == (1, 1)
        assert Packing.objects.count() == Consolidation.objects.count() == 1
        assert not Balance.objects.filter(order_line__order__number=second, quantity_out__gt=0).exists()

    def test_only_who_may_pack(self, deal: Deal) -> None:
        number = confirmed(deal)
        for who in (deal.merchant, deal.buyer, person(Role.BRK)):
            with as_(who), pytest.raises(PermissionDenied):
                services.ship_many(actor=who, wishes=[self.wish(number)])
        assert not Packing.objects.exists()
