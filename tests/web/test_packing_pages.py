"""Pages of the packing room: the whole way by forms alone, what is refused is said, pictures carry their words."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kept import kept
from trade_deals import make_deal
from trade_loads import BOXES, boxed, confirmed, opened
from trade_people import as_, person
from youju.foundation.identity.roles import Role
from youju.foundation.kernel.context import reaching_all
from youju.trade.packing import services
from youju.trade.packing.models import Consolidation, Packing

pytestmark = pytest.mark.django_db
CONSOLIDATIONS, PACKINGS = "/packing/consolidations/", "/packing/packings/"


@pytest.fixture(autouse=True)
def _reach() -> Iterator[None]:
    with reaching_all():
        yield


@kept
def deal():
    return make_deal()


def enter(who) -> Client:
    client = Client()
    client.force_login(who)
    return client


def post(client: Client, address: str, **data) -> str:
    """The page to which a deed leads, with what it said."""
    answer = client.post(address, data, follow=True)
    assert answer.status_code == 200, answer.content.decode()[:500]
    return answer.content.decode()


def test_one_thing_leads_to_the_next(deal) -> None:
    client, row = enter(deal.agent), opened(deal, number := confirmed(deal), close=True)
    assert 'name="agent" value="A1"' in client.get(f"{CONSOLIDATIONS}new/").content.decode()
    page = client.get(f"{CONSOLIDATIONS}{row.number}/").content.decode()
    assert f'href="{PACKINGS}new/?agent=A1&amp;country=KE"' in page and f'href="/orders/{number}/"' in page
    page = client.get(f"{PACKINGS}new/?agent=A1&country=KE").content.decode()
    assert 'value="KE" selected' in page


def test_nobody_is_led_to_orders_that_he_may_not_see(deal) -> None:
    loaded, (box, _) = opened(deal, number := confirmed(deal), close=True), boxed(deal)
    with as_(deal.agent) as user:
        services.pack_all(actor=user, number=box.number, consolidation=loaded.number)
    broker = person(Role.BRK, deal.agent.organisation.code)
    page = enter(broker).get(f"{PACKINGS}{box.number}/").content.decode()
    assert f"{number}/1" in page and "/orders/" not in page


def test_the_whole_way_by_forms(deal) -> None:
    number, client = confirmed(deal), enter(deal.agent)
    page = post(client, f"{CONSOLIDATIONS}new/", agent="A1", country="KE", currency="USD")
    row = Consolidation.objects.get()
    assert "还没有货" in page and number in page
    here = f"{CONSOLIDATIONS}{row.number}/"
    page = post(client, f"{here}add/", order=number, line_no="1", quantity="40")
    assert "已组入" in page and "已组一部分" in page
    assert "待装数量" in post(client, f"{here}add/", orders=[number])
    assert "已组货" in post(client, f"{here}step/", transition="close")
    page = post(
        client, f"{PACKINGS}new/", agent="A1", country="KE", packed_on="2023-06-01", transport_mode="2"
    )
    assert "还没有箱子" in page and row.number in page
    there = f"{PACKINGS}{Packing.objects.get().number}/"
    page = post(client, f"{there}containers/", container="CSQU 305438-4", kind="20GP")
    assert "校验码不对" in page
    assert "已加箱 CSQU3054383" in post(client, f"{there}containers/", container=BOXES[0], kind="20GP")
    page = post(client, f"{there}pack-all/", consolidation=row.number)
    assert "已全部装入" in page and "<svg" in page and "容积用了 4%" in page
    assert "没有待装的货" in page
    assert "已装箱" in post(client, f"{there}step/", transition="close")


def test_packing_a_part_and_unpacking(deal) -> None:
    loaded, client = opened(deal, confirmed(deal), close=True), enter(deal.agent)
    row, (box,) = boxed(deal)
    there, lines = f"{PACKINGS}{row.number}/", list(loaded.lines.order_by("pk").values_list("pk", flat=True))
    assert "没有勾选" in post(client, f"{there}pack/", container=box.pk)
    assert "却勾选了几行" in post(client, f"{there}pack/", container=box.pk, lines=lines, quantity="1")
    assert "已装入 1 行" in post(
        client, f"{there}pack/", container=box.pk, lines=lines[:1], quantity="30", packages="3"
    )
    packed = box.lines.get()
    assert (packed.quantity, packed.packages, packed.amount) == (Decimal(30), 3, Decimal("360.00"))
    assert "刚才有改动" in post(client, f"{there}unpack/", lines=[packed.pk], revision="0")
    assert "已卸下 1 行" in post(client, f"{there}unpack/", lines=[packed.pk])
    assert "已去掉空箱" in post(client, f"{there}containers/{box.pk}/remove/")


def test_forms_say_what_is_wrong(deal) -> None:
    client = enter(deal.agent)
    answer = client.post(f"{CONSOLIDATIONS}new/", {"agent": "M1", "country": "KE", "currency": "USD"})
    assert answer.status_code == 422
    assert "没有备案号为“M1”的外贸代理" in answer.content.decode()
    head = {"agent": "A1", "country": "KE", "packed_on": "2023-06-01", "transport_mode": "2"}
    head["warehouse"] = "M1"
    answer = client.post(f"{PACKINGS}new/", head)
    assert "没有备案为监管场站" in answer.content.decode()
    row = opened(deal)
    assert "序号" in post(client, f"{CONSOLIDATIONS}{row.number}/add/", order="T1", line_no="x")
    assert "没有勾选" in post(client, f"{CONSOLIDATIONS}{row.number}/remove/")


def test_the_head_is_changed_by_form(deal) -> None:
    row, _ = boxed(deal)
    client, there = enter(deal.agent), f"{PACKINGS}{row.number}/"
    assert f"{there}edit/" in client.get(there).content.decode()
    form = client.get(f"{there}edit/").content.decode()
    assert 'value="2023-06-01"' in form and f'name="revision" value="{row.revision}"' in form
    head = {"packed_on": "2023-06-20", "country": "KE", "transport_mode": "3", "bill_of_lading": "OOLU9",
            "revision": row.revision}  # fmt: skip
    page = post(client, f"{there}edit/", **head)
    assert "OOLU9" in page and "铁路运输" in page and "2023-06-20" in page and "改了装箱单的单头" in page
    stale = client.post(f"{there}edit/", head)
    assert stale.status_code == 422 and "刚才有改动" in stale.content.decode()
    assert client.post(f"{there}edit/", {"packed_on": "x"}).status_code == 422
    Packing.objects.update(port="TJN")
    for port, status in (("TJN", 302), ("QIN", 422)):
        answer = client.post(f"{there}edit/", head | {"port": port, "revision": row.revision + 1})
        assert answer.status_code == status, port
    assert enter(deal.merchant).get(f"{there}edit/").status_code == 403
    assert enter(make_deal("Z").agent).get(f"{there}edit/").status_code == 404


def test_the_list_leads_to_the_spreadsheet(deal) -> None:
    for who, offered in ((deal.agent, True), (deal.merchant, False)):
        assert ("/imports/new/packing.loads/" in enter(who).get(PACKINGS).content.decode()) is offered
    page = enter(deal.agent).get("/imports/new/packing.loads/").content.decode()
    assert "导入装箱单" in page and "template/" in page
    answer = enter(deal.agent).get("/imports/new/packing.loads/template/")
    assert answer.status_code == 200


def test_lists_filter_and_export(deal) -> None:
    loaded = opened(deal, confirmed(deal), close=True)
    row, _ = boxed(deal)
    client = enter(deal.agent)
    for address, number in ((CONSOLIDATIONS, loaded.number), (PACKINGS, row.number)):
        assert number in client.get(address).content.decode()
        assert number in client.get(address, {"text": number[3:]}).content.decode()
        assert number not in client.get(address, {"state": "cancelled"}).content.decode()
        lines = b"".join(client.get(address, {"export": "csv"}).streaming_content).decode()
        assert number in lines
    assert loaded.number in client.get(CONSOLIDATIONS, {"unpacked": "on"}).content.decode()
    assert row.number in client.get(PACKINGS, {"text": BOXES[0]}).content.decode()


def test_empty_lists_say_what_to_do_next(deal) -> None:
    for who, offered in ((deal.agent, True), (deal.merchant, False)):
        for address, words in ((CONSOLIDATIONS, "开一张组货单"), (PACKINGS, "开一张装箱单")):
            page = enter(who).get(address).content.decode()
            assert "还没有" in page
            assert (words in page) is offered


def test_the_merchant_looks_on(deal) -> None:
    loaded = opened(deal, confirmed(deal), close=True)
    row, _ = boxed(deal)
    with as_(deal.agent) as user:
        services.pack_all(actor=user, number=row.number, consolidation=loaded.number)
    client = enter(deal.merchant)
    for address in (f"{CONSOLIDATIONS}{loaded.number}/", f"{PACKINGS}{row.number}/"):
        page = client.get(address).content.decode()
        assert "女包0" in page
        assert 'name="lines"' not in page and 'name="transition"' not in page
    other = enter(person(Role.MER, "OTHER"))
    assert other.get(f"{PACKINGS}{row.number}/").status_code == 404
    assert other.get(f"{CONSOLIDATIONS}{loaded.number}/").status_code == 404


def test_no_more_queries_for_more_lines(deal) -> None:
    counts = []
    for many in (1, 12):
        loaded = opened(deal, confirmed(deal, lines=[deal.line(i % 2) for i in range(many)]), close=True)
        row, _ = boxed(deal)
        with as_(deal.agent) as user:
            services.pack_all(actor=user, number=row.number, consolidation=loaded.number)
        client = enter(deal.agent)
        for address in (f"{CONSOLIDATIONS}{loaded.number}/", f"{PACKINGS}{row.number}/"):
            client.get(address)
            with CaptureQueriesContext(connection) as queries:
                client.get(address)
            counts.append(len(queries))
    assert counts[:2] == counts[2:]
    assert max(counts) <= 40


class TestApi:
    def call(self, client: Client, path: str, key: str, **body):
        return client.post(
            f"/api/v1/packing/{path}",
            json.dumps(body),
            content_type="application/json",
            headers={"Idempotency-Key": key},
        )

    def test_the_whole_way(self, deal) -> None:
        number, client = confirmed(deal), enter(deal.agent)
        made = self.call(client, "consolidations/", "1", agent="A1", country="KE")
        assert made.status_code == 201
        gathered = made.json()["number"]
        again = self.call(client, "consolidations/", "1", agent="A1", country="KE")
        assert again.json()["number"] == gathered and again.headers["Idempotent-Replayed"] == "true"
        here = f"consolidations/{gathered}"
        assert self.call(client, f"{here}/add", "2", parts=[{"order": number}]).status_code == 200
        refused = self.call(
            client, f"{here}/add", "3", parts=[{"order": number, "line_no": 1, "quantity": "1"}]
        )
        assert refused.status_code == 409
        assert refused.json()["findings"][0]["rule"] == "PAC-021"
        assert self.call(client, f"{here}/step", "4", step="close").json()["state"] == "closed"
        read = client.get(f"/api/v1/packing/{here}").json()
        assert [line["left"]["quantity"] for line in read["lines"]] == ["100.00000", "100.00000"]
        made = self.call(client, "packings/", "5", agent="A1", country="KE", packed_on="2023-06-01")
        there = f"packings/{made.json()['number']}"
        box = self.call(client, f"{there}/containers", "6", number=BOXES[0], kind="20GP").json()["id"]
        line = read["lines"][0]["id"]
        assert (
            self.call(
                client, f"{there}/pack", "7", container=box, parts=[{"line": line, "quantity": "30"}]
            ).status_code
            == 200
        )
        revision = client.get(f"/api/v1/packing/{there}").json()["revision"]
        head = {"bill_of_lading": "OOLU9", "packed_on": "2023-06-02", "revision": revision}
        assert self.call(client, f"{there}/head", "7a", **head).json()["revision"] == revision + 1
        assert self.call(client, f"{there}/head", "7b", **head).status_code == 409
        assert self.call(client, f"{there}/head", "7c", country="NG").status_code == 422
        read_head = client.get(f"/api/v1/packing/{there}").json()
        assert (read_head["bill_of_lading"], read_head["country"]) == ("OOLU9", "KE")
        assert self.call(client, f"{there}/pack-all", "8", consolidation=gathered).json() == {"over": []}
        read = client.get(f"/api/v1/packing/{there}").json()
        assert (read["total"]["packages"], read["total"]["amount"]) == (20, "2400.00")
        packed = [each["id"] for each in read["containers"][0]["lines"]]
        assert self.call(client, f"{there}/unpack", "9", lines=packed).status_code == 200
        assert self.call(client, f"{there}/containers/{box}/remove", "10").status_code == 200
        assert self.call(client, f"{there}/step", "11", step="close").status_code == 409
        assert client.get("/api/v1/packing/packings/").json()["items"][0]["containers_count"] == 0
        assert client.get("/api/v1/packing/consolidations/").json()["items"][0]["packages"] == 20

    @pytest.mark.parametrize(
        ("path", "body", "status"),
        [
            ("consolidations/", {"agent": "A1", "country": "kenya"}, 422),
            ("consolidations/Z0/add", {"parts": [{"order": "T1"}]}, 404),
            ("consolidations/Z0/add", {"parts": []}, 422),
            ("consolidations/Z0/step", {"step": "burn"}, 422),
            ("packings/X0/head", {"port": "12"}, 422),
            ("packings/X0/head", {"port": "3104"}, 404),
            ("packings/X0/pack", {"container": 1, "parts": [{"line": 1, "quantity": "NaN"}]}, 422),
            ("packings/X0/pack-all", {"consolidation": "Z\u0000"}, 422),
        ],
    )
    def test_bad_input(self, deal, path, body, status) -> None:
        assert self.call(enter(deal.agent), path, "1", **body).status_code == status
