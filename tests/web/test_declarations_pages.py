"""Pages of the declarations room: the whole way by forms alone, what is refused is said, pictures carry their words."""

from __future__ import annotations

import io
from collections.abc import Iterator
from decimal import Decimal

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kept import kept
from trade_deals import make_deal
from trade_declared import HEADER, accepted, broker_of, declared, entered, order_of, packed, planned
from trade_loads import boxed, confirmed
from trade_people import person
from youju.foundation.identity.roles import Role
from youju.foundation.jobs.running import work_off
from youju.foundation.kernel.context import reaching_all
from youju.trade.declarations.models import Declaration, Plan

pytestmark = pytest.mark.django_db
HERE = "/declarations/"


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


def get(client: Client, address: str, **data) -> str:
    answer = client.get(address, data)
    assert answer.status_code == 200, answer.content.decode()[:500]
    return answer.content.decode()


def test_the_whole_way_by_forms(deal) -> None:
    box, client = packed(deal, confirmed(deal)), enter(deal.agent)
    assert "分票和报关单" in get(client, f"/packing/packings/{box.number}/")
    there = f"{HERE}packings/{box.number}/"
    assert "还没有分过票" in get(client, there)
    assert "没有 2023-05 的海关汇率" in post(client, f"{there}plan/", day="2023-05-01")
    assert "申报日期" in post(client, f"{there}plan/", day="someday")
    page = post(client, f"{there}plan/", day="2023-06-01")
    assert "方案已经算好" in page and "已证明不能更少" in page and "<svg" in page
    assert "第 1 票：USD 2,400.00，是单票上限的 1.6%，1 张交易单，2 项" in page
    plan = Plan.objects.get()
    page = post(client, f"{HERE}plans/{plan.pk}/accept/", revision=plan.revision)
    row = Declaration.objects.get()
    here = f"{HERE}{row}/"
    assert "已做成 1 票报关单" in page and here in page
    page = get(client, there)
    assert "都已经在报关单里" in page and row.number in page and "申报日期</label>" not in page
    page = get(client, here)
    assert "还缺 18 处必填项" in page and "补全表头" in page and ">预录入</button>" not in page
    assert "承诺期限" in page and "/orders/T" in page and "主体M1（M1）" in page
    page = get(client, f"{here}header/")
    assert 'value="KEN"' in page and "发送前必填" in page
    data = HEADER | {
        "TradeCountry": "KEN",
        "TradeAreaCode": "KEN",
        "CountryOfDestination": "KEN",
        "TrafMode": "2",
    }
    data |= {"DutyMode": "1", "CountryOfOrigin": "CHN"}
    answer = client.post(f"{here}header/", data | {"CustomMaster": "04070", "revision": "0"})
    assert answer.status_code == 422 and "申报地海关" in answer.content.decode()
    answer = client.post(f"{here}header/", data | {"broker": "K0", "revision": "0"})
    assert answer.status_code == 422 and "没有备案号为“K0”的报关行" in answer.content.decode()
    page = post(client, f"{here}header/", **data, revision="0")
    assert "表头已保存" in page and ">预录入</button>" in page
    page = post(client, f"{here}step/", transition="enter")
    assert "现在的状态是“预录入”" in page and "按期" in page and ">撤销</" in page
    assert "没有“fly”这一步" in client.post(f"{here}step/", {"transition": "fly"}).content.decode()


def test_the_picture_of_a_plan_and_moving(deal) -> None:
    plan = planned(
        deal, packed(deal, *(order_of(deal, amount) for amount in (90_000, 80_000, 60_000, 10_000)))
    )
    client, here = enter(deal.agent), f"{HERE}plans/{plan.pk}/"
    page = get(client, here)
    assert page.count('class="load"') == 2 and page.count("<title>交易单 ") == 4
    order = max(plan.groups, key=len)[0]
    place = next(i for i, group in enumerate(plan.groups, 1) if order not in group)
    page = get(client, here, order=order, to=place)
    assert "不能这样移动" in page and "DEC-008" in page and "load-over" in page and "就这样移动" not in page
    page = post(client, f"{here}move/", order=order, to=place)
    assert "DEC-008" in page and "不能这样移动" in page
    page = get(client, here, order=order, to=0)
    assert "票数 2 → <b>3</b>（多 1 票）" in page and "没有违反任何规则" in page and "就这样移动" in page
    assert "方案里没有第 9 票" in get(client, here, order=order, to=9)
    assert "刚才有改动" in post(client, f"{here}move/", order=order, to=0, revision=0)
    page = post(client, f"{here}move/", order=order, to=0, revision=plan.revision)
    assert "2 票变 3 票" in page and "人工移动了 1 次" in page and "撤回上一次移动" in page
    assert "已撤回上一次移动" in post(client, f"{here}undo/")
    answer = client.get(f"{here}lists/0/")
    rows = list(openpyxl.load_workbook(io.BytesIO(answer.content)).active.iter_rows(values_only=True))
    assert len(rows) == 5 and sum(row[11] for row in rows[1:]) == 240_000
    assert client.get(f"{here}lists/3/").status_code == 404
    assert "已放弃这个方案" in post(client, f"{here}drop/")
    assert client.get(f"{HERE}plans/99999999999999999999/").status_code == 404


def test_a_plan_that_waits_and_one_that_refuses(deal, monkeypatch) -> None:
    monkeypatch.setattr("youju.trade.declarations.services.planning.whole", lambda *_: 0)
    client, box = enter(deal.agent), packed(deal, confirmed(deal))
    page = post(client, f"{HERE}packings/{box.number}/plan/", day="2023-06-01")
    plan = Plan.objects.get()
    assert "正在分票" in page and 'hx-trigger="every 2s"' in page
    work_off()
    part = client.get(f"{HERE}plans/{plan.pk}/", headers={"HX-Request": "true"}).content.decode()
    assert "方案已经算好" in part and "<html" not in part
    Plan.objects.filter(pk=plan.pk).update(
        refused=[{"order": "T9", "rule": "DEC-001", "message": "超过上限。", "suggestion": "改用一般贸易。"}]
    )
    page = get(client, f"{HERE}plans/{plan.pk}/")
    assert "不受理的交易单" in page and "/reference/rules/DEC-001/" in page and "改用一般贸易" in page


def test_naming_a_broker_on_the_page(deal) -> None:
    box, broker = packed(deal, confirmed(deal)), broker_of(deal)
    address = f"{HERE}packings/{box.number}/"
    assert enter(broker).get(address).status_code == 404
    page = post(enter(deal.agent), f"{address}broker/", broker="K1")
    assert "已委托 主体K1" in page
    assert "分票" in get(enter(broker), address)


def test_papers(deal) -> None:
    (row,) = declared(deal)
    client, here = enter(deal.agent), f"{HERE}{row}/"
    answer = client.get(f"{here}message/")
    assert answer["Content-Type"] == "application/xml" and "attachment" in answer["Content-Disposition"]
    for place, count in enumerate((3, 3, 3)):
        book = openpyxl.load_workbook(io.BytesIO(client.get(f"{here}lists/{place}/").content))
        assert len(list(book.active.iter_rows())) == count
    assert "正在生成" in post(client, f"{here}draft/")
    work_off()
    page = client.get(f"{here}papers/", headers={"HX-Request": "true"}).content.decode()
    address = page.split('href="', 1)[1].split('"', 1)[0]
    assert b"".join(client.get(address).streaming_content).startswith(b"%PDF")
    assert "可以直接下载" in post(client, f"{here}draft/")
    assert enter(make_deal("Z").agent).get(address).status_code == 404
    assert "单证" in get(client, f"{here}papers/")


def test_a_line_is_changed(deal) -> None:
    (row,) = declared(deal)
    client, address = enter(deal.agent), f"{HERE}{row}/lines/1/"
    assert "编码、数量和金额来自交易单" in get(client, address)
    answer = client.post(address, {"quantity1": "5", "unit1": ""})
    assert answer.status_code == 422 and "要一起填" in answer.content.decode()
    page = post(client, address, model="材质:涤纶", quantity1="80", unit1="千克", quantity2="100", unit2="个")
    assert "第 1 项已保存" in page and "材质:涤纶" in page
    assert client.get(f"{HERE}{row}/lines/9/").status_code == 404


def test_a_rejected_one_is_corrected(deal) -> None:
    row = entered(deal, declared(deal)[0])
    Declaration.objects.filter(pk=row.pk).update(state="rejected", rejection="品名不清")
    client, here = enter(deal.agent), f"{HERE}{row}/"
    page = get(client, here)
    assert "品名不清" in page and "更正成新版本" in page
    page = post(client, f"{here}correct/")
    assert "已更正成第 2 版" in page and "第 1 版</a>" in page
    page = get(client, here)
    assert "这一版已被更正" in page and "更正成新版本</button>" not in page
    assert "第 2 版" in get(client, HERE)
    assert get(client, HERE, replaced="on").count(row.number + "-") >= 2


def test_a_withdrawn_one(deal) -> None:
    (row,) = declared(deal)
    client = enter(deal.agent)
    page = post(client, f"{HERE}{row}/step/", transition="withdraw", reason="客户退单")
    assert "现在的状态是“已撤销”" in page and "客户退单" in page and "已放开" in page
    assert "还没有填" not in page and "填表头" not in page


def test_the_list_filters_and_exports(deal) -> None:
    (row,) = declared(deal)
    client = enter(deal.agent)
    for wish in (
        {},
        {"text": row.number[3:]},
        {"text": row.packing.number},
        {"state": "planned"},
        {"since": "2023-06-01"},
    ):
        assert row.number in get(client, HERE, **wish)
    for wish in ({"state": "sent"}, {"until": "2023-05-31"}, {"text": "D0"}):
        assert row.number not in get(client, HERE, **wish)
    exported = b"".join(client.get(HERE, {"export": "csv"}).streaming_content).decode()
    assert row.number in exported and "2400.00" in exported


def test_empty_states(deal) -> None:
    client = enter(deal.agent)
    assert "还没有报关单" in get(client, HERE)
    row, _ = boxed(deal)
    page = get(client, f"{HERE}packings/{row.number}/")
    assert "装箱还没有完成" in page and "采用一个方案以后" in page
    assert client.get(f"{HERE}packings/X0/").status_code == 404
    assert client.get(f"{HERE}D0/").status_code == 404


def test_a_merchant_only_looks_on(deal) -> None:
    (row,) = declared(deal)
    client = enter(deal.merchant)
    page = get(client, f"{HERE}{row}/")
    assert "填表头" not in page and "看方案" not in page and ">修改</a>" not in page and ">撤销<" not in page
    assert client.post(f"{HERE}{row}/step/", {"transition": "withdraw", "reason": "x"}).status_code == 403
    assert client.get(f"{HERE}plans/{row.plan_id}/").status_code == 404
    assert client.get(f"{HERE}{row}/header/").status_code == 403


def test_queries_do_not_grow_with_the_lines() -> None:
    deal = make_deal(goods=12)
    lines = [deal.line(place, price=Decimal(10 + place)) for place in range(12)]
    small = accepted(deal, planned(deal, packed(deal, confirmed(deal))))
    numbers = [
        confirmed(deal, lines=lines),
        order_of(deal, 90_000),
        order_of(deal, 80_000),
        order_of(deal, 70_000),
    ]
    large = accepted(deal, planned(deal, packed(deal, *numbers)))
    client = enter(person(Role.HED))
    get(client, f"{HERE}{small[0]}/")
    counts = []
    for rows in (small, large):
        for address in (f"{HERE}{rows[0]}/", f"{HERE}plans/{rows[0].plan_id}/"):
            with CaptureQueriesContext(connection) as queries:
                get(client, address)
            counts.append(len(queries))
    assert counts[0] == counts[2] and counts[1] == counts[3]
    assert counts[0] <= 27 and counts[1] <= 20, counts
    with CaptureQueriesContext(connection) as queries:
        get(client, HERE)
    assert len(queries) <= 14
