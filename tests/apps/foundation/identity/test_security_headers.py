"""Every page that the product has carries the headers that keep a browser safe, and no inline script or style."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from web import samples
from web.walking import addresses, table
from youju.foundation.identity.models import Organisation, User
from youju.foundation.identity.roles import Role

PAGES = sorted({row.name for row in table() if row.method == "GET" and not row.name.startswith("api:")})
INLINE = re.compile(r"<style|\sstyle=|\son[a-z]+=\"|<script(?![^>]*\ssrc=)|javascript:")


@pytest.fixture(scope="module")
def urls(django_db_setup: None, django_db_blocker: Any) -> Iterator[dict[str, str]]:
    with django_db_blocker.unblock(), transaction.atomic():
        made = samples.arguments()
        yield {each.name: reverse(each.name, kwargs=made.get(each.name)) for each in addresses()}
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def everybody(urls: dict[str, str]) -> User:
    """Somebody whom every page lets in."""
    body = Organisation.objects.create(code="HEADS", name="标头单位", kind="centre")
    return User.objects.create(
        username="heads",
        display_name="标头",
        organisation=body,
        roles=[role.value for role in Role],
        must_change_password=False,
    )


def policy_of(answer: Any) -> dict[str, str]:
    parts = (part.strip().partition(" ") for part in answer["Content-Security-Policy"].split(";"))
    return {name: value for name, _, value in parts}


WITHOUT_REFERRER = ("tracing:public",)
"""Pages for anybody, whose address may be a secret or say what somebody reads."""


def check(answer: Any, referrer: str = "same-origin") -> None:
    assert policy_of(answer) == {
        "default-src": "'self'",
        "base-uri": "'none'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
        "object-src": "'none'",
    }
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Referrer-Policy"] == referrer
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert {"camera=()", "geolocation=()", "microphone=()"} <= set(answer["Permissions-Policy"].split(", "))
    assert len(answer["X-Request-ID"]) >= 8


@pytest.mark.parametrize("name", PAGES)
def test_of_every_page(name: str, urls: dict[str, str], everybody: User, django_db_blocker: Any) -> None:
    with django_db_blocker.unblock(), transaction.atomic():
        client = Client()
        client.force_login(everybody)
        answer = client.get(urls[name])
        # Whoever scans a code on a carton takes its secret address nowhere.
        check(
            answer,
            "no-referrer" if name in WITHOUT_REFERRER or name.startswith("claims:public") else "same-origin",
        )
        if answer["Content-Type"].startswith("text/html") and not answer.streaming:
            assert INLINE.findall(answer.content.decode()) == []
        transaction.set_rollback(True)


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/login", "/nowhere", "/users", "/api/v1/targets/", "/healthz"])
def test_of_what_a_visitor_gets(address: str, client: Client) -> None:
    check(client.get(address))


@pytest.mark.django_db
def test_https_is_kept_by_the_browser_where_it_is_used(client: Client, settings: Any) -> None:
    settings.SECURE_HSTS_SECONDS = 3600
    assert "Strict-Transport-Security" not in Client().get("/login")
    # The middleware reads its settings when it is made: a fresh client makes it anew.
    assert Client().get("/login", secure=True)["Strict-Transport-Security"] == "max-age=3600"
