"""The pages of the orders room: what they show, what they refuse, that nobody else's order is in them, without scripts."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kept import kept
from trade_deals import Deal, make_deal
from trade_made_filing import PNG
from trade_people import as_, person
from youju.foundation.identity.roles import Role
from youju.foundation.kernel.context import reaching_all
from youju.trade.orders import services
from youju.trade.orders.models import Order, OrderDraft
from youju.trade.parties.models import Market, Stall, Tenancy

pytestmark = pytest.mark.django_db
WHY = "补登以前的交易"


@kept
def deal() -> Deal:
    return make_deal()


def browser(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def shown(client: Client, address: str, status: int = 200, **more: Any) -> str:
    response = client.get(address, **more)
    assert response.status_code == status, (address, response.status_code)
    return response.content.decode()


def form(**more: Any) -> dict[str, Any]:
    return {
        "merchant": "M1", "agent": "A1", "buyer": "B1", "ordered_on": "2023-06-01", "country": "KE", "currency": "USD",
        "exemption_mode": "agent", "collected_by_agent": "on", "kind": "sale", "about": "", "rows": "1", "good-1": "G0",
        "quantity-1": "100", "price-1": "12", "packages-1": "10", "net_weight-1": "80", "gross_weight-1": "90",
        "volume-1": "0.8", "why:ORD-035:": WHY, "act": "register", **more,
    }  # fmt: skip


def registered(client: Client, **more: Any) -> str:
    answer = client.post("/orders/new/", form(**more))
    assert answer.status_code == 302, answer.content.decode()
    return str(answer.headers["Location"].split("/")[2])


def test_registered_by_the_merchant_and_confirmed_by_the_agent(deal: Deal) -> None:
    merchant, agent = browser(deal.merchant), browser(deal.agent)
    assert "登记第一张交易单" in shown(merchant, "/orders/")
    number = registered(merchant)
    text = shown(merchant, f"/orders/{number}/")
    assert "等待代理确认" in text and "主体A1" in text and "1,200.00" in text and WHY in text
    assert "登记了交易单" in text and "/confirm/" not in text
    waiting = shown(agent, "/orders/?waiting=on")
    assert number in waiting and "主体B1" in waiting
    assert number not in shown(merchant, "/orders/?waiting=on")
    assert agent.post(f"/orders/{number}/confirm/", {"revision": "0"}).status_code == 302
    assert "已确认" in shown(agent, f"/orders/{number}/")
    assert agent.post(f"/orders/{number}/confirm/", {"revision": "0"}).status_code == 409
    assert number in shown(agent, "/orders/?state=confirmed&since=2023-06-01&until=2023-06-01")
    shown(browser(deal.buyer), f"/orders/{number}/", 403)
    assert number not in shown(merchant, "/orders/?kind=return")


def test_the_page_leads_to_the_stall_and_to_files_that_one_may_open(deal: Deal) -> None:
    number = registered(browser(deal.merchant))
    with reaching_all():
        market = Market.objects.create(code="T1", name="测试市场")
        stalls = [
            Stall.objects.create(market=market, floor=1, row=1, position=i, number=f"S-{i}") for i in (1, 2)
        ]
        key = deal.parties["merchant"].pk
        # Before the day of the deal it sold elsewhere.
        for stall, since, until in ((stalls[0], "2023-01-01", "2023-05-01"), (stalls[1], "2023-05-01", None)):
            Tenancy.objects.create(party_id=key, stall=stall, valid_from=since, valid_to=until)
    file, stall = f'href="/parties/{key}/"', f'href="/parties/stalls/{stalls[1].pk}/"'
    other = f'href="/parties/{deal.parties["agent"].pk}/"'
    text = shown(browser(deal.merchant), f"/orders/{number}/")
    assert file in text and stall in text and "S-1" not in text and other not in text
    # The agent reads its principal's file; the head reads all.
    text = shown(browser(deal.agent), f"/orders/{number}/")
    assert file in text and other in text and stall in text
    text = shown(browser(person(Role.HED)), f"/orders/{number}/")
    assert file in text and other in text and stall in text


def test_lines_are_added_and_taken_away_without_scripts(deal: Deal) -> None:
    client = browser(deal.merchant)
    text = client.post("/orders/new/", form(act="add")).content.decode()
    assert 'name="good-2"' in text and 'name="rows" value="2"' in text and "1,200.00" in text
    two = form(act="remove:1", rows="2", **{"good-2": "G1", "why:ORD-024:2": "很轻的货"})
    text = client.post("/orders/new/", two).content.decode()
    assert 'name="good-2"' not in text and 'value="G1"' in text
    text = client.post("/orders/new/", form(act="pick:1:G1")).content.decode()
    assert 'name="good-1" value="G1"' in text


def test_findings_stand_beside_their_lines(deal: Deal) -> None:
    client = browser(deal.merchant)
    answer = client.post("/orders/new/", form(**{"good-1": "G9", "why:ORD-035:": ""}))
    text = answer.content.decode()
    assert answer.status_code == 422 and "没有编号为“G9”的商品" in text and 'name="why:ORD-035:"' in text
    text = client.post("/orders/new/", form(act="check")).content.decode()
    assert "警告要写说明" in text and "没有编号" not in text
    answer = client.post("/orders/new/", form(**{"quantity-1": "很多", "price-1": ""}))
    text = answer.content.decode()
    assert (
        answer.status_code == 422
        and "数量应是大于零的数" in text
        and "请填写单价" in text
        and 'value="很多"' in text
    )
    text = client.post("/orders/new/", form(act="check", **{"good-1": "女包"})).content.decode()
    assert 'value="pick:1:G0"' in text and 'value="pick:1:G1"' in text
    assert (
        'name="good-1" value="G1"'
        in client.post("/orders/new/", form(act="check", **{"good-1": "女包1"})).content.decode()
    )
    with reaching_all():
        assert not Order.objects.exists()


def test_typing_is_kept_for_its_person_until_it_is_registered(deal: Deal) -> None:
    client = browser(deal.merchant)
    kept = client.post("/orders/keep/", form(place="new", note="半张单"))
    assert json.loads(kept.content)["at"]
    assert "半张单" in shown(client, "/orders/new/") and "半张单" not in shown(
        browser(deal.agent), "/orders/new/"
    )
    assert client.post("/orders/new/", form(act="save", note="又半张")).status_code == 302
    assert "又半张" in shown(client, "/orders/new/")
    registered(client)
    with reaching_all():
        assert not OrderDraft.objects.exists()
    client.post("/orders/keep/", form(place="new", note="扔掉"))
    assert client.post("/orders/forget/", {"place": "new"}).status_code == 302
    assert "扔掉" not in shown(client, "/orders/new/")
    many = (
        {f"note-{i}": "x" for i in range(3)}
        | {"rows": "200"}
        | {f"good-{i}": "长" * 200 for i in range(1, 201)}
    )
    assert client.post("/orders/keep/", form(place="new", **many)).status_code in (200, 413)


def test_a_sent_back_order_is_changed_and_registered_anew(deal: Deal) -> None:
    merchant, agent = browser(deal.merchant), browser(deal.agent)
    number = registered(merchant)
    assert shown(agent, f"/orders/{number}/send-back/").count("<form") >= 1
    assert agent.post(f"/orders/{number}/send-back/", {"reason": "", "revision": "0"}).status_code == 422
    assert (
        agent.post(f"/orders/{number}/send-back/", {"reason": "单价不对", "revision": "0"}).status_code == 302
    )
    page = shown(merchant, f"/orders/{number}/")
    assert "已退回，待修改" in page and "单价不对" in page
    text = shown(merchant, f"/orders/{number}/edit/")
    assert 'name="price-1" value="12"' in text and WHY in text
    changed = form(**{"price-1": "13", "revision": "1"})
    assert (
        merchant.post(f"/orders/{number}/edit/", form(**{"price-1": "13", "revision": "0"})).status_code
        == 409
    )
    answer = merchant.post(f"/orders/{number}/edit/", changed)
    assert answer.status_code == 302, answer.content.decode()
    with reaching_all():
        order = Order.objects.get()
        assert (order.number, order.state, str(order.amount), order.lines.count()) == (
            number,
            "registered",
            "1300.00",
            1,
        )
        assert (order.merchant_confirmed_by, order.agent_confirmed_by) == (deal.merchant.username, "")
    assert merchant.get(f"/orders/{number}/edit/").status_code == 409


def test_returns_and_corrections_are_new_records(deal: Deal) -> None:
    merchant, agent = browser(deal.merchant), browser(deal.agent)
    number = registered(merchant)
    agent.post(f"/orders/{number}/confirm/", {})
    text = shown(merchant, f"/orders/new/?about={number}&kind=return")
    assert "登记退货" in text and "原交易单第 1 行" in text and 'name="kind" value="return"' in text
    more = {
        "about": number,
        "kind": "return",
        "original-1": "1",
        "quantity-1": "40",
        "ordered_on": "2023-06-02",
    }
    later = registered(merchant, **more)
    assert number in shown(merchant, f"/orders/{later}/") and later in shown(agent, f"/orders/{number}/")
    again = merchant.post("/orders/new/", form(**{**more, "quantity-1": "61"}))
    assert again.status_code == 422
    assert agent.post(f"/orders/{number}/cancel/", {"reason": "不做了"}).status_code == 409


def test_papers_of_an_order(deal: Deal) -> None:
    merchant = browser(deal.merchant)
    number = registered(merchant)
    assert merchant.post(f"/orders/{number}/papers/").status_code == 422
    sent = {"file": SimpleUploadedFile("清单.png", PNG, "image/png")}
    assert merchant.post(f"/orders/{number}/papers/", sent).status_code == 302
    text = shown(merchant, f"/orders/{number}/")
    assert "清单.png" in text
    address = text.split(f'href="/orders/{number}/papers/')[1].split('"')[0]
    answer = browser(deal.agent).get(f"/orders/{number}/papers/{address}")
    assert answer.status_code == 200 and answer["Cache-Control"] == "no-store, private"
    assert b"".join(answer.streaming_content) == PNG
    bad = {"file": SimpleUploadedFile("x.png", b"MZ nonsense", "image/png")}
    assert merchant.post(f"/orders/{number}/papers/", bad).status_code == 415


def test_strangers_find_nothing(deal: Deal) -> None:
    number = registered(browser(deal.merchant))
    with reaching_all():
        other = make_deal("Z")
    shown(browser(other.buyer), "/orders/", 403)
    for user in (other.merchant, other.agent, person(Role.CSL, "CSL-1")):
        client = browser(user)
        assert number not in shown(client, "/orders/")
        shown(client, f"/orders/{number}/", 404)
        shown(client, f"/orders/{number}/papers/1/", 404)
    client = browser(other.merchant)
    for tail in ("edit/", "send-back/", "cancel/"):
        shown(client, f"/orders/{number}/{tail}", 404)
    shown(client, f"/orders/new/?about={number}&kind=return", 404)
    assert client.post(f"/orders/{number}/confirm/").status_code == 404
    text = shown(client, "/orders/new/")
    assert "主体B1" not in text and "主体A1" not in text and "G0" not in text.replace("ZG0", "")
    # Trying somebody else's deal is no way to read who they are.
    answer = client.post("/orders/new/", form(act="check"))
    assert answer.status_code == 403 and "主体" not in answer.content.decode()


def test_the_centre_reads_and_exports(deal: Deal) -> None:
    number = registered(browser(deal.merchant))
    staff = browser(person(Role.STF))
    text = shown(staff, f"/orders/{number}/")
    assert "主体M1" in text and "/cancel/" not in text and "附上" not in text
    export = b"".join(staff.get("/orders/?export=csv").streaming_content).decode("utf-8-sig")
    assert number in export and "主体B1" in export
    assert "USD" in shown(staff, "/orders/rates/?currency=usd&month=2023-06")
    assert "还没有" not in shown(staff, "/orders/rates/")


def test_the_list_costs_as_many_queries_for_any_size(deal: Deal) -> None:
    client = browser(deal.merchant)
    shown(client, "/orders/")
    counts = []
    for size in (1, 9):
        with as_(deal.merchant):
            for at in range(size):
                words = {("ORD-035", None): WHY, ("ORD-037", None): WHY}
                services.register_order(
                    actor=deal.merchant, wish=deal.wish(reference=f"{size}-{at}", explanations=words)
                )
        with CaptureQueriesContext(connection) as queries:
            shown(client, "/orders/")
        counts.append(len(queries))
    assert counts[0] == counts[1]
