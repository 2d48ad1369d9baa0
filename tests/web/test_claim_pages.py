"""The pages of applications, lists and publicity: for enterprises, for the centre, for anybody."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from claims_made import (
    PDF,
    Centre,
    Firm,
    awarded,
    filled,
    firm,
    over,
    passed,
    policies,
    policy,
    shown,
    submitted,
)
from trade_people import person
from youju.foundation.identity.models import User
from youju.foundation.identity.roles import Role
from youju.foundation.jobs.running import work_off
from youju.foundation.kernel.context import reaching_all
from youju.funds.subsidies.models import Application, AwardRound, Objection

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _policies():
    with reaching_all(), policies():
        yield


@pytest.fixture
def centre() -> Centre:
    return Centre()


def enter(who: User) -> Client:
    client = Client()
    client.force_login(who)
    return client


def text(answer: Any) -> str:
    return answer.content.decode()


def page(name: str, *args: object) -> str:
    return reverse(f"claims:{name}", args=args)


def test_from_what_can_i_get_to_the_submitted_application() -> None:
    of = firm()
    clerk, boss = enter(of.clerk), enter(of.boss)
    html = text(clerk.get(page("entitlements")))
    assert "500.00" in html
    assert "怎么算的" in html
    answer = clerk.post(page("new"), {"policy": "test-flat", "party": of.party.pk})
    number = Application.objects.get().number
    assert answer.url == page("edit", number)
    html = text(clerk.get(answer.url))
    assert "缺少材料：补贴申请表" in html
    kept = clerk.post(
        page("keep", number),
        {"account_name": of.party.name, "bank": "工行", "account_number": "62220202000012", "base": "0"},
    )
    assert kept.json()["version"] == 1
    stale = clerk.post(page("keep", number), {"account_name": "别人", "base": "0"})
    assert (stale.status_code, "刚被同事改过" in stale.json()["detail"]) == (409, True)
    clerk.post(
        page("paper-add", number), {"code": "application", "file": SimpleUploadedFile("申请表.pdf", PDF)}
    )
    html = text(clerk.get(page("edit", number)))
    assert "**** 0012" in html
    assert "62220202000012" not in html
    refused = clerk.post(page("certify", number), {"read": "yes", "base": "2"})
    assert refused.status_code == 422
    assert "CLM-002" in text(refused)
    assert boss.post(page("certify", number), {"read": "yes", "base": "2"}).status_code == 302
    clerk.post(page("step", number), {"transition": "submit", "state": "certified"})
    html = text(clerk.get(page("claim", number)))
    assert "已提交" in html
    assert "计入 1 行报关单货物" in html
    lines = text(clerk.get(page("lines", number)))
    assert "/declarations/" in lines
    assert "第 1 项" in lines


def test_an_empty_list_says_what_to_do_next(centre: Centre) -> None:
    assert "我能享受什么" in text(enter(firm().clerk).get(page("own")))
    assert "还没有提交的申请" in text(enter(centre.staff).get(page("list")))
    assert "还没有名单" in text(enter(centre.staff).get(page("rounds")))
    assert "现在没有公示的名单" in text(Client().get(page("public")))


def test_a_review_shows_the_computation_and_asks_for_the_declaration(centre: Centre) -> None:
    row = submitted(firm())
    staff = enter(centre.staff)
    html = text(staff.get(page("claim", row.number)))
    assert "没有利害关系" in html
    assert "测试第一条" in html
    assert "重复线索" in html
    staff.post(page("review", row.number), {"transition": "accept", "state": "submitted"})
    refused = staff.post(page("review", row.number), {"transition": "pass", "state": "reviewing"})
    assert refused.status_code == 422
    staff.post(page("review", row.number), {"transition": "pass", "state": "reviewing", "no_conflict": "yes"})
    assert Application.objects.get().state == "rechecking"
    assert "签署了审核意见" in text(staff.get(page("claim", row.number)))


def test_a_conflict_is_declared_on_the_page(centre: Centre) -> None:
    row = submitted(firm())
    staff = enter(centre.staff)
    staff.post(page("conflict", row.number), {"reason": "亲属"})
    assert "回避" in text(staff.get(page("claim", row.number)))
    assert staff.post(page("review", row.number), {"transition": "accept"}).status_code == 403


def test_a_round_from_the_list_to_the_decision(centre: Centre) -> None:
    passed(firm(), centre)
    staff, head = enter(centre.staff), enter(centre.head)
    assert "等待列入名单" in text(staff.get(page("rounds")))
    answer = staff.post(page("round-new"), {"policy": "test-flat"})
    row = AwardRound.objects.get()
    assert answer.url == page("round", row.number)
    assert "冻结并公示" in text(staff.get(answer.url))
    staff.post(page("round-step", row.number), {"transition": "show", "state": "gathering"})
    early = staff.post(page("round-step", row.number), {"transition": "clear", "state": "shown"})
    assert (early.status_code, "CLM-012" in text(early)) == (422, True)
    over(row)
    staff.post(page("round-step", row.number), {"transition": "clear", "state": "shown"})
    row.refresh_from_db()
    assert "决定补贴" in text(head.get(page("round", row.number)))
    head.post(page("round-award", row.number), {"list_hash": row.list_hash})
    row.refresh_from_db()
    assert row.state == "awarded"
    assert "已决定补贴" in text(Client().get(page("public-list", row.number)))


def test_the_public_page_shows_nothing_private(centre: Centre) -> None:
    of = firm()
    of.party.name, of.party.credit_code = "张三", "92130600MA0EXAMP1A"
    of.party.save()
    row = shown(centre, of)
    answer = Client().get(page("public-list", row.number))
    html = text(answer)
    assert "张*" in html
    assert "500.00" in html
    assert row.list_hash in html
    for private in ("张三", "MA0EXAMP", "6222", "工商银行", of.clerk.username, "reviewer"):
        assert private not in html
    assert answer.cookies == {}
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    assert "<script" not in html
    assert Client().get(page("public-list", "MD2020-00001")).status_code == 404


def test_a_stranger_objects_and_reads_the_answer(centre: Centre) -> None:
    row = shown(centre, firm())
    stranger = Client()
    form = page("public-object", row.number)
    assert "对名单提出异议" in text(stranger.get(form))
    refused = stranger.post(form, {"line": "1", "name": "", "contact": "", "text": "短"})
    assert refused.status_code == 422
    answer = stranger.post(
        form,
        {"line": "1", "name": "王某", "contact": "13800001234", "text": "这一户的出口与实际不符，请核实。"},
    )
    assert answer.status_code == 302
    told = text(stranger.get(answer.url))
    assert "待处理" in told
    objection = Objection.objects.get()
    assert "13800001234" not in objection.contact_sealed
    staff = enter(centre.staff)
    html = text(staff.get(page("objection", objection.number)))
    assert "138****34" in html
    assert "13800001234" not in html
    assert "13800001234" in text(staff.post(page("objection-contact", objection.number)))
    staff.post(
        page("objection-decide", objection.number),
        {"verdict": "dismiss", "reply": "经核实，计算无误。", "state": "received"},
    )
    assert "经核实，计算无误" in text(stranger.get(answer.url))
    assert stranger.get("/claims/public/objections/00000000-0000-0000-0000-000000000007/").status_code == 404


def test_who_objects_too_often_waits(centre: Centre) -> None:
    row = shown(centre, firm())
    stranger, form = Client(), page("public-object", row.number)
    given = {"line": "0", "name": "王某", "contact": "1380000", "text": "对整份名单的计算办法有疑问。"}
    answers = [stranger.post(form, given).status_code for _ in range(6)]
    assert answers == [302] * 5 + [429]


def test_the_list_as_files(centre: Centre) -> None:
    row = awarded(centre, firm())
    staff = enter(centre.staff)
    for kind in ("pdf", "docx", "xlsx"):
        staff.post(page("round-make", row.number, kind))
    work_off()
    html = text(staff.get(page("round-papers", row.number), headers={"HX-Request": "true"}))
    links = re.findall(r"/claims/rounds/files/[0-9a-f-]+/", html)
    assert len(links) == 3
    for link in links:
        assert len(b"".join(staff.get(link).streaming_content)) > 2000


def test_exports_are_for_who_may(centre: Centre) -> None:
    submitted(firm())
    assert "补贴申请" in text(enter(centre.staff).get(page("list")))
    assert enter(centre.staff).get(page("list"), {"export": "csv"}).status_code == 200


def test_anothers_application_is_not_found() -> None:
    mine, theirs = firm("A"), firm("B")
    row = filled(theirs)
    client = enter(mine.clerk)
    for name in ("claim", "edit", "lines"):
        assert client.get(page(name, row.number)).status_code == 404
    assert client.post(page("keep", row.number), {"bank": "x"}).status_code == 404
    assert client.get(page("file", row.number, "0" * 64)).status_code == 404


def test_the_query_count_does_not_grow_with_the_lines(centre: Centre) -> None:
    few, many = submitted(firm("A", 1_000)), submitted(firm("B", 1_000, 1_100, 1_200))
    client = enter(centre.staff)

    def asked(number: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(page("claim", number)).status_code == 200
        return len(queries)

    asked(few.number)  # what is kept between requests is there
    assert asked(many.number) <= asked(few.number)


def test_programs_apply_once_under_one_key(centre: Centre) -> None:
    of = firm()
    client = enter(of.clerk)
    assert client.get("/api/v1/subsidies/entitlements").json()[0]["amount"] == "500.00"
    given = {"policy": "test-flat", "party": of.party.pk}
    headers = {"Idempotency-Key": "k-1"}
    first = client.post("/api/v1/subsidies/claims", given, content_type="application/json", headers=headers)
    again = client.post("/api/v1/subsidies/claims", given, content_type="application/json", headers=headers)
    assert first.json()["number"] == again.json()["number"]
    assert Application.objects.count() == 1
    number = first.json()["number"]
    assert client.get(f"/api/v1/subsidies/claims/{number}/lines").json()["total"] == 1
    assert client.get("/api/v1/subsidies/claims").json()["total"] == 1
    refused = client.post(
        f"/api/v1/subsidies/claims/{number}/steps/certify",
        {"revision": 0},
        content_type="application/json",
        headers={"Idempotency-Key": "k-2"},
    )
    assert refused.status_code == 422
    assert "另有" in refused.json()["detail"]
    assert enter(person(Role.AUD)).get("/api/v1/subsidies/claims-rounds").json() == {"total": 0, "items": []}


def test_costs_are_taken_with_their_invoices() -> None:
    text_of = policy(
        code="test-cost",
        clauses=[
            {
                "id": "stall",
                "title": "展位费",
                "reference": "测试第二条",
                "shape": "cost_share",
                "kinds": ["stall"],
                "share": "0.5",
            }
        ],
    )
    of = firm()
    with policies(text_of):
        client = enter(of.clerk)
        client.post(page("new"), {"policy": "test-cost", "party": of.party.pk})
        number = Application.objects.get().number
        bad = client.post(
            page("cost-add", number), {"kind": "stall", "invoice": "", "amount": "x", "paid_on": ""}
        )
        assert bad.status_code == 422
        given = {
            "kind": "stall",
            "invoice": "12345678",
            "amount": "3000.00",
            "paid_on": "2023-05-01",
            "file": SimpleUploadedFile("票.pdf", PDF),
        }
        assert client.post(page("cost-add", number), given).status_code == 302
        row = Application.objects.get()
        assert row.amount == 1500
        client.post(page("cost-remove", number, row.costs.get().pk))
        row.refresh_from_db()
        assert row.amount == 0


def test_the_firm_is_two_people() -> None:
    of: Firm = firm()
    assert of.clerk.organisation_id == of.boss.organisation_id
