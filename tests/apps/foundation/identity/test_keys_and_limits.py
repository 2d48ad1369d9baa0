"""API keys, session lists, rate limits, the trail of the identity room, the headers of every page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from apps.foundation.identity.conftest import OWN_PASSWORD
from youju.foundation.audit import selectors as audit
from youju.foundation.audit.models import Entry
from youju.foundation.identity import limits, selectors, services
from youju.foundation.identity.counting import count, forget
from youju.foundation.identity.models import ApiKey, LoginSession
from youju.foundation.identity.permissions import Permission
from youju.foundation.identity.roles import Role
from youju.foundation.kernel.errors import InputError

pytestmark = pytest.mark.django_db
Users = Callable[..., Any]
DOCUMENT = "/api/v1/targets/2023/findings"


@pytest.fixture
def officer(make_user: Users) -> Any:
    return make_user("officer", Role.PFO)


@pytest.fixture
def issue(admin: Any, officer: Any) -> Callable[..., services.Issued]:
    def make(**changes: Any) -> services.Issued:
        wish = {
            "actor": admin,
            "owner": officer,
            "name": "取数",
            "scopes": [Permission.FINDINGS_VIEW],
            "expires_on": timezone.localdate() + timedelta(days=30),
        }
        return services.create_key(**(wish | changes))

    return make


def ask(secret: str, address: str = DOCUMENT, **more: Any) -> int:
    return Client(**more).get(address, headers={"Authorization": f"Bearer {secret}"}).status_code


class TestKeys:
    def test_a_key_opens_what_its_scopes_say_and_no_more(self, issue: Any) -> None:
        issued = issue()
        assert issued.secret.startswith("yj_")
        assert ask(issued.secret) in (200, 404)
        assert ask(issued.secret, "/api/v1/targets/") == 403
        assert ApiKey.objects.get().last_used_at is not None
        assert issued.secret.split("_", 2)[2] not in str(ApiKey.objects.values())

    @pytest.mark.parametrize("wrong", ["yj_", "yj_00000000_x", "yj_x", "other", ""])
    def test_a_wrong_key_is_nobody(self, issue: Any, wrong: str) -> None:
        issue()
        assert ask(wrong) == 401

    def test_the_wrong_secret_is_nobody(self, issue: Any) -> None:
        assert ask(issue().secret[:-1] + "!") == 401

    def test_it_ends_with_its_day_its_revocation_its_owner_and_his_permission(
        self, issue: Any, admin: Any, officer: Any
    ) -> None:
        issued = issue()
        ApiKey.objects.update(expires_on=timezone.localdate() - timedelta(days=1))
        assert ask(issued.secret) == 401
        ApiKey.objects.update(expires_on=timezone.localdate())
        assert ask(issued.secret) != 401
        officer.roles = ["MER"]
        officer.save()
        assert ask(issued.secret) == 403
        officer.roles, officer.is_active = ["PFO"], False
        officer.save()
        assert ask(issued.secret) == 401
        officer.is_active = True
        officer.save()
        services.revoke_key(actor=admin, key_id=issued.key.pk, reason="不用了")
        assert ask(issued.secret) == 401
        with pytest.raises(InputError, match="已经吊销"):
            services.revoke_key(actor=admin, key_id=issued.key.pk)
        assert [line.deed for line in audit.history("identity.api_key", str(issued.key.pk)).lines] == [
            "吊销了接口密钥",
            "签发了接口密钥",
        ]

    def test_it_may_be_bound_to_addresses(self, issue: Any) -> None:
        secret = issue(addresses=["10.1.0.0/16"]).secret
        assert ask(secret) == 401
        assert ask(secret, REMOTE_ADDR="10.1.2.3") != 401

    def test_what_cannot_be_issued(self, issue: Any, officer: Any) -> None:
        today = timezone.localdate()
        for changes, sentence in (
            ({"scopes": [Permission.USERS_MANAGE]}, "自己没有“管理用户”"),
            ({"scopes": []}, "至少选择一项"),
            ({"name": " "}, "写明用途"),
            ({"expires_on": today - timedelta(days=1)}, "最长 366 天"),
            ({"expires_on": today + timedelta(days=367)}, "最长 366 天"),
            ({"addresses": ["10.1.2"]}, "不是 IP 地址"),
        ):
            with pytest.raises(InputError, match=sentence):
                issue(**changes)
        with pytest.raises(PermissionDenied):
            issue(actor=officer)
        issue(expires_on=today + timedelta(days=366))

    def test_by_page(self, admin: Any, officer: Any, client: Client) -> None:
        client.force_login(admin)
        assert "还没有接口密钥" in client.get("/users/keys").content.decode()
        day = (timezone.localdate() + timedelta(days=9)).isoformat()
        wish = {
            "name": "取数",
            "owner": officer.pk,
            "scopes": ["targets.view"],
            "expires_on": day,
            "addresses": "10.0.0.1",
        }
        page = client.post("/users/keys/new", wish).content.decode()
        assert "yj_" in page and "只显示这一次" in page
        key = ApiKey.objects.get()
        page = client.get(f"/users/keys/{key.pk}").content.decode()
        assert "10.0.0.1/32" in page and "签发了接口密钥" in page
        assert client.post(f"/users/keys/{key.pk}", {"reason": "x"}).status_code == 302
        assert "已吊销" in client.get("/users/keys").content.decode()


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
        assert here.post("/account/sessions/end", {"key": other.key}).status_code == 302
        assert there.get("/account").status_code == 302
        assert here.get("/account").status_code == 200
        assert here.post("/account/sessions/end", {"key": "nobody's"}).status_code == 404
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


class TestLimits:
    def test_logins_from_one_address(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(limits, "rates", lambda: {"login": 3, "write": 3, "api": 3, "export": 3})
        client = Client()
        seen = [client.post("/login", {"username": f"u{n}", "password": "x"}).status_code for n in range(5)]
        assert seen[:3] == [422, 422, 422] and seen[3:] == [429, 429]
        answer = client.post("/login", {"username": "u", "password": "x"})
        assert "操作太频繁" in answer.content.decode() and 0 < int(answer["Retry-After"]) <= 60
        assert (
            Client(REMOTE_ADDR="10.9.9.9").post("/login", {"username": "u", "password": "x"}).status_code
            == 422
        )

    def test_the_api_answers_in_json_and_reading_pages_is_free(
        self, make_user: Users, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(limits, "rates", lambda: {"login": 3, "write": 3, "api": 3, "export": 3})
        client = Client()
        client.force_login(make_user("wang", Role.PFO))
        seen = [client.get(DOCUMENT) for _ in range(5)]
        assert [answer.status_code for answer in seen[3:]] == [429, 429]
        assert "秒后再试" in seen[4].json()["detail"]
        assert {client.get("/account").status_code for _ in range(8)} == {200}

    def test_counts_by_slot(self) -> None:
        assert [count("x", 7), count("x", 7), count("y", 7), count("x", 8)] == [1, 2, 1, 1]
        assert forget(8) == 1


class TestTrail:
    def test_logins_are_recorded_with_address_and_request(self, make_user: Users, client: Client) -> None:
        user = make_user("wang", Role.STF)
        client.post("/login", {"username": "wang", "password": "wrong"})
        answer = client.post("/login", {"username": "wang", "password": OWN_PASSWORD})
        client.post("/logout")
        rows = list(Entry.objects.filter(subject_key=str(user.pk)).order_by("segment", "position"))
        assert [row.verb.rsplit(".", 1)[1] for row in rows] == ["refused", "began", "ended"]
        assert {row.address for row in rows} == {"127.0.0.1"}
        assert rows[1].request_id == answer["X-Request-ID"]
        assert (rows[1].actor, rows[2].actor, rows[1].channel) == ("wang", "wang", "web")

    def test_changes_are_told_by_field_and_without_passwords(self, admin: Any, make_user: Users) -> None:
        user = make_user("wang", Role.STF)
        services.update_user(
            actor=admin,
            user_id=user.pk,
            display_name="王芳",
            organisation=user.organisation,
            roles=[Role.FIN],
            is_active=True,
        )
        services.reset_password(actor=admin, user_id=user.pk)
        lines = audit.history("identity.user", str(user.pk)).lines
        assert {change.name: (change.before, change.after) for change in lines[1].changes} == {
            "姓名": ("Wang", "王芳"),
            "角色": ("STF", "FIN"),
        }
        assert "md5" not in str(Entry.objects.values_list("before", "after"))

    def test_the_history_stands_on_the_users_page(self, admin: Any, make_user: Users, client: Client) -> None:
        client.force_login(admin)
        user = make_user("wang", Role.STF)
        client.post(f"/users/{user.pk}/sessions/end")
        assert "结束了登录，账号" in client.get(f"/users/{user.pk}").content.decode()


@pytest.mark.parametrize("address", ["/login", "/account", "/", "/work/", "/nowhere"])
def test_every_answer_carries_the_headers(address: str, admin: Any, client: Client) -> None:
    client.force_login(admin)
    answer = client.get(address)
    policy = answer["Content-Security-Policy"]
    assert "default-src 'self'" in policy and "unsafe-inline" not in policy and "object-src 'none'" in policy
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in answer["Permissions-Policy"]
    assert len(answer["X-Request-ID"]) >= 8
