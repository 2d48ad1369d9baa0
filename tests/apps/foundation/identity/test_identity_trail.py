"""What the identity room puts on the trail: who came in, what was changed, what was handed out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from apps.foundation.identity.conftest import OWN_PASSWORD
from youju.foundation.audit import selectors as audit
from youju.foundation.audit.models import Entry
from youju.foundation.identity import services
from youju.foundation.identity.models import LoginSession, Organisation
from youju.foundation.identity.roles import Role

pytestmark = pytest.mark.django_db
Users = Callable[..., Any]


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

    def test_a_name_that_no_account_has_is_not_kept(self, client: Client) -> None:
        """People type their password into the wrong field; the trail is for good."""
        client.post("/login", {"username": "my-secret-lantern", "password": "x"})
        row = Entry.objects.get()
        assert (row.verb, row.subject_key, row.subject_label) == (
            "identity.session.refused",
            "?",
            "没有这个账号",
        )
        assert "lantern" not in str(Entry.objects.values())

    def test_the_lock_is_told_once(self, make_user: Users) -> None:
        user = make_user("wang", Role.STF)
        for _ in range(7):
            Client().post("/login", {"username": "wang", "password": "wrong"})
        lines = audit.history("identity.user", str(user.pk)).lines
        deeds = [line.deed for line in reversed(lines)]
        assert deeds.count("因登录失败次数过多锁定了账号") == 1
        assert deeds[4:6] == ["拒绝了登录，账号", "因登录失败次数过多锁定了账号"]
        assert lines[0].reason == "登录已锁定"

    @pytest.mark.parametrize(("key", "why"), [("seen", "没有操作"), ("began", "最长时间")])
    def test_a_session_that_timed_out(self, make_user: Users, client: Client, key: str, why: str) -> None:
        user = make_user("wang", Role.STF)
        client.post("/login", {"username": "wang", "password": OWN_PASSWORD})
        session = client.session
        session[key] = "2020-01-01T00:00:00+00:00"
        session.save()
        assert client.get("/account").status_code == 302
        last = audit.history("identity.user", str(user.pk)).lines[0]
        assert last.deed == "因超时结束了登录，账号" and why in last.reason
        assert not LoginSession.objects.exists()

    def test_an_export_of_the_list_and_nothing_else_is_a_read(self, admin: Any, client: Client) -> None:
        client.force_login(admin)
        for query in ("", "?text=wa", "?export=nonsense"):
            client.get(f"/users{query}")
        assert not Entry.objects.exists()
        assert client.get("/users?text=wa&export=csv").status_code == 200
        row = Entry.objects.get()
        assert (row.verb, row.actor) == ("shell.list.exported", "admin")
        assert "text=wa&export=csv" in row.after

    def test_one_sees_ones_own_on_the_account_page(self, make_user: Users, client: Client) -> None:
        make_user("wang", Role.STF)
        client.post("/login", {"username": "wang", "password": "wrong"})
        client.post("/login", {"username": "wang", "password": OWN_PASSWORD})
        page = client.get("/account").content.decode()
        assert "登录与安全记录" in page and "拒绝了登录" in page and "登录了" in page

    @pytest.mark.parametrize(("role", "linked"), [(Role.AUD, True), (Role.STF, False)])
    def test_the_way_to_the_trail_is_shown_to_who_may_see_it(
        self, make_user: Users, client: Client, role: Role, linked: bool
    ) -> None:
        client.force_login(make_user("wang", role))
        assert ("在审计记录里查看" in client.get("/account").content.decode()) is linked

    def test_the_first_administrators_organisation_too(self) -> None:
        services.create_first_admin(
            username="first", display_name="一", organisation_name="某中心", organisation_code="ZX"
        )
        assert list(Entry.objects.order_by("position").values_list("verb", flat=True)) == [
            "identity.organisation.saved",
            "identity.user.created",
        ]

    def test_the_organisations_page_shows_its_history(self, admin: Any, client: Client) -> None:
        client.force_login(admin)
        wish = {"name": "某单位", "code": "mo", "kind": "public"}
        client.post("/users/organisations/new", wish)
        made = services.save_organisation(
            actor=admin,
            organisation_id=Organisation.objects.get(code="MO").pk,
            code="MO",
            name="某某单位",
            kind="public",
            credit_code="",
        )
        page = client.get(f"/users/organisations/{made.pk}").content.decode()
        assert page.count("保存了单位") == 2 and "<del>某单位</del>" in page
