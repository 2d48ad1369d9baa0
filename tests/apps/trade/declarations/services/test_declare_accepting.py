"""A plan becomes declarations; they are filled in, entered, withdrawn, corrected; packings are held meanwhile."""

from __future__ import annotations

from collections import Counter
from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db.models import Sum
from django.utils import timezone

from kept import kept
from trade_deals import DAY, make_deal
from trade_declared import HEADER, accepted, broker_of, declared, entered, order_of, packed, planned
from trade_loads import confirmed
from trade_people import as_, person
from youju.foundation.audit.selectors import history
from youju.foundation.identity.roles import Role
from youju.foundation.kernel.errors import InputError
from youju.foundation.kernel.subjects import Subject
from youju.foundation.workflow.selectors import case, todo
from youju.foundation.workflow.services import advance
from youju.rules.trade.declarations.lifecycle import DECLARATION_FLOW
from youju.trade.declarations import selectors, services
from youju.trade.declarations.models import Declaration, SourceLine
from youju.trade.packing import services as packing

pytestmark = pytest.mark.django_db


@kept
def deal():
    return make_deal(goods=8)


def rejected(deal, row: Declaration) -> Declaration:
    """As the exchange with customs leaves it."""
    subject, officer = Subject("declarations.declaration", str(row), row.number), person(Role.STF)
    for transition, actor in (("send", deal.agent), ("reject", officer)):
        with as_(actor) as user:
            advance(
                flow=DECLARATION_FLOW, subject=subject, transition=transition, actor=user, reason="品名不清"
            )
    Declaration.objects.filter(pk=row.pk).update(state="rejected", rejection="品名不清")
    row.refresh_from_db()
    return row


class TestAccepting:
    def test_every_packed_line_stands_in_one_declaration_and_sums_are_equal(self, deal) -> None:
        lines = [deal.line(place, price=Decimal("12.37")) for place in range(8)]
        numbers = [confirmed(deal, lines=lines), order_of(deal, 90_000), order_of(deal, 80_000)]
        box = packed(deal, *numbers)
        rows = accepted(deal, planned(deal, box))
        assert len(rows) == 2 and len({row.number for row in rows}) == 2
        assert all(row.number.startswith("D") and row.state == "planned" for row in rows)
        sources = SourceLine.objects.all()
        assert Counter(sources.values_list("packed", flat=True)).most_common(1)[0][1] == 1
        whole = box.containers.aggregate(
            amount=Sum("lines__amount"), net=Sum("lines__net_weight"), count=Sum("lines__packages")
        )
        assert sources.aggregate(s=Sum("amount"))["s"] == whole["amount"] == sum(row.amount for row in rows)
        assert sum(row.packages for row in rows) == whole["count"]
        assert sum(row.net_weight for row in rows) == whole["net"]
        for row in rows:
            assert row.rate == Decimal("7.0821") and row.amount_cny == (row.amount * row.rate).quantize(
                Decimal("0.01")
            )
            for line in row.lines.all():
                sums = line.sources.aggregate(
                    a=Sum("amount"), n=Sum("net_weight"), g=Sum("gross_weight"), p=Sum("packages")
                )
                assert (line.amount, line.net_weight, line.gross_weight, line.packages) == tuple(
                    sums.values()
                )
                assert line.chapter == line.hs_code[:2]
        merged = [line for row in rows for line in row.lines.all() if line.merged]
        assert len(merged) == 1 and merged[0].quantity1 is not None
        assert {"归并成了报关单"} <= {
            line.deed for line in history("declarations.declaration", str(rows[0])).lines
        }

    def test_what_waits_for_whom(self, deal) -> None:
        (row,) = declared(deal)
        found = case(Subject("declarations.declaration", f"{row.number}-1"))
        assert found.state == "planned" and found.due_on is not None
        with as_(deal.agent) as user:
            assert [item.subject.key for item in todo(user)] == [str(row)]
        with as_(make_deal("Z").agent) as user:
            assert not todo(user)

    def test_accepting_twice_and_what_is_left(self, deal) -> None:
        box = packed(deal, confirmed(deal))
        plan = planned(deal, box)
        accepted(deal, plan)
        with pytest.raises(InputError, match="已采用"):
            accepted(deal, plan)
        with pytest.raises(InputError, match="都已经在报关单里"):
            planned(deal, box)
        with as_(deal.agent) as user, pytest.raises(InputError) as refused:
            services.accept_plan(actor=user, plan_id=987654321)
        assert refused.value.status == 404
        with as_(deal.merchant) as user, pytest.raises(PermissionDenied):
            services.accept_plan(actor=user, plan_id=plan.pk)

    def test_goods_that_somebody_declared_meanwhile_are_refused_kindly(self, deal, monkeypatch) -> None:
        box = packed(deal, confirmed(deal))
        plan = planned(deal, box)
        accepted(deal, plan)
        # As two at once would: nobody saw the other's sources.
        monkeypatch.setattr(
            "youju.trade.declarations.services.planning.taken_sources", lambda _: SourceLine.objects.none()
        )
        second = planned(deal, box)
        with pytest.raises(InputError, match="刚被别人做进了另一票报关单") as refused:
            accepted(deal, second)
        assert refused.value.status == 409
        assert Declaration.objects.count() == 1

    def test_a_packing_with_live_declarations_is_not_opened_again(self, deal) -> None:
        (row,) = declared(deal)
        with as_(deal.agent) as user:
            for step in ("reopen", "cancel"):
                with pytest.raises(InputError, match=row.number):
                    packing.step_packing(actor=user, number=row.packing.number, step=step, reason="换箱")
            services.withdraw(actor=user, key=str(row), reason="客户不要了")
            box = packing.step_packing(actor=user, number=row.packing.number, step="reopen", reason="换箱")
            keys = list(box.containers.get().lines.values_list("pk", flat=True))
            packing.unpack(actor=user, number=box.number, lines=keys)
        row.refresh_from_db()
        assert row.state == "withdrawn"
        assert set(SourceLine.objects.values_list("live", "packed")) == {(False, None)}

    def test_withdrawn_goods_are_planned_again(self, deal) -> None:
        box = packed(deal, order_of(deal, 90_000), order_of(deal, 80_000))
        first, second = accepted(deal, planned(deal, box))
        with as_(deal.agent) as user:
            services.withdraw(actor=user, key=first.number, reason="重新分票")
        again = planned(deal, box)
        assert len(again.groups) == 1
        (third,) = accepted(deal, again)
        assert third.amount == first.amount and third.number not in {first.number, second.number}
        with as_(deal.agent) as user:
            page = selectors.declaring_page(actor=user, number=box.number)
        assert page.totals == (("USD", Decimal("170000.00")),)

    def test_withdrawing_needs_a_reason_and_a_state(self, deal) -> None:
        (row,) = declared(deal)
        with as_(deal.agent) as user:
            with pytest.raises(InputError, match="须写明理由"):
                services.withdraw(actor=user, key=str(row))
            with pytest.raises(InputError, match="刚才有改动"):
                services.withdraw(actor=user, key=str(row), reason="错了", expected=7)
            services.withdraw(actor=user, key=str(row), reason="错了")
            with pytest.raises(InputError, match="不能撤销"):
                services.withdraw(actor=user, key=str(row), reason="错了")
        with as_(deal.merchant) as user, pytest.raises(PermissionDenied):
            services.withdraw(actor=user, key=str(row), reason="错了")


class TestFilling:
    def test_a_draft_is_kept_and_a_full_one_is_entered(self, deal) -> None:
        (row,) = declared(deal)
        with as_(deal.agent) as user:
            services.fill_header(actor=user, key=str(row), values={"货物存放地点": "一号库"})
            with pytest.raises(InputError, match="还缺必填项：申报单位海关代码"):
                services.enter(actor=user, key=str(row))
            name, xml = services.hand_out_message(actor=user, key=str(row))
            assert name.endswith("-草稿.xml") and "草稿，不可发送".encode() in xml
            services.fill_header(actor=user, key=str(row), values=HEADER)
            done = services.enter(actor=user, key=str(row))
            name, xml = services.hand_out_message(actor=user, key=str(row))
        assert done.state == "pre_entry" and name == f"{row}.xml"
        assert b"<TradeCountry>KEN</TradeCountry>" in xml and b"<OriginCountry>KEN</OriginCountry>" in xml
        assert b"<GoodsNo>1,2</GoodsNo>" in xml
        row.refresh_from_db()
        assert row.port == "0202"
        told = {line.deed for line in history("declarations.declaration", str(row)).lines}
        assert {"填了表头", "下载了报关文书"} <= told

    def test_an_entered_one_stays_complete(self, deal) -> None:
        row = entered(deal, declared(deal)[0])
        with as_(deal.agent) as user:
            with pytest.raises(InputError, match="还缺必填项"):
                services.fill_header(actor=user, key=str(row), values={"GoodsPlace": ""})
            services.fill_header(actor=user, key=str(row), values={"GoodsPlace": "二号库"})
        row.refresh_from_db()
        assert row.header["GoodsPlace"] == "二号库"

    @pytest.mark.parametrize(
        ("values", "words"),
        [
            ({"Colour": "red"}, "不认识的表头项"),
            ({"TradeMode": "0110"}, "固定值 1039"),
            ({"CustomMaster": "04071"}, "最多 4 个"),
            ({"NoteS": "a\x00b"}, "控制字符"),
        ],
    )
    def test_what_does_not_fit_is_refused(self, deal, values, words) -> None:
        (row,) = declared(deal)
        with as_(deal.agent) as user, pytest.raises(InputError, match=words):
            services.fill_header(actor=user, key=str(row), values=values)

    def test_one_header_for_a_whole_plan_and_for_the_next_one(self, deal) -> None:
        rows = declared(deal, order_of(deal, 90_000), order_of(deal, 80_000))
        with as_(deal.agent) as user:
            done = services.fill_header(actor=user, key=str(rows[0]), values=HEADER, whole_plan=True)
        assert len(done) == 2
        (later,) = declared(deal)
        assert later.header["GoodsPlace"] == HEADER["GoodsPlace"]
        assert later.header["DistinatePort"] == HEADER["DistinatePort"]

    def test_who_declares_is_carried_from_the_same_broker_alone(self, deal) -> None:
        def next_one(amount: int, broker: str = "") -> Declaration:
            box = packed(deal, order_of(deal, amount))
            (row,) = accepted(deal, planned(deal, box, broker=broker))
            return row

        def filled(row: Declaration, **changes: str) -> None:
            with as_(deal.agent) as user:
                services.fill_header(actor=user, key=str(row), values=HEADER | changes)

        broker_of(deal)
        filled(next_one(1000))
        row = next_one(1100, "K1")
        assert "AgentName" not in row.header and row.header["TradeName"] == HEADER["TradeName"]
        filled(row, AgentName="主体K1")
        assert next_one(1200).header["AgentName"] == HEADER["AgentName"]
        assert next_one(1300, "K1").header["AgentName"] == "主体K1"

    def test_a_broker_is_named_and_takes_part(self, deal) -> None:
        (row,), broker = declared(deal), broker_of(deal)
        with as_(broker) as user:
            assert selectors.declaration_page(actor=user, key=str(row)) is None
        with as_(deal.agent) as user:
            services.fill_header(actor=user, key=str(row), values={}, broker="K1")
        with as_(broker) as user:
            page = selectors.declaration_page(actor=user, key=str(row))
            assert page.parties["broker"][0] == "K1" and page.lines[0].sources
            assert [item.subject.key for item in todo(user)] == [str(row)]
            services.fill_header(actor=user, key=str(row), values=HEADER)
            assert services.enter(actor=user, key=str(row)).state == "pre_entry"

    def test_a_line(self, deal) -> None:
        (row,) = declared(deal)
        wish = services.LineWish("品牌:无|材质:涤纶", "千克", Decimal(160), "个", Decimal(200))
        with as_(deal.agent) as user:
            services.edit_line(actor=user, key=str(row), g_no=1, wish=wish)
            for bad, words in (
                (services.LineWish(quantity1=Decimal(1)), "要一起填"),
                (services.LineWish(unit1="千克", quantity1=Decimal(0)), "应大于零"),
                (services.LineWish(unit1="坨", quantity1=Decimal(1)), "没有海关代码"),
                (services.LineWish(model="x" * 256), "最多 255 个"),
            ):
                with pytest.raises(InputError, match=words):
                    services.edit_line(actor=user, key=str(row), g_no=1, wish=bad)
            with pytest.raises(InputError, match="没有第 9 项"):
                services.edit_line(actor=user, key=str(row), g_no=9, wish=wish)
            _, xml = services.hand_out_message(actor=user, key=str(row))
        assert "<GModel>品牌:无|材质:涤纶</GModel>".encode() in xml
        assert "修改了商品项" in {line.deed for line in history("declarations.declaration", str(row)).lines}


class TestCorrecting:
    def test_a_rejected_one_gives_the_next_version_with_its_goods(self, deal) -> None:
        old = rejected(deal, entered(deal, declared(deal)[0]))
        SourceLine.objects.filter(line__declaration=old).update(live=False)
        with pytest.raises(InputError, match="都已经在报关单里"):
            planned(deal, old.packing)
        with as_(deal.agent) as user:
            with pytest.raises(InputError, match=old.number):
                packing.step_packing(actor=user, number=old.packing.number, step="reopen", reason="换箱")
            new = services.correct_declaration(actor=user, key=str(old))
            assert (new.number, new.version, new.replaces_id, new.state) == (old.number, 2, old.pk, "planned")
            assert new.header == old.header and new.rejection == "" and new.amount == old.amount
            live = SourceLine.objects.filter(live=True)
            assert {each.line.declaration_id for each in live} == {new.pk}
            assert new.lines.count() == old.lines.count() == 2
            with pytest.raises(InputError, match="已经更正成了新版本"):
                services.correct_declaration(actor=user, key=str(old))
            with pytest.raises(InputError, match="已经更正成了新版本"):
                services.withdraw(actor=user, key=str(old), reason="错了")
            assert [item.subject.key for item in todo(user)] == [str(new)]
            services.fill_header(actor=user, key=old.number, values={"NoteS": "更正品名"})
            assert services.enter(actor=user, key=old.number).version == 2
            page = selectors.declaration_page(actor=user, key=str(old))
            assert not page.newest and [version for _, version, _ in page.versions] == [1, 2]
            assert [each.pk for each in selectors.declarations(actor=user)] == [new.pk]
            assert selectors.declarations(actor=user, replaced=True).count() == 2
            services.withdraw(actor=user, key=old.number, reason="不出口了")
        assert not SourceLine.objects.filter(live=True).exists()
        assert not SourceLine.objects.exclude(packed=None).exists()

    def test_only_a_rejected_one(self, deal) -> None:
        (row,) = declared(deal)
        with as_(deal.agent) as user, pytest.raises(InputError, match="只有被退单的才更正"):
            services.correct_declaration(actor=user, key=str(row))
        with as_(deal.agent) as user, pytest.raises(InputError) as refused:
            services.correct_declaration(actor=user, key="D1-1-1")
        assert refused.value.status == 404


class TestTracing:
    def test_both_ways(self, deal) -> None:
        number = confirmed(deal)
        (row,) = declared(deal, number)
        with as_(deal.agent):
            facts = selectors.declaration_by_number(row.number)
            assert (facts.id, facts.amount, facts.country) == (row.pk, Decimal("2400.00"), "KE")
            sources = selectors.sources_of_declaration(row.pk)
            found = selectors.declarations_of_order_lines([each.order_line for each in sources])
            assert {each.declaration for each in found[sources[0].order_line]} == {str(row)}
            today = timezone.localdate()
            assert list(selectors.released_lines(since=today, until=today)) == []
            Declaration.objects.filter(pk=row.pk).update(
                state="released", released_at=timezone.now(), entry_number="0" * 18
            )
            assert (
                sum(each.amount for each in selectors.released_lines(since=today, until=today)) == row.amount
            )
            assert list(selectors.released_lines(since=date(2020, 1, 1), until=DAY)) == []
            assert selectors.declaration_by_number("0" * 18).number == row.number
        with as_(make_deal("Z").agent):
            assert selectors.declaration_by_number(row.number) is None
            assert selectors.declaration_by_number("\0") is None
