"""Consolidating and packing: what is stored, what is refused, how balances follow."""

from __future__ import annotations

from dataclasses import astuple
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kept import kept
from trade_deals import make_deal
from trade_loads import BOXES, boxed, confirmed, gatherer, opened
from trade_people import as_, person
from youju.foundation.audit.selectors import history
from youju.foundation.identity.roles import Role
from youju.foundation.kernel.errors import InputError
from youju.rules.trade.packing.amounts import Amounts, total
from youju.trade.orders import services as orders
from youju.trade.orders.models import Order
from youju.trade.packing import services
from youju.trade.packing.facts import ConsolidationWish, PackingWish, PackWish, PartWish
from youju.trade.packing.models import (
    Balance,
    ConsolidatedLine,
    Consolidation,
    Container,
    PackedLine,
    Packing,
)

pytestmark = pytest.mark.django_db
WHOLE = Amounts(Decimal(100), 10, Decimal(80), Decimal(90), Decimal("0.8"), Decimal(1200))


@kept
def deal():
    return make_deal()


def out(number: str, line_no: int = 1) -> Amounts:
    row = Balance.objects.get(order_line__order__number=number, order_line__line_no=line_no)
    return Amounts(
        row.quantity_out, row.packages_out, row.net_out, row.gross_out, row.volume_out, row.amount_out
    )


def amounts(row: ConsolidatedLine | PackedLine) -> Amounts:
    return Amounts(row.quantity, row.packages, row.net_weight, row.gross_weight, row.volume, row.amount)


class TestConsolidating:
    def test_a_whole_order(self, deal) -> None:
        number = confirmed(deal)
        row = opened(deal, number)
        assert [amounts(line) for line in row.lines.all()] == [WHOLE, WHOLE]
        assert out(number) == out(number, 2) == WHOLE
        taking = {deal.merchant.organisation_id, deal.agent.organisation_id, deal.buyer.organisation_id}
        assert set(row.organisations) == taking
        assert row.number.startswith("Z")
        assert "组入了货物" in {line.deed for line in history("packing.consolidation", row.number).lines}

    def test_parts_of_a_line_add_up_to_the_last_cent(self, deal) -> None:
        number = confirmed(deal)
        rows = [opened(deal), opened(deal), opened(deal)]
        for row, quantity in zip(rows, (33, 33, None), strict=True):
            with as_(deal.agent) as user:
                wish = PartWish(number, 1, quantity and Decimal(quantity))
                services.add_lines(actor=user, number=row.number, wishes=[wish])
        parts = [amounts(line) for line in ConsolidatedLine.objects.order_by("pk")]
        assert [part.amount for part in parts] == [Decimal("396.00"), Decimal("396.00"), Decimal("408.00")]
        assert total(parts) == WHOLE

    def test_more_of_a_line_joins_what_is_there(self, deal) -> None:
        number = confirmed(deal)
        row = opened(deal)
        with as_(deal.agent) as user:
            for quantity in (10, 20):
                wishes = [PartWish(number, 1, Decimal(quantity))]
                services.add_lines(actor=user, number=row.number, wishes=wishes)
        assert row.lines.get().quantity == Decimal(30)

    def test_never_more_than_is_left(self, deal) -> None:
        number = confirmed(deal)
        row = opened(deal, number)
        with as_(deal.agent) as user:
            with pytest.raises(services.RefusedPacking, match="只剩 0") as refused:
                services.add_lines(actor=user, number=row.number, wishes=[PartWish(number, 1, Decimal(1))])
            assert refused.value.status == 409
            with pytest.raises(InputError, match="已经全部组货"):
                services.add_lines(actor=user, number=row.number, wishes=[PartWish(number)])

    def test_all_or_nothing(self, deal) -> None:
        number = confirmed(deal)
        row = opened(deal)
        wishes = [PartWish(number, 1, Decimal(10)), PartWish(number, 2, Decimal(101))]
        with as_(deal.agent) as user, pytest.raises(services.RefusedPacking, match="要数量 101"):
            services.add_lines(actor=user, number=row.number, wishes=wishes)
        assert not row.lines.exists()
        assert not Balance.objects.exclude(quantity_out=0).exists()

    def test_only_confirmed_orders(self, deal) -> None:
        with as_(deal.merchant) as user:
            number = orders.register_order(actor=user, wish=deal.wish()).number
        with pytest.raises(services.RefusedPacking, match="还没有确认"):
            opened(deal, number)

    def test_one_currency(self, deal) -> None:
        with pytest.raises(services.RefusedPacking, match="币种是 EUR"):
            opened(deal, confirmed(deal, currency="EUR"))

    @pytest.mark.parametrize(
        ("wishes", "words"),
        [
            ([], "没有要组的货"),
            ([PartWish("T0")], "没有交易单"),
            ([PartWish("{}", 9)], "没有第 9 行"),
            ([PartWish("{}", 1), PartWish("{}")], "写了两次"),
            ([PartWish("{}", 1, Decimal(0))], "数量 0"),
            ([PartWish("{}", 1, Decimal(5), -1)], "件数 -1"),
        ],
    )
    def test_bad_wishes(self, deal, wishes, words) -> None:
        number = confirmed(deal)
        row = opened(deal)
        given = [PartWish(w.order.format(number), w.line_no, w.quantity, w.packages) for w in wishes]
        with as_(deal.agent) as user, pytest.raises(InputError, match=words):
            services.add_lines(actor=user, number=row.number, wishes=given)

    def test_removed_lines_are_free_again(self, deal) -> None:
        first, second = confirmed(deal), confirmed(deal, agent="A1", lines=[deal.line(price=Decimal(11))])
        row = opened(deal, first, second)
        keys = list(row.lines.filter(order_line__order__number=first).values_list("pk", flat=True))
        with as_(deal.agent) as user:
            services.remove_lines(actor=user, number=row.number, lines=keys)
            with pytest.raises(InputError, match="不在这张组货单里"):
                services.remove_lines(actor=user, number=row.number, lines=keys)
        assert out(first) == Amounts()
        assert row.lines.count() == 1

    def test_the_steps(self, deal) -> None:
        number = confirmed(deal)
        row = opened(deal)
        with as_(deal.agent) as user:
            with pytest.raises(InputError, match="里面还没有货"):
                services.step_consolidation(actor=user, number=row.number, step="close")
            services.add_lines(actor=user, number=row.number, wishes=[PartWish(number)])
            row = services.step_consolidation(actor=user, number=row.number, step="close")
            assert row.state == "closed"
            with pytest.raises(InputError, match="不能组入货物"):
                services.add_lines(actor=user, number=row.number, wishes=[PartWish(number)])
            with pytest.raises(InputError, match="须写明理由"):
                services.step_consolidation(actor=user, number=row.number, step="reopen")
            services.step_consolidation(actor=user, number=row.number, step="reopen", reason="漏了一箱")
            with pytest.raises(InputError, match="刚才有改动"):
                services.step_consolidation(
                    actor=user, number=row.number, step="cancel", reason="x", expected=0
                )
            with pytest.raises(InputError, match="没有“burn”这一步"):
                services.step_consolidation(actor=user, number=row.number, step="burn")
            row = services.step_consolidation(actor=user, number=row.number, step="cancel", reason="货不走了")
        assert row.state == "cancelled"
        assert out(number) == Amounts()

    def test_the_consolidator_sees_the_orders_from_then_on(self, deal) -> None:
        number, user = confirmed(deal), gatherer(deal)
        with as_(user):
            assert not Order.objects.exists()
        row = opened(deal, consolidator=deal.parties["consolidator"].number)
        with as_(deal.agent) as agent:
            services.add_lines(actor=agent, number=row.number, wishes=[PartWish(number, 1, Decimal(40))])
        with as_(user):
            assert Order.objects.get().number == number
            services.add_lines(actor=user, number=row.number, wishes=[PartWish(number)])
        assert out(number) == WHOLE

    def test_a_good_many_lines_cost_no_more_queries(self, deal) -> None:
        few, many = confirmed(deal), confirmed(deal, lines=[deal.line(i % 2) for i in range(12)])
        counts = []
        for number in (few, many):
            row = opened(deal)
            with as_(deal.agent) as user, CaptureQueriesContext(connection) as queries:
                services.add_lines(actor=user, number=row.number, wishes=[PartWish(number)])
            counts.append(len(queries))
        assert counts[0] == counts[1] <= 20


class TestPacking:
    @pytest.fixture
    def loaded(self, deal):
        return opened(deal, confirmed(deal), close=True)

    def test_a_line_into_a_container(self, deal, loaded) -> None:
        row, (box,) = boxed(deal)
        line = loaded.lines.order_by("pk")[0]
        with as_(deal.agent) as user:
            services.pack(actor=user, number=row.number, container=box.pk, wishes=[PackWish(line.pk)])
        assert amounts(PackedLine.objects.get()) == WHOLE
        line.refresh_from_db()
        assert line.packed_quantity == line.quantity
        row.refresh_from_db()
        assert set(loaded.organisations) <= set(row.organisations)

    def test_parts_in_two_containers_add_up(self, deal, loaded) -> None:
        row, boxes = boxed(deal, *BOXES[:2])
        line = loaded.lines.order_by("pk")[0]
        with as_(deal.agent) as user:
            for box, quantity in zip(boxes, (Decimal(33), None), strict=True):
                wishes = [PackWish(line.pk, quantity)]
                services.pack(actor=user, number=row.number, container=box.pk, wishes=wishes)
            with pytest.raises(services.RefusedPacking, match="只剩 0") as refused:
                services.pack(
                    actor=user,
                    number=row.number,
                    container=boxes[0].pk,
                    wishes=[PackWish(line.pk, Decimal(1))],
                )
            assert refused.value.status == 409
        assert total([amounts(each) for each in PackedLine.objects.all()]) == WHOLE

    def test_too_heavy(self, deal) -> None:
        heavy = deal.line(net_weight=Decimal(29000), gross_weight=Decimal(29000), volume=Decimal(20))
        loaded = opened(deal, confirmed(deal, lines=[heavy]), close=True)
        row, (box,) = boxed(deal)
        with as_(deal.agent) as user, pytest.raises(services.RefusedPacking, match="超过 20GP 的载重 28200"):
            services.pack(
                actor=user, number=row.number, container=box.pk, wishes=[PackWish(loaded.lines.get().pk)]
            )

    def test_an_open_consolidation_is_not_packed(self, deal) -> None:
        loaded = opened(deal, confirmed(deal))
        row, (box,) = boxed(deal)
        with as_(deal.agent) as user, pytest.raises(services.RefusedPacking, match="还没有完成组货"):
            services.pack_all(actor=user, number=row.number, consolidation=loaded.number)
        assert box.lines.count() == 0

    def test_all_first_fit(self, deal) -> None:
        big = deal.line(
            packages=100, volume=Decimal(40), net_weight=Decimal(9000), gross_weight=Decimal(9500)
        )
        loaded = opened(deal, confirmed(deal, lines=[big, deal.line(1)]), close=True)
        row, boxes = boxed(deal, *BOXES[:2])
        with as_(deal.agent) as user:
            over = services.pack_all(actor=user, number=row.number, consolidation=loaded.number)
            assert over == {}
            with pytest.raises(InputError, match="没有要装的货"):
                services.pack_all(actor=user, number=row.number, consolidation=loaded.number)
        assert [sum(line.packages for line in box.lines.all()) for box in boxes] == [83, 27]
        parts = [amounts(each) for each in PackedLine.objects.all()]
        assert astuple(total(parts))[2:4] == (Decimal(9080), Decimal(9590))

    def test_what_finds_no_room_is_said(self, deal) -> None:
        big = deal.line(
            packages=100, volume=Decimal(40), net_weight=Decimal(9000), gross_weight=Decimal(9500)
        )
        loaded = opened(deal, confirmed(deal, lines=[big]), close=True)
        row, _ = boxed(deal)
        with as_(deal.agent) as user:
            ((key, rest),) = services.pack_all(
                actor=user, number=row.number, consolidation=loaded.number
            ).items()
            assert (key, rest.packages) == (loaded.lines.get().pk, 17)
            with pytest.raises(InputError, match="箱子都满了"):
                services.pack_all(actor=user, number=row.number, consolidation=loaded.number)

    def test_unpacked_it_can_be_packed_anew(self, deal, loaded) -> None:
        row, (box,) = boxed(deal)
        with as_(deal.agent) as user:
            services.pack_all(actor=user, number=row.number, consolidation=loaded.number)
            keys = list(box.lines.values_list("pk", flat=True))
            with pytest.raises(InputError, match="还有货"):
                services.remove_container(actor=user, number=row.number, container=box.pk)
            with pytest.raises(InputError, match="已经装箱"):
                services.step_consolidation(actor=user, number=loaded.number, step="reopen", reason="x")
            services.unpack(actor=user, number=row.number, lines=keys)
            with pytest.raises(InputError, match="不在这张装箱单里"):
                services.unpack(actor=user, number=row.number, lines=keys)
            services.remove_container(actor=user, number=row.number, container=box.pk)
        assert not PackedLine.objects.exists()
        assert not Container.objects.exists()
        assert set(loaded.lines.values_list("packed_quantity", "packed_amount")) == {(Decimal(0), Decimal(0))}

    def test_the_steps(self, deal, loaded) -> None:
        row, _ = boxed(deal, *BOXES[:2])
        with as_(deal.agent) as user:
            with pytest.raises(InputError, match="箱子里还没有货"):
                services.step_packing(actor=user, number=row.number, step="close")
            services.pack_all(actor=user, number=row.number, consolidation=loaded.number)
            with pytest.raises(InputError, match="MSKU0000006 是空的"):
                services.step_packing(actor=user, number=row.number, step="close")
            services.remove_container(actor=user, number=row.number, container=row.containers.last().pk)
            row = services.step_packing(actor=user, number=row.number, step="close")
            with pytest.raises(InputError, match="不能加箱子"):
                services.add_container(actor=user, number=row.number, container=BOXES[2], kind="20GP")
            row = services.step_packing(actor=user, number=row.number, step="cancel", reason="船期取消")
        assert row.state == "cancelled"
        assert not PackedLine.objects.exists()
        assert set(loaded.lines.values_list("packed_packages", flat=True)) == {0}

    def test_a_room_above_may_object(self, deal, loaded, monkeypatch) -> None:
        from youju.trade.packing.services import stepping

        row, _ = boxed(deal)
        monkeypatch.setattr(stepping, "_holds", [lambda _: "已经报关"])
        with as_(deal.agent) as user, pytest.raises(InputError, match="已经报关"):
            services.step_packing(actor=user, number=row.number, step="cancel", reason="x")

    def test_containers_are_checked(self, deal) -> None:
        row, _ = boxed(deal)
        with as_(deal.agent) as user:
            for number, kind, words in (
                ("csqu 305438-3", "20GP", "已经在这张装箱单里"),
                ("CSQU3054384", "20GP", "校验码不对"),
                (BOXES[1], "21GP", "不在箱型表里"),
            ):
                with pytest.raises(InputError, match=words):
                    services.add_container(actor=user, number=row.number, container=number, kind=kind)

    def test_the_warehouse_is_on_file(self, deal) -> None:
        wish = PackingWish(
            agent="A1",
            country="KE",
            packed_on=Packing.packed_on.field.to_python("2023-06-01"),
            warehouse="M1",
        )
        with as_(deal.agent) as user, pytest.raises(services.RefusedPacking, match="没有备案为监管场站"):
            services.open_packing(actor=user, wish=wish)


class TestWho:
    @pytest.mark.parametrize("role", [Role.MER, Role.BUY, Role.BRK, Role.STF, Role.AUD, Role.HED, Role.ADM])
    def test_other_roles_may_not(self, deal, role) -> None:
        other = person(role, "OTHER" if role in {Role.MER, Role.BUY, Role.BRK, Role.AUD} else "")
        with as_(other) as user:
            with pytest.raises(PermissionDenied):
                services.open_consolidation(actor=user, wish=ConsolidationWish("A1", "KE"))
            with pytest.raises(PermissionDenied):
                services.pack_all(actor=user, number="X", consolidation="Z")

    def test_strangers_find_nothing(self, deal) -> None:
        row, (packing, (box,)) = opened(deal, confirmed(deal), close=True), boxed(deal)
        line = row.lines.order_by("pk")[0].pk
        other = make_deal("Z")
        mine, _ = boxed(other)
        with as_(other.agent) as user:
            for attempt in (
                lambda: services.step_consolidation(actor=user, number=row.number, step="reopen", reason="x"),
                lambda: services.step_packing(actor=user, number=packing.number, step="cancel", reason="x"),
                lambda: services.pack_all(actor=user, number=mine.number, consolidation=row.number),
                lambda: services.pack(
                    actor=user, number=mine.number, container=box.pk, wishes=[PackWish(line)]
                ),
                lambda: services.pack(
                    actor=user,
                    number=mine.number,
                    container=mine.containers.get().pk,
                    wishes=[PackWish(line)],
                ),
            ):
                with pytest.raises(InputError) as refused:
                    attempt()
                assert refused.value.status == 404
            with pytest.raises(PermissionDenied):
                services.open_consolidation(actor=user, wish=ConsolidationWish("A1", "KE"))
        assert Consolidation.objects.get().state == "closed"
