"""Pages and API of settlement: each opens, says what is wrong, does what its button says; a bank sees its own alone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kept import kept
from office_made import PNG
from settlement_made import PAID, Ledger, make_ledger, received
from trade_people import as_, person
from youju.foundation.identity.models import User
from youju.foundation.identity.roles import Role
from youju.foundation.kernel.context import reaching_all
from youju.trade.settlement import services
from youju.trade.settlement.models import Finding, Lot, Receipt, Reservation

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _reach() -> Iterator[None]:
    """What a loader would reach; each request reaches what its user does."""
    with reaching_all():
        yield


@kept
def ledger() -> Ledger:
    return make_ledger(1200, 800)


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def post(client: Client, url: str, data: dict[str, Any], key: str = "") -> Any:
    headers = {"Idempotency-Key": key} if key else {}
    return client.post(url, json.dumps(data), content_type="application/json", headers=headers)


def test_a_merchant_sees_its_ledger_and_a_stranger_nothing(ledger: Ledger) -> None:
    with reaching_all():
        received(ledger, hint=ledger.key, amount=Decimal(300))
    merchant, page = client_of(ledger.deal.merchant), reverse("settlement:ledger", args=[ledger.key])
    assert "900.00" in merchant.get(page).content.decode()
    assert ledger.key in merchant.get(reverse("settlement:lots")).content.decode()
    assert merchant.get(reverse("settlement:overview")).status_code == 200
    for role, code in ((Role.MER, "ELSE"), (Role.BNK, "BK9")):
        stranger = client_of(person(role, code))
        assert stranger.get(page).status_code == 404
        assert ledger.key not in stranger.get(reverse("settlement:lots")).content.decode()
    assert client_of(person(Role.TAX)).get(page).status_code == 200


def test_a_receipt_by_hand_with_a_picture(ledger: Ledger) -> None:
    agent, url = client_of(ledger.deal.agent), reverse("settlement:receipt-new")
    data = {
        "bank": "中国银行", "reference": "R1", "received_on": PAID.isoformat(), "currency": "usd", "amount": "1200.00",
        "payer_name": "GULF STAR FZE", "hint": ledger.key, "picture": SimpleUploadedFile("回单.png", PNG),
    }  # fmt: skip
    assert agent.get(url).status_code == 200
    assert agent.post(url, {**data, "amount": "0"}).status_code == 422
    answer = agent.post(url, {**data, "picture": SimpleUploadedFile("回单.png", PNG)})
    assert answer.status_code == 302
    row = Receipt.objects.get(reference="R1")
    # Somebody else paid: it waits for people although it names its declaration.
    assert row.state == "unmatched"
    page = agent.get(answer["Location"]).content.decode()
    assert "回单.png" in page
    assert ledger.key in page
    again = agent.post(url, {**data, "amount": "5", "picture": SimpleUploadedFile("b.png", PNG)})
    assert again.status_code == 422
    assert "SET-006" in again.content.decode()
    agent.post(reverse("settlement:receipt-match", args=[row.number]), {"declaration": ledger.key})
    assert list(Finding.objects.values_list("rule", flat=True)) == ["SET-003"]
    assert "不符" in agent.get(answer["Location"]).content.decode()
    agent.post(reverse("settlement:receipt-explain", args=[row.number]), {"explanation": "采购商委托代付"})
    assert not Finding.objects.filter(explanation="").exists()
    move = row.movements.get()
    back = {"movement": move.pk, "amount": "200", "on": PAID.isoformat(), "reason": "少发"}
    agent.post(reverse("settlement:receipt-refund", args=[row.number]), back)
    agent.post(reverse("settlement:receipt-undo", args=[row.number]), {"movement": move.pk, "reason": "记错"})
    over = {"amount": "1000", "on": PAID.isoformat(), "reason": "退回"}
    agent.post(reverse("settlement:receipt-return", args=[row.number]), over)
    row.refresh_from_db()
    assert (row.state, row.returned) == ("returned", 1200)
    assert agent.get(answer["Location"]).status_code == 200


def test_the_unmatched_queue_suggests(ledger: Ledger) -> None:
    row = received(ledger, payee=ledger.deal.parties["agent"].number)
    page = client_of(ledger.deal.agent).get(reverse("settlement:receipt", args=[row.number])).content.decode()
    assert "金额与可收额相同" in page
    assert row.number in client_of(person(Role.STF)).get(reverse("settlement:unmatched")).content.decode()
    assert client_of(ledger.bank).get(reverse("settlement:unmatched")).status_code == 403


def test_a_bank_reserves_confirms_and_releases_on_its_pages(ledger: Ledger) -> None:
    bank, other = client_of(ledger.bank), client_of(ledger.other)
    url = reverse("settlement:bank")
    page = bank.get(url, {"declaration": ledger.key, "g_no": 1}).content.decode()
    assert "1,200.00" in page
    assert ledger.deal.parties["merchant"].name not in page
    assert "没有这个商品项" in bank.get(url, {"declaration": "D000000000000", "g_no": 1}).content.decode()
    assert bank.get(url, {"declaration": "", "g_no": "x"}).status_code == 422
    wish = {"line": ledger.lots[0].pk, "amount": "500", "hours": 24, "reference": "Z1"}
    answer = bank.post(reverse("settlement:bank-reserve"), wish)
    row = Reservation.objects.get()
    overview = reverse("settlement:overview")
    assert row.number in bank.get(overview).content.decode()
    assert "没有占用中的额度" in other.get(overview).content.decode()
    assert reverse("settlement:lots") not in bank.get(overview).content.decode()
    assert answer["Location"] == reverse("settlement:reservation", args=[row.number])
    bank.post(reverse("settlement:bank-reserve"), {**wish, "amount": "700.01"})
    assert Reservation.objects.count() == 1
    assert other.get(answer["Location"]).status_code == 404
    data = {
        "reference": "Z1",
        "received_on": PAID.isoformat(),
        "payer_name": "Amina Wanjiku Trading",
        "amount": "501",
    }
    confirm = reverse("settlement:reservation-confirm", args=[row.number])
    assert other.post(confirm, data).status_code == 404
    assert bank.post(confirm, data).status_code == 422
    assert bank.post(confirm, {**data, "amount": "400", "money": "410"}).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.confirmed) == ("confirmed", 400)
    with reaching_all():
        lot = Lot.objects.get(pk=ledger.lots[0].pk)
        assert (lot.collected, lot.reserved, lot.available) == (400, 0, 800)
        assert Receipt.objects.get().suspense == 10
    # The merchant sees that its line was collected, and by whom.
    assert (
        row.number
        in client_of(ledger.deal.merchant)
        .get(reverse("settlement:ledger", args=[ledger.key]))
        .content.decode()
    )
    bank.post(reverse("settlement:bank-reserve"), {**wish, "amount": "100"})
    held = Reservation.objects.get(state="held")
    bank.post(reverse("settlement:reservation-release", args=[held.number]), {})
    held.refresh_from_db()
    assert held.state == "released"


def test_a_banks_program_is_heard_once(ledger: Ledger) -> None:
    bank, other = client_of(ledger.bank), client_of(ledger.other)
    lines = bank.get("/api/v1/settlement/lines", {"declaration": ledger.key, "g_no": 1}).json()
    assert [(each["available"], each["consignor"][:2]) for each in lines] == [("1200.00", "**")]
    wish = {"line": lines[0]["line"], "amount": "1200.00", "reference": "Z9"}
    assert post(bank, "/api/v1/settlement/reservations", wish).status_code == 422
    first = post(bank, "/api/v1/settlement/reservations", wish, "k1")
    again = post(bank, "/api/v1/settlement/reservations", wish, "k1")
    assert (first.status_code, again.json()) == (201, first.json())
    assert Reservation.objects.count() == 1
    refused = post(other, "/api/v1/settlement/reservations", wish, "k1")
    assert refused.status_code == 422
    assert "SET-013" in refused.content.decode()
    number = first.json()["number"]
    told = {
        "reference": "Z9",
        "received_on": PAID.isoformat(),
        "payer_name": "Amina Wanjiku Trading",
        "currency": "CNY",
    }
    place = f"/api/v1/settlement/reservations/{number}"
    assert other.get(place).status_code == 404
    assert post(other, f"{place}/release", {}, "k2").status_code == 404
    done = post(bank, f"{place}/confirm", told, "k3")
    assert (done.json()["state"], done.json()["suspense"]) == ("confirmed", "0.00")
    assert post(bank, f"{place}/confirm", told, "k3").json() == done.json()
    assert post(bank, f"{place}/confirm", told, "k4").status_code == 409
    assert bank.get(place).json()["receipt"] == done.json()["receipt"]
    assert [each["number"] for each in bank.get("/api/v1/settlement/reservations").json()["items"]] == [
        number
    ]
    assert other.get("/api/v1/settlement/reservations").json()["items"] == []
    assert [each["amount"] for each in bank.get("/api/v1/settlement/receipts").json()["items"]] == ["8520.00"]
    bad = {
        "reference": "\0",
        "received_on": PAID.isoformat(),
        "payer_name": "x",
        "currency": "USD",
        "amount": "1",
    }
    assert post(bank, "/api/v1/settlement/receipts", bad, "k5").status_code == 422
    good = {
        **bad,
        "reference": "Z10",
        "hint": str(ledger.declarations[1]),
        "payer_name": "Amina Wanjiku Trading",
    }
    assert post(bank, "/api/v1/settlement/receipts", good, "k6").json()["state"] == "matched"
    assert post(bank, "/api/v1/settlement/receipts", good, "k7").status_code == 422


def test_queries_do_not_grow_and_lists_export(ledger: Ledger) -> None:
    agent = client_of(ledger.deal.agent)
    addresses = [
        "settlement:overview",
        "settlement:lots",
        "settlement:receipts",
        "settlement:reservations",
        "settlement:rates",
    ]

    def counted() -> list[int]:
        counts = []
        for name in addresses:
            with CaptureQueriesContext(connection) as caught:
                assert agent.get(reverse(name)).status_code == 200
            counts.append(len(caught))
        return counts

    def more(count: int) -> None:
        for _ in range(count):
            received(ledger, hint=str(ledger.declarations[1]), amount=Decimal(5))
            with as_(ledger.bank) as user:
                services.reserve(actor=user, line=ledger.lots[0].pk, amount=Decimal(1))

    more(1)
    counted()
    before = counted()
    more(3)
    assert counted() == before
    csv = b"".join(agent.get(reverse("settlement:lots"), {"export": "csv"}).streaming_content).decode()  # type: ignore[attr-defined]
    assert ledger.key in csv
    assert ledger.deal.parties["merchant"].name in csv
    head = person(Role.HED)
    assert "未收汇账龄" in client_of(head).get(reverse("settlement:overview")).content.decode()
