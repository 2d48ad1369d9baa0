"""Every address, for every role and for a visitor, against the committed table ``permission_table.csv``.

A new address without a row fails, and so does a row without an address, a view without a mark, a method that
the table doesn't know, an address that names a thing without a sample (``samples.py``). One line each::

    targets:import,POST,PFO          roles by their codes, with spaces between
    identity:account,GET,logged-in   every role
    identity:login,GET,*             visitors too
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from zlib import crc32

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from web import safe, samples
from web.walking import METHODS, Address, Row, addresses, table
from youju.foundation.identity.models import Organisation, User
from youju.foundation.identity.permissions import Permission, roles_with
from youju.foundation.identity.roles import Role
from youju.foundation.identity.services import note_login
from youju.foundation.identity.web import clock

ADDRESSES = {address.name: address for address in addresses()}
TABLE = table()
LOGIN = "/login"
# django-ninja's own answer at the foot of the API: no data, and no way to decorate it.
API_ROOT = "api:api-root"
EVERY_ROLE, FEW = os.environ.get("YOUJU_EXAMPLES") == "nightly", 3


@dataclass(frozen=True)
class World:
    """One logged-in person for each role, and the address of every page."""

    sessions: dict[Role, str]
    urls: dict[str, str]

    def ask(self, row: Row, role: Role | None, *, page: bool = True) -> Any:
        """The answer to a role, or to a visitor. Without ``page`` a refusal is JSON."""
        headers = None if page else {"Accept": "application/json"}
        client = Client(raise_request_exception=True, headers=headers)
        if role is not None:
            client.cookies[settings.SESSION_COOKIE_NAME] = self.sessions[role]
        return client.generic(row.method, self.urls[row.name])


@contextmanager
def taken_back() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    with django_db_blocker.unblock(), taken_back():
        office = Organisation.objects.create(code="WALK", name="走查单位", kind="centre")
        people = {
            role: User.objects.create(
                username=f"walk-{role.lower()}",
                display_name=role.label,
                organisation=office,
                roles=[role],
                must_change_password=False,
            )
            for role in Role
        }
        made = samples.arguments()
        urls = {name: reverse(name, kwargs=made.get(name)) for name in ADDRESSES}
        yield World({role: _session(person) for role, person in people.items()}, urls)


def _session(person: User) -> str:
    """Logging in costs as much as a page does: once for each role. Listed and begun as a login's own session is."""
    client = Client()
    client.force_login(person)
    session = client.session
    clock.start(session)
    # What the walk changes is taken back, the note of the last use as well: without this each page after a minute would write it.
    session[clock.SEEN] = (timezone.now() + timedelta(hours=1)).isoformat()
    session.save()
    note_login(user=person, key=session.session_key, address=None, agent="")
    return session.session_key


def shown_to(row: Row) -> list[Role]:
    """The roles for whom the page is made: all of them at night, else a few, others for the next page.

    Who is let in is said by the guard alone, and ``test_the_table_says_what_the_guards_say`` compares it for every role; what
    this adds is that the page can be made for them.
    """
    let_in = [role for role in Role if role in row.roles]
    if EVERY_ROLE or len(let_in) <= FEW:
        return let_in
    start = crc32(ids(row).encode()) % len(let_in)
    return (let_in * 2)[start : start + FEW]


def ids(row: Row) -> str:
    return f"{row.method} {row.name}"


def test_every_address_has_a_name_of_its_own() -> None:
    found = addresses()
    assert [address.pattern for address in found if address.name.startswith("(no name)")] == []
    assert len({address.name for address in found}) == len(found)


def test_every_address_stands_in_the_table() -> None:
    assert set(ADDRESSES) - {row.name for row in TABLE} == set(), "add rows to tests/web/permission_table.csv"


def test_every_row_has_an_address_and_stands_once_in_order() -> None:
    assert {row.name for row in TABLE} - set(ADDRESSES) == set()
    keys = [(row.name, METHODS.index(row.method)) for row in TABLE]
    assert keys == sorted(set(keys))


def test_every_address_that_names_a_thing_has_a_sample() -> None:
    known = set(samples.registered())
    missing = {name for name, address in ADDRESSES.items() if address.arguments} - known
    assert missing == set(), "add a function to tests/web/samples_<app>.py"
    assert known - set(ADDRESSES) == set(), "samples of addresses that are gone"


@pytest.mark.parametrize("address", ADDRESSES.values(), ids=lambda address: address.name)
def test_every_view_carries_a_mark(address: Address) -> None:
    if address.name == API_ROOT:
        return
    if address.is_api:
        unguarded = [op.operation_id or op.path for op in address.operations if not op.auth_callbacks]
        assert unguarded == []
        return
    marks = hasattr(address.view, "required_permission"), getattr(address.view, "is_public", False)
    assert sorted(marks) == [False, True], "exactly one of permission_required and public"


@pytest.mark.parametrize("row", TABLE, ids=ids)
def test_roles(world: World, row: Row) -> None:
    """Who is let in, and with a page that keeps the reader's browser safe; who is shut out."""
    wrong, refused = [], False
    with taken_back():
        # First those who are shut out, who change nothing. They get the same page whoever they are: it is made for the
        # first of them, the others get its status.
        for role in Role:
            if role not in row.roles:
                answer = world.ask(row, role, page=not refused)
                refused = True
                if answer.status_code != 403:
                    wrong.append(f"{role}: {answer.status_code}")
        for role in shown_to(row):
            # What one changes is not what the next one finds; reading changes nothing.
            with taken_back() if row.method != "GET" else nullcontext():
                answer = world.ask(row, role)
            if answer.status_code >= 500 or answer.status_code in (401, 403, 405):
                wrong.append(f"{role}: {answer.status_code}")
            elif row.method == "GET" and not ADDRESSES[row.name].is_api:
                safe.check_page(row.name, answer)
    assert wrong == []


@pytest.mark.parametrize("row", TABLE, ids=ids)
def test_visitors(world: World, row: Row) -> None:
    with taken_back():
        answer = world.ask(row, None)
    if row.public:
        assert answer.status_code < 500
        assert answer.status_code not in (401, 403, 405)
        assert f"{LOGIN}?next=" not in answer.headers.get("Location", "")
    elif ADDRESSES[row.name].is_api:
        assert answer.status_code == 401
    else:
        assert (answer.status_code, answer.headers["Location"].split("?")[0]) == (302, LOGIN)


@pytest.mark.parametrize("address", ADDRESSES.values(), ids=lambda address: address.name)
def test_other_methods_are_refused(world: World, address: Address) -> None:
    """A method without a row answers 405 to a role that may use another one."""
    if address.name == API_ROOT:
        return
    rows = [row for row in TABLE if row.name == address.name]
    role = min(frozenset.union(*(row.roles for row in rows)))
    methods = METHODS if address.is_api else ("GET", "POST")
    others = [method for method in methods if method not in {row.method for row in rows}]
    with taken_back():
        for method in others:
            answer = world.ask(Row(address.name, method, frozenset(), public=False), role)
            assert answer.status_code == 405, f"{method} {address.name}"


@pytest.mark.parametrize("permission", Permission)
def test_the_table_says_what_the_guards_say(permission: Permission) -> None:
    """The guard of a page and its rows name the same roles: one can't be loosened without the other."""
    for row in TABLE:
        needed = getattr(ADDRESSES[row.name].view, "required_permission", None)
        if needed is permission:
            assert row.roles == frozenset(roles_with(permission)), ids(row)
        elif isinstance(needed, tuple) and permission in needed:
            assert row.roles == frozenset(role for each in needed for role in roles_with(each)), ids(row)
