"""The pages of filing without JavaScript: four steps, the list, the queue, one's own; query counts do not grow with rows."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from trade_made_filing import PNG, approved, drafted, merchant_form, stalls, submitted
from trade_people import person
from youju.foundation.identity.roles import Role
from youju.foundation.kernel.context import reaching_all
from youju.trade.parties.models import Party

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _reach() -> Any:
    with reaching_all():
        yield


@pytest.fixture
def merchant() -> Any:
    return person(Role.MER, "HONG")


@pytest.fixture
def staff() -> Any:
    return person(Role.STF)


def of(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def text(answer: Any, status: int = 200) -> str:
    assert answer.status_code == status, answer.content.decode()[:500]
    return answer.content.decode()


def base_of(page: str) -> str:
    return page.split('name="base" value="', 1)[1].split('"', 1)[0]


def test_a_merchant_files_by_the_buttons_alone(merchant: Any, staff: Any) -> None:
    stalls()
    client = of(merchant)
    assert "还没有备案" in text(client.get("/parties/own/"))
    assert "请至少选一种" in text(client.post("/parties/new/", {"name": "红运箱包"}), 422)
    answer = client.post("/parties/new/", {"name": "红运箱包", "roles": ["merchant"]})
    fields = answer["Location"]
    page = text(client.get(fields))
    # Not scolded for what was never asked, but shown as required.
    assert "没有填写" not in page
    assert "和道国际箱包交易中心" in page
    form = merchant_form(phone="123")
    answer = client.post(fields, {**form, "base": base_of(page), "act": "next"})
    page = text(client.get(answer["Location"]))
    assert "联系电话的写法不对" in page
    # A number is kept and never comes back.
    assert form["resident_id"] not in page
    assert "已填 130***********" in page
    answer = client.post(
        fields, {**form, "phone": "13800000001", "resident_id": "", "base": base_of(page), "act": "next"}
    )
    assert answer["Location"].endswith("/papers/")
    party = Party.objects.get()
    papers = f"/parties/{party.pk}/papers/"
    assert "请选择材料种类" in text(client.post(papers, {}), 422)
    for kind in ("business_license", "identity_card", "stall_lease"):
        file = SimpleUploadedFile("照片.png", PNG)
        assert client.post(papers, {"kind": kind, "file": file, "valid_to": "2099-01-01"}).status_code == 302
    script = SimpleUploadedFile("a.html", b"<script>1</script>")
    assert "不收" in text(client.post(papers, {"kind": "other", "file": script}), 422)
    check = text(client.get(f"/parties/{party.pk}/edit/check/"))
    assert "检查通过，可以提交" in check
    answer = client.post(f"/parties/{party.pk}/submit/", {"state": "draft"})
    page = text(client.get(answer["Location"]))
    assert "已提交" in page
    assert "办理详情" not in page  # a page that parties may not open
    # The staff: the queue, the paper, sent back with a reason.
    inside = of(staff)
    assert "红运" in text(inside.get("/parties/queue/")) or "示例箱包商行1" in text(
        inside.get("/parties/queue/")
    )
    paper = inside.get(f"/parties/{party.pk}/papers/{party.papers.first().pk}/")
    assert b"".join(paper.streaming_content) == PNG
    assert (paper.status_code, paper["Cache-Control"]) == (200, "no-store, private")
    step = f"/parties/{party.pk}/step/"
    assert (
        inside.post(
            step, {"transition": "return", "state": "submitted", "reason": "地址写到门牌"}
        ).status_code
        == 302
    )
    page = text(client.get(fields))
    assert "地址写到门牌" in page
    assert "补正" in text(client.get("/parties/own/"))
    client.post(fields, {**form, "phone": "", "address": "富强路 9 号", "base": base_of(page), "act": "next"})
    client.post(f"/parties/{party.pk}/submit/", {"state": "returned"})
    for transition, state in (("accept", "submitted"), ("approve", "reviewing")):
        assert inside.post(step, {"transition": transition, "state": state}).status_code == 302
    assert "备案号 ZC" in text(client.get(f"/parties/{party.pk}/"))
    # Somebody who looked at an older page is told so.
    assert inside.post(step, {"transition": "approve", "state": "reviewing"}).status_code == 409


def test_a_barred_filing_says_what_and_where(merchant: Any) -> None:
    party = drafted(merchant, merchant_form(credit_code="92130684MA0EXAMPL6"), papers=())
    client = of(merchant)
    page = text(client.post(f"/parties/{party.pk}/submit/", {"state": "draft"}), 422)
    assert "还不能提交" in page
    assert "PTY-005" in page
    assert f"/parties/{party.pk}/edit/fields/?check=1#id_credit_code" in page


def test_the_form_keeps_itself_and_refuses_a_stale_one(merchant: Any) -> None:
    party = drafted(merchant, papers=())
    client = of(merchant)
    keep = f"/parties/{party.pk}/keep/"
    answer = client.post(keep, {"base": "2", "address": "富强路 2 号"})
    assert (answer.status_code, answer.json()["version"]) == (200, 3)
    assert client.post(keep, {"base": "2", "address": "富强路 3 号"}).status_code == 409
    page = text(
        client.post(f"/parties/{party.pk}/edit/fields/", {"base": "2", "address": "富强路 4 号"}), 409
    )
    # What was typed stays, and pressing again takes it.
    assert "富强路 4 号" in page
    assert base_of(page) == "3"
    assert client.post(keep, {"base": "¹", "address": "x"}).status_code == 409
    assert client.get(f"/parties/{party.pk}/edit/nothing/").status_code == 404
    assert client.post(f"/parties/{party.pk}/discard/").status_code == 302
    assert not Party.objects.exists()


def test_a_draft_is_not_the_centres_to_write(merchant: Any, staff: Any) -> None:
    party = submitted(merchant)
    assert of(staff).get(f"/parties/{party.pk}/edit/fields/").status_code == 403
    assert of(merchant).get(f"/parties/{party.pk}/edit/fields/").status_code == 409


def test_many_at_once_from_the_queue(staff: Any) -> None:
    keys = [submitted(person(Role.MER, f"M{n}"), merchant_form(n)).pk for n in (1, 2)]
    client = of(staff)
    assert client.post("/parties/queue/steps/", {"transition": "accept", "party": keys}).status_code == 302
    assert "已受理 2 份" in text(client.get("/parties/queue/"))
    assert client.post("/parties/queue/steps/", {"transition": "cancel", "party": keys}).status_code == 422
    assert client.post("/parties/queue/steps/", {"transition": "approve", "party": ["x"]}).status_code == 422
    assert "审核中" in text(client.get("/parties/queue/?only=soon&state=reviewing"))
    assert "没有" in text(client.get("/parties/queue/?only=late"))


def test_the_lists_filter_sort_and_export(staff: Any) -> None:
    approved(person(Role.MER, "M1"), staff)
    submitted(person(Role.MER, "M2"), merchant_form(2))
    client = of(staff)
    page = text(client.get("/parties/?state=approved&role=merchant&text=白沟"))
    assert ("示例箱包商行1" in page, "示例箱包商行2" in page) == (True, False)
    assert "示例箱包商行1" in text(client.get("/parties/?text=ZC&sort=valid_to"))
    for ends in ("soon", "over"):
        assert "示例箱包商行1" not in text(client.get(f"/parties/?ends={ends}"))
    content = b"".join(client.get("/parties/?export=csv").streaming_content).decode()
    assert "138" not in content
    assert content.count("示例箱包商行") == 2
    assert text(of(person(Role.AUD)).get("/parties/"))


def _queries(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert client.get(address).status_code == 200
    return len(seen)


@pytest.mark.parametrize("address", ["/parties/", "/parties/queue/"])
def test_query_counts_do_not_grow_with_rows(staff: Any, address: str) -> None:
    client = of(staff)
    submitted(person(Role.MER, "M1"))
    few = _queries(client, address)
    for number in range(2, 6):
        submitted(person(Role.MER, f"M{number}"), merchant_form(number))
    assert _queries(client, address) == few
    assert few < 20
