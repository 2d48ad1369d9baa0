"""Endpoints: who may, where to, what is kept of the secret; and the pages and the API over them."""

from __future__ import annotations

import json
import socket
from ipaddress import ip_address

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from trade_people import as_, person
from youju.foundation.audit.selectors import history
from youju.foundation.identity.models import ApiRequest
from youju.foundation.identity.roles import Role
from youju.foundation.kernel.context import reaching_all
from youju.foundation.kernel.errors import InputError
from youju.foundation.kernel.sealing import unseal
from youju.foundation.webhooks import guarding, posting, services
from youju.foundation.webhooks.models import Delivery, Endpoint

pytestmark = pytest.mark.django_db
PUBLIC = "93.184.216.34"


def resolve_to(monkeypatch: pytest.MonkeyPatch, *found: str) -> None:
    family = {4: socket.AF_INET, 6: socket.AF_INET6}

    def told(host, port, **_):
        return [
            (family[ip_address(each.partition("%")[0]).version], socket.SOCK_STREAM, 6, "", (each, port))
            for each in found
        ]

    monkeypatch.setattr(socket, "getaddrinfo", told)


@pytest.fixture
def body():
    return person(Role.AGT, "WH").organisation


def register(admin, body, **changes):
    values = {
        "organisation": body.pk,
        "name": "接收",
        "url": "https://hook.example.com/in",
        "types": ["orders.order.confirmed"],
    }
    with as_(admin):
        return services.register_endpoint(actor=admin, **(values | changes))


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.9", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",
        "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1%eth0", "fc00::1", "ff02::1",
        "::ffff:10.0.0.1", "2002:0a00:0001::1", "64:ff9b::7f00:1",
    ],
)  # fmt: skip
def test_addresses_inside_are_refused(monkeypatch, admin, body, address) -> None:
    resolve_to(monkeypatch, PUBLIC, address)
    with pytest.raises(InputError, match="内部网络"):
        register(admin, body)
    assert posting.post("https://hook.example.com/", b"{}", {}, seconds=1).status is None


@pytest.mark.parametrize(
    "url",
    [
        "", "ftp://hook.example.com/", "https://", "https://u:p@hook.example.com/", "https://hook.example.com/#a",
        "https://hook.example.com:99999/", "https://hook.example.com/a b", "https://hook.example.com/\r\nX: 1",
        "https://[::1", "http://hook.example.com/", "https://" + "a" * 70 + ".com/", "https://h.example/" + "a" * 500,
    ],
)  # fmt: skip
def test_urls_out_of_form_are_refused(monkeypatch, admin, body, url) -> None:
    resolve_to(monkeypatch, PUBLIC)
    with pytest.raises(InputError, match="接收地址"):
        register(admin, body, url=url)
    assert Endpoint.objects.count() == 0


def test_http_is_for_loopback_alone_and_only_where_it_is_allowed(monkeypatch, admin, body) -> None:
    with pytest.raises(InputError, match="https"):
        register(admin, body, url="http://127.0.0.1:9/")
    monkeypatch.setenv("YOUJU_WEBHOOKS_LOOPBACK", "1")
    register(admin, body, url="http://127.0.0.1:9/")
    resolve_to(monkeypatch, PUBLIC)
    with pytest.raises(InputError, match="https"):
        register(admin, body, url="http://hook.example.com/")


def test_a_name_is_looked_up_again_at_each_delivery_and_the_checked_address_is_used(monkeypatch) -> None:
    resolve_to(monkeypatch, PUBLIC)
    target = guarding.read("https://hook.example.com/x?y=1")
    assert guarding.addresses(target) == [PUBLIC]
    asked = []

    def refuse(place, *_):
        asked.append(place)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "create_connection", refuse)
    assert posting.post("https://hook.example.com/", b"", {}, seconds=1).excerpt == "对方拒绝连接"
    assert asked == [(PUBLIC, 443)]
    resolve_to(monkeypatch, "10.0.0.7")  # the name leads inside meanwhile
    assert "内部网络" in posting.post("https://hook.example.com/", b"", {}, seconds=1).excerpt
    assert len(asked) == 1


def test_the_secret_is_shown_once_and_kept_sealed(monkeypatch, admin, body) -> None:
    resolve_to(monkeypatch, PUBLIC)
    issued = register(admin, body)
    with reaching_all():
        kept = Endpoint.objects.get().secret
    assert issued.secret not in kept
    assert unseal(kept) == issued.secret
    told = json.dumps(
        [str(entry.entry.after) for entry in history("webhooks.endpoint", str(issued.endpoint.pk)).lines]
    )
    assert issued.secret not in told
    assert services.reseal_all() == 1
    with reaching_all():
        row = Endpoint.objects.get()
    assert row.secret != kept
    assert unseal(row.secret) == issued.secret


def test_what_is_wrong_is_said(monkeypatch, admin, body) -> None:
    resolve_to(monkeypatch, PUBLIC)
    for changes, sentence in (
        ({"name": " "}, "用途"),
        ({"types": []}, "至少选择一种"),
        ({"types": ["orders.order.lost"]}, "没有“orders.order.lost”"),
        ({"organisation": 0}, "没有这个单位"),
    ):
        with pytest.raises(InputError, match=sentence):
            register(admin, body, **changes)
    for _ in range(10):
        register(admin, body)
    with pytest.raises(InputError, match="至多登记 10"):
        register(admin, body)


@pytest.mark.parametrize("role", [Role.AGT, Role.HED, Role.AUD, Role.STF])
def test_only_the_administrator_may(monkeypatch, body, role) -> None:
    resolve_to(monkeypatch, PUBLIC)
    with pytest.raises(PermissionDenied):
        register(person(role, username="else"), body)


def test_steps_and_changes_are_on_the_trail(monkeypatch, admin, body) -> None:
    resolve_to(monkeypatch, PUBLIC)
    row = register(admin, body).endpoint
    with as_(admin):
        services.change_endpoint(actor=admin, endpoint=row.pk, name="新名", url=row.url, types=row.types)
        services.step_endpoint(actor=admin, endpoint=row.pk, step="pause")
        with pytest.raises(InputError, match="不能暂停"):
            services.step_endpoint(actor=admin, endpoint=row.pk, step="pause")
        with pytest.raises(InputError, match="先恢复"):
            services.send_test(actor=admin, endpoint=row.pk)
        services.step_endpoint(actor=admin, endpoint=row.pk, step="remove")
        with pytest.raises(InputError, match="没有这个接收地址"):
            services.rotate_secret(actor=admin, endpoint=row.pk)
    verbs = [line.entry.verb for line in history("webhooks.endpoint", str(row.pk)).lines]
    assert verbs[::-1] == [
        "workflow.case.started", "webhooks.endpoint.registered", "webhooks.endpoint.changed",
        "webhooks.endpoint.pause", "webhooks.endpoint.remove",
    ]  # fmt: skip


class TestPages:
    @pytest.fixture
    def browser(self, admin, monkeypatch):
        resolve_to(monkeypatch, PUBLIC)
        client = Client()
        client.force_login(admin)
        return client

    def test_from_the_empty_list_to_a_delivery_sent_once_more(self, browser, body) -> None:
        assert "登记接收地址" in browser.get(reverse("webhooks:endpoints")).content.decode()
        wrong = browser.post(
            reverse("webhooks:endpoint-new"), {"organisation": body.pk, "name": "", "url": "x"}
        )
        assert wrong.status_code == 422
        made = browser.post(
            reverse("webhooks:endpoint-new"),
            {
                "organisation": body.pk,
                "name": "取数",
                "url": "https://h.example.com/",
                "types": ["goods.good.refused"],
            },
        ).content.decode()
        with reaching_all():
            row = Endpoint.objects.get()
        assert unseal(row.secret) in made
        here = reverse("webhooks:endpoint", args=[row.pk])
        assert "还没有通知" in browser.get(here).content.decode()
        assert browser.post(here, {"do": "test"}).status_code == 302
        page = browser.get(here).content.decode()
        assert "测试通知" in page
        assert unseal(row.secret) not in page
        with reaching_all():
            delivery = Delivery.objects.get()
        address = reverse("webhooks:delivery", args=[row.pk, delivery.pk])
        assert str(delivery.event) in browser.get(address).content.decode()
        assert browser.post(address).status_code == 302
        assert "yjwh_" in browser.post(here, {"do": "rotate"}).content.decode()
        edit = reverse("webhooks:endpoint-edit", args=[row.pk])
        assert "取数" in browser.get(edit).content.decode()
        changed = {"name": "改", "url": "https://h.example.com/", "types": ["goods.good.refused"]}
        assert browser.post(edit, changed).status_code == 302
        assert browser.post(here, {"do": "nonsense"}).status_code == 302
        assert browser.post(here, {"do": "remove"}).url == reverse("webhooks:endpoints")
        assert browser.get(here).status_code == 404

    def test_lists_cost_the_same_for_many(self, browser, admin, body) -> None:
        row = register(admin, body).endpoint
        here = reverse("webhooks:endpoint", args=[row.pk])
        browser.get(here)  # the first of a session notes more
        costs = []
        for count in (2, 20):
            with as_(admin):
                for _ in range(count):
                    services.send_test(actor=admin, endpoint=row.pk)
            with CaptureQueriesContext(connection) as seen:
                browser.get(here)
            costs.append(len(seen))
        assert costs[0] == costs[1] <= 20


class TestApi:
    @pytest.fixture
    def ask(self, admin, monkeypatch):
        resolve_to(monkeypatch, PUBLIC)
        client = Client()
        client.force_login(admin)

        def send(method, address, content=None, key="k"):
            return client.generic(
                method,
                f"/api/v1/webhooks/{address}",
                json.dumps(content) if content is not None else "",
                content_type="application/json",
                headers={"Idempotency-Key": key},
            )

        return send

    def test_the_whole_life(self, ask, body) -> None:
        types = [each["type"] for each in ask("GET", "types").json()]
        assert "declarations.declaration.released" in types
        wish = {"organisation": "WH", "name": "取数", "url": "https://h.example.com/", "types": types[:2]}
        made = ask("POST", "", wish)
        assert made.status_code == 201
        key, secret = made.json()["id"], made.json()["secret"]
        assert secret.startswith("yjwh_")
        again = ask("POST", "", wish)
        assert (again.json(), again["Idempotent-Replayed"]) == ({"id": key, "secret": None}, "true")
        assert secret not in str(list(ApiRequest.objects.values_list("answer", flat=True)))
        assert [each["id"] for each in ask("GET", "").json()] == [key]
        assert ask("PATCH", f"{key}", {"name": "新"}).json()["name"] == "新"
        assert ask("GET", f"{key}").json()["url"] == "https://h.example.com/"
        assert ask("POST", f"{key}/rotate", key="r").json()["secret"] not in (None, secret)
        test = ask("POST", f"{key}/test", key="t").json()
        page = ask("GET", f"{key}/deliveries?limit=1").json()
        assert [each["event"] for each in page["items"]] == [test["event"]]
        assert ask("POST", f"{key}/deliveries/{test['id']}/redeliver", key="d").json()["attempts"] == 0
        assert ask("POST", f"{key}/step", {"step": "pause"}, key="p").json()["state"] == "paused"
        assert ask("DELETE", f"{key}").status_code == 204
        assert ask("GET", f"{key}").status_code == 404
        assert ask("GET", f"{key}/deliveries").status_code == 404

    def test_refusals(self, ask, body) -> None:
        wish = {"organisation": "NONE", "name": "取数", "url": "https://h.example.com/", "types": ["x"]}
        assert ask("POST", "", wish).status_code == 422
        assert (
            ask("POST", "", wish | {"types": ["goods.good.refused"]}, key="b")
            .json()["detail"]
            .startswith("单位")
        )
        assert ask("POST", "9/test").status_code == 404
