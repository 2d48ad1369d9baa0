"""Coming in: right and wrong passwords, lock-out, the way back, going out."""

from __future__ import annotations

from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.db.models import F
from django.test import Client
from django.utils import timezone

from youju.foundation.identity import limits, lockout, services
from youju.foundation.identity.roles import Role

pytestmark = pytest.mark.django_db
OWN_PASSWORD = "seven-blue-lanterns"


def try_login(client: Client, username: str, password: str, address: str = "10.0.0.1", **more):
    return client.post("/login", {"username": username, "password": password} | more, REMOTE_ADDR=address)


def fail(username: str, times: int, address: str = "10.0.0.1", agent: str = "browser") -> None:
    for _ in range(times):
        Client(HTTP_USER_AGENT=agent).post(
            "/login", {"username": username, "password": "wrong"}, REMOTE_ADDR=address
        )


def pass_time(minutes: float) -> None:
    """Let every recorded failure lie further back."""
    AccessAttempt.objects.update(attempt_time=F("attempt_time") - timedelta(minutes=minutes))


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


class TestPassword:
    def test_right_one_comes_in(self, client, make_user) -> None:
        make_user("li.si", Role.STF)
        answer = try_login(client, " Li.Si ", OWN_PASSWORD)
        assert (answer.status_code, answer["Location"]) == (302, "/")
        assert is_in(client)

    @pytest.mark.parametrize("who", ["li.si", "nobody", "closed"])
    def test_every_refusal_says_the_same(self, client, make_user, who: str) -> None:
        make_user("li.si", Role.STF)
        make_user("closed", Role.STF, is_active=False)
        password = OWN_PASSWORD if who == "closed" else "wrong"
        answer = try_login(client, who, password)
        assert answer.status_code == 422
        assert "用户名或密码不正确" in answer.content.decode()
        assert not is_in(client)

    def test_blank_fields_are_named(self, client, db) -> None:
        page = try_login(client, "", "").content.decode()
        assert "请输入用户名。" in page
        assert "请输入密码。" in page
        assert not AccessAttempt.objects.exists()

    def test_needs_the_csrf_token(self, make_user) -> None:
        make_user("li.si", Role.STF)
        assert try_login(Client(enforce_csrf_checks=True), "li.si", OWN_PASSWORD).status_code == 403

    def test_a_session_from_before_is_not_taken_over(self, client, make_user) -> None:
        make_user("li.si", Role.STF)
        session = client.session
        session["planted"] = True
        session.save()
        planted = session.session_key
        try_login(client, "li.si", OWN_PASSWORD)
        assert client.session.session_key != planted

    def test_a_closed_account_loses_its_session(self, client, make_user) -> None:
        user = make_user("li.si", Role.STF)
        try_login(client, "li.si", OWN_PASSWORD)
        assert client.get("/account").status_code == 200
        user.is_active = False
        user.save()
        assert client.get("/account").status_code == 302

    def test_a_reset_password_ends_sessions(self, client, admin, make_user) -> None:
        user = make_user("li.si", Role.STF)
        try_login(client, "li.si", OWN_PASSWORD)
        services.reset_password(actor=admin, user_id=user.pk)
        assert client.get("/account").status_code == 302


class TestLockOut:
    def test_after_five_failures_even_the_right_password_waits(self, client, make_user) -> None:
        make_user("li.si", Role.STF)
        fail("li.si", 4)
        fail("LI.SI", 1)
        answer = try_login(client, "li.si", OWN_PASSWORD)
        assert answer.status_code == 429
        assert not is_in(client)
        opens = timezone.localtime(lockout.locked_until("li.si", "10.0.0.1")) + timedelta(minutes=1)
        assert f"请在 {opens:%H:%M} 以后再试" in answer.content.decode()

    def test_four_failures_do_not_lock(self, client, make_user) -> None:
        make_user("li.si", Role.STF)
        fail("li.si", 4)
        assert try_login(client, "li.si", OWN_PASSWORD).status_code == 302

    def test_the_fifth_failure_says_so(self, make_user) -> None:
        make_user("li.si", Role.STF)
        fail("li.si", 4)
        assert try_login(Client(), "li.si", "wrong").status_code == 429

    def test_another_browser_does_not_help(self, client, make_user) -> None:
        make_user("li.si", Role.STF)
        fail("li.si", 3, agent="one")
        fail("li.si", 2, agent="two")
        assert try_login(client, "li.si", OWN_PASSWORD).status_code == 429

    def test_a_name_that_does_not_exist_is_locked_alike(self, client, db) -> None:
        fail("nobody", 5)
        assert try_login(client, "nobody", "wrong").status_code == 429

    def test_the_owner_elsewhere_still_comes_in(self, client, make_user) -> None:
        make_user("li.si", Role.STF)
        fail("li.si", 5)
        assert try_login(client, "li.si", OWN_PASSWORD, address="10.0.0.2").status_code == 302

    def test_many_addresses_lock_the_name_everywhere(self, client, make_user) -> None:
        make_user("li.si", Role.STF)
        for number in range(10):
            fail("li.si", 3, address=f"10.0.1.{number}")
        assert try_login(client, "li.si", OWN_PASSWORD, address="10.0.0.2").status_code == 429

    def test_many_names_lock_the_address(self, client, make_user, monkeypatch) -> None:
        # A hundred failures within the test are more than a minute allows; they come one by one in life.
        monkeypatch.setattr(limits, "rates", lambda: {"login": 1000})
        make_user("li.si", Role.STF)
        for number in range(25):
            fail(f"guess{number}", 4)
        assert try_login(client, "li.si", OWN_PASSWORD).status_code == 429
        assert try_login(Client(), "li.si", OWN_PASSWORD, address="10.0.0.2").status_code == 302

    def test_it_opens_after_the_time_and_tries_meanwhile_do_not_prolong_it(self, client, make_user) -> None:
        make_user("li.si", Role.STF)
        fail("li.si", 5)
        pass_time(14.9)
        assert try_login(client, "li.si", OWN_PASSWORD).status_code == 429
        pass_time(0.2)
        assert try_login(client, "li.si", OWN_PASSWORD).status_code == 302

    def test_success_forgets_failures_here_but_not_at_other_names(self, client, make_user) -> None:
        make_user("li.si", Role.STF)
        make_user("insider", Role.STF)
        fail("li.si", 4)
        try_login(client, "insider", OWN_PASSWORD)
        assert AccessAttempt.objects.get().username == "li.si"
        try_login(Client(), "li.si", OWN_PASSWORD)
        assert not AccessAttempt.objects.exists()

    def test_the_administrator_unlocks(self, client, admin, make_user) -> None:
        user = make_user("li.si", Role.STF)
        fail("li.si", 5)
        assert lockout.locked_usernames() == {"li.si"}
        services.unlock_user(actor=admin, user_id=user.pk)
        assert lockout.locked_usernames() == set()
        assert try_login(client, "li.si", OWN_PASSWORD).status_code == 302

    def test_passwords_tried_are_not_kept(self, db) -> None:
        try_login(Client(), "li.si", "a-secret-typed-wrong")
        kept = AccessAttempt.objects.values().get()
        assert "a-secret-typed-wrong" not in str(kept)


class TestProxies:
    def address_of(self, db_client: Client, forwarded: str) -> str | None:
        db_client.post("/login", {"username": "x1", "password": "x"}, HTTP_X_FORWARDED_FOR=forwarded)
        return AccessAttempt.objects.get().ip_address

    def test_without_a_proxy_the_header_is_not_believed(self, client, db) -> None:
        assert self.address_of(client, "1.2.3.4") == "127.0.0.1"

    def test_behind_a_proxy_only_what_it_added_is_believed(self, client, db, settings) -> None:
        settings.TRUSTED_PROXIES = 1
        assert self.address_of(client, "6.6.6.6, 1.2.3.4") == "1.2.3.4"


class TestWayBack:
    @pytest.mark.parametrize("wish", ["/account", "/users?role=ADM&q=%E6%9D%8E"])
    def test_back_to_the_page_asked_for(self, client, admin, wish: str) -> None:
        sent = client.get(wish)
        assert sent.status_code == 302
        page = client.get(sent["Location"])
        inside = page.context["next"]
        assert try_login(client, "admin", OWN_PASSWORD, next=inside)["Location"] == wish

    @pytest.mark.parametrize(
        "evil",
        ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "account", "http:///x",
         "/\t/evil.example", "\x00/account"],
    )  # fmt: skip
    def test_never_to_another_site(self, client, admin, evil: str) -> None:
        assert client.get("/login", {"next": evil}).context["next"] == ""
        assert try_login(client, "admin", OWN_PASSWORD, next=evil)["Location"] == "/"

    def test_a_posted_form_goes_back_to_its_page(self, client, db) -> None:
        answer = client.post("/users/1/unlock", HTTP_REFERER="http://testserver/users/1?a=1")
        assert answer["Location"] == "/login?next=%2Fusers%2F1%3Fa%3D1"

    def test_a_form_of_another_site_names_no_page(self, client, db) -> None:
        answer = client.post("/users/1/unlock", HTTP_REFERER="http://evil.example/users/1")
        assert answer["Location"] == "/login"

    def test_htmx_is_told_to_load_the_login_page(self, client, db) -> None:
        answer = client.get(
            "/users", HTTP_HX_REQUEST="true", HTTP_HX_CURRENT_URL="http://testserver/users?page=2"
        )
        assert (answer.status_code, answer["HX-Redirect"]) == (401, "/login?next=%2Fusers%3Fpage%3D2")

    def test_who_is_in_already_goes_on(self, client, admin) -> None:
        client.force_login(admin)
        assert client.get("/login?next=/users")["Location"] == "/users"


class TestGoingOut:
    def test_by_post_only(self, client, admin) -> None:
        client.force_login(admin)
        assert client.get("/logout").status_code == 405
        assert is_in(client)
        answer = client.post("/logout")
        assert "您已退出登录。" in client.get(answer["Location"]).content.decode()
        assert not is_in(client)
