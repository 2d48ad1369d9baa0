"""Where a user is logged in: listed, ended one by one and everywhere, cleared."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from apps.foundation.identity.conftest import OWN_PASSWORD
from youju.foundation.identity import selectors, services
from youju.foundation.identity.devices import device_of
from youju.foundation.identity.models import LoginSession
from youju.foundation.identity.roles import Role
from youju.foundation.kernel.errors import InputError

pytestmark = pytest.mark.django_db
Users = Callable[..., Any]


class TestSessionList:
    def test_a_login_is_listed_and_can_be_ended(self, make_user: Users) -> None:
        user = make_user("wang", Role.STF)
        here, there = (
            Client(HTTP_USER_AGENT="Mozilla (Windows) Edg/1"),
            Client(HTTP_USER_AGENT="iPhone MicroMessenger"),
        )
        for client in (here, there):
            client.post("/login", {"username": "wang", "password": OWN_PASSWORD})
        page = here.get("/account").content.decode()
        assert "Windows 上的 Edge（本机）" in page and "iPhone 上的 微信" in page
        other = LoginSession.objects.get(device="iPhone 上的 微信")
        assert str(other.handle) in page and other.key not in page  # a key opens the session
        assert here.post("/account/sessions/end", {"session": other.key}).status_code == 404
        assert here.post("/account/sessions/end", {"session": str(other.handle)}).status_code == 302
        assert there.get("/account").status_code == 302
        assert here.get("/account").status_code == 200
        assert here.post("/account/sessions/end", {"session": "nobody's"}).status_code == 404
        assert selectors.sessions(actor=user).count() == 1

    def test_everywhere_else(self, make_user: Users) -> None:
        make_user("wang", Role.STF)
        here, *others = (Client() for _ in range(3))
        for client in (here, *others):
            client.post("/login", {"username": "wang", "password": OWN_PASSWORD})
        here.post("/account/sessions/end-others")
        assert here.get("/account").status_code == 200
        assert [client.get("/account").status_code for client in others] == [302, 302]

    def test_a_change_of_password_ends_the_others_and_keeps_this_one(self, make_user: Users) -> None:
        user = make_user("wang", Role.STF)
        here, other = Client(), Client()
        for client in (here, other):
            client.post("/login", {"username": "wang", "password": OWN_PASSWORD})
        new = "a-quite-new-lantern-9"
        answer = here.post("/account/password", {"old": OWN_PASSWORD, "new": new, "again": new})
        assert answer.status_code == 302
        assert here.get("/account").status_code == 200
        assert other.get("/account").status_code == 302
        assert [row.key for row in selectors.sessions(actor=user)] == [here.session.session_key]

    def test_the_administrator_ends_all_of_a_user(self, make_user: Users, admin: Any) -> None:
        user = make_user("wang", Role.STF)
        client, office = Client(), Client()
        client.post("/login", {"username": "wang", "password": OWN_PASSWORD})
        office.force_login(admin)
        office.post(f"/users/{user.pk}/sessions/end")
        assert client.get("/account").status_code == 302
        with pytest.raises(PermissionDenied):
            services.end_sessions(actor=user, user=admin)

    def test_closing_an_account_ends_its_sessions(self, make_user: Users, admin: Any) -> None:
        user = make_user("wang", Role.STF)
        Client().post("/login", {"username": "wang", "password": OWN_PASSWORD})
        services.update_user(
            actor=admin,
            user_id=user.pk,
            display_name="W",
            organisation=user.organisation,
            roles=[Role.STF],
            is_active=False,
        )
        assert not LoginSession.objects.exists()

    def test_expired_ones_are_cleared(self, make_user: Users) -> None:
        make_user("wang", Role.STF)
        Client().post("/login", {"username": "wang", "password": OWN_PASSWORD})
        assert services.clear_sessions() == 0
        LoginSession.objects.create(key="gone", user=LoginSession.objects.get().user)
        assert services.clear_sessions() == 1

    def test_everywhere_and_here(self, make_user: Users) -> None:
        user = make_user("wang", Role.STF)
        here, other = Client(), Client()
        for client in (here, other):
            client.post("/login", {"username": "wang", "password": OWN_PASSWORD})
        answer = here.post("/account/sessions/end-others", {"here": "1"})
        assert "您已在所有地方退出登录" in here.get(answer["Location"]).content.decode()
        assert [client.get("/account").status_code for client in (here, other)] == [302, 302]
        assert not selectors.sessions(actor=user).exists()

    def test_somebody_elses_cannot_be_ended(self, make_user: Users) -> None:
        make_user("wang", Role.STF)
        Client().post("/login", {"username": "wang", "password": OWN_PASSWORD})
        theirs = LoginSession.objects.get()
        with pytest.raises(InputError, match="没有这个登录"):
            services.end_session(actor=make_user("li", Role.STF), handle=str(theirs.handle))
        assert LoginSession.objects.filter(pk=theirs.pk).exists()

    @pytest.mark.parametrize(
        ("agent", "told"),
        [
            ("Mozilla/5.0 (Windows NT 10.0) Chrome/126.0 Safari/537.36 Edg/126.0", "Windows 上的 Edge"),
            ("Mozilla/5.0 (Linux; Android 14) Chrome/126.0 MicroMessenger/8.0", "安卓 上的 微信"),
            ("Mozilla/5.0 (Macintosh; Intel Mac OS X) Version/17 Safari/605", "Mac 上的 Safari"),
            ("curl/8.5", "其他设备"),
            ("", "其他设备"),
        ],
    )
    def test_devices_in_words(self, agent: str, told: str) -> None:
        assert device_of(agent) == told
