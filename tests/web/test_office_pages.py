"""Pages of tasks and contracts: each opens, says what is wrong beside its field, and does what its button says."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from office_made import PNG, contract, deliverable, dispute, finished, request, task, today
from trade_people import as_, person
from youju.foundation.identity.models import User
from youju.foundation.identity.roles import Role
from youju.foundation.kernel.context import reaching_all
from youju.office.contracts.models import Contract, Deliverable
from youju.office.tasks.models import Mediation, Task

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


def read(answer: Any) -> bytes:
    """A streamed answer to its end; closing it instead would close the test's connection."""
    return b"".join(answer.streaming_content)


def text(answer: Any) -> str:
    return (read(answer) if answer.streaming else answer.content).decode()


def test_list_board_and_month_show_a_task_and_empty_ones_say_what_to_do(staff: User) -> None:
    client = client_of(staff)
    assert "还没有任务" in text(client.get(reverse("tasks:list")))
    assert "没有。" in text(client.get(reverse("tasks:board")))
    assert "没有到期的任务" in text(client.get(reverse("tasks:calendar"), {"month": "2023-06"}))
    with as_(staff):
        row = task(staff, title="统计月报", tags=("统计",))
    for name in ("list", "board", "calendar"):
        answer = client.get(reverse(f"tasks:{name}"), {"month": f"{row.due_on:%Y-%m}", "tag": "统计"})
        assert "统计月报" in text(answer), name
        assert "统计月报" not in text(
            client.get(reverse(f"tasks:{name}"), {"tag": "别的", "month": "bad"})
        ), name


def test_the_list_goes_out_as_csv_and_xlsx(staff: User) -> None:
    with as_(staff):
        row = task(staff, title="=统计月报")
    answer = client_of(staff).get(reverse("tasks:list"), {"export": "csv"})
    lines = text(answer)
    assert row.number in lines and "'=统计月报" in lines and "共 1 行" in lines
    assert read(client_of(staff).get(reverse("contracts:list"), {"export": "xlsx"})).startswith(b"PK")


def test_planned_on_a_form_that_says_what_is_wrong(staff: User, head: User) -> None:
    client, url = client_of(staff), reverse("tasks:new")
    assert "安排任务" in text(client.get(url))
    form = {
        "kind": "training", "title": "政策宣讲", "due_on": "2023-03-31", "every": "quarter", "until": "2023-12-31",
        "person": staff.username, "acceptor": staff.username, "tags": "培训、宣传", "section": "WM", "details": "", "project": "",
    }  # fmt: skip
    refused = client.post(url, form)
    assert refused.status_code == 422 and "TSK-002" in text(refused)
    assert "这一栏必填" in text(client.post(url, form | {"title": ""}))
    assert "排到哪一天" in text(client.post(url, form | {"until": "", "acceptor": head.username}))
    answer = client.post(url, form | {"acceptor": head.username}, follow=True)
    assert "已安排 4 件任务" in text(answer) and "每季度，共 4 次" in text(answer)
    with reaching_all():
        assert Task.objects.filter(tags__contains=["宣传"]).count() == 4


def test_from_begin_to_acceptance_with_evidence(staff: User, head: User) -> None:
    with as_(staff):
        row = task(staff, person=staff.username)
    client, page = client_of(staff), reverse("tasks:task", args=[row.pk])
    step = reverse("tasks:step", args=[row.pk])
    board = reverse("tasks:board")
    assert (
        client.post(step, {"transition": "begin", "state": "planned", "back": board}).headers["Location"]
        == board
    )
    refused = client.post(step, {"transition": "finish", "state": "under_way", "note": "办完了"})
    assert refused.status_code == 422 and "TSK-003" in text(refused)
    evidence = reverse("tasks:evidence", args=[row.pk])
    assert client.post(evidence, {}).status_code == 422
    bad = client.post(evidence, {"file": SimpleUploadedFile("a.html", b"<html><script>1</script></html>")})
    assert bad.status_code == 422 and "这里不收" in text(bad)
    client.post(evidence, {"file": SimpleUploadedFile("签到表.png", PNG)})
    assert "签到表.png" in text(client.get(page))
    client.post(step, {"transition": "finish", "state": "under_way", "note": "办完了"})
    assert "须由不同的人办理" in text(client.get(page))
    done = client_of(head).post(step, {"transition": "accept", "state": "done"}, follow=True)
    assert "已验收" in text(done)
    file = client.get(reverse("tasks:file", args=[row.pk, _first_file(row)]))
    assert file.headers["Content-Type"] == "image/png" and read(file) == PNG


def _first_file(row: Task) -> int:
    from youju.foundation.files.selectors import attachments
    from youju.office.tasks.events import subject_of

    return attachments(subject_of(row))[0].id


def test_sent_back_to_an_address_of_ours_only(staff: User) -> None:
    with as_(staff):
        row = task(staff)
    step = reverse("tasks:step", args=[row.pk])
    answer = client_of(staff).post(step, {"transition": "begin", "back": "//evil.example/"})
    assert answer.headers["Location"] == reverse("tasks:task", args=[row.pk])


def test_changed_and_handed_over(staff: User, head: User) -> None:
    with as_(staff):
        row = task(staff, person=staff.username)
    client, url = client_of(staff), reverse("tasks:edit", args=[row.pk])
    assert row.title in text(client.get(url))
    later = row.due_on + timedelta(days=7)
    form = {
        "title": "改过的事项",
        "due_on": later.isoformat(),
        "revision": "0",
        "tags": "",
        "section": "",
        "acceptor": "",
    }
    refused = client.post(url, form)
    assert refused.status_code == 422 and "推迟期限须写明理由" in text(refused)
    assert "已保存" in text(client.post(url, form | {"reason": "资料没到"}, follow=True))
    assert client.post(url, form | {"reason": "再推"}).status_code == 409
    hand = reverse("tasks:hand", args=[row.pk])
    assert client.post(hand, {"to": head.username, "reason": ""}).status_code == 422
    assert f"已转给{head.display_name}" in text(
        client.post(hand, {"to": head.username, "reason": "出差"}, follow=True)
    )


def test_an_enterprise_brings_follows_and_adds_to_its_own(merchant: User, staff: User) -> None:
    client = client_of(merchant)
    assert "还没有提出过" in text(client.get(reverse("tasks:own")))
    url = reverse("tasks:own-new", args=["dispute"])
    assert "对方名称" in text(client.get(url))
    form = {
        "topic": "payment", "title": "货款拖欠", "details": "两个月", "other_side": merchant.organisation.name,
        "contact_name": "许红", "contact_phone": "154000", "amount": "abc",
    }  # fmt: skip
    refused = client.post(url, form)
    assert refused.status_code == 422 and "请填电话号码" in text(refused) and "请填数字" in text(refused)
    form |= {"contact_phone": "15400000001", "amount": "86000.00"}
    assert "TSK-007" in text(client.post(url, form))
    made = text(client.post(url, form | {"other_side": "某贸易公司"}, follow=True))
    assert "已提出，编号 JF" in made and "86,000.00" in made and "15400000001" not in made
    with reaching_all():
        row = Task.objects.get()
    client.post(reverse("tasks:own-attach", args=[row.pk]), {"file": SimpleUploadedFile("合同.png", PNG)})
    page = text(client.get(reverse("tasks:own-one", args=[row.pk])))
    assert "合同.png" in page and "已提出，等待办理" in page
    file = client.get(reverse("tasks:own-file", args=[row.pk, _first_file(row)]))
    assert read(file) == PNG
    other = client_of(person(Role.AGT))
    assert other.get(reverse("tasks:own-one", args=[row.pk])).status_code == 404
    assert client.get(reverse("tasks:own-new", args=["work"])).status_code == 404
    inside = client_of(staff)
    mediate = reverse("tasks:mediate", args=[row.pk])
    assert inside.post(mediate, {"held_on": "2000-01-01", "text": "约见", "shown": "on"}).status_code == 422
    inside.post(mediate, {"held_on": today().isoformat(), "text": "约见双方", "shown": "on"})
    with reaching_all():
        assert Mediation.objects.get().text == "约见双方"
    assert "约见双方" in text(client.get(reverse("tasks:own-one", args=[row.pk])))
    contact = inside.post(reverse("tasks:contact", args=[row.pk]))
    assert "15400000001" in text(contact) and "no-store" in contact.headers["Cache-Control"]


def test_a_request_is_received_at_the_counter_and_answered(staff: User) -> None:
    client, url = client_of(staff), reverse("tasks:receive", args=["request"])
    form = {
        "topic": "truck",
        "title": "集卡排队",
        "details": "两天",
        "contact_name": "老王",
        "contact_phone": "15400000002",
    }
    assert client.post(url, form).status_code == 422
    assert "已受理，编号 SQ" in text(client.post(url, form | {"applicant": "某货代"}, follow=True))
    with reaching_all():
        row = Task.objects.get()
    step = reverse("tasks:step", args=[row.pk])
    client.post(step, {"transition": "begin"})
    refused = client.post(step, {"transition": "finish", "outcome": "met", "result": ""})
    assert refused.status_code == 422 and "TSK-009" in text(refused)
    assert "待验收" in text(
        client.post(step, {"transition": "finish", "outcome": "met", "result": "已约到"}, follow=True)
    )


def test_a_contract_from_registration_to_acceptance(staff: User, head: User) -> None:
    client = client_of(staff)
    assert "还没有合同" in text(client.get(reverse("contracts:list")))
    day = today()
    form = {
        "number": "GMZX-001", "title": "法律顾问合同", "party": "某律师事务所", "party_code": "X", "amount": "50000.00",
        "signed_on": day.isoformat(), "valid_from": day.isoformat(), "valid_to": (day - timedelta(days=1)).isoformat(),
        "tags": "法律顾问",
    }  # fmt: skip
    refused = client.post(reverse("contracts:new"), form)
    assert refused.status_code == 422 and "应为 18 位" in text(refused)
    form |= {"party_code": ""}
    assert "CON-001" in text(client.post(reverse("contracts:new"), form))
    form |= {"valid_to": (day + timedelta(days=20)).isoformat()}
    made = text(client.post(reverse("contracts:new"), form, follow=True))
    assert "已登记" in made and "CON-006" in made
    assert "已有编号" in text(client.post(reverse("contracts:new"), form))
    row = Contract.objects.get()
    page = reverse("contracts:contract", args=[row.pk])
    part = {"title": "季度报告", "due_on": day.isoformat(), "price": "60000"}
    too_dear = client.post(reverse("contracts:deliverable-add", args=[row.pk]), part)
    assert too_dear.status_code == 422 and "CON-003" in text(too_dear)
    assert not Deliverable.objects.exists()
    client.post(reverse("contracts:deliverable-add", args=[row.pk]), part | {"price": "12500"})
    client.post(
        reverse("contracts:instalment-add", args=[row.pk]),
        {"due_on": day.isoformat(), "amount": "12500", "after": "1", "note": ""},
    )
    client.post(
        reverse("contracts:opinion-add", args=[row.pk]),
        {"given_on": day.isoformat(), "title": "合法性审查", "counsel": "李律师", "hours": "2.5"},
    )
    client.post(reverse("contracts:paper-add", args=[row.pk]), {"file": SimpleUploadedFile("合同.png", PNG)})
    seen = text(client.get(page))
    assert all(word in seen for word in ("季度报告", "12,500.00", "李律师", "2.5", "合同.png"))
    for name in ("deliverables", "due"):
        assert "季度报告" in text(client.get(reverse(f"contracts:{name}")))
    made_part = Deliverable.objects.get()
    one = reverse("contracts:deliverable", args=[made_part.pk])
    step = reverse("contracts:deliverable-step", args=[made_part.pk])
    tomorrow = (day + timedelta(days=1)).isoformat()
    assert client.post(step, {"transition": "deliver", "on": tomorrow}).status_code == 422
    client.post(step, {"transition": "deliver", "on": day.isoformat()})
    assert "须由不同的人办理" in text(client.get(one))
    other = client_of(head)
    assert "未通过" in text(other.post(step, {"transition": "refuse", "reason": "缺附件"}, follow=True))
    client.post(step, {"transition": "deliver", "on": day.isoformat()})
    assert "已验收" in text(other.post(step, {"transition": "accept"}, follow=True))
    sheet = client.post(reverse("contracts:sheet-make", args=[made_part.pk]), follow=True)
    assert "验收单" in text(sheet)
    end = client.post(reverse("contracts:end", args=[row.pk]), {"ended_on": day.isoformat(), "reason": ""})
    assert end.status_code == 422
    client.post(reverse("contracts:end", args=[row.pk]), {"ended_on": day.isoformat(), "reason": "提前完成"})
    assert "已终止" in text(client.get(page))


def test_edit_of_a_contract_refuses_what_was_changed_meanwhile(staff: User) -> None:
    with as_(staff):
        row = contract(staff)
        deliverable(staff, row)
    client, url = client_of(staff), reverse("contracts:edit", args=[row.pk])
    assert row.number in text(client.get(url))
    form = {
        "number": row.number, "title": "改过的名称", "party": row.party, "amount": "50000.00",
        "signed_on": row.signed_on.isoformat(), "valid_from": row.valid_from.isoformat(),
        "valid_to": row.valid_to.isoformat(), "revision": "0", "tags": "法律顾问",
    }  # fmt: skip
    assert "已保存" in text(client.post(url, form, follow=True))
    assert client.post(url, form | {"title": "又改"}).status_code == 409


def test_who_is_outside_sees_neither_tasks_nor_contracts(merchant: User, staff: User) -> None:
    with as_(staff):
        row = finished(staff, task(staff))
    with as_(merchant):
        own = dispute(merchant), request(merchant)
    client = client_of(merchant)
    for url in (reverse("tasks:list"), reverse("contracts:list"), reverse("tasks:task", args=[row.pk])):
        assert client.get(url).status_code == 403
    assert all(each.number in text(client.get(reverse("tasks:own"))) for each in own)
