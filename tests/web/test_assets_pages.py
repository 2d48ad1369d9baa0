"""Pages of assets: each opens, says what is wrong beside its field, and does what its button says."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from assets_made import asset, count_in, counted, opened, paid_for_equipment, today
from funds_made import Staff
from funds_made import staff as office
from youju.foundation.identity.models import User
from youju.foundation.jobs.running import work_off
from youju.foundation.kernel.context import reaching_all
from youju.funds.assets.models import Asset, Disposal, Expensed, Item, Move, Run, Stocktake

pytestmark = pytest.mark.django_db


@pytest.fixture
def team() -> Staff:
    return office()


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def read(answer: Any) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def text(answer: Any) -> str:
    return read(answer).decode()


def at(name: str, *args: object) -> str:
    return reverse(f"assets:{name}", args=args)


def test_empty_pages_say_what_to_do(team: Staff) -> None:
    client = client_of(team.finance)
    for name, told in (
        ("list", "还没有资产"), ("payments", "没有要登记资产的付款"), ("moves", "还没有移交"), ("disposals", "还没有处置"),
        ("stocktakes", "还没有盘点"), ("depreciation", "还没有计提过折旧"), ("overview", "还没有资产"),
        ("reconciliation", "没有资本性付款"), ("labels", "还没有做过标签"),
    ):  # fmt: skip
        assert told in text(client.get(at(name))), name


def test_a_card_by_hand_says_what_is_wrong(team: Staff) -> None:
    client = client_of(team.finance)
    form = {
        "name": "台式计算机", "category": "A0201", "cost": "5200.00", "acquired_on": f"{today()}", "section": "ZH",
        "place": "301", "keeper": team.asks.username,
    }  # fmt: skip
    assert "登记资产" in text(client.get(at("new")))
    for change, told in (
        ({"name": ""}, "这一栏必填"),
        ({"cost": "0"}, "太小了"),
        ({"category": ""}, "请选择类别"),
        ({"acquired_on": f"{today() + timedelta(days=1)}"}, "AST-008"),
    ):
        answer = client.post(at("new"), form | change)
        assert answer.status_code == 422 and told in text(answer), change
    answer = client.post(at("new"), form, follow=True)
    assert "已登记资产" in text(answer) and "每月折旧（72 个月" in text(answer)
    with reaching_all():
        row = Asset.objects.get()
    assert row.keeper_name == team.asks.display_name
    edit = at("edit", row.pk)
    changed = client.post(edit, form | {"cost": "5300.00", "idle": "on", "revision": "0"}, follow=True)
    assert "闲置" in text(changed) and "5,300.00" in text(changed)
    assert client.post(edit, form | {"revision": "0"}).status_code == 409
    assert client.get(at("code", row.number.lower())).headers["Location"] == at("asset", row.pk)
    assert client.get(at("code", "XX1")).status_code == 404


def test_the_list_goes_out_and_hides_what_was_not_asked_for(team: Staff) -> None:
    row = asset(team.finance, name="=台式机")
    client = client_of(team.auditor)
    lines = text(client.get(at("list"), {"export": "csv"}))
    assert row.number in lines and "'=台式机" in lines
    assert read(client.get(at("list"), {"export": "xlsx"})).startswith(b"PK")
    assert row.number not in text(client.get(at("list"), {"category": "A05"}))
    assert row.number in text(client.get(at("list"), {"category": "A02", "only": "unpaid"}))
    assert "登记资产</a>" not in text(client.get(at("list")))


def test_a_payment_becomes_cards(team: Staff) -> None:
    with reaching_all():
        payment = paid_for_equipment(team)
    client = client_of(team.finance)
    assert payment.number in text(client.get(at("payments")))
    page = at("payment", payment.number)
    assert "12,000.00" in text(client.get(page)) and "没对上" in text(client.get(page))
    form = {
        "name": "笔记本电脑", "category": "A0201", "cost": "5000.00", "acquired_on": f"{today()}", "section": "ZH",
        "place": "301", "copies": "2", "serials": "A1\nA2\n",
    }  # fmt: skip
    url = at("payment-cards", payment.number)
    refused = client.post(url, form | {"copies": "3"})
    assert refused.status_code == 422 and "AST-007" in text(refused)
    assert "已登记 2 张卡片" in text(client.post(url, form, follow=True))
    assert "费用化部分超过" in text(
        client.post(at("expense", payment.number), {"amount": "2000.01", "note": "x"}, follow=True)
    )
    told = text(
        client.post(at("expense", payment.number), {"amount": "2000.00", "note": "安装费"}, follow=True)
    )
    assert "对上了" in told
    with reaching_all():
        assert Expensed.objects.get().amount == Decimal("2000.00")
    line = text(client.get(at("reconciliation")))
    assert "对上了" in line and payment.number in line
    assert "未登记" in text(client.get(at("reconciliation"), {"format": "csv"}))
    assert client.get(at("payment", "FK0")).status_code == 404


def test_moved_and_disposed_of_by_pages(team: Staff) -> None:
    row = asset(team.finance)
    finance, asks, head = client_of(team.finance), client_of(team.asks), client_of(team.head)
    assert "请选择" in text(finance.get(at("asset", row.pk)))
    bad = finance.post(at("asset-move", row.pk), {"kind": "lend", "keeper": team.asks.username})
    assert bad.status_code == 422 and "借给谁" in text(bad)
    finance.post(at("asset-move", row.pk), {"kind": "transfer", "keeper": team.asks.username, "place": "302"})
    with reaching_all():
        move = Move.objects.get()
    assert "待接收" in text(asks.get(at("move", move.pk)))
    told = asks.post(at("move-step", move.pk), {"transition": "accept", "state": "offered"}, follow=True)
    assert "已接收" in text(told)
    refused = asks.post(at("asset-dispose", row.pk), {"way": "scrap", "reason": "坏了"})
    assert refused.status_code == 422 and "AST-014" in text(refused)
    asks.post(at("asset-dispose", row.pk), {"way": "scrap", "reason": "主板损坏，无法修复，已经停用"})
    with reaching_all():
        made = Disposal.objects.get()
    url = at("disposal-step", made.pk)
    client_of(team.section).post(url, {"transition": "review", "state": "requested"})
    head.post(url, {"transition": "approve", "state": "reviewed"})
    bad = asks.post(
        url, {"transition": "complete", "state": "approved", "disposed_on": "2001-01-01", "proceeds": "0"}
    )
    assert bad.status_code == 422 and "日子不对" in text(bad)
    assert asks.post(url, {"transition": "complete", "state": "approved"}).status_code == 422
    done = asks.post(
        url,
        {"transition": "complete", "state": "approved", "disposed_on": f"{today()}", "proceeds": "80.50"},
        follow=True,
    )
    assert "已处置" in text(done) and "80.50" in text(done)
    assert row.number in text(asks.get(at("disposals"), {"way": "scrap"}))
    assert row.number not in text(asks.get(at("list")))


def test_counted_without_a_script_and_settled_at_the_desk(team: Staff) -> None:
    here, lost = asset(team.finance), asset(team.finance, serial="S2")
    finance, asks, head = client_of(team.finance), client_of(team.asks), client_of(team.head)
    bad = finance.post(at("stocktake-new"), {"title": "年度盘点", "section": "CW", "due_on": f"{today()}"})
    assert bad.status_code == 422 and "AST-018" in text(bad)
    page = finance.post(at("stocktake-new"), {"title": "年度盘点", "due_on": f"{today()}"}, follow=True)
    assert "应盘 2 件" in text(page)
    with reaching_all():
        row = Stocktake.objects.get()
    one = at("count-one", row.pk)
    assert "不是资产编号" in text(asks.post(one, {"text": "没有"}))
    assert "账实相符" in text(asks.post(one, {"text": here.number}, follow=True))
    assert "已经盘过" in text(head.post(one, {"text": here.number}, follow=True))
    finance.post(at("stocktake-step", row.pk), {"transition": "finish", "state": "counting"})
    page = text(finance.get(at("stocktake", row.pk)))
    assert "待处理的差异（1 件）" in page and lost.number in page
    assert asks.get(at("count", row.pk)).status_code == 409
    with reaching_all():
        item = Item.objects.get(number=lost.number)
    told = finance.post(at("decide", row.pk, item.pk), {"decision": "explain", "why": ""}, follow=True)
    assert "必填" in text(told)
    finance.post(at("decide", row.pk, item.pk), {"decision": "explain", "why": "送修中"})
    assert "已确认" in text(
        head.post(at("stocktake-step", row.pk), {"transition": "close", "state": "settling"}, follow=True)
    )
    assert "送修中" in text(finance.get(at("stocktake", row.pk), {"export": "csv"}))
    assert "送修中" in text(finance.get(at("asset", lost.pk)))


def test_what_a_phone_is_given(team: Staff) -> None:
    here = asset(team.finance)
    row = opened(team.finance)
    client = client_of(team.asks)
    page = client.get(at("count", row.pk))
    assert 'type="module"' in text(page) and here.number not in text(page)
    assert "unsafe" not in page.headers["Content-Security-Policy"]
    counted(team.asks, row, count_in(here.number))
    found = json.loads(client.get(at("count-list", row.pk)).content)
    assert found["items"] == [
        [here.number, "台式计算机", "办公楼 301", "何静", "found", team.asks.display_name]
    ]
    token = json.loads(client.get(at("token")).content)
    assert token["user"] == team.asks.username and token["csrf"]
    worker = client.get(at("worker"))
    assert worker.headers["Content-Type"].startswith("text/javascript") and b"caches.open" in worker.content
    assert client_of(team.auditor).get(at("count", row.pk)).status_code == 403


def test_depreciation_totals_and_pictures(team: Staff) -> None:
    asset(team.finance)
    client = client_of(team.finance)
    for month, told in (
        ("2999-01", "还没有结束"),
        ("x", "2023-03"),
        (f"{today().replace(day=1) - timedelta(days=1):%Y-%m}", "共计提"),
    ):
        assert told in text(client.post(at("depreciate"), {"month": month}, follow=True)), month
    with reaching_all():
        run = Run.objects.get()
    page = text(client.get(at("depreciation")))
    assert "信息化设备" in page and f"{run.month:%Y-%m}" in page
    assert "信息化设备" in text(client.get(at("depreciation"), {"format": "csv"}))
    page = text(client.get(at("overview")))
    assert "账账相符" in page and page.count("<svg") >= 4 and "<style" not in page
    assert "合计" in text(client.get(at("overview"), {"format": "csv"}))


def test_labels_are_made_in_a_job_and_handed_out(team: Staff) -> None:
    row = asset(team.finance)
    client = client_of(team.finance)
    bad = client.post(at("labels"), {"sheet": "a4-24", "text": "没有这件"})
    assert bad.status_code == 422 and "没有要做标签的资产" in text(bad)
    assert client.post(at("labels"), {"sheet": "a3"}).status_code == 422
    client.post(at("labels"), {"sheet": "a4-24", "text": row.number})
    with reaching_all():
        work_off()
    page = text(client.get(at("labels")))
    assert f"资产标签{row.number}" in page
    link = re.search(r'href="(/assets/labels/[0-9a-f-]{36}/)"', page)
    assert link is not None and read(client.get(link[1])).startswith(b"%PDF")
    assert "已经做过" in text(client.post(at("labels"), {"sheet": "a4-24", "text": row.number}, follow=True))
