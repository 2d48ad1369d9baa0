"""Pages and API of events: each opens, says what is wrong, and does what its button says; queries do not grow."""

from __future__ import annotations

import io
import json
import uuid
from datetime import timedelta
from typing import Any

import pyarrow.parquet as pq
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from events_made import (
    application,
    begun,
    event,
    let_in,
    prospect,
    published,
    running,
    session,
    signed_up,
    today,
)
from office_made import PNG
from trade_people import as_, person
from youju.foundation.identity.models import User
from youju.foundation.identity.roles import Role
from youju.foundation.jobs.running import work_off
from youju.foundation.kernel.context import reaching_all
from youju.office.events import services
from youju.office.events.models import Application, Attendance, Deal, Event, Prospect, Signup

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff() -> User:
    return person(Role.STF)


@pytest.fixture
def head() -> User:
    return person(Role.HED)


@pytest.fixture
def merchant() -> User:
    return person(Role.MER)


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def text(answer: Any) -> str:
    return (b"".join(answer.streaming_content) if answer.streaming else answer.content).decode()


def png(name: str = "现场.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, PNG)


def test_empty_pages_say_what_to_do(staff: User, merchant: User) -> None:
    client = client_of(staff)
    assert "还没有活动" in text(client.get(reverse("events:list")))
    assert "2023 年没有活动" in text(client.get(reverse("events:calendar"), {"year": "2023"}))
    assert "还没有可以画的数据" in text(client.get(reverse("events:figures"), {"year": "bad"}))
    for part in ("signups", "deals", "prospects", "applications", "attendance"):
        assert "还没有" in text(client.get(reverse("events:parts", args=[part]))), part
    assert client.get(reverse("events:parts", args=["else"])).status_code == 404
    assert client.get(reverse("events:new", args=["party"])).status_code == 404
    outside = client_of(merchant)
    assert "现在没有可以报名的活动" in text(outside.get(reverse("events:own")))
    assert "还没有报过名" in text(outside.get(reverse("events:own-mine")))


def test_entered_on_a_form_that_says_what_is_wrong(staff: User) -> None:
    client, url = client_of(staff), reverse("events:new", args=["exhibition"])
    assert "英文名称" in text(client.get(url))
    assert "展位或名额" not in text(client.get(reverse("events:new", args=["recruitment"])))
    form = {"name": "第 135 届广交会", "country": "CN", "starts_on": "2024-05-05", "ends_on": "2024-05-01"}
    refused = client.post(url, form)
    assert refused.status_code == 422 and "EVT-001" in text(refused)
    assert "这一栏必填" in text(client.post(url, form | {"name": ""}))
    assert "太早或太远" in text(client.post(url, form | {"starts_on": "1999-01-01"}))
    made = client.post(url, form | {"ends_on": "2024-05-09", "places": "3", "budget": "1000"}, follow=True)
    assert "已登记，编号 ZH2024-001" in text(made) and "发布以后企业才能报名" in text(made)
    with reaching_all():
        row = Event.objects.get()
    edit = reverse("events:edit", args=[row.pk])
    assert "第 135 届广交会" in text(client.get(edit))
    again = form | {"ends_on": "2024-05-08", "revision": "0", "places": "4"}
    assert "EVT-001" in text(client.post(edit, again | {"ends_on": "2024-01-01"}))
    assert "已保存" in text(client.post(edit, again, follow=True))
    assert client.post(edit, again | {"places": "5"}).status_code == 409


def test_from_publishing_to_acceptance_on_the_page(staff: User, head: User) -> None:
    with as_(staff):
        row = event(staff, starts_on=today())
    client, page = client_of(staff), reverse("events:event", args=[row.pk])
    step = reverse("events:step", args=[row.pk])
    assert "发布" in text(client.get(page))
    assert "进行中" in text(client.post(step, {"transition": "publish", "state": "planned"}, follow=True))
    stale = client.post(step, {"transition": "publish", "state": "planned"}, follow=True)
    assert "刚被" in text(stale) or "不能" in text(stale) or "已经" in text(stale)
    assert "这一栏必填" in text(client.post(step, {"transition": "report", "note": ""}, follow=True))
    assert "须附文件" in text(client.post(step, {"transition": "report", "note": "顺利"}, follow=True))
    attach = reverse("events:attach", args=[row.pk])
    assert "请选择文件" in text(client.post(attach, {"role": "report"}, follow=True))
    assert "已上传" in text(client.post(attach, {"role": "report", "file": png()}, follow=True))
    client.post(step, {"transition": "report", "note": "没有企业报名", "state": "under_way"})
    assert "须由不同的人办理" in text(client.get(page))
    done = client_of(head).post(step, {"transition": "accept", "state": "reported"}, follow=True)
    assert "已办结" in text(done) and "没有企业报名" in text(done)
    name = "现场.png"
    shown = text(client.get(page))
    assert name in shown
    file = shown.split(f"/events/{row.pk}/files/")[1].split("/")[0]
    answer = client.get(reverse("events:file", args=[row.pk, int(file)]))
    assert answer["Content-Type"] == "image/png" and "no-store" in answer["Cache-Control"]
    assert b"".join(answer.streaming_content) == PNG
    assert client.get(reverse("events:file", args=[row.pk, 999_999])).status_code == 404
    assert "正在生成小结" in text(client.post(reverse("events:summary-make", args=[row.pk]), follow=True))
    work_off()
    link = text(client.get(page)).split("/events/summaries/")[1].split("/")[0]
    word = client.get(f"/events/summaries/{link}/")
    assert b"".join(word.streaming_content).startswith(b"PK")


def test_costs_on_the_page(staff: User) -> None:
    with as_(staff):
        row = running(staff)
    client, add = client_of(staff), reverse("events:cost-add", args=[row.pk])
    form = {
        "kind": "booth",
        "amount": "98000.00",
        "spent_on": today().isoformat(),
        "reference": "ZF2023-00012",
    }
    assert "请填数字" in text(client.post(add, form | {"amount": "许多"}, follow=True))
    made = text(client.post(add, form, follow=True))
    assert "已登记这笔费用" in made and "98,000.00" in made
    with reaching_all():
        cost = row.costs.get()
    gone = client.post(reverse("events:cost-remove", args=[row.pk, cost.pk]), follow=True)
    assert "已删去这笔费用" in text(gone)


def test_an_enterprise_signs_up_waits_takes_back_and_sees_no_other(
    staff: User, merchant: User, head: User
) -> None:
    with as_(staff):
        row, hidden = published(staff, places=1), event(staff, name="还没发布的")
    client, url = client_of(merchant), reverse("events:own-event", args=[row.pk])
    assert row.name in text(client.get(reverse("events:own"))) and "报名" in text(client.get(url))
    assert client.get(reverse("events:own-event", args=[hidden.pk])).status_code == 404
    up = reverse("events:own-signup", args=[row.pk])
    form = {"wanted": "1", "contact_name": "许红", "contact_phone": "154"}
    refused = client.post(up, form)
    assert refused.status_code == 422 and "请填电话号码" in text(refused)
    form |= {"contact_phone": "15400000001"}
    many = client.post(up, form | {"wanted": "9"})
    assert many.status_code == 422 and "EVT-016" in text(many)
    assert "已报名" in text(client.post(up, form, follow=True))
    assert "15400000001" not in text(client.get(url))
    other = client_of(person(Role.AGT))
    assert "已满，可以候补" in text(other.get(reverse("events:own-event", args=[row.pk])))
    assert "排入候补" in text(other.post(up, form, follow=True))
    with reaching_all():
        mine = Signup.objects.get(organisation=merchant.organisation_id)
        others = Signup.objects.exclude(pk=mine.pk).get()
    assert client.post(reverse("events:own-withdraw", args=[others.pk])).status_code == 404
    inside = client_of(staff)
    page = reverse("events:signup", args=[mine.pk])
    assert "待审核" in text(inside.get(page))
    step = reverse("events:signup-step", args=[mine.pk])
    assert "须写明理由" in text(inside.post(step, {"transition": "refuse"}, follow=True))
    assert "已通过" in text(inside.post(step, {"transition": "approve", "state": "applied"}, follow=True))
    booth = reverse("events:signup-booth", args=[mine.pk])
    assert "18.1D01" in text(inside.post(booth, {"booth": "18.1D01"}, follow=True))
    contact = inside.post(reverse("events:signup-contact", args=[mine.pk]))
    assert "15400000001" in text(contact) and "no-store" in contact["Cache-Control"]
    assert client_of(head).get(page).status_code == 200
    assert "18.1D01" in text(client.get(url))
    gone = client.post(reverse("events:own-withdraw", args=[mine.pk]), {"state": "approved"}, follow=True)
    assert "已撤回报名" in text(gone)
    assert "待审核" in text(other.get(reverse("events:own-mine")))


def test_orders_won_from_the_phone_to_the_desk(staff: User, merchant: User) -> None:
    with as_(staff):
        row = running(staff)
    with as_(merchant):
        signup = signed_up(merchant, row)
    with as_(staff):
        let_in(staff, signup)
    client, declare = client_of(merchant), reverse("events:own-declare", args=[signup.pk])
    form = {"won_on": today().isoformat(), "amount": "386000", "country": "AE", "buyer": "示例采购商"}
    late = form | {"won_on": (today() + timedelta(days=1)).isoformat()}
    refused = client.post(declare, late)
    assert refused.status_code == 422 and "EVT-015" in text(refused)
    assert "已申报这笔成交" in text(client.post(declare, form, follow=True))
    with reaching_all():
        made = Deal.objects.get()
    inside, decide = client_of(staff), reverse("events:deal-decide", args=[made.pk])
    assert "还没有证明" in text(inside.get(reverse("events:deal", args=[made.pk])))
    assert "EVT-008" in text(inside.post(decide, {"decision": "confirm"}, follow=True))
    prove = reverse("events:own-prove", args=[made.pk])
    assert "已上传证明" in text(client.post(prove, {"file": png("合同.png")}, follow=True))
    own = text(client.get(reverse("events:own-deal", args=[made.pk])))
    assert "合同.png" in own
    file = int(own.split(f"/deals/{made.pk}/files/")[1].split("/")[0])
    assert text_of(client.get(reverse("events:own-proof", args=[made.pk, file]))) == PNG
    assert text_of(inside.get(reverse("events:deal-proof", args=[made.pk, file]))) == PNG
    assert client_of(person(Role.AGT)).get(reverse("events:own-deal", args=[made.pk])).status_code == 404
    assert "须写明理由" in text(inside.post(decide, {"decision": "refuse", "reason": ""}, follow=True))
    assert "已核实" in text(inside.post(decide, {"decision": "confirm"}, follow=True))
    assert "386,000.00" in text(inside.get(reverse("events:event", args=[row.pk])))
    assert "<svg" in text(inside.get(reverse("events:figures")))
    add = reverse("events:deal-add", args=[signup.pk])
    assert "由别人核实" in text(inside.post(add, form | {"proof": png()}, follow=True))
    assert "请上传" not in text(inside.get(reverse("events:parts", args=["deals"])))


def text_of(answer: Any) -> bytes:
    return b"".join(answer.streaming_content)


def test_written_down_by_staff_and_waiting_when_full(staff: User) -> None:
    with as_(staff):
        row = published(staff, places=1)
    client, add = client_of(staff), reverse("events:signup-add", args=[row.pk])
    form = {"firm": "某商行", "wanted": "1"}
    assert "已登记报名" in text(client.post(add, form, follow=True))
    assert "EVT-007" in text(client.post(add, form, follow=True))
    assert "候补" in text(client.post(add, form | {"firm": "另一家"}, follow=True))


def test_sessions_lists_and_the_code_in_the_room(staff: User, merchant: User) -> None:
    with as_(staff):
        row = running(staff, kind="training", places=9)
    client, add = client_of(staff), reverse("events:session-add", args=[row.pk])
    form = {"title": "政策宣讲", "held_on": today().isoformat(), "hours": "3.0", "speaker": "外贸服务科"}
    assert "不在活动期间" in text(client.post(add, form | {"held_on": "2020-01-01"}, follow=True))
    assert "已登记这一场" in text(client.post(add, form, follow=True))
    with reaching_all():
        held = row.sessions.get()
    page = reverse("events:session", args=[held.pk])
    shown = text(client.get(page))
    assert held.token in shown and "<svg" in shown and "名单还是空的" in shown
    people = reverse("events:session-people", args=[held.pk])
    assert "新列入 2 人" in text(client.post(people, {"firm": "某商行", "people": "甲、乙"}, follow=True))
    with reaching_all():
        first = Attendance.objects.get(person="甲")
    present = reverse("events:session-present", args=[held.pk])
    assert "到场 1 人" in text(client.post(present, {"present": [first.pk]}, follow=True))
    assert "到场 0 人" in text(client.post(present, {}, follow=True))
    with as_(merchant):
        signup = signed_up(merchant, row)
    code = reverse("events:check-in", args=[held.token])
    outside = client_of(merchant)
    assert "没有通过的报名" in text(outside.get(code))
    with as_(staff):
        let_in(staff, signup)
    assert "按报名新列入 1 人" in text(
        client.post(reverse("events:session-expected", args=[held.pk]), follow=True)
    )
    assert "许红已签到" in text(outside.post(code, {"person": "许红"}, follow=True))
    assert outside.get(reverse("events:check-in", args=["nothing"])).status_code == 404


def test_prospects_and_applications_step_by_step(staff: User) -> None:
    with as_(staff):
        recruitment, aeo = begun(staff, "recruitment"), begun(staff, "aeo")
    client, day = client_of(staff), today().isoformat()
    form = {"firm": "示例货代", "service": "freight", "contacted_on": day, "contact_phone": "15410000001"}
    add = reverse("events:prospect-add", args=[recruitment.pk])
    assert "已登记招商对象" in text(client.post(add, form, follow=True))
    assert "EVT-020" in text(client.post(add, form, follow=True))
    with reaching_all():
        row = Prospect.objects.get()
    page = reverse("events:prospect", args=[row.pk])
    assert "15410000001" not in text(client.get(page))
    step = reverse("events:prospect-step", args=[row.pk])
    assert "进展是“洽谈中”" in text(client.post(step, {"stage": "negotiating", "on": day}, follow=True))
    bad = text(client.post(step, {"stage": "landed", "on": day}, follow=True))
    assert "进展是" not in bad
    assert "15410000001" in text(client.post(reverse("events:prospect-contact", args=[row.pk])))
    add = reverse("events:application-add", args=[aeo.pk])
    assert "已登记企业" in text(client.post(add, {"firm": "某外贸公司", "intent_on": day}, follow=True))
    assert "18 位" in text(client.post(add, {"firm": "x", "firm_code": "1", "intent_on": day}, follow=True))
    with reaching_all():
        made = Application.objects.get()
    step = reverse("events:application-step", args=[made.pk])
    for stage in ("coaching", "assessed", "submitted"):
        client.post(step, {"stage": stage, "on": day})
    assert "EVT-019" in text(client.post(step, {"stage": "certified", "on": day}, follow=True))
    attach = reverse("events:application-attach", args=[made.pk])
    assert "证书.png" in text(client.post(attach, {"file": png("证书.png")}, follow=True))
    assert "通过认证" in text(client.post(step, {"stage": "certified", "on": day}, follow=True))
    shown = text(client.get(reverse("events:application", args=[made.pk])))
    file = int(shown.split(f"/applications/{made.pk}/files/")[1].split("/")[0])
    assert text_of(client.get(reverse("events:application-file", args=[made.pk, file]))) == PNG


def test_the_register_goes_out_as_csv_xlsx_and_parquet(staff: User, merchant: User) -> None:
    with as_(staff):
        row = published(staff, name="=第 135 届")
        other = begun(staff, "recruitment")
        prospect(staff, other)
        application(staff, begun(staff, "aeo"))
        services.expect_people(
            actor=staff,
            session_id=session(staff, running(staff, kind="training")).pk,
            firm="某商行",
            people=["甲"],
        )
    with as_(merchant):
        signed_up(merchant, row)
    client, url = client_of(staff), reverse("events:list")
    lines = text(client.get(url, {"export": "csv", "kind": "exhibition"}))
    assert "'=第 135 届" in lines and "共 1 行" in lines
    assert text_of(client.get(url, {"export": "xlsx"})).startswith(b"PK")
    answer = client.get(url, {"export": "parquet", "kind": "exhibition"})
    table = pq.ParquetFile(io.BytesIO(text_of(answer)))
    assert table.metadata.num_rows == 1 and table.metadata.metadata[b"youju.rows"] == b"1"
    assert client_of(merchant).get(url, {"export": "parquet"}).status_code == 403
    for part, count in (
        ("signups", 1),
        ("deals", 0),
        ("prospects", 1),
        ("applications", 1),
        ("attendance", 1),
    ):
        address = reverse("events:parts", args=[part])
        answer = client.get(address, {"export": "parquet"})
        assert pq.read_table(io.BytesIO(text_of(answer))).num_rows == count, part
        assert "共 0 行" in text(client.get(address, {"export": "csv", "text": "没有的"})), part


def test_lists_and_pages_take_as_many_queries_for_any_size(staff: User) -> None:
    with as_(staff):
        row = published(staff, places=None)
        services.write_down(actor=staff, event_id=row.pk, wish=services.SignupWish(firm="第 0 家"))
    client = client_of(staff)
    addresses = [
        reverse("events:list"),
        reverse("events:parts", args=["signups"]),
        reverse("events:calendar"),
        reverse("events:event", args=[row.pk]),
    ]

    def count(address: str) -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    before = [count(address) for address in addresses]
    with as_(staff):
        for number in range(1, 12):
            services.write_down(
                actor=staff, event_id=row.pk, wish=services.SignupWish(firm=f"第 {number} 家")
            )
            event(staff, name=f"第 {number} 届")
    after = [count(address) for address in addresses]
    assert all(late <= early for early, late in zip(before, after, strict=True)), (before, after)


def api(client: Client, method: str, path: str, body: Any = None) -> Any:
    given: dict[str, Any] = {}
    if body is not None:
        key = uuid.uuid4().hex
        given = {
            "data": json.dumps(body),
            "content_type": "application/json",
            "headers": {"Idempotency-Key": key},
        }
    return getattr(client, method)(f"/api/v1/events{path}", **given)


def test_the_api_finds_enters_and_opens(staff: User) -> None:
    client = client_of(staff)
    body = {
        "kind": "exhibition",
        "name": "第 135 届",
        "starts_on": "2024-05-01",
        "ends_on": "2024-05-05",
        "places": 3,
    }
    made = api(client, "post", "", body)
    assert made.status_code == 200, made.content
    one = made.json()
    assert one["number"] == "ZH2024-001" and "publish" in one["next"] and one["cost"] == "0"
    wrong = api(client, "post", "", body | {"ends_on": "2024-04-01"})
    assert wrong.status_code == 422 and "EVT-001" in wrong.content.decode()
    assert api(client, "post", "", body | {"name": "a\0b"}).status_code == 422
    found = api(client, "get", "?q=135&year=2024").json()
    assert found["total"] == 1 and found["items"][0]["id"] == one["id"]
    assert api(client, "get", f"/{one['id']}").json()["name"] == "第 135 届"
    assert api(client, "get", "/999999999").status_code == 404


def test_the_api_offers_and_signs_up(staff: User, merchant: User) -> None:
    with as_(staff):
        row = published(staff, places=1)
    client = client_of(merchant)
    offered = client.get("/api/v1/events/offered").json()
    assert [each["left"] for each in offered["items"]] == [1]
    body = {"contact_name": "许红", "contact_phone": "15400000001"}
    path = f"/offered/{row.pk}/signups"
    made = api(client, "post", path, body)
    assert made.status_code == 200 and made.json()["state"] == "applied"
    again = api(client, "post", path, body)
    assert again.status_code == 422 and "EVT-007" in again.content.decode()
    assert client.get("/api/v1/events/signups").json()["total"] == 1
    assert client.get("/api/v1/events/offered", {"q": "没有的"}).json()["total"] == 0
    assert client.get("/api/v1/events").status_code == 403
