"""Demo data and real data never share a database."""

from __future__ import annotations

import pytest
from django.test import Client

from youju.foundation.identity import demo, installation, services
from youju.foundation.identity.models import Installation, Organisation, User
from youju.foundation.identity.permissions import Permission, allowed
from youju.foundation.identity.roles import Role
from youju.foundation.kernel.errors import InputError

pytestmark = pytest.mark.django_db


def first_admin() -> services.Change:
    return services.create_first_admin(
        username="guan.li", display_name="管理", organisation_name="某中心", organisation_code="ZX"
    )


def test_one_account_for_each_role() -> None:
    demo.load()
    assert {account.role for account in demo.accounts()} == set(Role)
    for account in demo.accounts():
        user = User.objects.get(username=account.username)
        assert (user.roles, user.is_demo, user.must_change_password) == ([account.role.value], True, False)
        assert user.check_password(account.password)
        assert allowed(user, Permission.HOME_VIEW)


def test_a_second_load_changes_nothing_and_reports_progress() -> None:
    demo.load()
    before = list(User.objects.order_by("pk").values())
    steps: list[tuple[int, int]] = []
    demo.load(lambda done, total: steps.append((done, total)))
    assert list(User.objects.order_by("pk").values()) == before
    people = len(before)  # one for each role, and a colleague who reviews what the first one asked for
    assert steps == [(number, people) for number in range(1, people + 1)]
    assert Installation.objects.get().mode == "demo"


def test_no_demo_beside_real_data() -> None:
    first_admin()
    with pytest.raises(InputError, match="已有正式数据，不能再装入演示数据"):
        demo.load()
    assert not User.objects.filter(is_demo=True).exists()
    assert installation.mode() is Installation.Mode.REAL


def test_no_demo_beside_accounts_of_unknown_origin(admin) -> None:
    with pytest.raises(InputError, match="已有正式数据"):
        demo.load()


def test_no_real_data_beside_the_demo() -> None:
    demo.load()
    with pytest.raises(InputError, match="装的是演示数据，不能用于正式工作"):
        first_admin()


def test_a_demo_account_cannot_log_in_beside_real_data(make_user) -> None:
    installation.claim(Installation.Mode.REAL)
    user = make_user("demo-pfo", Role.PFO, is_demo=True)
    user.set_password(demo.PASSWORD)
    user.save()
    visitor = Client()
    answer = visitor.post("/login", {"username": "demo-pfo", "password": demo.PASSWORD})
    assert answer.status_code == 422
    assert visitor.post("/login/demo/pfo").status_code == 404
    assert "_auth_user_id" not in visitor.session
    visitor.force_login(user)
    assert visitor.get("/account").status_code == 302
    assert "demo-pfo" not in visitor.get("/login").content.decode()


def test_the_login_page_shows_and_opens_each_demo_account() -> None:
    demo.load()
    page = Client().get("/login").content.decode()
    for account in demo.accounts():
        assert account.username in page
        assert account.role_name in page
        visitor = Client()
        answer = visitor.post(f"/login/demo/{account.role.value.lower()}", {"next": "/account"})
        assert (answer.status_code, answer["Location"]) == (302, "/account")
        assert account.role_name in visitor.get("/account").content.decode()
    assert demo.PASSWORD in page


def test_one_click_login_needs_the_csrf_token() -> None:
    demo.load()
    assert Client(enforce_csrf_checks=True).post("/login/demo/pfo").status_code == 403


def test_the_first_administrator() -> None:
    assert "youju users create-admin" in Client().get("/login").content.decode()
    change = first_admin()
    user = User.objects.get()
    assert (user.roles, user.must_change_password) == (["ADM"], True)
    assert user.check_password(change.secret)
    assert Organisation.objects.get().kind == "centre"
    assert "youju users create-admin" not in Client().get("/login").content.decode()
    with pytest.raises(InputError, match="已经有系统管理员了"):
        first_admin()
