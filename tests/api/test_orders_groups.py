"""A bulk written in groups is what the same orders are one by one: rows, findings, trail, kept answers, words."""

from __future__ import annotations

import json
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from trade_deals import make_deal
from youju.foundation.audit.models import Entry
from youju.foundation.identity.models import ApiRequest
from youju.foundation.identity.web.naming import who
from youju.foundation.kernel.context import acting, reaching_all
from youju.trade.orders import services
from youju.trade.orders.api import wish_of
from youju.trade.orders.models import Order, OrderFinding, OrderLine
from youju.trade.orders.schemas import OrderIn
from youju.trade.orders.services import bulk

pytestmark = pytest.mark.django_db
OWN = {"id", "number", "order_id", "created_at", "registered_at", "confirmed_at", "explained_at",
       "merchant_confirmed_at", "agent_confirmed_at"}  # fmt: skip


@pytest.fixture
def deal():
    with reaching_all():
        deal, make = make_deal(goods=3), services.register_order
        with acting(**who(deal.merchant)):
            sale = make(actor=deal.merchant, wish=deal.wish(lines=[deal.line(price=Decimal(7))]))
    with acting(**who(deal.agent)):
        services.confirm_order(actor=deal.agent, number=sale.number)
    deal.sale = sale.number
    return deal


def order(key: Any, **changes: Any) -> bytes:
    price = changes.pop("price", "10")
    lines = [
        {"good": f"G{n}", "quantity": "100", "price": price, "packages": 10, "net_weight": "80", "gross_weight": "90",
         "volume": "0.8"}
        for n in range(changes.pop("goods", 2))
    ]  # fmt: skip
    sent = {"key": key, "merchant": "M1", "agent": "A1", "buyer": "B1", "ordered_on": "2023-06-01", "country": "KE",
            "lines": lines, "explanations": [{"rule": "ORD-035", "text": "补登以前的交易"}]}  # fmt: skip
    return json.dumps(sent | changes).encode()


def stream(deal: Any) -> list[bytes]:
    """Everything that can happen to an order, among orders to which nothing happens."""
    again = order("k3", price="13")
    back = {"good": "G0", "quantity": "30", "price": "7", "packages": 1, "net_weight": "8", "gross_weight": "9",
            "original": 1}  # fmt: skip
    return [
        order("k1", price="11"),
        order("k2", price="12", country="GH"),  # a hint: the buyer's country is another
        b"",
        b"{nonsense",
        again,
        order("k4", buyer="B9"),
        order("k5", ordered_on="1999-06-01"),
        order("k6", price="14", explanations=[]),
        order("k7", goods=0),
        again,
        order("k1", price="99"),
        order("k8", price="11"),  # as k1: to be explained
        order("k9", price="15", agent="", note='"\\ {},\n引号'),
        order("", price="16"),
        order("k10", price="17", merchant="B1"),
        order("k11", price="18", currency="EUR"),
        order("k12", kind="return", about=deal.sale, lines=[back]),
        order("k13", kind="return", about=deal.sale, lines=[back | {"quantity": "80"}]),
        order("k14", price="19", ordered_on="2023-06-02"),
        order(7, price="20"),
        order("k15", price="21", lines=[json.loads(order("x"))["lines"][0] | {"good": "G9"}]),
    ]


class Body(BytesIO):
    """As the web server gives it: whole lines are not to be had."""

    def __init__(self, lines: list[bytes]) -> None:
        super().__init__(b"\n".join(lines))

    def read(self, size: int | None = -1, /) -> bytes:
        """At most a few bytes."""
        return super().read(min(size or 777, 777))

    def readline(self, *_: Any) -> bytes:
        """Not to be trusted."""
        raise AssertionError("granian's own gives one line and no more")


def done(user: Any, lines: list[bytes], together: int) -> list[dict[str, Any]]:
    with acting(**who(user), channel="api"):
        return [
            json.loads(each) for each in bulk.answers(Body(lines), user, OrderIn, wish_of, together=together)
        ]


def all_of_it(user: Any, lines: list[bytes], together: int) -> dict[str, Any]:
    """What was answered and what is there then, without ids, numbers and times; and nothing of it stays."""
    with transaction.atomic():
        first = Entry.objects.count()
        with reaching_all():
            old = list(Order.objects.values_list("pk", flat=True))
        answers = done(user, lines, together)
        with reaching_all():
            # By their place in the answers: a number that lay ready on the connection may be lower than one before it.
            numbers = list(dict.fromkeys(each["number"] for each in answers if "number" in each))
            serial = {number: f"#{place}" for place, number in enumerate(numbers)}
            orders = Order.objects.exclude(pk__in=old)
            place = {each.pk: serial[each.number] for each in orders}

            def bare(rows: Any) -> list[dict[str, Any]]:
                return [
                    {name: value for name, value in row.items() if name not in OWN}
                    | {f"{name}?": row[name] is None for name in OWN & set(row)}
                    | ({"of": place[row["order_id"]]} if "order_id" in row else {})
                    for row in rows
                ]

            lines_ = OrderLine.objects.filter(order__in=place).order_by("line_no").values()
            findings = OrderFinding.objects.filter(order__in=place).order_by("pk").values()
            entries = Entry.objects.order_by("segment", "position").values(
                "actor", "actor_name", "organisation", "channel", "verb", "subject_kind", "subject_key",
                "subject_label", "before", "after", "reason",
            )[first:]  # fmt: skip
            kept = ApiRequest.objects.order_by("pk").values("user_id", "key", "digest", "status", "answer")
            found = {
                "answers": answers, "orders": bare({"order_id": each["id"]} | each for each in orders.values()),
                "lines": bare(lines_), "findings": bare(findings), "entries": list(entries), "kept": list(kept),
            }  # fmt: skip
            text = json.dumps(found, default=str, ensure_ascii=False, sort_keys=True)
        transaction.set_rollback(True)
    for number, name in serial.items():
        text = text.replace(number, name)
    bare_ones = json.loads(text)
    return {part: rows if part == "answers" else sorted(rows, key=str) for part, rows in bare_ones.items()}


@pytest.mark.parametrize("together", [2, 7, 100])
@pytest.mark.parametrize("who_sends", ["merchant", "agent", "buyer"])
def test_as_one_by_one(deal, who_sends: str, together: int) -> None:
    user, sent = getattr(deal, who_sends), stream(deal)
    if who_sends == "buyer":  # who may not register at all reads nothing
        from django.core.exceptions import PermissionDenied

        with pytest.raises(PermissionDenied):
            done(user, sent, together)
        return
    singly, grouped = all_of_it(user, sent, 1), all_of_it(user, sent, together)
    for part, told in singly.items():
        assert grouped[part] == told, part
    statuses = {each["key"]: each["status"] for each in singly["answers"]}
    assert (statuses["k2"], statuses["k4"], statuses["k8"], statuses["k14"]) == (201, 422, 422, 201)
    assert len(singly["orders"]) == len(singly["entries"]) == len(singly["kept"]) >= 6
    assert singly["findings"] and singly["lines"]


def test_a_group_costs_as_few_statements_as_an_order(deal) -> None:
    lines = [order(f"q{n}", price=f"{n + 10}") for n in range(30)]
    done(deal.merchant, [order("warm", price="9")], 100)
    with CaptureQueriesContext(connection) as seen:
        assert {each["status"] for each in done(deal.merchant, lines, 100)} == {201}
    told = [each["sql"] for each in seen.captured_queries if "SAVEPOINT" not in each["sql"]]
    assert len(told) <= 6, told
    again = done(deal.merchant, lines, 100)
    assert {each["status"] for each in again} == {201}
    with reaching_all():
        assert Order.objects.count() == 32


def test_what_stops_a_group_harms_none_of_it(deal, monkeypatch) -> None:
    """As when another request has just kept an answer under one of the keys."""
    sent = stream(deal)
    singly = all_of_it(deal.merchant, sent, 1)

    def meanwhile(*_: Any) -> None:
        raise IntegrityError("api_request_once")

    monkeypatch.setattr("youju.trade.orders.services.grouping.keep_many", meanwhile)
    assert all_of_it(deal.merchant, sent, 100) == singly
