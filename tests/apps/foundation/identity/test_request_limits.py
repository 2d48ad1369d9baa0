"""How many requests a minute: of whom, of what kind, over all processes."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test import Client, RequestFactory
from django.urls import resolve
from django.utils import timezone

from youju.foundation.identity import limits, services
from youju.foundation.identity.counting import count, forget
from youju.foundation.identity.permissions import Permission
from youju.foundation.identity.roles import Role
from youju.foundation.identity.web import limiter
from youju.foundation.identity.web.limiter import kind_of, place_of, weigh

pytestmark = pytest.mark.django_db
Users = Callable[..., Any]
DOCUMENT = "/api/v1/targets/2023/findings"
KINDS = ("login", "write", "upload", "piece", "api", "export")


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three of each kind a minute, in a minute that doesn't end within the test."""
    monkeypatch.setattr(limits, "rates", lambda: dict.fromkeys(KINDS, 3))
    monkeypatch.setattr(limiter, "time", SimpleNamespace(time=lambda: 1_000_000_020.0))


class TestLimits:
    def test_logins_from_one_address(self, few: None) -> None:
        client = Client()
        seen = [client.post("/login", {"username": f"u{n}", "password": "x"}).status_code for n in range(5)]
        assert seen[:3] == [422, 422, 422] and seen[3:] == [429, 429]
        answer = client.post("/login", {"username": "u", "password": "x"})
        assert "操作太频繁" in answer.content.decode() and 0 < int(answer["Retry-After"]) <= 60
        assert (
            Client(REMOTE_ADDR="10.9.9.9").post("/login", {"username": "u", "password": "x"}).status_code
            == 422
        )

    def test_the_api_answers_in_json_and_reading_pages_is_free(self, few: None, make_user: Users) -> None:
        client = Client()
        client.force_login(make_user("wang", Role.PFO))
        seen = [client.get(DOCUMENT) for _ in range(5)]
        assert [answer.status_code for answer in seen[3:]] == [429, 429]
        assert "秒后再试" in seen[4].json()["detail"]
        assert {client.get("/account").status_code for _ in range(8)} == {200}

    def test_counts_by_slot(self) -> None:
        forget(10**9)  # the table is no part of what is emptied between tests
        assert [count("x", 7), count("x", 7), count("y", 7), count("x", 8)] == [1, 2, 1, 1]
        assert forget(8) == 1

    def test_a_made_up_key_opens_no_fresh_count(self, few: None) -> None:
        """What a request only claims may not choose its counter."""
        seen = [
            Client()
            .post("/login", {"username": "u", "password": "x"}, headers={"Authorization": f"Bearer yj_{n}_x"})
            .status_code
            for n in range(5)
        ]
        assert seen == [422, 422, 422, 429, 429]
        seen = [
            Client().get(DOCUMENT, headers={"Authorization": f"Bearer yj_{n}_x"}).status_code
            for n in range(5)
        ]
        assert seen == [401, 401, 401, 429, 429]

    def test_a_key_is_counted_by_itself(self, few: None, admin: Any, service: Any) -> None:
        def key() -> str:
            return services.create_key(
                actor=admin,
                owner=service,
                name="取数",
                scopes=[Permission.FINDINGS_VIEW],
                expires_on=timezone.localdate(),
            ).secret

        one, other = key(), key()
        ask = lambda secret: Client().get(DOCUMENT, headers={"Authorization": f"Bearer {secret}"})  # noqa: E731
        assert [ask(one).status_code == 429 for _ in range(5)] == [False, False, False, True, True]
        refused = ask(one)
        assert 0 < int(refused["Retry-After"]) <= 60 and "秒后再试" in refused.json()["detail"]
        assert ask(other).status_code != 429
        # Whoever guesses at the first key's secret spends none of its requests.
        assert ask(other[:-4] + "none").status_code == 401
        assert ask(other).status_code != 429

    def test_exports_are_counted_apart(self, few: None, admin: Any) -> None:
        client = Client()
        client.force_login(admin)
        seen = [client.get("/users?export=csv").status_code for _ in range(5)]
        assert seen == [200, 200, 200, 429, 429]
        assert client.get("/users").status_code == 200

    @pytest.mark.parametrize(
        ("method", "path", "more", "kind"),
        [
            ("get", "/account", {}, ""),
            ("post", "/login", {}, "login"),
            ("post", "/login/second", {}, "login"),
            ("post", "/login/demo/pfo", {}, "write"),
            ("post", "/users/new", {}, "write"),
            ("post", "/targets/import/", {"content_type": "multipart/form-data; boundary=x"}, "upload"),
            ("put", "/imports/x", {"content_type": "application/octet-stream"}, "piece"),
            ("get", "/users?export=csv", {}, "export"),
            ("get", "/api/v1/targets/", {}, "api"),
            ("post", "/api/v1/targets/lint", {}, "api"),
        ],
    )
    def test_kinds(self, method: str, path: str, more: dict[str, str], kind: str) -> None:
        ask = {"content_type": "application/x-www-form-urlencoded"} if method == "post" else {}
        request = getattr(RequestFactory(), method)(path, **(ask | more))
        assert kind_of(request, lambda: None) == kind
        assert kind in ("", *limits.rates())

    def test_a_page_that_hands_files_out_is_an_export(self) -> None:
        view = resolve("/targets/download/docx/").func
        assert kind_of(RequestFactory().get("/targets/download/docx/"), view) == "export"

    @pytest.mark.parametrize(
        ("address", "place"),
        [
            ("10.0.0.1", "10.0.0.1"),
            ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
            ("2001:db8:1:2::9", "2001:db8:1:2::/64"),
            ("", "local"),
        ],
    )
    def test_places(self, address: str, place: str) -> None:
        assert place_of(RequestFactory().get("/", REMOTE_ADDR=address)) == place


@pytest.mark.django_db(transaction=True)
def test_no_count_is_lost_between_connections() -> None:
    """Each worker process has its own connection; all of them see one count."""
    forget(10**9)
    start = Barrier(4)

    def worker(_: int) -> list[int]:
        try:
            start.wait(timeout=10)
            return [count("shared", 7) for _ in range(25)]
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        seen = [number for part in pool.map(worker, range(4)) for number in part]
    assert sorted(seen) == list(range(1, 101))
    assert forget(8) == 1


def test_counting_is_one_statement(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        weigh("write", "u1")


def test_the_table_costs_no_flush() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT relpersistence FROM pg_class WHERE relname = 'identity_rate'")
        assert cursor.fetchone() == ("u",)
