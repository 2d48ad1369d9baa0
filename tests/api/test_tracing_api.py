"""Chains for programs: by any number, with a key's scope, page by page."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.test import Client

from api_clients import client_of
from own_transaction import own_transaction
from trade_declared import declared
from trade_loads import confirmed
from trade_traced import returned, traced_deal
from youju.foundation.identity import services as identity
from youju.foundation.identity.models import User
from youju.foundation.identity.permissions import Permission
from youju.foundation.kernel.context import reaching_all
from youju.trade.tracing.epcis.checking import faults

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _reach() -> Iterator[None]:
    with reaching_all():
        yield


def test_the_chain_of_a_number_page_by_page() -> None:
    deal = traced_deal()
    number = confirmed(deal)
    back = returned(deal, number, 30)
    row = declared(deal, number)[0]
    client = Client()
    client.force_login(deal.merchant)
    first = client.get(f"/api/v1/tracing/{row}", {"limit": 1}).json()
    assert first["origin"] == {"kind": "declaration", "number": str(row), "label": f"报关单 {row}"}
    assert (first["offset"], first["next"], len(first["lines"])) == (0, 1, 1)
    line = first["lines"][0]
    assert line["producer"] == "白沟第一箱包厂" and line["merchant"]["market"] == "白沟箱包市场"
    balance = line["balance"]
    assert [Decimal(balance[step]["quantity"]) for step in ("ordered", "returned", "packed", "declared")] == [
        100,
        30,
        70,
        70,
    ]
    assert balance["imbalances"] == [] and line["ways"][0]["declared"]["declaration"] == str(row)
    assert [each["order"] for each in first["later"]] == [back]
    assert {link["source"].partition(":")[0] for link in first["links"]} >= {
        "merchant",
        "good",
        "order",
        "container",
    }
    last = client.get(f"/api/v1/tracing/{row}", {"limit": 1, "offset": 1}).json()
    assert last["next"] is None and last["lines"][0]["line_no"] == 2


def test_the_epcis_document_is_valid_and_unknown_numbers_are_404() -> None:
    deal = traced_deal()
    number = confirmed(deal)
    client = Client()
    client.force_login(deal.merchant)
    made = json.loads(b"".join(client.get(f"/api/v1/tracing/{number}/epcis").streaming_content))
    assert faults(made) == []
    assert made["epcisBody"]["eventList"][0]["quantityList"][0]["epcClass"] == (
        f"http://testserver/id/order/{number}/line/1"
    )
    assert client.get("/api/v1/tracing/T999999999999").status_code == 404


def test_a_key_without_the_scope_is_refused_and_with_it_let_in() -> None:
    deal = traced_deal()
    number = confirmed(deal)
    with own_transaction():
        assert client_of(deal.merchant).tracing.trace(number).origin.number == number
    issued = identity.create_key(
        actor=User.objects.get(username=f"adm-of-{deal.merchant.username}"), owner=deal.merchant, name="只看交易单",
        scopes=[Permission.ORDERS_VIEW], expires_on=date.today() + timedelta(days=9),
    )  # fmt: skip
    answer = Client().get(f"/api/v1/tracing/{number}", headers={"Authorization": f"Bearer {issued.secret}"})
    assert answer.status_code == 403 and "看来源追溯" in answer.json()["detail"]
