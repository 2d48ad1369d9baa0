"""What a visitor gets carries the headers that keep a browser safe; of every page ``test_permissions_walk`` asks it."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from web.safe import check


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
