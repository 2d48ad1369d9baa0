"""Pages of monitoring: each opens, saves itself, says what is missing, and does what its button says; endpoints beside them."""

from __future__ import annotations

import json
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from kept import kept
from monitoring_made import Office, filled, frozen, last_month, office, ordered, replied, rows, step
from office_made import PNG
from youju.foundation.identity.models import User
from youju.foundation.jobs.running import work_off
from youju.performance.monitoring.models import Order, Round, Suspension
from youju.performance.monitoring.services import making

pytestmark = pytest.mark.django_db


@kept
def made() -> tuple[Office, Round]:
    team = office()
    return team, frozen(team)


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def text(answer: Any) -> str:
    return (b"".join(answer.streaming_content) if answer.streaming else answer.content).decode()


def got(client: Client, address: str) -> bytes:
    answer: Any = client.get(address)
    return b"".join(answer.streaming_content)


def url(name: str, *args: object) -> str:
    return reverse(f"monitoring:{name}", args=args)


def test_a_round_is_made_on_its_page(made: tuple[Office, Round], monkeypatch: Any) -> None:
    team, row = made
    monkeypatch.setattr(making, "measured_rows", lambda **_: rows())
    monkeypatch.setattr(making, "freeze_rows", lambda **_: SimpleNamespace(number=7, rows=rows()))
    officer, until = client_of(team.officer), last_month()
    step(team.officer, row, "drop", reason="重做")
    assert "编制" in text(officer.get(url("new")))
    form = {"year": until.year, "month": until.month}
    assert officer.post(url("new"), form | {"year": "x"}).status_code == 422
    assert "没有批准" in text(officer.post(url("new"), form | {"year": 2001, "month": 3}))
    page = text(officer.post(url("new"), form, follow=True))
    assert "数字已经固定" in page and "下载填报表" in page
    listed = text(officer.get(url("list")))
    assert f"JK{until.year}-{until.month:02d}-2" in listed and "已作废" in listed


def test_the_project_form_saves_itself_and_tells_what_is_missing(made: tuple[Office, Round]) -> None:
    team, row = made
    officer, here = client_of(team.officer), url("project", row.number, 1)
    page = text(officer.get(here))
    assert "建议：完全不可能" in page and "MON-003" in page and "hx-post" in page
    save, form = url("row-save", row.number, 1, 2), {"likelihood": "possible", "revision": "0"}
    saved = text(officer.post(save, form, headers={"HX-Request": "true"}))
    assert "已自动保存" in saved and "MON-001" in saved and 'value="1"' in saved
    stale = text(officer.post(save, form | {"remark": "x"}, headers={"HX-Request": "true"}))
    assert "没有保存" in stale and "刚才有改动" in stale
    told = text(officer.post(save, form | {"likelihood": "maybe"}, follow=True))
    assert "请从列表里选择" in told
    plain = text(officer.post(save, form | {"revision": "1", "cause": "system"}, follow=True))
    assert "已保存第 2 行" in plain
    note = url("project-save", row.number, 1)
    assert "已保存预算执行的说明" in text(
        officer.post(note, {"explanation": "流标", "measure": ""}, follow=True)
    )
    assert "已保存责任科室" in text(
        officer.post(url("section-save", row.number, 1), {"section": "SC"}, follow=True)
    )
    assert client_of(team.market).post(save, form).status_code == 403
    assert officer.post(url("row-save", row.number, 1, 9), form).status_code == 404


def test_from_draft_to_approval_and_the_form(made: tuple[Office, Round]) -> None:
    team, row = made
    officer, here = client_of(team.officer), url("round", row.number)
    page = text(officer.get(here))
    assert "提交前还缺" in page and "<svg" in page and "序时进度" in page
    refused = text(
        officer.post(url("step", row.number), {"transition": "submit", "state": "draft"}, follow=True)
    )
    assert "还不能提交" in refused
    filled(team, row)
    done = officer.post(url("step", row.number), {"transition": "submit", "state": "draft"}, follow=True)
    assert "状态是“待批准”" in text(done)
    head = client_of(team.head)
    assert "状态是“已批准”" in text(
        head.post(url("step", row.number), {"transition": "approve", "state": "submitted"}, follow=True)
    )
    assert "正在生成" in text(head.post(url("form-make", row.number), {"format": "docx"}, follow=True))
    work_off()
    shown = text(head.get(here))
    link = shown.split('href="/monitoring/documents/')[1].split('"')[0]
    assert got(head, f"/monitoring/documents/{link}").startswith(b"PK")
    assert "可以直接下载" in text(head.post(url("form-make", row.number), {"format": "docx"}, follow=True))
    assert client_of(team.market).get(url("sheet", row.number)).status_code == 409
    assert "可能性" in text(head.get(url("project", row.number, 2)))


def test_an_order_from_issue_to_verification_with_a_suspension(made: tuple[Office, Round]) -> None:
    team, row = made
    officer, trade, head = (client_of(each) for each in (team.officer, team.trade, team.head))
    new = url("order-new", row.number, 1) + "?row=2"
    assert "第 2 行" in text(officer.get(new))
    form = {"title": "建设滞后", "requirement": "", "section": "WM", "due_on": ""}
    assert "这一栏必填" in text(officer.post(new, form))
    page = officer.post(new, form | {"requirement": "九月底完成", "due_on": "2001-01-01"})
    assert "MON-007" in text(page)
    assert "已下达 ZG" in text(officer.post(new, form | {"requirement": "九月底完成"}, follow=True))
    number = Order.objects.get().number
    here = url("order", number)
    assert "整改通知" in text(officer.get(url("project", row.number, 1)))
    assert "理由" in text(head.post(url("suspend", number), {"reason": ""}))
    assert "已暂停拨付" in text(head.post(url("suspend", number), {"reason": "滞后严重"}, follow=True))
    assert "暂停拨付" in text(officer.get(url("round", row.number)))
    reply = {"transition": "reply", "state": "issued", "text": "已完成"}
    assert "MON-008" in text(trade.post(url("order-step", number), reply))
    assert "请选择文件" in text(trade.post(url("evidence-add", number), {}, follow=True))
    file = SimpleUploadedFile("验收单.png", PNG)
    assert "已上传" in text(trade.post(url("evidence-add", number), {"file": file}, follow=True))
    assert "待核实" in text(trade.post(url("order-step", number), reply, follow=True))
    shown = text(officer.get(here))
    link = shown.split(f'href="{here}evidence/')[1].split('"')[0]
    assert got(officer, f"{here}evidence/{link}") == PNG
    done = officer.post(url("order-step", number), {"transition": "verify", "state": "replied"}, follow=True)
    assert "已核实" in text(done) and "恢复拨付" in text(done)
    assert Suspension.objects.filter(lifted_at__isnull=True).count() == 0
    assert officer.post(url("order-step", number), {"transition": "fly"}).status_code == 409


def test_the_head_lifts_with_a_reason(made: tuple[Office, Round]) -> None:
    team, row = made
    head, order = client_of(team.head), ordered(team, row)
    head.post(url("suspend", order.number), {"reason": "滞后"})
    assert "MON-012" in text(head.post(url("lift", order.number), {"reason": ""}))
    assert "已恢复拨付" in text(head.post(url("lift", order.number), {"reason": "民生"}, follow=True))


def test_lists_are_empty_at_first_and_exported(made: tuple[Office, Round]) -> None:
    team, row = made
    officer = client_of(team.officer)
    assert "还没有整改通知" in text(officer.get(url("orders")))
    order = ordered(team, row)
    assert order.number in text(officer.get(url("orders"), {"only": "open", "text": "系统"}))
    assert order.number in text(officer.get(url("orders"), {"export": "csv"}))
    assert row.number in text(officer.get(url("list"), {"export": "csv"}))


def test_programs_read_rounds_and_reply(made: tuple[Office, Round]) -> None:
    team, row = made
    order = ordered(team, row)
    client = client_of(team.trade)
    listed = client.get("/api/v1/monitoring/rounds").json()
    assert (listed["total"], listed["items"][0]["projects"], listed["items"][0]["open_orders"]) == (1, 2, 1)
    whole = client.get(f"/api/v1/monitoring/rounds/{row.number}").json()
    assert whole["projects"][0]["rows"][1]["suggested"] == "impossible"
    assert client.get("/api/v1/monitoring/rounds/JK1999-01").status_code == 404
    assert client.get("/api/v1/monitoring/orders", {"only": "mine"}).json()["total"] == 1
    refused = client.post(
        f"/api/v1/monitoring/orders/{order.number}/reply",
        json.dumps({"text": "好"}),
        content_type="application/json",
        headers={"Idempotency-Key": "r-1"},
    )
    assert refused.status_code == 422
    order = replied(team, order)
    found = client.get(f"/api/v1/monitoring/orders/{order.number}").json()
    assert (found["state"], found["replies"][0]["text"], found["row"]) == ("replied", "已完成部署", 2)
