"""Pages and API of the base: each opens, says what is wrong beside its field, and does what its button says."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from base_made import made, wish
from office_made import PNG, today
from trade_people import as_, person
from youju.foundation.files.selectors import attachments
from youju.foundation.identity.models import User
from youju.foundation.identity.roles import Role
from youju.office.base.models import MODELS, Document, Platform
from youju.office.base.registers import REGISTERS
from youju.rules.office.base.kinds import BRANDS, DOCUMENTS, PATENTS, PLATFORMS

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff() -> User:
    return person(Role.STF)


@pytest.fixture
def head() -> User:
    return person(Role.HED)


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def text(answer: Any) -> str:
    return (b"".join(answer.streaming_content) if answer.streaming else answer.content).decode()


def form_of(register: str, **given: Any) -> dict[str, str]:
    """A record as its form sends it."""
    told = {True: "on", False: ""}
    values = wish(register) | given
    return {
        name: told.get(value, str(value)) if isinstance(value, bool) else str(value)
        for name, value in values.items()
    }


def record_url(register: str, row: Any) -> str:
    return reverse("base:record", args=[register, row.pk])


@pytest.mark.parametrize("register", REGISTERS)
def test_a_register_is_empty_filled_filtered_and_goes_out(staff: User, register: str) -> None:
    client, url = client_of(staff), reverse("base:list", args=[register])
    assert REGISTERS[register].empty[:5] in text(client.get(url))
    new = reverse("base:new", args=[register])
    assert REGISTERS[register].number.label in text(client.get(new))
    refused = client.post(new, form_of(register, number=""))
    assert refused.status_code == 422 and "这一栏必填" in text(refused)
    done = client.post(new, form_of(register, note="=1+1"), follow=True)
    assert f"已登记这条{REGISTERS[register].noun}" in text(done)
    again = client.post(new, form_of(register))
    assert again.status_code == 422 and "BAS-005" in text(again)
    row = MODELS[register]._default_manager.get()
    assert row.number in text(client.get(url, {"text": row.number[:4], "kind": row.kind}))
    assert row.number not in text(client.get(url, {"text": "别的"}))
    lines = text(client.get(url, {"export": "csv"}))
    assert row.number in lines and "'=1+1" in lines and "共 1 行" in lines
    assert text(client.get(record_url(register, row))).count(row.title) >= 1
    edit = reverse("base:edit", args=[register, row.pk])
    assert row.title in text(client.get(edit))
    saved = client.post(edit, form_of(register, title="改过的名称", revision="0"), follow=True)
    assert "已保存" in text(saved) and "改过的名称" in text(saved)
    assert client.post(edit, form_of(register, revision="0")).status_code == 409


def test_faults_of_the_rules_stand_at_their_fields(staff: User) -> None:
    client = client_of(staff)
    url = reverse("base:new", args=[PATENTS])
    day = today()
    refused = client.post(url, form_of(PATENTS, granted_on=day - timedelta(days=500)))
    assert refused.status_code == 422 and "BAS-004" in text(refused)
    odd = text(client.post(url, form_of(PATENTS, number="ZL1"), follow=True))
    assert "BAS-009" in odd and "已登记" in odd


def test_documents_name_one_another(staff: User) -> None:
    with as_(staff):
        old = made(staff, DOCUMENTS, number="白商〔2020〕6号", valid_to=None)
    client = client_of(staff)
    new = form_of(DOCUMENTS, repeals="白商〔2020〕6号、白商〔2019〕1号", valid_from=today())
    page = text(client.post(reverse("base:new", args=[DOCUMENTS]), new, follow=True))
    assert "BAS-011" in page and record_url(DOCUMENTS, old) in page
    seen = text(client.get(record_url(DOCUMENTS, old)))
    assert "已废止" in seen and "BAS-003" in seen and "白商〔2023〕5号" in seen
    row = Document.objects.get(number="白商〔2023〕5号")
    edit = text(client.get(reverse("base:edit", args=[DOCUMENTS, row.pk])))
    assert "白商〔2020〕6号、白商〔2019〕1号" in edit


def test_a_platform_project_on_its_way(staff: User, head: User) -> None:
    with as_(staff):
        row = made(staff, PLATFORMS)
    client, page = client_of(staff), record_url(PLATFORMS, row)
    step = reverse("base:platform-step", args=[row.pk])

    def take(who: Client, code: str, **given: str) -> str:
        return text(who.post(step, {"transition": code} | given, follow=True))

    assert "建设中" in take(client, "begin")
    add = reverse("base:milestone-add", args=[row.pk])
    assert "期限" in text(client.post(add, {"title": "设备到位", "due_on": "明天"}, follow=True))
    late = (row.due_on + timedelta(days=1)).isoformat()
    assert "不在项目期内" in text(client.post(add, {"title": "设备到位", "due_on": late}, follow=True))
    for title in ("设备到位", "对外服务"):
        day = today().isoformat()
        assert title in text(client.post(add, {"title": title, "due_on": day}, follow=True))
    assert "还有节点没有完成" in take(client, "deliver")
    first, second = (reverse("base:milestone", args=[row.pk, place]) for place in (1, 2))
    assert "没有写完成日期" in text(client.post(first, {"done_on": ""}, follow=True))
    client.post(first, {"done_on": today().isoformat()})
    assert "已删去" in text(client.post(second, {"drop": "yes"}, follow=True))
    assert "待验收" in take(client, "deliver")
    other = client_of(head)
    assert "没有证明材料" in take(other, "accept")
    papers = reverse("base:paper-add", args=[PLATFORMS, row.pk])
    client.post(papers, {"file": SimpleUploadedFile("报告.png", PNG), "role": "evidence"})
    client.post(papers, {"file": SimpleUploadedFile("合同.png", PNG), "role": "paper"})
    seen = text(client.get(page))
    assert "报告.png" in seen and "合同.png" in seen and "须由不同的人办理" in seen
    assert "验收未通过：名单对不上" in take(other, "refuse", reason="名单对不上")
    take(client, "deliver")
    assert "已验收" in take(other, "accept")
    assert Platform.objects.get().accepted_by == head.username
    overview = text(client.get(reverse("base:overview")))
    assert "600,000.00" in overview and overview.count("<svg") >= 2


def test_files_come_and_go_out(staff: User) -> None:
    with as_(staff):
        row = made(staff, BRANDS)
    client = client_of(staff)
    papers = reverse("base:paper-add", args=[BRANDS, row.pk])
    assert "请选择文件" in text(client.post(papers, {}, follow=True))
    assert "这里不收" in text(
        client.post(papers, {"file": SimpleUploadedFile("a.html", b"<html>")}, follow=True)
    )
    client.post(papers, {"file": SimpleUploadedFile("证书.png", PNG)})
    kept = attachments(REGISTERS[BRANDS].subject(row))[0]
    answer = client.get(reverse("base:paper", args=[BRANDS, row.pk, kept.id]))
    assert b"".join(answer.streaming_content) == PNG and "no-store" in answer.headers["Cache-Control"]  # type: ignore[attr-defined]
    assert client.get(reverse("base:paper", args=[DOCUMENTS, row.pk, kept.id])).status_code == 404


def test_addresses_of_nothing_are_not_found(staff: User) -> None:
    client = client_of(staff)
    for url in (
        "/base/none/",
        "/base/none/new/",
        "/base/patents/999/",
        "/base/none/1/",
        "/base/patents/99999999999999999999/",
    ):
        assert client.get(url).status_code == 404, url
    assert client.get("/base/patents/", {"state": "x", "year": "abc", "kind": "y"}).status_code == 200


def test_an_empty_base_says_what_to_do(staff: User) -> None:
    page = text(client_of(staff).get(reverse("base:overview")))
    assert "还没有专利和品牌" in page and "还没有平台项目" in page


def test_who_is_outside_sees_nothing(staff: User) -> None:
    with as_(staff):
        row = made(staff, PATENTS)
    client = client_of(person(Role.MER))
    for url in (reverse("base:overview"), "/base/patents/", record_url(PATENTS, row), "/api/v1/base/patents"):
        assert client.get(url).status_code == 403, url
    auditor = client_of(person(Role.AUD))
    assert auditor.get(record_url(PATENTS, row)).status_code == 200
    assert auditor.get(reverse("base:new", args=[PATENTS])).status_code == 403


def test_programs_register_find_and_open(staff: User) -> None:
    client = client_of(staff)
    words = {name: str(value) if name != "public" else value for name, value in wish(DOCUMENTS).items()}

    def post(url: str, body: dict[str, Any], key: str = "") -> Any:
        headers = {"Idempotency-Key": key} if key else {}
        return client.post(url, json.dumps(body), content_type="application/json", headers=headers)

    first = post("/api/v1/base/documents", words, "k1")
    assert first.status_code == 200 and first.json()["state"] == "in_force"
    assert post("/api/v1/base/documents", words, "k1").json() == first.json()
    assert post("/api/v1/base/documents", words).status_code in (409, 422)
    assert post("/api/v1/base/patents", words | {"kind": "design"}).status_code == 422
    assert post("/api/v1/base/none", words).status_code == 422
    assert post("/api/v1/base/documents", words | {"number": "a\0b"}).status_code == 422
    found = client.get("/api/v1/base/documents", {"q": "扶持", "state": "in_force", "year": 0}).json()
    assert found["total"] == 1 and found["items"][0]["values"]["issued_on"] == words["issued_on"]
    one = client.get(f"/api/v1/base/documents/{first.json()['id']}").json()
    assert one["findings"] == [] and one["milestones"] == []
    assert client.get("/api/v1/base/documents/999999").status_code == 404
    assert client.get("/api/v1/base/documents", {"kind": "\0"}).status_code == 422


def test_as_many_queries_for_any_size(staff: User, django_assert_max_num_queries: Any) -> None:
    with as_(staff):
        for number in range(30):
            row = made(staff, PATENTS, number=f"p{number}")
    client = client_of(staff)
    for url in ("/base/patents/", "/base/", record_url(PATENTS, row)):
        with django_assert_max_num_queries(40):
            assert client.get(url).status_code == 200
