"""Orders for programs: one, many, pages, steps, and what strangers get."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from django.test import Client

from trade_deals import make_deal
from youju.foundation.identity.models import User
from youju.trade.orders.models import Order

pytestmark = pytest.mark.django_db
BASE = "/api/v1/orders"


@pytest.fixture
def deal():
    from youju.foundation.kernel.context import reaching_all

    with reaching_all():
        return make_deal()


@pytest.fixture
def api():
    def program(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return program


def body(deal, **changes):
    line = {"good": "G0", "quantity": "100", "price": "12", "packages": 10, "net_weight": "80", "gross_weight": "90",
            "volume": "0.8"}  # fmt: skip
    return {
        "merchant": "M1", "agent": "A1", "buyer": "B1", "ordered_on": "2023-06-01", "country": "KE", "lines": [line],
        "explanations": [{"rule": "ORD-035", "text": "测试数据，补登以前的交易"}],
    } | changes  # fmt: skip


def post(client: Client, address: str, content, key: str = "k1"):
    return client.post(
        address, json.dumps(content), content_type="application/json", headers={"Idempotency-Key": key}
    )


def test_registered_once_under_a_key(api, deal) -> None:
    client = api(deal.merchant)
    first, again = post(client, f"{BASE}/", body(deal)), post(client, f"{BASE}/", body(deal))
    assert first.status_code == again.status_code == 201, first.content
    assert first.json() == again.json()
    assert first.json()["state"] == "registered"
    assert again["Idempotent-Replayed"] == "true"
    assert client.get(f"{BASE}/").json()["items"][0]["number"] == first.json()["number"]


def test_without_a_key_it_is_refused(api, deal) -> None:
    answer = api(deal.merchant).post(f"{BASE}/", json.dumps(body(deal)), content_type="application/json")
    assert answer.status_code == 422
    assert "幂等键" in answer.json()["detail"]


def test_refused_with_the_findings(api, deal) -> None:
    answer = post(api(deal.merchant), f"{BASE}/", body(deal, explanations=[]))
    assert answer.status_code == 422
    (finding,) = answer.json()["findings"]
    assert (finding["rule"], finding["severity"], finding["field"]) == ("ORD-035", "warning", "ordered_on")


@pytest.mark.parametrize(
    "changes",
    [
        {"lines": [{"good": "G0"}]},
        {"country": "kenya"},
        {"ordered_on": "1 June"},
        {"merchant": "a\u0000b"},
        {"kind": "gift"},
        {
            "lines": [
                {
                    "good": "G0",
                    "quantity": "NaN",
                    "price": "1",
                    "packages": 1,
                    "net_weight": "1",
                    "gross_weight": "1",
                }
            ]
        },
        {
            "lines": [
                {
                    "good": "G0",
                    "quantity": "1e40",
                    "price": "1",
                    "packages": 1,
                    "net_weight": "1",
                    "gross_weight": "1",
                }
            ]
        },
    ],
)
def test_bad_input_is_one_sentence(api, deal, changes) -> None:
    answer = post(api(deal.merchant), f"{BASE}/", body(deal, **changes))
    assert answer.status_code == 422
    assert isinstance(answer.json()["detail"], str)


def test_both_sides_by_api_alone(api, deal) -> None:
    number = post(api(deal.merchant), f"{BASE}/", body(deal)).json()["number"]
    agent = api(deal.agent)
    assert agent.get(f"{BASE}/{number}").json()["parties"]["merchant"] == {"number": "M1", "name": "主体M1"}
    done = post(agent, f"{BASE}/{number}/confirm", {"revision": 0})
    assert (done.status_code, done.json()) == (200, {"number": number, "state": "confirmed", "revision": 1})
    late = post(agent, f"{BASE}/{number}/send-back", {"reason": "单价不对"}, "k2")
    assert late.status_code == 409
    gone = post(agent, f"{BASE}/{number}/cancel", {"reason": "取消"}, "k3")
    assert gone.json()["state"] == "cancelled"


def test_strangers_see_nothing(api, deal) -> None:
    from youju.foundation.kernel.context import reaching_all

    number = post(api(deal.merchant), f"{BASE}/", body(deal)).json()["number"]
    with reaching_all():
        other = make_deal("Z")
    # A buyer has no orders here at all.
    assert api(other.buyer).get(f"{BASE}/").status_code == 403
    assert api(other.buyer).get(f"{BASE}/{number}").status_code == 403
    for user in (other.merchant, other.agent):
        client = api(user)
        assert client.get(f"{BASE}/").json() == {"items": [], "next": None}
        assert client.get(f"{BASE}/{number}").status_code == 404
    assert post(api(other.agent), f"{BASE}/{number}/confirm", {}).status_code == 404


def test_pages_by_cursor(api, deal) -> None:
    client = api(deal.merchant)
    words = [{"rule": rule, "text": "测试数据，两笔交易"} for rule in ("ORD-035", "ORD-037")]
    numbers = [
        post(client, f"{BASE}/", body(deal, explanations=words), f"k{i}").json()["number"] for i in range(5)
    ]
    found, cursor, pages = [], "", 0
    while cursor is not None:
        page = client.get(f"{BASE}/", {"limit": 2, "cursor": cursor}).json()
        found += [each["number"] for each in page["items"]]
        cursor, pages = page["next"], pages + 1
    assert (found, pages) == (numbers[::-1], 3)
    for wrong in ("x", "cGs6MQ==x", "é", "cGs6LTE5OTk5OTk5OTk5OTk5OTk5OTk5"):
        assert client.get(f"{BASE}/", {"cursor": wrong}).status_code == 422


class TestBulk:
    def send(self, client: Client, *lines) -> list[dict]:
        content = "\n".join(each if isinstance(each, str) else json.dumps(each) for each in lines)
        answer = client.post(f"{BASE}/bulk", content, content_type="application/x-ndjson")
        assert answer.status_code == 200, answer.content
        return [json.loads(line) for line in b"".join(answer.streaming_content).splitlines()]

    def test_each_line_is_answered_for_itself(self, api, deal) -> None:
        right = body(deal) | {"key": "a"}
        lines = [
            right,
            "",
            "{nonsense",
            body(deal, buyer="B9") | {"key": "b"},
            [1],
            body(deal, country="?") | {"key": "c"},
            right,
        ]
        answers = self.send(api(deal.merchant), *lines)
        assert [(each["line"], each["status"]) for each in answers] == [
            (1, 201), (3, 422), (4, 422), (5, 422), (6, 422), (7, 201),
        ]  # fmt: skip
        assert answers[0]["number"] == answers[-1]["number"]
        assert "采购商" in answers[2]["detail"]
        from youju.foundation.kernel.context import reaching_all

        with reaching_all():
            assert Order.objects.count() == 1
            assert Order.objects.get().amount == Decimal("1200.00")
            assert Order.objects.get().channel == "api"

    def test_more_than_the_limit_is_said(self, api, deal, monkeypatch) -> None:
        from youju.trade.orders.services import bulk

        monkeypatch.setattr(bulk, "whole", lambda *_: 1)
        answers = self.send(
            api(deal.merchant),
            body(deal) | {"key": "a"},
            body(deal) | {"key": "b"},
            body(deal) | {"key": "c"},
        )
        assert [each["status"] for each in answers] == [201, 413]
