"""The exchange for programs: a gateway hands replies in, customs' steps, messages, poison and the way back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from trade_made_sending import ENTRY, START, imported, key_of, make_declarations, make_desk, state_of, told
from trade_people import person
from youju.foundation.identity.permissions import Permission
from youju.foundation.identity.roles import Role
from youju.foundation.identity.services.api_keys import create_key
from youju.foundation.kernel.context import reaching_all
from youju.trade.declarations.models import Message
from youju.trade.declarations.services.replying import read_incoming

pytestmark = pytest.mark.django_db
ROOM = "/api/v1/declarations"


@pytest.fixture(autouse=True)
def _reach() -> Iterator[None]:
    with reaching_all():
        yield


@pytest.fixture
def desk(tmp_path, monkeypatch):
    monkeypatch.setenv("YOUJU_EXCHANGE", str(tmp_path))
    return make_desk(tmp_path)


def call(who, method: str, address: str, body=None, key: str = "", **headers):
    client = Client()
    if who is not None:
        client.force_login(who)
    if key:
        headers["HTTP_IDEMPOTENCY_KEY"] = key
    answer = client.generic(
        method,
        f"{ROOM}{address}",
        json.dumps(body) if body is not None else "",
        "application/json",
        **headers,
    )
    return answer.status_code, answer.json()


def reply(who, content: bytes, **headers):
    return call(who, "POST", "/exchange/replies", {"content": content.decode()}, **headers)


def test_the_whole_way_by_programs(desk) -> None:
    (row,) = make_declarations(desk)
    key = key_of(row)
    status, answer = call(desk.sender, "POST", f"/{key}/send", {"revision": 0}, key="a")
    assert (status, answer["state"]) == (200, "sent")
    assert call(desk.sender, "POST", f"/{key}/send", {"revision": 0}, key="a") == (200, answer)
    status, told_why = call(desk.sender, "POST", f"/{key}/send", {}, key="b")
    assert status == 409 and "不能发送申报" in told_why["detail"]
    status, answer = reply(desk.staff, imported(key))
    assert (status, answer["state"], answer["repeated"]) == (200, "read", False)
    assert reply(desk.staff, imported(key))[1]["repeated"]
    assert reply(desk.staff, told(key, "released", 2))[1]["state"] == "kept"
    wish = {"step": "accept", "entry_number": ENTRY, "at": "2026-11-01T08:00:00"}
    status, answer = call(desk.staff, "POST", f"/{key}/customs", wish, key="c")
    assert (status, answer["entry_number"]) == (200, ENTRY)
    assert reply(desk.staff, told(key, "accepted", 1))[1]["text"] == "此前已到这一步"
    assert state_of(row) == "released"  # position 1 has been read by now, and the kept one followed
    assert reply(desk.staff, told(key, "released", 2))[1]["repeated"]


def test_messages_are_listed_by_cursor(desk) -> None:
    rows = make_declarations(desk, 3)
    for place, row in enumerate(rows):
        call(desk.sender, "POST", f"/{key_of(row)}/send", {}, key=f"k{place}")
    status, first = call(desk.staff, "GET", "/exchange/messages?limit=2")
    assert status == 200 and len(first["items"]) == 2 and first["next"]
    _, rest = call(desk.staff, "GET", f"/exchange/messages?limit=2&cursor={first['next']}")
    assert len(rest["items"]) == 1 and rest["next"] is None
    keys = {each["declaration"] for each in first["items"] + rest["items"]}
    assert keys == {key_of(row) for row in rows}
    _, own = call(desk.sender, "GET", f"/{key_of(rows[0])}/messages")
    assert [(each["kind"], each["direction"], each["state"]) for each in own["items"]] == [
        ("DecMessage", "out", "waiting")
    ]
    assert call(desk.staff, "GET", "/D1-1/messages")[0] == 404
    assert call(desk.staff, "GET", "/exchange/messages?q=%00")[0] == 422


def test_poison_is_listed_and_put_back(desk) -> None:
    desk.drop("a.xml", b"<x/>")
    read_incoming(desk.exchange, now=START)
    _, listed = call(desk.staff, "GET", "/exchange/poison")
    (one,) = listed["items"]
    assert (one["declaration"], one["kind"]) == ("", "poison") and "不认识的回执" in one["text"]
    address = f"/exchange/poison/{one['id']}/put-back"
    assert call(desk.staff, "POST", address, key="p") == (200, {"state": "returned"})
    assert call(desk.staff, "POST", address, key="p") == (200, {"state": "returned"})
    assert call(desk.staff, "POST", address, key="q")[0] == 409
    assert call(desk.staff, "POST", "/exchange/poison/99999/put-back", key="r")[0] == 404
    assert call(desk.staff, "POST", "/exchange/poison/0/put-back", key="s")[0] == 422


@pytest.mark.parametrize(
    ("content", "status", "why"),
    [
        ("<a>", 422, "不是完整的 XML"),
        ("<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>", 422, "文档类型"),
        ("", 422, ""),
        ("x" * 262145, 413, "262144"),
        ("x" * 300001, 422, ""),
    ],
)
def test_a_bad_reply_is_one_sentence_and_stores_nothing(desk, content, status, why) -> None:
    found, answer = call(desk.staff, "POST", "/exchange/replies", {"content": content})
    assert found == status and why in str(answer["detail"])
    assert not Message.objects.exists()


def test_a_gateway_needs_its_own_scope(desk) -> None:
    (row,) = make_declarations(desk)
    call(desk.sender, "POST", f"/{key_of(row)}/send", {}, key="k")
    admin = person(Role.ADM, username="adm-send")
    desk.staff.is_service = True
    desk.staff.save()
    day = timezone.localdate() + timedelta(days=1)
    keys = [
        create_key(actor=admin, owner=desk.staff, name=scope.value, scopes=[scope], expires_on=day)
        for scope in (Permission.DECLARATIONS_VIEW, Permission.DECLARATIONS_REPLY)
    ]
    content = imported(key_of(row))
    tokens = [f"Bearer {each.secret}" for each in keys]
    assert reply(None, content, HTTP_AUTHORIZATION=tokens[0])[0] == 403
    assert reply(None, content, HTTP_AUTHORIZATION=tokens[1])[1]["state"] == "read"
    assert reply(None, content)[0] == 401
    assert reply(desk.sender, content)[0] == 403


def test_what_customs_did_is_checked(desk) -> None:
    (row,) = make_declarations(desk)
    address = f"/{key_of(row)}/customs"
    call(desk.sender, "POST", f"/{key_of(row)}/send", {}, key="k")
    for place, (wish, status) in enumerate((
        ({"step": "accept"}, 422), ({"step": "fly"}, 422), ({"step": "release"}, 409), ({"step": "reject"}, 422),
        ({"step": "accept", "entry_number": ENTRY, "revision": 77}, 409), ({"step": "reject", "reason": "a\0"}, 422),
    )):  # fmt: skip
        assert call(desk.staff, "POST", address, wish, key=f"x{place}")[0] == status, wish
    assert (
        call(desk.staff, "POST", address, {"step": "reject", "reason": "不符"})[0] == 422
    )  # no idempotency key
    assert state_of(row) == "sent"
