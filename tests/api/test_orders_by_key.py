"""An order by an API key: what it costs, and two at once under one idempotency key."""

from __future__ import annotations

import json
import threading
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from trade_deals import make_deal
from trade_people import person
from youju.foundation.audit import verifying
from youju.foundation.audit.checking import Check
from youju.foundation.audit.models import Entry
from youju.foundation.identity import services
from youju.foundation.identity.models import ApiRequest, User
from youju.foundation.identity.permissions import Permission
from youju.foundation.identity.roles import Role
from youju.foundation.kernel.context import reaching_all
from youju.trade.orders.models import Order, OrderFinding
from youju.trade.orders.services import answering, registering

ADDRESS = "/api/v1/orders/"


@pytest.fixture
def program():
    """A deal of ten goods, and how the merchant's program sends an order of it."""
    with reaching_all():
        deal = make_deal(goods=10)
        User.objects.filter(pk=deal.merchant.pk).update(is_service=True)
        owner = User.objects.get(pk=deal.merchant.pk)
        until = timezone.localdate() + timedelta(days=2)
        secret = services.create_key(
            actor=person(Role.ADM, "KEYADM"),
            owner=owner,
            name="t",
            scopes=[Permission.ORDERS_EDIT],
            expires_on=until,
        ).secret

    def post(key: str, **changes):
        lines = [
            {"good": f"G{n}", "quantity": "100", "price": changes.get("price", "10"), "packages": 10, "net_weight": "80",
             "gross_weight": "90", "volume": "0.8"}
            for n in range(10)
        ]  # fmt: skip
        said = changes.get("explanations", [{"rule": "ORD-035", "text": "补登以前的交易"}])
        content = {"merchant": "M1", "agent": "A1", "buyer": "B1", "ordered_on": "2023-06-01", "country": "KE",
                   "lines": lines, "explanations": said}  # fmt: skip
        headers = {"Authorization": f"Bearer {secret}", "Idempotency-Key": key}
        return Client().post(ADDRESS, json.dumps(content), content_type="application/json", headers=headers)

    return post


@pytest.mark.django_db(transaction=True)
class TestByKey:
    def test_an_order_costs_three_statements(self, program) -> None:
        assert program("k0", price="9").status_code == 201
        with CaptureQueriesContext(connection) as seen:
            assert program("k1").status_code == 201
        told = [each["sql"] for each in seen.captured_queries if each["sql"] not in ("BEGIN", "COMMIT")]
        wanted = ("identity_apikey", "orders_known", "orders_put")
        assert len(told) == len(wanted), told
        assert all(name in sql for name, sql in zip(wanted, told, strict=True))
        # The rows, their entry on the trail and the kept answer are one statement, and as such one transaction.
        assert "audit_append" in told[-1] and "identity_keep" in told[-1]
        assert "identity_used" in told[0] and "identity_answer" in told[1] and "orders_allot" in told[1]

    def test_all_of_it_is_there(self, program) -> None:
        answer = program("k1").json()
        with reaching_all():
            order = Order.objects.get(number=answer["number"])
            assert order.lines.count() == 10 and order.amount == Decimal(10_000)
            assert order.merchant_confirmed_by and order.state == "registered"
            assert OrderFinding.objects.get(order=order).explained_at is not None
        entry = Entry.objects.get(subject_key=answer["number"])
        assert (entry.verb, entry.channel) == ("orders.order.registered", "api")
        assert ApiRequest.objects.get(key="k1").answer == answer

    def test_what_is_refused_leaves_nothing(self, program) -> None:
        registered = Entry.objects.filter(verb="orders.order.registered")
        before = registered.count()
        assert program("k1", explanations=[]).status_code == 422
        with reaching_all():
            assert not Order.objects.exists()
        assert registered.count() == before and not ApiRequest.objects.exists()
        with CaptureQueriesContext(connection) as seen:
            assert program("k1").status_code == 201
        assert not any("orders_allot" in each["sql"] for each in seen.captured_queries), (
            "its number lies ready"
        )

    def test_an_answer_from_before_comes_first(self, program) -> None:
        first = program("k1")
        again, other = program("k1"), program("k1", price="11")
        assert again.json() == first.json() and again["Idempotent-Replayed"] == "true"
        assert other.status_code == 422 and "已用于另一个请求" in other.json()["detail"]

    def test_two_at_once_make_one_order(self, program, monkeypatch) -> None:
        """In two processes: both have looked and found nothing before either writes."""
        monkeypatch.setattr(answering._LINE, "do", lambda _key, _item, alone: alone())
        meet, judged, answers = threading.Barrier(2, timeout=20), registering.judged, []

        def together(found):
            said = judged(found)
            meet.wait()
            return said

        monkeypatch.setattr(registering, "judged", together)

        def send() -> None:
            answers.append(program("k1"))
            connection.close()

        threads = [threading.Thread(target=send) for _ in range(2)]
        for each in threads:
            each.start()
        for each in threads:
            each.join()
        assert [each.status_code for each in answers] == [201, 201]
        assert answers[0].json() == answers[1].json()
        assert sorted(each.has_header("Idempotent-Replayed") for each in answers) == [False, True]
        with reaching_all():
            number = Order.objects.get().number
        assert Entry.objects.filter(subject_key=number).count() == 1

    def test_those_that_come_meanwhile_go_together(self, program, monkeypatch) -> None:
        """One is being judged while four come: they cost the statements of one, and each is recorded as its own request."""
        assert program("k0", price="9").status_code == 201
        first = program("k3", price="13")
        held, inside, judged = threading.Event(), threading.Event(), registering.judged

        def slowly(found):
            inside.set()
            assert held.wait(20)
            return judged(found)

        monkeypatch.setattr(registering, "judged", slowly)
        sent = {"k1": "11", "k2": "12", "k3": "13", "k4": "14", "k5": "-1"}
        answers, groups, register_group = {}, [], answering.register_group

        def counted(**given):
            with CaptureQueriesContext(connection) as seen:
                done = register_group(**given)
            told = [each["sql"] for each in seen.captured_queries if each["sql"] not in ("BEGIN", "COMMIT")]
            groups.append((len(given["group"]), told))
            return done

        monkeypatch.setattr(answering, "register_group", counted)

        def send(key: str, price: str) -> None:
            answers[key] = program(key, price=price)
            connection.close()

        threads = [threading.Thread(target=send, args=["k9", "19"])]
        threads[0].start()
        assert inside.wait(20)
        for key, price in sent.items():
            threads.append(threading.Thread(target=send, args=[key, price]))
            threads[-1].start()
        while sum(map(len, answering._LINE._lines.values())) < 4:  # the fifth is refused before it gets there
            pass
        held.set()
        for each in threads:
            each.join()
        assert {key: each.status_code for key, each in answers.items()} == {
            "k9": 201, "k1": 201, "k2": 201, "k3": 201, "k4": 201, "k5": 422,
        }  # fmt: skip
        ((size, told),) = groups
        assert size == 4 and len(told) == 2, told
        assert answers["k3"].json() == first.json() and answers["k3"]["Idempotent-Replayed"] == "true"
        assert not answers["k1"].has_header("Idempotent-Replayed")
        numbers = {key: answers[key].json()["number"] for key in ("k9", "k1", "k2", "k4")}
        entries = {each.subject_key: each for each in Entry.objects.filter(subject_key__in=numbers.values())}
        assert len({entries[number].request_id for number in numbers.values()}) == 4
        for key, number in numbers.items():
            assert entries[number].request_id == answers[key]["X-Request-ID"]
        check = Check()  # without the witnesses of other tests' rows
        with verifying.snapshot():
            for head in verifying.segments():
                check.segment(head, verifying.entries(head.number))
        check.finish()
        assert check.entries and not check.faults
