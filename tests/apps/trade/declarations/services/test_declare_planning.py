"""A plan of a packing: worked out at once or in a job, asked for twice, refused, dropped; orders moved in it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from kept import kept
from trade_deals import DAY, make_deal
from trade_declared import accepted, broker_of, order_of, packed, planned
from trade_loads import boxed, confirmed, opened
from trade_people import as_, person
from youju.foundation.audit.selectors import history
from youju.foundation.identity.roles import Role
from youju.foundation.jobs.running import work_off
from youju.foundation.kernel.errors import InputError
from youju.trade.declarations import selectors, services
from youju.trade.declarations.models import Declaration, Plan
from youju.trade.orders.models import Rate
from youju.trade.packing import services as packing
from youju.trade.packing.models import Packing

pytestmark = pytest.mark.django_db


@kept
def deal():
    return make_deal()


class TestPlanning:
    def test_a_small_packing_is_planned_at_once_with_proof(self, deal) -> None:
        numbers = [order_of(deal, amount) for amount in (90_000, 80_000, 60_000, 10_000)]
        row = planned(deal, packed(deal, *numbers))
        assert row.state == "proposed" and row.as_of == DAY
        assert sorted(order for group in row.groups for order in group) == sorted(numbers)
        assert len(row.groups) == 2
        proof = row.proof
        assert (proof["declarations"], proof["lower_bound"], proof["optimal"], proof["gap"]) == (
            2,
            2,
            True,
            0,
        )
        told = {line.deed for line in history("declarations.plan", str(row.pk)).lines}
        assert {"请求分票", "算出了分票方案"} <= told

    def test_asking_twice_gives_the_same_plan_and_another_day_a_new_one(self, deal) -> None:
        box = packed(deal, confirmed(deal))
        first = planned(deal, box)
        assert planned(deal, box).pk == first.pk
        second = planned(deal, box, day=DAY.replace(day=2))
        first.refresh_from_db()
        assert second.pk != first.pk and first.state == "dropped"

    def test_a_large_one_waits_for_the_job(self, deal, monkeypatch) -> None:
        monkeypatch.setattr("youju.trade.declarations.services.planning.whole", lambda *_: 0)
        box = packed(deal, confirmed(deal))
        row = planned(deal, box)
        assert row.state == "planning"
        assert planned(deal, box).pk == row.pk
        work_off()
        row.refresh_from_db()
        assert row.state == "proposed" and len(row.groups) == 1

    def test_a_job_that_gave_up_says_why(self, deal, monkeypatch) -> None:
        monkeypatch.setattr("youju.trade.declarations.services.planning.whole", lambda *_: 0)
        box = packed(deal, confirmed(deal))
        row = planned(deal, box)
        with as_(deal.agent) as user:
            packing.step_packing(actor=user, number=box.number, step="reopen", reason="换箱")
        work_off()
        with as_(deal.agent) as user:
            page = selectors.plan_page(actor=user, plan_id=row.pk)
            assert "装箱完成以后才能报关" in page.failed
            packing.step_packing(actor=user, number=box.number, step="close")
            again = services.plan_packing(actor=user, number=box.number, day=DAY)
        row.refresh_from_db()
        assert row.state == "dropped" and again.state == "planning"

    def test_only_the_agent_and_a_broker_on_file(self, deal) -> None:
        # Another agent whose own goods stand in the packing takes part in it, but has nothing to declare.
        box, other = packed(deal, confirmed(deal)), person(Role.AGT, "AGT-9")
        Packing.objects.filter(pk=box.pk).update(organisations=[*box.organisations, other.organisation_id])
        with as_(other) as user:
            for call in (
                lambda: services.plan_packing(actor=user, number=box.number, day=DAY),
                lambda: services.name_broker(actor=user, number=box.number, broker="K1"),
            ):
                with pytest.raises(PermissionDenied, match="外贸代理或受托的报关行"):
                    call()
            assert not selectors.declaring_page(actor=user, number=box.number).may_plan
        (made,) = accepted(deal, planned(deal, box))
        Declaration.objects.filter(pk=made.pk).update(
            organisations=[*made.organisations, other.organisation_id]
        )
        with as_(other) as user:
            assert not selectors.declaration_page(actor=user, key=str(made)).may_edit
            with pytest.raises(PermissionDenied, match="由外贸代理和报关行办理"):
                services.withdraw(actor=user, key=str(made), reason="错了")

    def test_a_dropped_one_is_not_worked_out(self, deal, monkeypatch) -> None:
        monkeypatch.setattr("youju.trade.declarations.services.planning.whole", lambda *_: 0)
        row = planned(deal, packed(deal, confirmed(deal)))
        with as_(deal.agent) as user:
            services.drop_plan(actor=user, plan_id=row.pk)
        work_off()
        row.refresh_from_db()
        assert row.state == "dropped" and row.groups == []
        with as_(deal.agent) as user, pytest.raises(InputError, match="已经采用或放弃"):
            services.drop_plan(actor=user, plan_id=row.pk)

    def test_refusals(self, deal) -> None:
        row, _ = boxed(deal)
        with pytest.raises(InputError, match="装箱完成以后才能报关"):
            planned(deal, row)
        with as_(deal.agent) as user, pytest.raises(InputError) as refused:
            services.plan_packing(actor=user, number="X0")
        assert refused.value.status == 404
        box = packed(deal, confirmed(deal))
        with pytest.raises(InputError, match="没有 2023-05 的海关汇率：USD"):
            planned(deal, box, day=DAY.replace(month=5))
        with pytest.raises(InputError, match="还没有市场采购贸易的规定"):
            planned(deal, box, day=DAY.replace(year=2001))
        with as_(deal.merchant) as user, pytest.raises(PermissionDenied):
            services.plan_packing(actor=user, number=box.number, day=DAY)
        with as_(make_deal("Z").agent) as user, pytest.raises(InputError, match="没有装箱单"):
            services.plan_packing(actor=user, number=box.number, day=DAY)
        with pytest.raises(InputError, match="没有备案号为“A1”的报关行"):
            planned(deal, box, broker="A1")

    def test_an_order_above_the_cap_at_the_rate_of_the_day_is_refused_with_its_rule(self, deal) -> None:
        # Within the cap when it was registered; the euro rose until it was declared.
        numbers = [order_of(deal, 125_000, currency="EUR"), order_of(deal, 1_000, currency="EUR")]
        loaded = [_packed_in(deal, numbers)]
        Rate.objects.filter(currency="EUR").update(rate=Decimal("9.00"))
        row = planned(deal, loaded[0])
        assert [(each["order"], each["rule"]) for each in row.refused] == [(numbers[0], "DEC-001")]
        assert row.groups == [[numbers[1]]]
        (made,) = accepted(deal, row)
        assert made.amount == Decimal("1000.00") and made.currency == "EUR"
        with as_(deal.agent) as user:
            page = selectors.plan_page(actor=user, plan_id=row.pk)
        assert page.refused[0]["message"].startswith(f"交易单 {numbers[0]}")

    def test_a_named_broker_plans_for_itself(self, deal) -> None:
        broker, box = broker_of(deal), packed(deal, confirmed(deal))
        with as_(broker) as user, pytest.raises(InputError, match="没有装箱单"):
            services.plan_packing(actor=user, number=box.number, day=DAY)
        with as_(deal.agent) as user:
            services.name_broker(actor=user, number=box.number, broker="K1")
        with as_(broker) as user:
            row = services.plan_packing(actor=user, number=box.number, day=DAY)
            assert row.broker_id == deal.parties["broker"].pk
            (made,) = services.accept_plan(actor=user, plan_id=row.pk)
        assert made.broker_id == row.broker_id
        assert {deal.agent.organisation_id, broker.organisation_id} <= set(made.organisations)


def _packed_in(deal, numbers):
    loaded = opened(deal, *numbers, close=True, currency="EUR")
    row, _ = boxed(deal, kind="40HQ")
    with as_(deal.agent) as user:
        packing.pack_all(actor=user, number=row.number, consolidation=loaded.number)
        return packing.step_packing(actor=user, number=row.number, step="close")


class TestMoving:
    @pytest.fixture
    def plan(self, deal) -> Plan:
        numbers = [order_of(deal, amount) for amount in (90_000, 80_000, 60_000, 10_000)]
        return planned(deal, packed(deal, *numbers))

    def test_a_move_says_what_it_costs_and_is_undone(self, deal, plan) -> None:
        before = [list(group) for group in plan.groups]
        order = plan.groups[0][0]
        with as_(deal.agent) as user:
            page = selectors.plan_page(actor=user, plan_id=plan.pk, order=order, to=0)
            row, cost = services.move_order(
                actor=user, plan_id=plan.pk, order=order, to=0, expected=plan.revision
            )
            assert page.cost == cost
        assert cost.declarations == (2, 3) and cost.opened and cost.lines[1] >= cost.lines[0]
        assert row.groups[-1] == [order] and row.moved[-1]["order"] == order
        with as_(deal.agent) as user:
            services.undo_move(actor=user, plan_id=plan.pk)
            with pytest.raises(InputError, match="没有可以撤回的移动"):
                services.undo_move(actor=user, plan_id=plan.pk)
        row.refresh_from_db()
        assert row.groups == before and row.moved == []
        assert "移动了交易单" in {line.deed for line in history("declarations.plan", str(plan.pk)).lines}

    def test_a_move_above_the_cap_is_refused_with_the_rule(self, deal, plan) -> None:
        order = max((g for g in plan.groups), key=len)[0]
        place = next(i for i, group in enumerate(plan.groups, 1) if order not in group)
        with as_(deal.agent) as user:
            with pytest.raises(services.RefusedDeclaration, match="DEC-008") as refused:
                services.move_order(actor=user, plan_id=plan.pk, order=order, to=place)
            page = selectors.plan_page(actor=user, plan_id=plan.pk, order=order, to=place)
        assert [each.rule for each in refused.value.findings] == ["DEC-008"]
        assert [each.rule for each in page.cost.broken] == ["DEC-008"]
        plan.refresh_from_db()
        assert plan.revision == 1

    def test_moves_that_cannot_be(self, deal, plan) -> None:
        order = plan.groups[0][0]
        with as_(deal.agent) as user:
            for given, to, words in (
                (order, 1, "已经在第 1 票"),
                (order, 9, "没有第 9 票"),
                ("T0", 1, "没有交易单 T0"),
            ):
                with pytest.raises(InputError, match=words):
                    services.move_order(actor=user, plan_id=plan.pk, order=given, to=to)
            with pytest.raises(InputError, match="刚才有改动"):
                services.move_order(actor=user, plan_id=plan.pk, order=order, to=0, expected=0)
        with as_(deal.merchant) as user, pytest.raises(PermissionDenied):
            services.move_order(actor=user, plan_id=plan.pk, order=order, to=0)

    def test_a_plan_of_a_packing_that_changed_is_stale(self, deal, plan) -> None:
        with as_(deal.agent) as user:
            for step in ("reopen", "close"):
                packing.step_packing(actor=user, number=plan.packing.number, step=step, reason="换箱")
            with pytest.raises(InputError, match="重新分票"):
                services.accept_plan(actor=user, plan_id=plan.pk)
            assert selectors.plan_page(actor=user, plan_id=plan.pk).stale
            again = services.plan_packing(actor=user, number=plan.packing.number, day=DAY)
        assert again.pk != plan.pk
