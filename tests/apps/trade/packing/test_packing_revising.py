"""The head of a packing changed after it was opened: what may change when, who sees it then, what the trail says."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from kept import kept
from trade_deals import Deal, make_deal, party
from trade_declared import accepted, order_of, packed, planned
from trade_loads import boxed, confirmed, opened
from trade_people import as_, person
from youju.foundation.audit.selectors import history
from youju.foundation.identity.roles import Role
from youju.foundation.kernel.errors import InputError
from youju.rules.trade.packing.facts import Capacity
from youju.trade.declarations.models import Plan
from youju.trade.declarations.services import plan_packing
from youju.trade.packing import services
from youju.trade.packing.facts import HeadWish
from youju.trade.packing.models import Packing

pytestmark = pytest.mark.django_db


@kept
def deal() -> Deal:
    return make_deal()


def revise(deal: Deal, row: Packing, expected: int | None = None, **wish) -> Packing:
    with as_(deal.agent) as user:
        return services.revise_packing(
            actor=user, number=row.number, wish=HeadWish(**wish), expected=expected
        )


def loaded(deal: Deal) -> Packing:
    row, _ = boxed(deal)
    gathered = opened(deal, confirmed(deal), close=True)
    with as_(deal.agent) as user:
        services.pack_all(actor=user, number=row.number, consolidation=gathered.number)
    row.refresh_from_db()
    return row


def test_what_changes_is_stored_and_told(deal: Deal) -> None:
    row, _ = boxed(deal)
    changed = revise(
        deal,
        row,
        row.revision,
        packed_on=date(2023, 6, 20),
        bill_of_lading="OOLU9",
        port="3104",
        country="NG",
    )
    assert changed.revision == row.revision + 1
    found = Packing.objects.get()
    assert (found.packed_on, found.bill_of_lading, found.port, found.country, found.transport_mode) == (
        date(2023, 6, 20), "OOLU9", "3104", "NG", "2",
    )  # fmt: skip
    (line,) = [
        each for each in history("packing.packing", row.number).lines if each.deed == "改了装箱单的单头"
    ]
    told = str(line)
    assert "OOLU9" in told
    assert "运输方式" not in told


def test_nothing_changed_is_nothing_written(deal: Deal) -> None:
    row, _ = boxed(deal)
    assert revise(deal, row, bill_of_lading="", country="KE").revision == row.revision
    assert "改了装箱单的单头" not in {each.deed for each in history("packing.packing", row.number).lines}


def test_two_at_once(deal: Deal) -> None:
    row, _ = boxed(deal)
    revise(deal, row, row.revision, port="3104")
    with pytest.raises(InputError, match="刚才有改动") as refused:
        revise(deal, row, row.revision, port="0202")
    assert refused.value.status == 409


def test_a_complete_one_takes_its_bill_of_lading(deal: Deal) -> None:
    row = packed(deal, confirmed(deal))
    assert revise(deal, row, bill_of_lading="OOLU9").state == "closed"
    with as_(deal.agent) as user:
        services.step_packing(actor=user, number=row.number, step="cancel", reason="不走了")
    with pytest.raises(InputError, match="已经作废"):
        revise(deal, row, port="3104")


def test_not_while_a_declaration_holds_it(deal: Deal) -> None:
    row = packed(deal, order_of(deal, 5000))
    plan = planned(deal, row)
    with as_(deal.agent) as user:
        revise(deal, row, bill_of_lading="OOLU9")
        again = plan_packing(actor=user, number=row.number, day=date(2023, 6, 1))
    assert again.pk != plan.pk
    accepted(deal, Plan.objects.get(pk=again.pk))
    with pytest.raises(InputError, match="已经在报关单") as refused:
        revise(deal, row, port="3104")
    assert refused.value.status == 409


def test_goods_inside_go_where_they_go(deal: Deal) -> None:
    row = loaded(deal)
    with pytest.raises(services.RefusedPacking, match="运往 KE，这一单运往 NG"):
        revise(deal, row, country="NG")
    assert Packing.objects.get().country == "KE"


def test_containers_are_asked_again_on_another_day(deal: Deal, monkeypatch: pytest.MonkeyPatch) -> None:
    from youju.rules.trade.packing.checks import containers

    row = loaded(deal)
    small = {"20GP": Capacity("20GP", "小箱", Decimal("0.1"), Decimal(10))}
    monkeypatch.setattr(containers, "capacities", lambda law: small)
    revise(deal, row, port="3104")
    with pytest.raises(services.RefusedPacking, match="超过 20GP"):
        revise(deal, row, packed_on=date(2023, 6, 20))


class TestWarehouse:
    @pytest.fixture
    def yards(self, deal: Deal) -> dict[str, int]:
        made = {}
        for number in ("W1", "W2"):
            user = person(Role.CSL, f"YARD-{number}")
            party(user, number, "warehouse")
            made[number] = user.organisation_id
        return made

    def test_its_people_follow(self, deal: Deal, yards: dict[str, int]) -> None:
        row = loaded(deal)
        assert yards["W1"] in revise(deal, row, warehouse="W1").organisations
        moved = revise(deal, row, warehouse="W2")
        assert yards["W2"] in moved.organisations
        assert yards["W1"] not in moved.organisations
        assert {deal.merchant.organisation_id, deal.agent.organisation_id} <= set(moved.organisations)
        gone = revise(deal, row, warehouse="")
        assert gone.warehouse_id is None
        assert yards["W2"] not in gone.organisations

    def test_it_is_on_file_on_the_day(self, deal: Deal, yards: dict[str, int]) -> None:
        row, _ = boxed(deal)
        with pytest.raises(services.RefusedPacking, match="没有备案为监管场站"):
            revise(deal, row, warehouse="M1")
        revise(deal, row, warehouse="W1")
        with pytest.raises(services.RefusedPacking, match="监管场站"):
            revise(deal, row, packed_on=date(2031, 1, 1))


def test_only_who_takes_part_and_may_pack(deal: Deal) -> None:
    row, _ = boxed(deal)
    other = make_deal("Z")
    with as_(other.agent) as user, pytest.raises(InputError, match="没有装箱单"):
        services.revise_packing(actor=user, number=row.number, wish=HeadWish(port="3104"))
    with as_(deal.merchant) as user, pytest.raises(PermissionDenied):
        services.revise_packing(actor=user, number=row.number, wish=HeadWish(port="3104"))
