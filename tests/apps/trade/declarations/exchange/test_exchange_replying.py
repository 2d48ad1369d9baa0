"""Replies: twice, out of order, before the send is recorded, unknown, of an old version, unreadable; two readers at once."""

from __future__ import annotations

import os
import time
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from trade_made_sending import (
    ENTRY,
    SEQ,
    START,
    imported,
    key_of,
    later,
    log_of,
    make_declarations,
    make_desk,
    messages,
    receive,
    state_of,
    told,
)
from trade_people import as_, person
from youju.foundation.audit import selectors as audit
from youju.foundation.identity.roles import Role
from youju.foundation.kernel.context import reaching_all
from youju.foundation.kernel.errors import InputError
from youju.foundation.workflow.models import Case
from youju.rules.trade.declarations.lifecycle import DECLARATION_KIND
from youju.trade.declarations import services
from youju.trade.declarations.exchange import FolderExchange
from youju.trade.declarations.exchange.replies import UnreadableReply, read_reply
from youju.trade.declarations.exchange.replies import key_of as reply_key
from youju.trade.declarations.models import Declaration, Message
from youju.trade.declarations.services.replying import read_incoming

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(tmp_path, monkeypatch):
    monkeypatch.setenv("YOUJU_EXCHANGE", str(tmp_path))
    return make_desk(tmp_path)


@pytest.fixture
def row(desk) -> Declaration:
    return sent(desk)


def sent(desk, first: int = 1) -> Declaration:
    (made,) = make_declarations(desk, first=first)
    with as_(desk.sender) as user:
        services.send_declaration(actor=user, key=key_of(made))
    made.refresh_from_db()
    return made


def whole_way(client: str) -> list[bytes]:
    return [
        imported(client),
        told(client, "accepted", 1, NoticeTime="2026-11-02T09:30:00+08:00"),
        told(client, "inspection", 2, Note="布控"),
        told(client, "released", 3),
        told(client, "exported", 4),
    ]


WAY = ["send", "accept", "inspect", "release", "export"]


def test_the_whole_way_by_replies_each_of_them_twice(row) -> None:
    for content in whole_way(key_of(row)):
        first, second = receive(content), receive(content)
        assert (first.state, first.repeated, second.state, second.repeated) == ("read", False, "read", True)
        assert first.message == second.message
    assert (state_of(row), log_of(row)) == ("exported", WAY)
    assert (row.entry_number, row.sequence_number) == (ENTRY, SEQ)
    assert row.accepted_at.isoformat() == "2026-11-02T01:30:00+00:00"
    assert row.released_at and row.exported_at
    assert Message.objects.filter(direction="in").count() == 5
    names = [line.entry.actor for line in audit.history(DECLARATION_KIND, key_of(row)).lines]
    assert names.count("") >= 4  # customs' steps are nobody's of ours
    case = Case.objects.get(subject_key=key_of(row))
    assert set(case.steps.exclude(transition="send").values_list("by_name", flat=True)) == {"海关回执"}


def test_out_of_order_replies_are_kept_until_their_turn(row) -> None:
    way = whole_way(key_of(row))
    states = [receive(way[place]).state for place in (4, 3, 2)]
    assert (states, state_of(row)) == (["kept"] * 3, "sent")
    assert "前面还缺第 1、2 号回执" in Message.objects.get(kind="released").text
    assert receive(way[1]).state == "read"
    assert (state_of(row), log_of(row)) == ("exported", WAY)
    assert receive(way[0]).state == "read"
    assert {state for _, state in messages(row, "in")} == {"read"}
    row.refresh_from_db()
    assert row.sequence_number == SEQ


def test_without_positions_the_flow_decides_whose_turn_it_is(row) -> None:
    client = key_of(row)
    assert receive(told(client, "released")).state == "kept"
    assert receive(told(client, "accepted")).state == "read"
    assert (state_of(row), log_of(row)) == ("released", ["send", "accept", "release"])
    late = receive(told(client, "inspection"))
    assert (late.state, late.text) == ("read", "此前已到这一步")


def test_a_reply_before_the_send_is_recorded_waits_for_it(desk) -> None:
    (row,) = make_declarations(desk)
    assert receive(told(key_of(row), "accepted", 1)).state == "kept"
    assert state_of(row) == "pre_entry"
    with as_(desk.sender) as user:
        services.send_declaration(actor=user, key=key_of(row))
    assert (state_of(row), log_of(row)) == ("accepted", ["send", "accept"])


def test_a_reply_before_the_file_is_marked_keeps_it_from_going_out_again(desk, row) -> None:
    receive(imported(key_of(row)))
    assert messages(row, "out") == [("DecMessage", "answered")]
    services.exchange_round(desk.exchange, now=START)
    assert desk.files("out") == []


@pytest.mark.parametrize("reply", ["import", "state"])
def test_a_rejection_is_written_with_its_reason(desk, row, reply) -> None:
    if reply == "import":
        receive(imported(key_of(row), code="7", error="企业代码有误", seq=""))
    else:
        receive(told(key_of(row), "rejected", 1, Note="品名不符"))
    assert (state_of(row), log_of(row)) == ("rejected", ["send", "reject"])
    assert row.rejection == ("单一窗口没有接收（7）：企业代码有误" if reply == "import" else "品名不符")
    assert Case.objects.get(subject_key=key_of(row)).waiting_for == "declarations.plan"


def test_an_old_version_is_left_as_it_is(desk, row) -> None:
    receive(told(key_of(row), "rejected", 1))
    (second,) = make_declarations(desk, version=2, state="sent")
    assert receive(told(key_of(second), "accepted", 1)).state == "read"
    refused = receive(told(key_of(row), "accepted", 2, entry="021020230000000777"))
    assert (refused.state, refused.text) == ("refused", "这一版已退单，却收到“受理”")
    assert receive(told(key_of(row), "rejected", 1)).repeated
    assert (state_of(row), state_of(second)) == ("rejected", "accepted")


def test_a_number_that_another_declaration_bears_is_refused(desk, row) -> None:
    other = sent(desk, first=2)
    receive(told(key_of(row), "accepted", 1))
    refused = receive(told(key_of(other), "accepted", 1))
    assert refused.state == "refused" and "已用在另一票上" in refused.text
    assert (state_of(other), log_of(other)) == ("sent", ["send"])
    assert receive(told(key_of(other), "accepted", 1)).state == "refused"  # judged anew, and still so


def test_files_are_read_once_and_laid_aside(desk, row) -> None:
    for place, content in enumerate(whole_way(key_of(row))[:2]):
        desk.drop(f"a{place}.xml", content)
        desk.drop(f"b{place}.xml", content)
    done = read_incoming(desk.exchange, now=START)
    assert (done.read, done.repeated, done.poison) == (2, 2, 0)
    assert (desk.files("in"), len(desk.files("archive")), state_of(row)) == ([], 4, "accepted")
    assert read_incoming(desk.exchange).as_json() == dict.fromkeys(done.as_json(), 0)


BAD = {
    "no.xml": (b"hello", "不是完整的 XML"),
    "foreign.xml": (b"<Order><ClientSeqNo>D1-1</ClientSeqNo></Order>", "不认识的回执"),
    "unknown.xml": (imported("D999999-1"), "没有申报单 D999999-1"),
    "entity.xml": (
        b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><DecImportResponse><ResponseCode>0</ResponseCode>'
        b"<ClientSeqNo>&x;</ClientSeqNo></DecImportResponse>",
        "文档类型声明",
    ),
    "bomb.xml": (b'<!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><DecImportResponse>&b;</DecImportResponse>', "文档类型"),
    "path.xml": (imported("../../etc/passwd"), "不是本系统的申报单号"),
    "code.xml": (imported("D230601000001-1", code=""), "没有结果代码"),
    "entry.xml": (told("D230601000001-1", "accepted", entry="12"), "18 位数字"),
    "noentry.xml": (told("D230601000001-1", "accepted", entry=""), "没有报关单号"),
    "state.xml": (told("D230601000001-1", "lost"), "不认识的状态"),
    "time.xml": (told("D230601000001-1", "released", NoticeTime="昨天"), "时间“昨天”不认识"),
    "place.xml": (told("D230601000001-1", "released", 1234), "1 至 999"),
    "twice.xml": (
        b"<DecImportResponse><ClientSeqNo>D1-1</ClientSeqNo><ClientSeqNo>D1-1</ClientSeqNo></DecImportResponse>",
        "出现了两次",
    ),
    "deep.xml": (b"<DecImportResponse><ClientSeqNo><a/></ClientSeqNo></DecImportResponse>", "不是文字"),
    "seq.xml": (imported("D230601000001-1", seq="<>" * 3), "统一编号"),
    "long.xml": (told("D230601000001-1", "inspection", Note="长" * 1001), "超过 1000 个字"),
    "empty.xml": (b"", "空的"),
    "big.xml": (b" " * 262145, "262145 字节"),
}  # fmt: skip


def test_what_cannot_be_read_goes_aside_with_its_reason_and_back(desk, row) -> None:
    for name, (content, _) in BAD.items():
        desk.drop(name, content)
        os.utime(desk.root / "in" / name, (1, 1))
    done = read_incoming(desk.exchange, now=START)
    assert (done.poison, done.read, desk.files("in")) == (len(BAD), 0, [])
    for name, (_, why) in BAD.items():
        assert why in (desk.root / "poison" / f"{name}.reason.txt").read_text(encoding="utf-8"), name
    shown = {each.name: each for each in Message.objects.filter(kind="poison")}
    assert {name: why in shown[name].text for name, (_, why) in BAD.items()} == dict.fromkeys(BAD, True)
    assert state_of(row) == "sent"

    unknown = shown["unknown.xml"]
    make_declarations(desk, first=999999)
    Declaration.objects.filter(number="D230601999999").update(number="D999999")
    with as_(desk.staff) as user:
        assert services.put_back(actor=user, message=unknown.pk, through=desk.exchange) == "returned"
        with pytest.raises(InputError, match="不在异常回执里"):
            services.put_back(actor=user, message=unknown.pk, through=desk.exchange)
        (desk.root / "poison" / "no.xml").unlink()
        with pytest.raises(InputError, match=r"已经没有 no\.xml"):
            services.put_back(actor=user, message=shown["no.xml"].pk, through=desk.exchange)
        with pytest.raises(InputError, match="没有这个回执"):
            services.put_back(actor=user, message=10**9, through=desk.exchange)
    assert desk.files("in") == ["unknown.xml"]
    assert read_incoming(desk.exchange, now=START).kept == 1
    with as_(desk.sender) as user, pytest.raises(PermissionDenied):
        services.put_back(actor=user, message=unknown.pk, through=desk.exchange)


def test_what_is_still_being_written_is_left_alone(desk, row) -> None:
    whole = imported(key_of(row))
    desk.drop("half.xml", whole[: len(whole) // 2])
    desk.drop(".hidden.xml", whole)
    desk.drop("x.xml.tmp", whole)
    os.mkfifo(desk.root / "in" / "pipe.xml")
    (desk.root / "in" / "link.xml").symlink_to("/etc/passwd")
    assert read_incoming(desk.exchange, now=START).as_json() == {
        "read": 0,
        "repeated": 0,
        "kept": 0,
        "refused": 0,
        "poison": 0,
        "left": 1,
    }
    desk.drop("half.xml", whole)
    assert read_incoming(desk.exchange, now=START).read == 1
    desk.drop("stays.xml", whole[:-5])
    old = time.time() - 61
    os.utime(desk.root / "in" / "stays.xml", (old, old))
    assert read_incoming(desk.exchange, now=START).poison == 1
    assert desk.files("in") == [".hidden.xml", "link.xml", "x.xml.tmp"]


def test_strange_names_never_become_paths(desk, row) -> None:
    for name in (
        "回执 一.xml",
        "-rf.xml",
        "a\nb.xml",
        "..xml",
        b"\xff\xfe.xml".decode("utf-8", "surrogateescape"),
    ):
        (desk.root / "in" / name).write_bytes(b"<x/>")
    done = read_incoming(desk.exchange, now=START)
    assert done.poison == 4 and desk.files("in") == ["..xml"]  # a leading dot is work under way
    assert all(name.isascii() for name in desk.files("poison"))
    assert len(desk.files("poison")) == 8
    with pytest.raises(ValueError, match="plain"):
        desk.exchange.put("../x", b"")
    with pytest.raises(ValueError, match="file name"):
        desk.exchange.put_back("../in/x")


def test_poison_that_was_laid_before_a_crash_is_shown_and_what_was_moved_away_no_longer(desk) -> None:
    from youju.trade.declarations.services.poisoning import note_poison

    desk.drop("a.xml", b"<x/>")
    assert desk.exchange.poison("a.xml", "为什么") == "a.xml"
    assert (note_poison(desk.exchange), note_poison(desk.exchange)) == (1, 0)
    assert Message.objects.get().text == "为什么"
    (desk.root / "poison" / "a.xml").unlink()
    note_poison(desk.exchange)
    assert Message.objects.get().state == "returned"
    assert desk.exchange.poison("gone.xml", "x") == "" and desk.files("poison") == ["a.xml.reason.txt"]


def test_two_who_lay_the_same_file_aside_leave_it_with_its_reason(desk, monkeypatch) -> None:
    from pathlib import Path

    desk.drop("a.xml", b"<x/>")
    other, real, turns = FolderExchange(desk.root), Path.rename, []

    def rename(self, target):
        if self.parent.name == "in" and not turns:
            turns.append(1)  # right before our move the other does all of it
            assert other.poison("a.xml", "为什么") == "a.xml"
        return real(self, target)

    monkeypatch.setattr(Path, "rename", rename)
    assert desk.exchange.poison("a.xml", "为什么") == ""
    assert desk.files("poison") == ["a.xml", "a.xml.reason.txt"]


def test_one_reply_that_fails_for_no_fault_of_its_own_stays_and_keeps_no_other_back(desk, row, monkeypatch):
    from youju.trade.declarations.services import replying

    other, real = sent(desk, first=2), replying.receive

    def fails(content, *, name, now=None):
        if name == "a.xml":
            raise OSError("disk")
        return real(content, name=name, now=now)

    monkeypatch.setattr(replying, "receive", fails)
    desk.drop("a.xml", imported(key_of(row)))
    desk.drop("b.xml", imported(key_of(other), seq="I2"))
    with pytest.raises(OSError, match="disk"):
        read_incoming(desk.exchange)
    assert desk.files("in") == ["a.xml"] and messages(other, "in") == [("imported", "read")]


def test_a_gateway_hands_replies_in_within_its_own_reach(desk, row) -> None:
    with as_(desk.staff) as user:
        assert services.hand_in_reply(actor=user, content=imported(key_of(row))).state == "read"
        assert services.hand_in_reply(actor=user, content=imported(key_of(row))).repeated
        with pytest.raises(UnreadableReply):
            services.hand_in_reply(actor=user, content=b"<a>")
        with pytest.raises(InputError, match="超过 262144 字节"):
            services.hand_in_reply(actor=user, content=b" " * 262145)
    elsewhere = person(Role.STF, sections=("SC",), username="stf-elsewhere")
    with as_(elsewhere) as user, pytest.raises(InputError, match="没有申报单"):
        services.hand_in_reply(actor=user, content=told(key_of(row), "accepted", 1))
    with as_(desk.sender) as user, pytest.raises(PermissionDenied, match="递交海关回执"):
        services.hand_in_reply(actor=user, content=told(key_of(row), "accepted", 1))
    assert state_of(row) == "sent"


def test_the_key_of_a_reply_fits_its_column_and_leaves_the_time_out() -> None:
    client = "A" * 24 + "-9999"
    one = read_reply(told(client, "inspection", 999, NoticeTime="2026-01-01T00:00:00", Note="x" * 1000))
    two = read_reply(told(client, "inspection", 999, NoticeTime="2026-02-01T00:00:00Z", Note="x" * 1000))
    assert reply_key(one) == reply_key(two) and len(reply_key(one)) <= 100
    assert read_reply(told(client, "inspection")).at is None


@pytest.mark.parametrize("others", [0, 8])
def test_a_reply_takes_as_many_queries_whatever_the_number_of_others(
    desk, row, others, django_assert_num_queries
):
    for first in range(others):
        sent(desk, first=10 + first)
    receive(imported(key_of(row)))
    with django_assert_num_queries(23):
        receive(told(key_of(row), "accepted", 1), now=later(5))


@pytest.mark.django_db(transaction=True)
def test_two_readers_at_once_take_each_reply_once(tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("YOUJU_EXCHANGE", str(tmp_path))
    with reaching_all():
        desk = make_desk(tmp_path)
        rows = [sent(desk, first=number) for number in range(1, 5)]
        for row in rows:
            entry = f"{row.pk:018d}"
            way = (told(key_of(row), state, place, entry=entry) for place, state in
                   enumerate(("accepted", "inspection", "released", "exported"), 1))  # fmt: skip
            for place, content in enumerate(reversed(list(way))):
                for copy in "ab":
                    desk.drop(f"{key_of(row)}-{place}{copy}.xml", content)
    start = Barrier(2)

    def reader(_: int) -> int:
        try:
            with reaching_all():
                start.wait(10)
                return read_incoming(desk.exchange, now=START).poison
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(reader, range(2))) == [0, 0]
    with reaching_all():
        for row in rows:
            assert (state_of(row), log_of(row)) == ("exported", WAY)
            assert {state for _, state in messages(row, "in")} == {"read"}
    assert (desk.files("in"), len(desk.files("archive"))) == ([], 32)
