"""API keys: what they open, when they end, as whom they may be issued; service accounts."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.test import Client
from django.utils import timezone

from apps.foundation.identity.conftest import OWN_PASSWORD
from youju.config import openapi
from youju.foundation.audit import selectors as audit
from youju.foundation.identity import selectors, services
from youju.foundation.identity.models import ApiKey, Organisation, User
from youju.foundation.identity.permissions import Permission
from youju.foundation.identity.roles import Role
from youju.foundation.kernel.errors import InputError

pytestmark = pytest.mark.django_db
Users = Callable[..., Any]
DOCUMENT = "/api/v1/targets/2023/findings"


@pytest.fixture
def issue(admin: Any, service: Any) -> Callable[..., services.Issued]:
    def make(**changes: Any) -> services.Issued:
        wish = {
            "actor": admin,
            "owner": service,
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
        self, issue: Any, admin: Any, service: Any
    ) -> None:
        issued = issue()
        ApiKey.objects.update(expires_on=timezone.localdate() - timedelta(days=1))
        assert ask(issued.secret) == 401
        ApiKey.objects.update(expires_on=timezone.localdate())
        assert ask(issued.secret) != 401
        service.roles = ["MER"]
        service.save()
        assert ask(issued.secret) == 403
        service.roles, service.is_active = ["PFO"], False
        service.save()
        assert ask(issued.secret) == 401
        service.is_active = True
        service.save()
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

    def test_what_cannot_be_issued(self, issue: Any, make_user: Users) -> None:
        today = timezone.localdate()
        for changes, sentence in (
            ({"scopes": [Permission.USERS_MANAGE]}, "自己没有“管理用户”"),
            ({"scopes": []}, "至少选择一项"),
            ({"name": " "}, "写明用途"),
            ({"expires_on": today - timedelta(days=1)}, "已经过了"),
            ({"expires_on": today + timedelta(days=367)}, "最长 366 天"),
            ({"addresses": ["10.1.2"]}, "不是 IP 地址"),
        ):
            with pytest.raises(InputError, match=sentence):
                issue(**changes)
        officer = make_user("officer", Role.PFO)
        with pytest.raises(PermissionDenied):
            issue(actor=officer)
        with pytest.raises(InputError, match="不能替Officer签发密钥"):
            issue(owner=officer)
        issue(expires_on=today + timedelta(days=366))

    def test_by_page(self, admin: Any, service: Any, client: Client) -> None:
        client.force_login(admin)
        assert "还没有接口密钥" in client.get("/users/keys").content.decode()
        day = (timezone.localdate() + timedelta(days=9)).isoformat()
        wish = {
            "name": "取数",
            "owner": service.pk,
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

    def test_what_is_refused_says_why(self, issue: Any, service: Any) -> None:
        secret = issue().secret
        client = Client()
        answer = client.get("/api/v1/targets/", headers={"Authorization": f"Bearer {secret}"})
        assert "这把接口密钥的范围里没有“看绩效目标”" in answer.json()["detail"]
        service.roles = ["MER"]
        service.save()
        answer = client.get(DOCUMENT, headers={"Authorization": f"bearer  {secret}"})
        assert "密钥所代表的账号没有“看审核意见”" in answer.json()["detail"]
        answer = client.get(DOCUMENT, headers={"Authorization": "Bearer yj_00000000_wrong"})
        assert (answer.status_code, answer["WWW-Authenticate"]) == (401, "Bearer")
        assert "接口密钥无效" in answer.json()["detail"]
        assert "请先登录" in client.get(DOCUMENT).json()["detail"]

    def test_a_key_needs_no_csrf_token_and_a_session_does(self, issue: Any, make_user: Users) -> None:
        secret = issue(scopes=[Permission.TARGETS_VIEW, Permission.FINDINGS_VIEW]).secret
        program, browser = Client(enforce_csrf_checks=True), Client(enforce_csrf_checks=True)
        browser.force_login(make_user("officer", Role.PFO))
        address = "/api/v1/targets/lint"
        assert program.post(address, headers={"Authorization": f"Bearer {secret}"}).status_code == 422
        answer = browser.post(address)
        assert answer.status_code == 403 and "X-CSRFToken" in answer.json()["detail"]

    def test_a_key_opens_no_page(self, issue: Any) -> None:
        assert ask(issue().secret, "/account") == 302

    def test_its_use_is_written_once_a_minute(self, issue: Any, django_assert_num_queries: Any) -> None:
        secret = issue().secret
        ask(secret)
        first = ApiKey.objects.get().last_used_at
        with django_assert_num_queries(1) as seen:  # the key with its owner, and the count
            ask(secret, "/api/v1/targets/")
        assert not any("UPDATE" in query["sql"] for query in seen)
        assert ApiKey.objects.get().last_used_at == first
        ApiKey.objects.update(last_used_at=timezone.now() - timedelta(seconds=61))
        ask(secret)
        assert ApiKey.objects.get().last_used_at > first

    def test_what_a_key_does_is_on_the_trail_as_its_owner(self, issue: Any, service: Any) -> None:
        secret = issue(scopes=[Permission.TARGETS_VIEW]).secret
        seen: list[Any] = []

        def watch(key: Any) -> Any:
            seen.append(key)
            return key

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("youju.foundation.identity.web.api_guard.become", lambda **who: watch(who))
            ask(secret, "/api/v1/targets/")
        assert seen == [
            {"actor": "feed", "actor_name": "Feed", "organisation": "ZX", "reads": "all", "writes": ""}
        ]

    def test_it_belongs_to_the_organisation_it_was_issued_for(self, issue: Any, service: Any) -> None:
        secret = issue().secret
        service.organisation = Organisation.objects.create(code="QT", name="别的单位", kind="public")
        service.save()
        assert ask(secret) == 401


class TestServiceAccounts:
    def test_nobody_logs_in_by_one(self, make_user: Users, client: Client) -> None:
        make_user("feed", Role.STF, is_service=True)
        assert client.post("/login", {"username": "feed", "password": OWN_PASSWORD}).status_code == 422
        client.force_login(User.objects.get())
        assert client.get("/account").status_code == 302

    def test_made_on_the_page_without_a_password(self, admin: Any, client: Client, centre: Any) -> None:
        client.force_login(admin)
        wish = {"username": "erp", "display_name": "报关行系统", "organisation": centre.pk, "roles": ["PFO"]}
        answer = client.post("/users/new", wish | {"is_service": "on"}, follow=True)
        assert "已建立服务账号 erp" in answer.content.decode()
        made = User.objects.get(username="erp")
        assert made.is_service and not made.must_change_password and not made.has_usable_password()
        page = client.get(f"/users/{made.pk}").content.decode()
        assert "服务账号不能登录" in page and "重置密码" not in page
        with pytest.raises(InputError, match="服务账号没有密码"):
            services.reset_password(actor=admin, user_id=made.pk)
        assert made in selectors.key_owners(actor=admin)
        assert made not in selectors.colleagues(actor=admin)

    def test_roles_that_ask_for_a_person_are_refused(self, admin: Any, service: Any, centre: Any) -> None:
        for role in (Role.ADM, Role.FIN, Role.HED):
            with pytest.raises(InputError, match="只能由人担任"):
                services.create_user(
                    actor=admin,
                    username="x1",
                    display_name="某",
                    organisation=centre,
                    roles=[role],
                    is_service=True,
                )
            with pytest.raises(InputError, match="只能由人担任"):
                services.update_user(
                    actor=admin,
                    user_id=service.pk,
                    display_name="某",
                    organisation=centre,
                    roles=[role],
                    is_active=True,
                )

    def test_the_database_refuses_one_with_a_password_to_change(self, make_user: Users) -> None:
        with pytest.raises(IntegrityError, match="user_service"):
            make_user("feed", Role.STF, is_service=True, must_change_password=True)


def test_the_description_names_both_ways_in() -> None:
    described = json.loads(openapi.text())
    assert set(described["components"]["securitySchemes"]) == {"ApiKey", "Session"}
    operations = [operation for path in described["paths"].values() for operation in path.values()]
    assert operations
    assert all(operation["security"] == [{"ApiKey": []}, {"Session": []}] for operation in operations)
