"""Pages of the exchange: the board, one message, poison with its reason and the way back, customs' steps by hand."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from trade_made_sending import (
    ENTRY,
    START,
    imported,
    key_of,
    later,
    make_declarations,
    make_desk,
    receive,
    state_of,
    told,
)
from trade_people import as_, person
from youju.foundation.identity.roles import Role
from youju.foundation.jobs.running import work_off
from youju.foundation.kernel.context import reaching_all
from youju.trade.declarations import services
from youju.trade.declarations.models import Message
from youju.trade.declarations.services.replying import read_incoming
from youju.trade.declarations.web.exchange_panel import exchange_panel

pytestmark = pytest.mark.django_db
BOARD = "/declarations/exchange/"


@pytest.fixture(autouse=True)
def _reach() -> Iterator[None]:
    with reaching_all():
        yield


@pytest.fixture
def desk(tmp_path, monkeypatch):
    monkeypatch.setenv("YOUJU_EXCHANGE", str(tmp_path))
    return make_desk(tmp_path)


def enter(who) -> Client:
    client = Client()
    client.force_login(who)
    return client


def post(client: Client, address: str, **data) -> str:
    answer = client.post(address, data, follow=True)
    assert answer.status_code == 200, answer.content.decode()[:500]
    return answer.content.decode()


def text(client: Client, address: str, **data) -> str:
    answer = client.get(address, data)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_whole_way_by_forms(desk) -> None:
    (row,) = make_declarations(desk)
    here, agent, staff = f"/declarations/{key_of(row)}/", enter(desk.sender), enter(desk.staff)
    page = text(agent, f"{here}messages/")
    assert "发送申报" in page and "登记海关" not in page
    page = post(agent, f"{here}send/", revision="0")
    assert "已发送，正等海关的回执" in page and "待发送" in page and "报关单报文" in page
    assert "不能发送申报" in post(agent, f"{here}send/")
    work_off()
    page = text(staff, f"{here}messages/")
    assert "已发送，等回执" in page and "海关受理" in page and "放行" not in page.partition("<select")[2]
    assert "18 位数字" in post(staff, f"{here}customs/", step="accept", revision="1")
    assert "刚才有改动" in post(staff, f"{here}customs/", step="accept", entry_number=ENTRY, revision="0")
    page = post(
        staff, f"{here}customs/", step="accept", entry_number=ENTRY, revision="1", at="2026-11-01T08:00"
    )
    assert "现在的状态是“已受理”" in page and ENTRY in page and "抄错了" in page
    assert row.__class__.objects.get(pk=row.pk).accepted_at.isoformat() == "2026-11-01T00:00:00+00:00"
    page = post(staff, f"{here}entry-number/", entry_number="2" * 18, reason="抄错一位", revision="2")
    assert "已更正报关单号" in page and "2" * 18 in page
    assert "现在的状态是“已放行”" in post(staff, f"{here}customs/", step="release", revision="3")
    assert "办理结果" in post(staff, f"{here}customs/", step="nonsense", revision="4")
    assert "现在的状态是“已结关”" in post(staff, f"{here}customs/", step="export", revision="4")
    assert "登记海关" not in text(staff, f"{here}messages/")


def test_the_board_counts_filters_and_exports(desk) -> None:
    rows = make_declarations(desk, 3)
    with as_(desk.sender) as user:
        for row in rows:
            services.send_declaration(actor=user, key=key_of(row))
    services.exchange_round(desk.exchange, now=START)
    receive(imported(key_of(rows[0])))
    receive(told(key_of(rows[1]), "released"))
    staff = enter(desk.staff)
    page = text(staff, BOARD)
    assert all(key_of(row) in page for row in rows) and "等前面的回执" in page
    page = text(staff, BOARD, state="kept")
    assert key_of(rows[1]) in page and key_of(rows[2]) not in page and "前面的回执还没有到" in page
    assert key_of(rows[1]) in text(staff, BOARD, problems="on")
    assert key_of(rows[0]) not in text(staff, BOARD, text=rows[2].number)
    assert key_of(rows[0]) in text(staff, BOARD, way="in")
    lines = b"".join(staff.get(BOARD, {"export": "csv"}).streaming_content).decode()
    assert lines.count("报关单报文") == 3
    assert "还没有报文" in text(enter(person(Role.AGT, "ELSE")), BOARD)
    assert staff.get(BOARD, {"text": "a\0b"}).status_code in {200, 400}


def test_poison_shows_its_reason_and_goes_back(desk) -> None:
    desk.drop("坏.xml", b"<script>alert(1)</script>")
    desk.drop("big.xml", b" " * 262145)
    read_incoming(desk.exchange, now=START)
    staff = enter(desk.staff)
    page = text(staff, BOARD, state="refused")
    assert "不认识的回执" in page and "无法读取的文件" in page
    bad, big = Message.objects.get(text__contains="script"), Message.objects.get(text__contains="字节")
    page = text(staff, f"{BOARD}{bad.pk}/")
    assert "&lt;script&gt;alert(1)" in page and "放回，再读一次" in page
    assert "没有放回" not in page and "放回，再读一次" not in text(
        enter(person(Role.AUD, "AUD")), f"{BOARD}{bad.pk}/"
    )
    assert "没有读取" in text(staff, f"{BOARD}{big.pk}/")
    page = post(staff, f"{BOARD}{bad.pk}/put-back/")
    assert "已放回，马上会再读一次" in page and "已放回" in page and "放回了回执" in page
    assert desk.files("in") == [bad.name]
    assert "不在异常回执里" in post(staff, f"{BOARD}{bad.pk}/put-back/")
    assert staff.post(f"{BOARD}999999/put-back/").status_code == 404
    assert enter(desk.sender).get(f"{BOARD}{bad.pk}/").status_code == 404  # the centre's to look at


def test_a_contradiction_is_judged_anew_on_its_page(desk) -> None:
    (row,) = make_declarations(desk)
    with as_(desk.sender) as user:
        services.send_declaration(actor=user, key=key_of(row))
    with as_(desk.staff) as user:
        services.record_customs(actor=user, key=key_of(row), step="accept", entry_number="1" * 18)
    refused = receive(told(key_of(row), "released"))
    staff = enter(desk.staff)
    address = f"{BOARD}{refused.message}/"
    assert "重新核对" in text(staff, address)
    assert "仍然不符" in post(staff, f"{address}put-back/")
    post(staff, f"/declarations/{key_of(row)}/entry-number/", entry_number=ENTRY, reason="抄错", revision="2")
    assert "又看了一次：已读取" in post(staff, f"{address}put-back/")
    assert state_of(row) == "released"


def test_what_was_never_answered_is_sent_again(desk) -> None:
    (row,) = make_declarations(desk)
    with as_(desk.sender) as user:
        services.send_declaration(actor=user, key=key_of(row))
    Message.objects.update(state="unanswered", attempts=5)
    staff, here = enter(desk.staff), f"/declarations/{key_of(row)}/"
    assert "再发一次没有回执的报文" in text(staff, f"{here}messages/")
    assert "已再发 1 份" in post(staff, f"{here}send-again/")
    assert "没有等不到回执的报文" in post(staff, f"{here}send-again/")


def test_the_panel_fits_into_a_page_of_others(desk) -> None:
    (row,) = make_declarations(desk)

    class Page:
        key = key_of(row)

    request = RequestFactory().get("/")
    for who, shown in ((desk.sender, "发送申报"), (desk.staff, "")):
        request.user = who
        with as_(who):
            assert (
                (shown in exchange_panel(request, Page())) if shown else exchange_panel(request, Page()) == ""
            )
    assert "还没有报文" in render_to_string("declarations/_exchange.html", {"exchange": {"key": Page.key}})


@pytest.mark.parametrize("count", [1, 12])
def test_the_pages_take_as_many_queries_whatever_the_number_of_messages(desk, count) -> None:
    rows = make_declarations(desk, count)
    with as_(desk.sender) as user:
        for row in rows:
            services.send_declaration(actor=user, key=key_of(row))
    for turn in range(count):
        receive(told(key_of(rows[0]), "released", 2 + turn), now=later(turn))
    staff = enter(desk.staff)
    text(staff, BOARD)
    for address, most in ((BOARD, 12), (f"/declarations/{key_of(rows[0])}/messages/", 13)):
        with CaptureQueriesContext(
            connection,
        ) as found:
            text(staff, address)
        assert len(found) <= most, [each["sql"][:90] for each in found]


def test_what_is_not_there_is_a_404(desk) -> None:
    staff = enter(desk.staff)
    for address in ("/declarations/D1-1/messages/", "/declarations/..%2f/messages/", f"{BOARD}7/"):
        assert staff.get(address).status_code == 404
    for deed, who in (("send", desk.sender), ("send-again", desk.staff)):
        assert enter(who).post(f"/declarations/D1-1/{deed}/").status_code == 404
