"""The demo year in the database: loaded once, whole or not at all, coherent with balances, cases and row-level security."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.models import Count, F, Q, Sum

from trade_made_demo import TODAY, WHOLE
from youju.foundation.audit.selectors import history
from youju.foundation.identity import demo as people
from youju.foundation.identity.models import User
from youju.foundation.identity.web.naming import who
from youju.foundation.kernel.context import acting, reaching_all
from youju.foundation.kernel.errors import InputError
from youju.foundation.workflow.models import Case
from youju.rules.trade.declarations.lifecycle import DECLARATION_KIND
from youju.trade.declarations.demo import loading
from youju.trade.declarations.demo.year import year
from youju.trade.declarations.models import Declaration, DeclaredLine, Message, Plan, SourceLine
from youju.trade.goods.demo import loading as goods
from youju.trade.goods.models import Good
from youju.trade.orders import services
from youju.trade.orders.demo import few
from youju.trade.orders.demo.planning import YearPlan
from youju.trade.orders.models import Order, OrderFinding, OrderLine, UsualPrice
from youju.trade.orders.selectors import orders as orders_seen
from youju.trade.packing.models import (
    Balance,
    ConsolidatedLine,
    Consolidation,
    Container,
    PackedLine,
    Packing,
)
from youju.trade.parties.demo import loading as parties

SMALL = YearPlan(TODAY, 0.004, among=WHOLE)


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: Any) -> Iterator[list[tuple[int, int]]]:
    """A small year among all of the demo's parties, loaded once for all tests of this file and taken back."""
    told: list[tuple[int, int]] = []
    with django_db_blocker.unblock(), transaction.atomic():
        people.load()
        parties.load(plan=WHOLE)
        goods.load(plan=WHOLE)
        few.load(today=TODAY)
        assert loading.load(lambda done, count: told.append((done, count)), SMALL)
        yield told
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _demo(loaded: object, db: None) -> Iterator[None]:
    with reaching_all():
        yield


def test_everything_made_is_there() -> None:
    made = list(year(SMALL))
    orders = [order for each in made for order in each.shipment.batch.orders]
    stored = Order.objects.filter(is_demo=True, number__in=[order.number for order in orders])
    assert stored.count() == len(orders)
    assert {row.number: row.amount for row in stored} == {order.number: order.amount for order in orders}
    lines = OrderLine.objects.filter(order__in=stored)
    assert lines.count() == sum(len(order.lines) for order in orders)
    assert Declaration.objects.count() == sum(len(each.declarations) for each in made)
    assert DeclaredLine.objects.count() == sum(len(one.lines) for e in made for one in e.declarations)
    assert SourceLine.objects.count() == sum(
        len(x.sources) for e in made for o in e.declarations for x in o.lines
    )
    assert Packing.objects.count() == sum(each.shipment.packing is not None for each in made)
    assert Consolidation.objects.count() == sum(len(each.shipment.consolidations) for each in made)
    assert Plan.objects.count() == sum(each.plan is not None for each in made)
    assert Message.objects.count() == sum(len(one.messages) for e in made for one in e.declarations)


def test_constraints_that_wait_for_the_end_hold() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def test_a_second_load_changes_nothing() -> None:
    before = Order.objects.count(), Declaration.objects.count()
    assert not loading.load(plan=SMALL)
    assert not loading.load(plan=replace(SMALL, scale=1))
    assert (Order.objects.count(), Declaration.objects.count()) == before


def test_progress_was_told_to_the_end(loaded: list[tuple[int, int]]) -> None:
    count = SMALL.before + SMALL.batches + SMALL.recent + 21
    assert loaded[-1] == (count, count)


def test_the_few_orders_of_the_to_do_lists_are_still_there() -> None:
    assert Order.objects.filter(
        is_demo=True, created_by="demo-mer", state="registered", ordered_on__year=TODAY.year
    ).exists()
    assert Order.objects.filter(state="draft", ordered_on__year=TODAY.year).exists()


def test_goods_in_orders_are_recognised_and_the_sellers_own_but_where_planted() -> None:
    wrong = OrderLine.objects.filter(order__is_demo=True).exclude(good__state__in=["recognised", "explained"])
    assert {line.order.number for line in wrong.select_related("order")} == {
        "T231025901301", "T230517901701", "T231101901801", "T231122901901",
    }  # fmt: skip
    assert (
        not OrderLine.objects.filter(order__is_demo=True).exclude(good__party=F("order__merchant")).exists()
    )
    names = OrderLine.objects.filter(order__is_demo=True).exclude(
        name=F("good__name"), hs_code=F("good__hs_code")
    )
    assert not names.exists()


def test_an_agent_in_an_order_was_entrusted_on_its_day() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*), count(*) FILTER (WHERE parties_entrusted(merchant_id, agent_id, ordered_on))"
            " FROM orders_order WHERE is_demo AND agent_id IS NOT NULL"
        )
        every, entrusted = cursor.fetchone()
    assert every == entrusted > 100


def test_totals_of_orders_are_those_of_their_lines() -> None:
    sums = Order.objects.filter(is_demo=True).annotate(
        total=Sum("lines__amount"), gross=Sum("lines__gross_weight"), count=Count("lines")
    )
    assert not sums.exclude(amount=F("total"), gross_weight=F("gross"), lines_count=F("count")).exists()


def test_balances_hold_to_the_gram() -> None:
    for row in Balance.objects.annotate(taken=Sum("order_line__quantity")).select_related("order_line")[:500]:
        line = row.order_line
        assert (row.quantity_in, row.gross_in, row.amount_in) == (
            line.quantity,
            line.gross_weight,
            line.amount,
        )
    taken = ConsolidatedLine.objects.values("order_line").annotate(
        gross=Sum("gross_weight"), amount=Sum("amount")
    )
    balances = dict(Balance.objects.values_list("order_line", "gross_out"))
    assert {each["order_line"]: each["gross"] for each in taken} == balances
    packed = PackedLine.objects.values("consolidated").annotate(
        gross=Sum("gross_weight"), volume=Sum("volume"), amount=Sum("amount"), count=Sum("packages")
    )
    inside = {p["consolidated"]: (p["gross"], p["volume"], p["amount"], p["count"]) for p in packed}
    for line in ConsolidatedLine.objects.all():
        told = (line.packed_gross, line.packed_volume, line.packed_amount, line.packed_packages)
        assert told == inside.get(line.pk, (Decimal(0), Decimal(0), Decimal(0), 0))


def test_declared_lines_add_up_from_their_sources_but_where_planted() -> None:
    sums = DeclaredLine.objects.annotate(of=Sum("sources__amount"), net=Sum("sources__net_weight"))
    wrong = sums.exclude(amount=F("of"), net_weight=F("net")).select_related("declaration")
    assert [(line.declaration.number, line.g_no) for line in wrong] == [("D230808900701", 2)]
    whole = Declaration.objects.annotate(of=Sum("lines__amount"))
    assert not whole.exclude(amount=F("of")).exists()


def test_every_packing_and_declaration_has_its_case_in_its_state() -> None:
    cases = {case.subject_key: case for case in Case.objects.filter(subject_kind=DECLARATION_KIND)}
    rows = list(Declaration.objects.select_related("replaces"))
    assert len(cases) == len(rows)
    for row in rows:
        case = cases[str(row)]
        assert case.state == row.state
        assert (case.finished_at is not None) == (row.state in {"exported", "withdrawn"})
        if row.replaces is not None:
            assert cases[str(row.replaces)].waiting_for == ""
    for kind, model in (("packing.packing", Packing), ("packing.consolidation", Consolidation)):
        told = dict(Case.objects.filter(subject_kind=kind).values_list("subject_key", "state"))
        assert told == dict(model.objects.values_list("number", "state"))  # type: ignore[attr-defined]


def test_a_packed_line_stands_in_one_live_declaration() -> None:
    twice = SourceLine.objects.filter(live=True).values("packed").annotate(n=Count("pk")).filter(n__gt=1)
    assert not twice.exists()
    gone = SourceLine.objects.filter(line__declaration__state="withdrawn")
    assert gone.exists()
    assert not gone.filter(live=True).exists()


def test_what_is_planted_stands_under_its_numbers() -> None:
    twice = (
        Container.objects.filter(number="DEMU8900014").values("packing__packed_on").annotate(n=Count("pk"))
    )
    assert [each["n"] for each in twice] == [2]
    assert Packing.objects.filter(bill_of_lading="DEMOTJN90000501").count() == 2
    assert (
        OrderFinding.objects.filter(order__number="T230511900101", rule="ORD-014")
        .exclude(explanation="")
        .exists()
    )


def test_numbers_of_later_records_do_not_meet_the_demos() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval('orders_number'), nextval('packing_packing_number'), nextval('declarations_number')"
        )
        order, packing, declaration = cursor.fetchone()
    last = max(
        int(n[7:]) for n in Order.objects.exclude(number__regex=r"9\d{5}$").values_list("number", flat=True)
    )
    assert order > last
    assert packing > SMALL.batches
    numbers = Declaration.objects.exclude(number__regex=r"9\d{5}$").values_list("number", flat=True)
    assert declaration > max(int(each[7:]) for each in numbers)


def test_usual_prices_are_counted() -> None:
    assert UsualPrice.objects.count() > 100
    assert UsualPrice.objects.filter(good__in=Good.objects.all()).exclude(price__gt=0).count() == 0


def test_the_demos_people_see_what_they_take_part_in() -> None:
    for name in ("demo-mer", "demo-agt", "demo-csl"):
        user = User.objects.get(username=name)
        with acting(**who(user)):
            seen = orders_seen(actor=user)
            assert seen.exists()
            assert all(user.organisation_id in row.organisations for row in seen)
    broker = User.objects.get(username="demo-brk")
    with acting(**who(broker)):
        mine = Declaration.objects.all()
        assert mine.exists()
        assert set(mine.values_list("broker__organisation", flat=True)) <= {broker.organisation_id, None}


def test_the_demo_agent_confirms_an_order_of_the_year() -> None:
    agent = User.objects.get(username="demo-agt")
    waiting = Order.objects.filter(
        Q(state="registered", agent_confirmed_by=""), agent__organisation=agent.organisation
    ).first()
    assert waiting is not None
    with transaction.atomic():
        with acting(**who(agent)):
            assert services.confirm_order(actor=agent, number=waiting.number).state == "confirmed"
        transaction.set_rollback(True)


def test_the_load_is_on_the_trail() -> None:
    lines = history("declarations.demo", "year").lines
    assert len(lines) == 1
    assert "载入了" in str(lines[0])


@pytest.mark.parametrize("asked", ["0", "-1", "many", "1000", "nan"])
def test_a_size_that_is_none_is_refused(asked: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(loading.SCALE, asked)
    with pytest.raises(InputError, match="YOUJU_DEMO_SCALE"):
        loading.scale_asked()


@pytest.mark.parametrize(("asked", "scale"), [("", 1.0), ("0.02", 0.02), ("10", 10.0)])
def test_the_size_is_asked_for_in_the_environment(
    asked: str, scale: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(loading.SCALE, asked)
    assert loading.scale_asked() == scale
