"""From a change of state to the outbox: no change without its event, no event without its change, only for who takes part."""

from __future__ import annotations

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from trade_deals import DAY
from trade_people import as_, person
from youju.foundation.identity.roles import Role
from youju.foundation.kernel.context import reaching_all
from youju.foundation.policies import law_on
from youju.foundation.webhooks import kinds, services
from youju.foundation.webhooks.models import Delivery, Endpoint
from youju.rules.trade.orders.judging import judge
from youju.rules.trade.packing.lifecycle import CONSOLIDATION_FLOW
from youju.trade.goods.models import Good
from youju.trade.orders import services as orders
from youju.trade.orders.facts import known_many
from youju.trade.packing import services as packing
from youju.trade.packing.facts import ConsolidationWish
from youju.trade.parties.models import Party

pytestmark = pytest.mark.django_db


def outbox() -> list[Delivery]:
    with reaching_all():
        return list(Delivery.objects.order_by("pk"))


def register(deal):
    with as_(deal.merchant) as user:
        return orders.register_order(actor=user, wish=deal.wish())


def test_an_order_tells_everybody_who_takes_part_and_nobody_else(deal, listen) -> None:
    stranger = person(Role.AGT, "FREMD")
    ours = {listen(user).endpoint.pk for user in (deal.merchant, deal.agent, deal.buyer)}
    listen(stranger)
    done = register(deal)
    rows = outbox()
    assert {row.endpoint_id for row in rows} == ours
    assert {(row.type, row.number, row.before, row.after) for row in rows} == {
        ("orders.order.registered", done.number, "", "registered")
    }
    assert len({row.event for row in rows}) == len({row.sequence for row in rows}) == 1


def test_later_events_of_a_record_have_larger_numbers(deal, listen) -> None:
    listen(deal.agent)
    done = register(deal)
    with as_(deal.agent) as user:
        orders.confirm_order(actor=user, number=done.number)
    first, second = outbox()
    assert (second.before, second.after) == ("registered", "confirmed")
    assert second.sequence > first.sequence
    assert second.event != first.event


def test_a_change_that_is_taken_back_leaves_no_event(deal, listen) -> None:
    listen(deal.merchant)
    with transaction.atomic():
        register(deal)
        assert len(outbox()) == 1
        transaction.set_rollback(True)
    assert outbox() == []


def test_only_what_was_chosen_comes(deal, listen) -> None:
    listen(deal.agent, types=["orders.order.confirmed"])
    done = register(deal)
    assert outbox() == []
    with as_(deal.agent) as user:
        orders.confirm_order(actor=user, number=done.number)
    assert [row.type for row in outbox()] == ["orders.order.confirmed"]


def test_what_changes_no_state_is_no_event(deal, listen) -> None:
    listen(deal.merchant)
    with reaching_all():
        Good.objects.update(name="改名")
        Party.objects.update(contact="某人")
    assert outbox() == []


def test_parties_and_goods_tell_their_own_organisation(deal, listen) -> None:
    mine, other = listen(deal.merchant).endpoint, listen(deal.agent).endpoint
    with reaching_all():
        Good.objects.filter(number="G0").update(state="outdated")
        Party.objects.filter(number="A1").update(state="suspended")
    told = {(row.endpoint_id, row.type, row.number) for row in outbox()}
    assert told == {(mine.pk, "goods.good.outdated", "G0"), (other.pk, "parties.party.suspended", "A1")}


def test_a_consolidation_opened_and_cancelled(deal, listen) -> None:
    listen(deal.agent)
    with as_(deal.agent) as user:
        made = packing.open_consolidation(
            actor=user, wish=ConsolidationWish(agent="A1", country="KE", currency="USD")
        )
        packing.step_consolidation(actor=user, number=made.number, step="cancel", reason="不做了")
    assert [(row.type, row.number) for row in outbox()] == [
        (f"{CONSOLIDATION_FLOW.code}.open", made.number),
        (f"{CONSOLIDATION_FLOW.code}.cancelled", made.number),
    ]


def test_many_by_copy_are_announced_one_by_one(deal, listen) -> None:
    listen(deal.merchant)
    with as_(deal.merchant) as user:
        found = known_many([deal.wish() for _ in range(3)])
        made = orders.register_many(
            actor=user, judged=[(each, judge(each.facts, law_on(DAY))) for each in found]
        )
    assert [row.number for row in outbox()] == [number for _, number in made]
    assert len({row.event for row in outbox()}) == 3


def test_nobody_listening_costs_no_statement_of_ours(deal) -> None:
    with CaptureQueriesContext(connection) as seen:
        register(deal)
    assert not [each for each in seen.captured_queries if "webhooks_" in each["sql"]]


def test_a_paused_endpoint_goes_on_to_collect_and_a_removed_one_does_not(deal, listen, admin) -> None:
    paused, removed = listen(deal.merchant).endpoint, listen(deal.agent).endpoint
    with as_(admin):
        services.step_endpoint(actor=admin, endpoint=paused.pk, step="pause")
        services.step_endpoint(actor=admin, endpoint=removed.pk, step="remove")
    register(deal)
    assert {row.endpoint_id for row in outbox()} == {paused.pk}


def test_every_kind_has_its_triggers_and_knows_every_state() -> None:
    tables = {
        "parties.party": "parties_party",
        "goods.good": "goods_good",
        "orders.order": "orders_order",
        "packing.consolidation": "packing_consolidation",
        "packing.packing": "packing_packing",
        "payments.payment": "payments_payment",
        "declarations.declaration": "declarations_declaration",
    }
    assert [kind.code for kind in kinds.kinds()] == sorted(tables)
    with connection.cursor() as cursor:
        for kind, table in tables.items():
            cursor.execute(
                "SELECT pg_get_functiondef(tgfoid) FROM pg_trigger WHERE tgrelid = %s::regclass"
                " AND tgname LIKE %s",
                [table, f"{table}_announced%"],
            )
            found = [row[0] for row in cursor.fetchall()]
            assert len(found) == 2, table
            assert all(f"'{kind}'" in text for text in found)


def test_the_database_shows_endpoints_to_their_own_organisation_alone(deal, listen) -> None:
    mine = listen(deal.merchant).endpoint
    register(deal)
    with as_(deal.merchant):
        assert [row.pk for row in Endpoint.objects.all()] == [mine.pk]
        assert Delivery.objects.count() == 1
    with as_(deal.agent):
        assert (Endpoint.objects.count(), Delivery.objects.count()) == (0, 0)
    assert Endpoint.objects.count() == 0  # a reach that was never told sees no row
