"""The goods room for programs: codes, goods, registering one once."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

import trade_made_goods as made
from trade_people import person
from youju.foundation.identity.roles import Role
from youju.foundation.kernel.context import reaching_all
from youju.trade.goods.models import Good

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop(db: Any) -> Any:
    with reaching_all():
        made.tariff()
        client = Client()
        client.force_login(person(Role.MER, "SH-1"))
        return client, made.party("SH-1")


def send(client: Client, body: Any, key: str = "k-1") -> Any:
    headers = {"Idempotency-Key": key} if key else {}
    return client.post("/api/v1/goods/", json.dumps(body), content_type="application/json", headers=headers)


def test_codes(shop: Any) -> None:
    client, _ = shop
    hits = client.get("/api/v1/goods/tariff?q=nhnt").json()
    assert hits == [
        {"code": "2508300000", "name": "耐火粘土", "unit1": "千克", "unit2": "", "export_duty": "20", "supervision": "4xy",
         "inspection": "", "exact": True}
    ]  # fmt: skip
    assert client.get("/api/v1/goods/tariff?q=手提包&on=2020-01-01").json() == []
    found = client.get(f"/api/v1/goods/tariff/{made.BAG}").json()
    assert (found["version"], found["valid_to"], found["export_duty"]) == ("2025 年版", None, None)
    assert found["elements"][0] == {"name": "品名", "required": True, "known": "name"}
    assert client.get("/api/v1/goods/tariff/1").status_code == 404
    assert client.get("/api/v1/goods/tariff?on=x").status_code == 422


def test_a_good_is_registered_once(shop: Any) -> None:
    client, party = shop
    body = {
        "party": party.pk,
        "name": "女包",
        "unit": "个",
        "hs_code": made.BAG,
        "elements": {"材质": "PU", "种类": "包"},
    }
    first, second = send(client, body), send(client, body)
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json() == second.json()
    assert (first.json()["state"], first.json()["decision"], first.json()["has_picture"]) == (
        "draft",
        None,
        False,
    )
    assert send(client, body | {"name": "男包"}).status_code == 422
    assert "幂等键" in send(client, body, key="").json()["detail"]
    wrong = send(client, body | {"unit": "筐子", "elements": {}}, key="k-2")
    assert wrong.status_code == 422
    assert "成交单位" in wrong.json()["detail"] and "材质" in wrong.json()["detail"]
    assert send(client, body | {"party": 10**30}, key="k-3").status_code == 403
    assert send(client, {"party": party.pk}, key="k-4").status_code == 422
    with reaching_all():
        assert Good.objects.count() == 1
    listed = client.get("/api/v1/goods/?q=女包").json()
    assert (listed["total"], listed["goods"][0]["number"]) == (1, first.json()["number"])
    assert client.get(f"/api/v1/goods/{first.json()['id']}").json()["elements"] == {
        "材质": "PU",
        "种类": "包",
    }
    assert client.get("/api/v1/goods/999999999999999999999").status_code == 404
