"""What runs as the owner for speed reaches what the row conditions of the tables let through, no row more or less."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from django.db import ProgrammingError, connection, transaction

from trade_deals import make_deal
from trade_people import person
from youju.foundation.database.statements import as_array
from youju.foundation.identity.roles import Role
from youju.foundation.identity.web.naming import who
from youju.foundation.kernel.context import acting, reaching_all
from youju.trade.orders.facts import known
from youju.trade.orders.models import Order, OrderLine, UsualPrice
from youju.trade.orders.services import register_order

pytestmark = pytest.mark.django_db
WAYS = ("all", "merchant", "agent", "buyer", "stranger", "sections:SC", "sections:SC,SX", "sections:SX", "")


@pytest.fixture
def deal():
    """A deal of two goods with usual prices, one registered order, and goods of a party that no section handles."""
    with reaching_all():
        deal = make_deal(goods=2)
        for good in deal.goods:
            UsualPrice.objects.create(good=good, currency="USD", price=Decimal(12), deals=3)
    with acting(**who(deal.merchant)):
        register_order(actor=deal.merchant, wish=deal.wish())
    return deal


def reach(deal, way: str) -> str:
    if way in ("merchant", "agent", "buyer"):
        return f"own:{getattr(deal, way).organisation_id}"
    return f"own:{person(Role.MER, 'REACHX').organisation_id}" if way == "stranger" else way


def rows(sql: str, *values) -> list:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return [row[0] for row in cursor.fetchall()]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("centre", [False, True])
def test_reads_what_the_tables_show(deal, way: str, centre: bool) -> None:
    with reaching_all():
        if centre:  # of no section: everybody of the centre's staff
            type(deal.parties["merchant"]).objects.update(sections=[])
            Order.objects.update(sections=[])
    said = reach(deal, way)
    numbers, wish = [each.number for each in deal.goods], deal.wish()
    ids = [each.pk for each in deal.parties.values()]
    with acting(reads=said, writes=said):
        goods = rows("SELECT id FROM goods_good WHERE number = ANY (%s) ORDER BY 1", numbers)
        told = rows(
            "SELECT unnest(ids) FROM goods_tradable(%s, %s::date[]) ORDER BY 1", numbers, ["2023-06-01"] * 2
        )
        assert told == goods
        parties = rows("SELECT id FROM parties_party WHERE id = ANY (%s) ORDER BY 1", ids)
        assert rows("SELECT unnest(parties_handled(%s, 'reads')) ORDER BY 1", ids) == parties
        orders = rows("SELECT number FROM orders_order")
        prices = rows("SELECT good_id FROM orders_usualprice WHERE good_id = %s", deal.goods[0].pk)
        found = known(wish)
    assert found.facts.twin == (orders[0] if orders else "")
    line = found.facts.lines[0]
    assert (line.good is not None) == bool(goods) and bool(goods and line.good.usual_price) == bool(prices)
    if way:
        assert found.merchant is not None and found.merchant.id == deal.parties["merchant"].pk
    else:
        assert found.merchant is None


@pytest.mark.parametrize("way", WAYS)
def test_writes_what_the_tables_take(deal, way: str) -> None:
    """Through the function as by a plain INSERT of the same row."""
    said = reach(deal, way)
    with reaching_all():
        row = Order.objects.values().get()
        taking = {name: row[name] for name in ("organisations", "sections")}
    outcomes = []
    for key, write in ((91_001, _plainly), (91_002, _put)):
        with acting(reads=said, writes=said):
            try:
                with transaction.atomic():
                    write(row, key)
                outcomes.append("written")
            except ProgrammingError as error:
                outcomes.append(error.__cause__.sqlstate)
    assert outcomes[0] == outcomes[1] in ("written", "42501"), (taking, outcomes)
    assert (outcomes[0] == "written") == (
        way in ("all", "merchant", "agent", "buyer", "sections:SC", "sections:SC,SX")
    )


def test_lines_go_to_no_other_order(deal) -> None:
    with reaching_all():
        row, line = Order.objects.values().get(), OrderLine.objects.values().get()
    with acting(**who(deal.merchant)):
        _put(row, 91_003, [line | {"line_no": 7}])
    with reaching_all():
        assert OrderLine.objects.count() == 1


def test_what_is_not_all_written_is_refused(deal) -> None:
    """An id without its row, or the id of an order that is there."""
    with reaching_all():
        row = Order.objects.values().get()
    for ids in ([91_004, 91_005], [row["id"]]):
        with acting(**who(deal.merchant)), pytest.raises(ProgrammingError), transaction.atomic():
            _put(row, 91_004, ids=ids)


def _plainly(row: dict, key: int) -> None:
    # Without RETURNING, which would have to be readable too.
    values = row | {"id": key, "number": f"P{key}"}
    names = ", ".join(values)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO orders_order ({names}) VALUES ({', '.join(['%s'] * len(values))})",
            list(values.values()),
        )


def _put(row: dict, key: int, lines: list | None = None, ids: list | None = None) -> None:
    names = {"merchant_id": "merchant", "agent_id": "agent", "buyer_id": "buyer", "lines_count": "lines",
             "merchant_confirmed_by": "merchant_by", "agent_confirmed_by": "agent_by"}  # fmt: skip
    head = {names.get(name, name): value for name, value in row.items()} | {"id": key, "number": f"P{key}"}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT orders_put(%s::bigint[], %s::json, %s::json, '[]')",
            [
                as_array(map(str, ids or [key])),
                json.dumps([head], default=str),
                json.dumps(lines or [], default=str),
            ],
        )
