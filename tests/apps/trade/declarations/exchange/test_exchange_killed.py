"""Killed for good between any two steps of sending and reading: after a second run everything happened once."""

from __future__ import annotations

import importlib
import os
import signal
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from trade_made_sending import (
    START,
    imported,
    key_of,
    log_of,
    make_declarations,
    make_desk,
    messages,
    state_of,
    told,
)
from trade_people import as_
from youju.foundation.jobs.running import work_off
from youju.trade.declarations import services
from youju.trade.declarations.exchange.folder import FolderExchange
from youju.trade.declarations.models import Declaration, Message
from youju.trade.declarations.services.replying import read_incoming
from youju.trade.declarations.services.sending import put_waiting

pytestmark = pytest.mark.django_db(transaction=True)
ROOM = "youju.trade.declarations"


@pytest.fixture
def desk(tmp_path, monkeypatch):
    monkeypatch.setenv("YOUJU_EXCHANGE", str(tmp_path))
    return make_desk(tmp_path)


def killed(place: str, work: Callable[[], Any]) -> None:
    """A child does the work and is killed right before or after a function: ``module:name:before``."""
    connection.close()
    module, name, when = place.split(":")
    child = os.fork()
    if child == 0:
        owner = FolderExchange if module == "folder" else importlib.import_module(f"{ROOM}.{module}")
        real = getattr(owner, name)

        def die(*arguments: Any, **options: Any) -> Any:
            result = real(*arguments, **options) if when == "after" else None
            os.kill(os.getpid(), signal.SIGKILL)
            return result

        setattr(owner, name, die)
        try:
            work()
        finally:
            os._exit(1)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL


def send(desk, row) -> None:
    with as_(desk.sender) as user:
        services.send_declaration(actor=user, key=key_of(row))


@pytest.mark.parametrize(
    "place",
    ["services.sending:message_of:after", "services.sending:advance:after", "services.sending:saved:after"],
)
def test_a_kill_while_sending_leaves_nothing(desk, place) -> None:
    (row,) = make_declarations(desk)
    killed(place, lambda: send(desk, row))
    assert (state_of(row), log_of(row), Message.objects.count(), work_off()) == ("pre_entry", [], 0, 0)
    send(desk, row)
    assert (state_of(row), work_off(), len(desk.files("out"))) == ("sent", 1, 1)


@pytest.mark.parametrize("place", ["folder:put:before", "folder:put:after"])
def test_a_kill_while_putting_out_gives_the_same_file_once(desk, place) -> None:
    (row,) = make_declarations(desk)
    send(desk, row)
    killed(place, lambda: put_waiting(desk.exchange, now=START))
    assert messages(row, "out") == [("DecMessage", "waiting")]
    before = desk.files("out")
    assert put_waiting(desk.exchange, now=START) == 1
    assert desk.files("out") == [f"{key_of(row)}.xml"] and before in ([], desk.files("out"))
    content = (desk.root / "out" / f"{key_of(row)}.xml").read_bytes()
    assert content == bytes(Message.objects.get().content)
    assert (messages(row, "out"), put_waiting(desk.exchange)) == ([("DecMessage", "sent")], 0)


@pytest.mark.parametrize(
    "place",
    ["services.replying:_settle:before", "services.replying:follow:after", "services.replying:entered:after",
     "services.replying:_take:after", "folder:archive:after"],
)  # fmt: skip
def test_a_kill_while_reading_and_a_second_run_take_the_step_once(desk, place) -> None:
    (row,) = make_declarations(desk)
    send(desk, row)
    desk.drop("a.xml", told(key_of(row), "accepted", 1))
    desk.drop("b.xml", imported(key_of(row)))
    killed(place, lambda: read_incoming(desk.exchange, now=START))
    committed = place.split(":")[1] in ("_take", "archive")
    assert state_of(row) == ("accepted" if committed else "sent")
    read_incoming(desk.exchange, now=START)
    assert (state_of(row), log_of(row)) == ("accepted", ["send", "accept"])
    assert messages(row, "in") == [("accepted", "read"), ("imported", "read")]
    assert (desk.files("in"), len(desk.files("archive"))) == ([], 2)


@pytest.mark.parametrize("place", ["folder:poison:after", "services.replying:poisoned:after"])
def test_a_kill_while_laying_aside_is_shown_once(desk, place) -> None:
    desk.drop("bad.xml", b"<x/>")
    killed(place, lambda: read_incoming(desk.exchange, now=START))
    services.exchange_round(desk.exchange, now=START)
    assert desk.files("poison") == ["bad.xml", "bad.xml.reason.txt"]
    assert [each.text for each in Message.objects.all()] == [
        "不认识的回执“x”；请与单一窗口或接入方核对，改正后放回。"
    ]
    assert not Declaration.objects.exists()
