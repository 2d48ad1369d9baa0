"""One statement reads a session, its user and how far the trail has come; who may come in is asked as strictly as before."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from youju.foundation.audit.selectors import trail_stamp
from youju.foundation.identity.models import LoginSession, SecondFactor, User
from youju.foundation.identity.roles import Role
from youju.foundation.identity.session_store import SessionStore
from youju.foundation.shell.keeping import SHELF

pytestmark = pytest.mark.django_db
OWN_PASSWORD = "seven-blue-lanterns"


@pytest.fixture
def person(make_user) -> User:
    return make_user("li.si", Role.PFO)


@pytest.fixture
def inside(client: Client, person: User) -> Client:
    client.post("/login", {"username": person.username, "password": OWN_PASSWORD})
    return client


def _read(client: Client) -> SessionStore:
    store = SessionStore(client.cookies["youju_session"].value)
    assert store["_auth_user_id"]
    return store


def _columns(user: User) -> dict[str, Any]:
    return {field.attname: getattr(user, field.attname) for field in User._meta.concrete_fields}


def test_a_kept_page_costs_one_statement(inside, settings, django_assert_num_queries) -> None:
    settings.KEPT_PAGES_BYTES = 1 << 20
    SHELF.clear()
    inside.get("/")
    with django_assert_num_queries(1):
        assert inside.get("/").status_code == 200
    SHELF.clear()


def test_the_user_comes_along_as_the_backend_reads_one(inside, person, django_assert_num_queries) -> None:
    SecondFactor.objects.create(user=person, sealed="x")
    with django_assert_num_queries(1):
        store = _read(inside)
        found: Any = store.signed_in
        assert (found.pk, found.roles, found.organisation.code) == (person.pk, ["PFO"], "ZX")
        assert (found.second_factor.user, found.installation_mode) == (found, None)
    assert _columns(found) == _columns(User.objects.get(pk=person.pk))
    assert store.stamp == trail_stamp() != ""


def test_without_a_second_factor_there_is_none(inside) -> None:
    assert not hasattr(_read(inside).signed_in, "second_factor")


def test_an_account_closed_meanwhile_is_shut_out_at_once(inside, person) -> None:
    assert inside.get("/account").status_code == 200
    User.objects.filter(pk=person.pk).update(is_active=False)
    assert inside.get("/account").status_code == 302


def test_a_password_changed_elsewhere_ends_the_session(inside, person) -> None:
    person.set_password("nine-green-lanterns")
    person.save()
    assert inside.get("/account").status_code == 302


def test_roles_taken_away_are_gone_at_the_next_page(inside, person) -> None:
    assert inside.get("/targets/").status_code == 200
    User.objects.filter(pk=person.pk).update(roles=[Role.MER])
    assert inside.get("/targets/").status_code == 403


def test_the_session_says_whose_it_is_not_the_list(inside, make_user) -> None:
    other = make_user("wang.wu", Role.ADM)
    LoginSession.objects.update(user=other)
    assert "Li.Si" in inside.get("/account").content.decode()


def test_a_session_that_no_login_has_listed_works_as_ever(inside) -> None:
    LoginSession.objects.all().delete()
    assert _read(inside).signed_in is None
    assert inside.get("/account").status_code == 200


def test_an_unknown_or_expired_session_is_nobody(inside, django_assert_num_queries) -> None:
    with django_assert_num_queries(1):
        store = SessionStore("x" * 32)
        assert (store.get("began"), store.signed_in, store.session_key) == (None, None, None)
    session = inside.session
    session.set_expiry(-1)
    session.save()
    assert inside.get("/account").status_code == 302
