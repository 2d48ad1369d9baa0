"""The Python client against the running application: from a party to a packed container, by keys alone; and its own care."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from api_clients import client_of, through_wsgi
from kept import kept
from own_transaction import own_transaction
from trade_deals import Deal, make_deal
from youju.foundation.kernel.context import reaching_all
from youju.trade.orders.models import Order
from youju_client import Answer, Client, RefusedError, UnreachableError, models, webhooks

pytestmark = pytest.mark.django_db


@kept
def deal() -> Deal:
    return make_deal()


@pytest.fixture(autouse=True)
def application(settings) -> Iterator[None]:
    settings.ALLOWED_HOSTS = ["testserver"]
    with own_transaction():
        yield


def wish(price: str = "12") -> models.OrderIn:
    line = models.LineIn(
        good="G0", quantity=Decimal(100), price=Decimal(price), packages=10, net_weight=Decimal(80),
        gross_weight=Decimal(90), volume=Decimal("0.8"),
    )  # fmt: skip
    late = models.ExplanationIn(rule="ORD-035", text="测试数据，补登以前的交易")
    return models.OrderIn(
        merchant="M1", agent="A1", buyer="B1", ordered_on=date(2023, 6, 1), country="KE", lines=[line],
        explanations=[late],
    )  # fmt: skip


def test_from_a_party_to_a_packed_container(deal) -> None:
    merchant, agent = client_of(deal.merchant), client_of(deal.agent)
    (mine,) = merchant.parties.parties().items
    assert merchant.parties.party(mine.id).name == "主体M1"
    done = merchant.orders.register(wish())
    assert (done.state, done.amount) == ("registered", "1200.00")
    confirmed = agent.orders.confirm(done.number, models.OrderStepIn())
    assert confirmed.state == "confirmed"
    gathered = agent.packing.consolidation_open(models.ConsolidationIn(agent="A1", country="KE"))
    agent.packing.consolidation_add(gathered.number, models.AddIn(parts=[models.PartIn(order=done.number)]))
    agent.packing.consolidation_take_step(gathered.number, models.PackingStepIn(step="close"))
    packing = agent.packing.packing_open(
        models.PackingIn(agent="A1", country="KE", packed_on=date(2023, 6, 5))
    )
    agent.packing.container_add(packing.number, models.ContainerIn(number="CSQU3054383", kind="20GP"))
    agent.packing.packing_pack_all(packing.number, models.PackAllIn(consolidation=gathered.number))
    closed = agent.packing.packing_take_step(packing.number, models.PackingStepIn(step="close"))
    assert closed.state == "closed"
    (box,) = agent.packing.packing_detail(packing.number).containers
    assert [Decimal(each.amounts.quantity) for each in box.lines] == [Decimal(100)]


def test_many_go_in_one_request_and_once(deal) -> None:
    merchant = client_of(deal.merchant)
    lines = [(f"k{n}", wish(str(n))) for n in (12, 13)] + [
        ("bad", wish().model_copy(update={"buyer": "NONE"}))
    ]
    answers = list(merchant.orders.register_many(lines))
    assert [(each.line, each.key, each.done) for each in answers] == [
        (1, "k12", True),
        (2, "k13", True),
        (3, "bad", False),
    ]
    assert "没有找到这个境外采购商" in answers[2].told["detail"]
    assert [each.told for each in merchant.orders.register_many(lines[:2])] == [
        each.told for each in answers[:2]
    ]
    with reaching_all():
        assert Order.objects.count() == 2


def test_a_list_is_walked_to_its_end(deal) -> None:
    merchant = client_of(deal.merchant)
    list(merchant.orders.register_many((f"k{n}", wish(str(n))) for n in range(12, 17)))
    found = [each.number for each in merchant.orders.each_order_list(limit=2)]
    assert len(set(found)) == len(found) == 5


def test_what_is_refused_says_why(deal) -> None:
    merchant = client_of(deal.merchant)
    with pytest.raises(RefusedError) as refused:
        merchant.orders.register(wish().model_copy(update={"explanations": []}))
    assert refused.value.status == 422
    assert "ORD-035" in [each["rule"] for each in refused.value.findings]
    with pytest.raises(RefusedError, match="404"):
        merchant.orders.order_detail("T/../1")
    stranger = Client("http://testserver", "yj_00000000_wrong", sender=through_wsgi)
    with pytest.raises(RefusedError, match="401"):
        stranger.orders.order_list()


class Scripted:
    """Answers in turn; notes what was asked."""

    def __init__(self, *answers: Answer | Exception) -> None:
        self.answers, self.asked, self.slept = list(answers), [], []

    def __call__(self, method, url, headers, body, timeout) -> Answer:
        self.asked.append((method, url, headers, body))
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    def client(self, **settings: Any) -> Client:
        return Client("http://x/", "yj_a_b", sender=self, sleep=self.slept.append, **settings)


OK = Answer(200, {}, json.dumps({"number": "T1", "state": "confirmed", "revision": 1}).encode())


def test_too_often_and_too_busy_are_asked_again_with_the_same_key() -> None:
    asked = Scripted(Answer(429, {"retry-after": "7"}, b"{}"), Answer(503, {}, b""), OSError("gone"), OK)
    assert asked.client().orders.confirm("T1", models.OrderStepIn(revision=1)).state == "confirmed"
    assert asked.slept == [7.0, 1.0, 2.0]
    assert len({headers["Idempotency-Key"] for _, _, headers, _ in asked.asked}) == 1
    assert {body for *_, body in asked.asked} == {b'{"revision":1}'}
    assert asked.asked[0][2]["Authorization"] == "Bearer yj_a_b"


def test_patience_ends() -> None:
    with pytest.raises(UnreachableError):
        Scripted(*[OSError("gone")] * 2).client(tries=2).orders.order_list()
    busy = Scripted(*[Answer(503, {"retry-after": "999"}, b"<html>")] * 2)
    with pytest.raises(RefusedError, match="503"):
        busy.client(tries=2).orders.order_list()
    assert busy.slept == [60.0]


class TestWebhooks:
    BODY = json.dumps(
        {
            "id": "1",
            "type": "orders.order.confirmed",
            "occurred_at": "2023-06-01T08:00:00+08:00",
            "sequence": 3,
            "record": {
                "kind": "orders.order",
                "number": "T1",
                "state_before": None,
                "state_after": "confirmed",
                "url": "/x",
            },
        }
    ).encode()

    def header(self, secret: str = "s", stamp: int = 1000) -> str:
        mark = hmac.new(secret.encode(), f"{stamp}.".encode() + self.BODY, hashlib.sha256).hexdigest()
        return f"t={stamp},v1={mark}"

    def test_one_that_fits(self) -> None:
        event = webhooks.verify(self.BODY, self.header(), "new", "s", now=1200)
        assert (event.sequence, event.record.number) == (3, "T1")

    @pytest.mark.parametrize(
        ("header", "secrets", "now"),
        [
            ("", ("s",), 1000), ("t=1000", ("s",), 1000), ("t=x,v1=00", ("s",), 1000), ("t=²,v1=é", ("s",), 1000),
            (None, ("other",), 1000), (None, (), 1000), (None, ("s",), 1301), (None, ("s",), 699),
        ],
    )  # fmt: skip
    def test_others(self, header, secrets, now) -> None:
        with pytest.raises(webhooks.BadSignatureError):
            webhooks.verify(self.BODY, self.header() if header is None else header, *secrets, now=now)

    def test_a_changed_body(self) -> None:
        with pytest.raises(webhooks.BadSignatureError):
            webhooks.verify(self.BODY + b" ", self.header(), "s", now=1000)

    def test_what_the_server_signs_fits(self) -> None:
        from youju.foundation.webhooks import signing

        header = signing.header(["new", "s"], 1000, self.BODY)
        assert webhooks.verify(self.BODY, header, "s", now=1000).id == "1"
