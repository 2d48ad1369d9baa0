"""Kept pages: the same as a fresh one, never older than the last write, never another user's."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from threading import Barrier, Thread
from typing import Any

import pytest
from django.conf import settings as product
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.test import Client, RequestFactory

from youju.foundation.audit.selectors import trail_stamp
from youju.foundation.audit.services import record
from youju.foundation.audit.verbs import verb
from youju.foundation.kernel.subjects import Subject
from youju.foundation.shell.keeping import SHELF, kept

pytestmark = pytest.mark.django_db
TOUCHED = verb("test.thing.touched", "碰了")
TOKEN = re.compile(rb'name="csrf-token" content="([^"]+)"')


@pytest.fixture(autouse=True)
def keeping(settings: Any) -> Iterator[None]:
    settings.KEPT_PAGES_BYTES = 1 << 20
    SHELF.clear()
    yield
    SHELF.clear()


class Somebody:
    """As much of a user as the shelf asks for."""

    is_authenticated = True

    def __init__(self, pk: int = 1, roles: tuple[str, ...] = ("PFO",)) -> None:
        self.pk, self.roles = pk, roles


@pytest.fixture
def ask(rf: RequestFactory) -> Callable[..., HttpRequest]:
    def make(path: str = "/page/", user: Any = None, **headers: str) -> HttpRequest:
        request = rf.get(path, headers=headers)
        request.user = user or Somebody()
        request.session = {}  # type: ignore[assignment]
        return request

    return make


class Counting:
    """A view that tells how often it was asked."""

    def __init__(self, **headers: str) -> None:
        self.made, self.headers = 0, headers

    def __call__(self, request: HttpRequest, *_: Any) -> HttpResponse:
        self.made += 1
        body = f'<meta name="csrf-token" content="{get_token(request)}">第 {self.made} 次'
        return HttpResponse(body, headers=self.headers)


def touch() -> None:
    record(TOUCHED, Subject("test.thing", "1", "某物"), {"n": 1}, {"n": 2})


def told(response: Any) -> str:
    return TOKEN.sub(b"", response.content).decode()


def test_a_page_is_made_once_until_something_is_written(ask: Any) -> None:
    view = Counting()
    page = kept()(view)
    first = page(ask())
    assert told(page(ask())) == told(first)
    assert view.made == 1
    touch()
    assert "第 2 次" in told(page(ask()))
    assert page(ask())["Content-Type"] == first["Content-Type"]


def test_each_answer_carries_a_token_of_its_own(ask: Any) -> None:
    page = kept()(Counting())
    request = ask()
    page(request)
    again = ask()
    again.META["CSRF_COOKIE"] = request.META["CSRF_COOKIE"]
    tokens = {TOKEN.search(page(each).content)[1] for each in (again, again, again)}  # type: ignore[index]
    assert len(tokens) == 3
    assert all(len(token) == 64 for token in tokens)


@pytest.mark.parametrize(
    "other",
    [
        {"user": Somebody(pk=2)},
        {"user": Somebody(roles=("AUD",))},
        {"path": "/page/?year=2023"},
        {"HX-Request": "true"},
        {"HX-Target": "listing"},
        {"host": "127.0.0.1"},
    ],
    ids=["person", "roles", "query", "htmx", "target", "host"],
)
def test_what_differs_gets_a_page_of_its_own(ask: Any, other: dict[str, Any]) -> None:
    view = Counting()
    page = kept()(view)
    page(ask())
    page(ask(**other))
    assert view.made == 2


def test_another_day_gets_a_page_of_its_own(ask: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from datetime import date

    from youju.foundation.shell import keeping

    view = Counting()
    page = kept()(view)
    page(ask())
    monkeypatch.setattr(keeping.timezone, "localdate", lambda: date(2030, 1, 2))
    page(ask())
    assert view.made == 2


def test_what_the_trail_does_not_tell_is_asked(ask: Any) -> None:
    view, state = Counting(), [1]
    page = kept(also=lambda: state[0])(view)
    page(ask())
    page(ask())
    state[0] = 2
    page(ask())
    assert view.made == 2


@pytest.mark.parametrize(
    "headers",
    [{"Content-Disposition": "attachment"}, {"Content-Type": "application/json"}],
    ids=["download", "no page"],
)
def test_only_pages_are_kept(ask: Any, headers: dict[str, str]) -> None:
    view = Counting(**headers)
    page = kept()(view)
    page(ask())
    page(ask())
    assert view.made == 2


def test_a_refusal_and_a_cookie_are_not_kept(ask: Any) -> None:
    calls = []

    def refusing(request: HttpRequest) -> HttpResponse:
        calls.append(1)
        response = HttpResponse("x", status=404 if len(calls) < 3 else 200)
        response.set_cookie("a", "b")
        return response

    page = kept()(refusing)
    for _ in range(4):
        page(ask())
    assert len(calls) == 4


def test_a_waiting_message_is_shown_and_not_kept(ask: Any) -> None:
    view = Counting()
    page = kept()(view)
    waiting = ask()
    waiting.COOKIES["messages"] = "x"
    page(waiting)
    page(ask())
    assert view.made == 2


def test_a_page_that_leaves_a_message_is_not_kept(ask: Any) -> None:
    from django.contrib.messages.storage.cookie import CookieStorage

    def view(request: HttpRequest) -> HttpResponse:
        request._messages = CookieStorage(request)  # type: ignore[attr-defined]
        messages.info(request, "好")
        return HttpResponse("x")

    page = kept()(view)
    page(ask())
    assert not SHELF._pages


def test_the_shelf_holds_no_more_than_it_may(ask: Any, settings: Any) -> None:
    settings.KEPT_PAGES_BYTES = 400
    page = kept()(Counting())
    for number in range(50):
        page(ask(f"/page/?n={number}"))
    assert 0 < SHELF._size <= 400
    assert SHELF._size == sum(each.size for each in SHELF._pages.values())


def test_nothing_is_kept_where_it_is_switched_off(ask: Any, settings: Any) -> None:
    settings.KEPT_PAGES_BYTES = 0
    view = Counting()
    page = kept()(view)
    page(ask())
    page(ask())
    assert view.made == 2
    assert not SHELF._pages


def test_many_who_ask_at_once_wait_for_one(monkeypatch: pytest.MonkeyPatch, ask: Any) -> None:
    """Without the database: threads have connections of their own."""
    from youju.foundation.shell import keeping

    monkeypatch.setattr(keeping, "trail_stamp", lambda: "1:1")
    start, view = Barrier(8), Counting()
    page = kept()(view)

    def visit() -> None:
        start.wait()
        page(ask())

    threads = [Thread(target=visit) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert view.made == 1
    assert not SHELF._making


def test_a_view_that_fails_leaves_nothing_behind(ask: Any) -> None:
    def failing(_: HttpRequest) -> HttpResponse:
        raise ValueError

    page = kept()(failing)
    with pytest.raises(ValueError):
        page(ask())
    assert not SHELF._making
    assert not SHELF._pages


def test_the_stamp_moves_with_every_entry() -> None:
    seen = {trail_stamp()}
    for _ in range(3):
        touch()
        seen.add(trail_stamp())
    assert len(seen) == 4


@pytest.mark.parametrize("path", ["/", "/system/audit/"])
def test_a_kept_page_is_the_fresh_page(client: Client, path: str, settings: Any) -> None:
    from youju.foundation.identity.models import Organisation, User

    centre = Organisation.objects.create(code="CENTRE", name="某中心", kind="centre")
    user = User.objects.create(
        username="keeper", display_name="某人", organisation=centre, roles=["AUD"], must_change_password=False
    )
    client.force_login(user)

    def visit() -> bytes:
        return re.sub(
            rb'(csrf-token" content|csrfmiddlewaretoken" value)="[^"]+"', b"", client.get(path).content
        )

    fresh = visit()
    assert len(SHELF._pages) == 1
    assert visit() == fresh
    user.display_name = "改了名"
    user.save()
    assert "改了名".encode() not in visit(), "a write without an entry is not seen; services always leave one"
    touch()
    assert "改了名".encode() in visit()


def test_the_product_keeps_pages() -> None:
    """The tests switch it off for all others; the settings themselves do not."""
    from pathlib import Path

    assert (
        "KEPT_PAGES_BYTES = 64 * 1024 * 1024"
        in Path(product.BASE_DIR, "src/youju/config/settings.py").read_text()
    )
