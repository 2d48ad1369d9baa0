"""The short way of programs with a key: the same answers and headers as by the long way, which a cookie leads to."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client, override_settings
from django.utils import timezone, translation

from trade_deals import make_deal
from trade_people import person
from youju.foundation.identity import services
from youju.foundation.identity.models import User
from youju.foundation.identity.permissions import Permission
from youju.foundation.identity.roles import Role
from youju.foundation.kernel.context import reaching_all
from youju.trade.orders import selectors

pytestmark = pytest.mark.django_db
ORDERS = "/api/v1/orders/"


@pytest.fixture
def key() -> str:
    with reaching_all():
        deal = make_deal()
        User.objects.filter(pk=deal.merchant.pk).update(is_service=True)
        owner = User.objects.get(pk=deal.merchant.pk)
        scopes = [Permission.ORDERS_EDIT, Permission.ORDERS_VIEW]
        until = timezone.localdate() + timedelta(days=2)
        admin = person(Role.ADM, "KEYADM")
        return services.create_key(actor=admin, owner=owner, name="t", scopes=scopes, expires_on=until).secret


def told(answer: Any) -> tuple[int, dict[str, Any], bytes]:
    """Status, headers but for the request's own number, body; directives in any order."""
    headers = {name: value for name, value in answer.headers.items() if name != "X-Request-ID"}
    policy = headers.get("Content-Security-Policy", "")
    headers["Content-Security-Policy"] = sorted(policy.split("; "))
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return answer.status_code, headers, body


def both(method: str, address: str, **more: Any) -> tuple[Any, Any]:
    headers = more.pop("headers")
    client = Client(raise_request_exception=False)
    return tuple(
        told(client.generic(method, address, headers=headers | cookie, **more))
        for cookie in ({}, {"Cookie": "a=b"})
    )


@pytest.mark.parametrize(
    ("method", "address", "data", "status"),
    [
        ("GET", ORDERS, "", 200),
        ("GET", f"{ORDERS}?cursor=x", "", 422),
        ("GET", f"{ORDERS}nothing", "", 404),
        ("GET", "/api/v1/nowhere", "", 404),
        ("GET", "/api/v1/orders", "", 301),
        ("POST", ORDERS, "{nonsense", 400),
        ("POST", ORDERS, json.dumps({"merchant": "M1"}), 422),
        ("POST", f"{ORDERS}bulk", "{nonsense", 200),
        ("POST", "/api/v1/declarations/plan", "{}", None),
        ("PUT", ORDERS, "", 405),
        ("HEAD", ORDERS, "", None),
        ("GET", "/healthz", "", 200),
    ],
)
def test_the_same_answer_by_both_ways(
    key: str, method: str, address: str, data: str, status: int | None
) -> None:
    headers = {"Authorization": f"Bearer {key}", "Accept-Language": "en"}
    short, long = both(method, address, data=data, content_type="application/json", headers=headers)
    assert short == long
    assert status is None or short[0] == status


@pytest.mark.parametrize("host", ["localhost", "evil.example"])
@pytest.mark.parametrize("presented", ["yj_no_such", "yj_", "x"])
def test_strangers_too(host: str, presented: str) -> None:
    short, long = both("GET", ORDERS, headers={"Authorization": f"Bearer {presented}", "Host": host})
    assert short == long and short[0] == (401 if host == "localhost" else 400)


@override_settings(MAX_REQUEST_BYTES=10)
def test_a_body_too_big(key: str) -> None:
    headers = {"Authorization": f"Bearer {key}"}
    short, long = both("POST", ORDERS, data="x" * 11, content_type="application/json", headers=headers)
    assert short == long and short[0] == 413


def test_an_error_of_ours(key: str, monkeypatch) -> None:
    def fails(**_: Any) -> None:
        raise RuntimeError("ours")

    monkeypatch.setattr(selectors, "orders", fails)
    short, long = both("GET", ORDERS, headers={"Authorization": f"Bearer {key}"})
    assert short == long and short[0] == 500


def test_the_language_before_does_not_stay(key: str) -> None:
    with translation.override("en"):
        answer = Client().get(ORDERS, headers={"Authorization": f"Bearer {key}"})
    assert answer["Content-Language"] == "zh-hans"
