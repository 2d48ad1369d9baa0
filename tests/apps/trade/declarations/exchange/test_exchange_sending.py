"""Sending: state, message and wish are one transaction; the file goes out by one name; without answer again, then to people."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from lxml import etree

from trade_made_sending import (
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
)
from trade_people import as_, person
from youju.foundation.audit import selectors as audit
from youju.foundation.identity.roles import Role
from youju.foundation.jobs.running import work_off
from youju.foundation.kernel.errors import InputError
from youju.foundation.workflow.models import Case
from youju.rules.trade.declarations.lifecycle import DECLARATION_KIND
from youju.trade.declarations import services
from youju.trade.declarations.documents import schema_files
from youju.trade.declarations.models import Declaration, Message
from youju.trade.declarations.services.asking import ask_again
from youju.trade.declarations.services.sending import put_waiting

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(tmp_path, monkeypatch):
    monkeypatch.setenv("YOUJU_EXCHANGE", str(tmp_path))
    return make_desk(tmp_path)


@pytest.fixture
def row(desk) -> Declaration:
    return make_declarations(desk)[0]


def send(desk, row) -> None:
    with as_(desk.sender) as user:
        services.send_declaration(actor=user, key=key_of(row))


def test_sending_writes_state_message_and_trail_and_a_job_puts_the_file_out(desk, row) -> None:
    send(desk, row)
    assert (state_of(row), log_of(row), desk.files("out")) == ("sent", ["send"], [])
    assert messages(row, "out") == [("DecMessage", "waiting")]
    assert work_off() == 1
    assert desk.files("out") == [f"{key_of(row)}.xml"]
    assert messages(row, "out") == [("DecMessage", "sent")]
    xml = etree.fromstring((desk.root / "out" / f"{key_of(row)}.xml").read_bytes())
    strict = etree.XMLSchema(etree.parse(f"{schema_files.__file__.rpartition('/')[0]}/dec_message.xsd"))
    strict.assertValid(xml)
    assert xml.findtext(".//{*}DecSign/{*}ClientSeqNo") == key_of(row)
    assert (xml.findtext(".//{*}PackNo"), xml.findtext(".//{*}BillNo")) == ("10", "COSU6123456789")
    deeds = [line.deed for line in audit.history(DECLARATION_KIND, key_of(row)).lines]
    assert any("发送申报" in deed for deed in deeds) and any("交给发送" in deed for deed in deeds)
    case = Case.objects.get(subject_key=key_of(row))
    assert (case.waiting_for, case.due_on) == ("", None)


def test_sending_twice_is_refused_and_leaves_one_message(desk, row) -> None:
    send(desk, row)
    with pytest.raises(InputError, match="已申报"):
        send(desk, row)
    assert Message.objects.count() == 1


def test_who_may_not_send_is_refused(desk, row) -> None:
    with as_(desk.staff) as user, pytest.raises(PermissionDenied, match="发送报关单"):
        services.send_declaration(actor=user, key=key_of(row))
    other = person(Role.BRK, "OTHER")
    with as_(other) as user, pytest.raises(InputError, match="没有报关单"):
        services.send_declaration(actor=user, key=key_of(row))
    for key in ("D1", "D1-1", "../../etc", "D230601000001-1\0"):
        with as_(desk.sender) as user, pytest.raises(InputError, match="没有报关单"):
            services.send_declaration(actor=user, key=key)
    with as_(desk.sender) as user, pytest.raises(InputError, match="刚才有改动"):
        services.send_declaration(actor=user, key=key_of(row), expected=7)
    assert not Message.objects.exists()


def test_a_message_that_lacks_something_is_not_sent_and_says_what(desk, row) -> None:
    row.header = {name: value for name, value in row.header.items() if name != "GoodsPlace"}
    row.save()
    with as_(desk.sender) as user, pytest.raises(InputError, match="还缺必填项：货物存放地点"):
        services.send_declaration(actor=user, key=key_of(row))
    row.header = row.header | {"GoodsPlace": "场" * 101}
    row.save()
    with as_(desk.sender) as user, pytest.raises(InputError, match="货物存放地点）有 101 个字"):
        services.send_declaration(actor=user, key=key_of(row))
    assert state_of(row) == "pre_entry" and not Message.objects.exists()


def test_no_answer_sends_the_same_again_and_at_last_makes_a_to_do(desk, row) -> None:
    send(desk, row)
    contents = set()
    for attempt in range(5):
        assert put_waiting(desk.exchange, now=later(attempt * 30)) == 1
        file = desk.root / "out" / f"{key_of(row)}.xml"
        contents.add(file.read_bytes())
        file.unlink()
        assert ask_again(now=later(attempt * 30 + 29)).as_json() == {"again": 0, "queries": 0, "todo": 0}
        told = ask_again(now=later(attempt * 30 + 30))
        assert (told.again, told.todo) == ((1, 0) if attempt < 4 else (0, 1))
    assert len(contents) == 1
    case = Case.objects.get(subject_key=key_of(row))
    assert case.waiting_for == "declarations.supervise" and case.due_on is not None
    assert messages(row, "out") == [("DecMessage", "unanswered")]
    assert ask_again(now=later(9999)).as_json() == {"again": 0, "queries": 0, "todo": 0}
    with as_(desk.staff) as user:
        assert services.send_again(actor=user, key=key_of(row)) == 1
        with pytest.raises(InputError, match="没有等不到回执的报文"):
            services.send_again(actor=user, key=key_of(row))
    assert work_off() == 1 and desk.files("out") == [f"{key_of(row)}.xml"]
    receive(imported(key_of(row)))
    assert messages(row, "out") == [("DecMessage", "answered")]


def test_silence_after_the_import_is_asked_about_and_then_a_to_do(desk, row) -> None:
    send(desk, row)
    put_waiting(desk.exchange, now=START)
    receive(imported(key_of(row)), now=later(1))
    for turn in range(5):
        assert ask_again(now=later(1 + turn * 60 + 59)).queries == 0
        assert ask_again(now=later(1 + turn * 60 + 60)).queries == 1
        put_waiting(desk.exchange, now=later(1 + turn * 60 + 60))
        assert (desk.root / "out" / f"{key_of(row)}.query-{turn + 1}.xml").exists()
    assert ask_again(now=later(361)).as_json() == {"again": 0, "queries": 0, "todo": 1}
    assert ask_again(now=later(99999)).as_json() == {"again": 0, "queries": 0, "todo": 0}
    assert Case.objects.get(subject_key=key_of(row)).waiting_for == "declarations.supervise"
    receive(imported(key_of(row), seq="I9"), now=later(400))  # contradicts: still an answer
    assert {state for _, state in messages(row, "out")} == {"answered"}


@pytest.mark.parametrize("count", [2, 9])
def test_sending_takes_as_many_queries_whatever_the_number_of_others(desk, count, django_assert_num_queries):
    rows = make_declarations(desk, count)
    for row in rows[1:]:
        send(desk, row)
    with as_(desk.sender) as user, django_assert_num_queries(24):
        services.send_declaration(actor=user, key=key_of(rows[0]))


def test_a_declaration_of_the_demo_year_is_not_asked_about(desk) -> None:
    (row,) = make_declarations(desk)
    with as_(desk.sender) as user:
        services.send_declaration(actor=user, key=key_of(row))
    services.exchange_round(desk.exchange, now=START)
    long_after = START + timedelta(days=300)
    Declaration.objects.filter(pk=row.pk).update(state="accepted", is_demo=True)
    Message.objects.filter(declaration=row).update(state="answered")
    assert ask_again(now=long_after).queries == 0
    Declaration.objects.filter(pk=row.pk).update(is_demo=False)
    assert ask_again(now=long_after).queries == 1
