"""Sessions end by rest and by age; initial passwords come first; headers that keep a browser safe."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import resolve

from youju.foundation.identity.models import User
from youju.foundation.identity.roles import Role
from youju.foundation.identity.web import clock
from youju.foundation.identity.web.middleware import ClosedByDefault

pytestmark = pytest.mark.django_db
OWN_PASSWORD = "seven-blue-lanterns"


@pytest.fixture
def inside(client, make_user) -> Client:
    make_user("li.si", Role.STF)
    client.post("/login", {"username": "li.si", "password": OWN_PASSWORD})
    return client


def move(client: Client, **back: timedelta) -> None:
    session = client.session
    for key, span in back.items():
        session[key] = (datetime.fromisoformat(session[key]) - span).isoformat()
    session.save()


class TestTimeOut:
    def test_a_session_used_in_time_goes_on(self, inside) -> None:
        move(inside, seen=timedelta(minutes=29, seconds=50))
        assert inside.get("/account").status_code == 200

    def test_a_rested_session_ends_and_the_way_back_is_kept(self, inside) -> None:
        move(inside, seen=timedelta(minutes=30))
        answer = inside.get("/account")
        assert answer["Location"] == "/login?next=%2Faccount&reason=idle"
        assert "没有操作，为了安全已自动退出" in inside.get(answer["Location"]).content.decode()
        assert "_auth_user_id" not in inside.session

    def test_use_prolongs_it(self, inside) -> None:
        for _ in range(3):
            move(inside, seen=timedelta(minutes=20))
            assert inside.get("/account").status_code == 200

    def test_use_does_not_prolong_the_lifetime(self, inside) -> None:
        move(inside, began=timedelta(hours=12))
        assert inside.get("/account")["Location"] == "/login?next=%2Faccount&reason=lifetime"

    def test_a_busy_user_costs_one_write_a_minute(self, inside, django_assert_num_queries) -> None:
        inside.get("/account")
        # the session with its user, as on every page; the second factor, the sessions and the trail that this one shows
        with django_assert_num_queries(4) as seen:
            inside.get("/account")
        assert not any("UPDATE" in query["sql"] for query in seen)
        move(inside, seen=timedelta(seconds=61))
        before = inside.session[clock.SEEN]
        inside.get("/account")
        assert inside.session[clock.SEEN] > before

    def test_a_new_login_starts_a_new_time(self, inside) -> None:
        move(inside, began=timedelta(hours=11, minutes=59))
        inside.post("/logout")
        inside.post("/login", {"username": "li.si", "password": OWN_PASSWORD})
        move(inside, began=timedelta(minutes=2))
        assert inside.get("/account").status_code == 200


class TestInitialPassword:
    @pytest.fixture
    def newcomer(self, client, make_user) -> Client:
        make_user("new.one", Role.ADM, must_change_password=True)
        client.post("/login", {"username": "new.one", "password": OWN_PASSWORD})
        return client

    @pytest.mark.parametrize("page", ["/account", "/users"])
    def test_every_page_leads_to_the_change(self, newcomer, page: str) -> None:
        assert newcomer.get(page)["Location"] == "/account/password"

    def test_htmx_is_led_there_too(self, newcomer) -> None:
        answer = newcomer.get("/users", HTTP_HX_REQUEST="true")
        assert (answer.status_code, answer["HX-Redirect"]) == (403, "/account/password")

    def test_going_out_is_free(self, newcomer) -> None:
        assert newcomer.post("/logout")["Location"] == "/login?reason=out"

    def test_after_the_change_the_work_begins(self, newcomer) -> None:
        page = newcomer.get("/account/password")
        assert "修改初始密码" in page.content.decode()
        key = newcomer.session.session_key
        answer = newcomer.post(
            "/account/password",
            {"old": OWN_PASSWORD, "new": "green-tea-at-noon", "again": "green-tea-at-noon"},
        )
        assert (answer.status_code, answer["Location"]) == (302, "/")
        assert newcomer.session.session_key != key
        assert newcomer.get("/users").status_code == 200

    def test_faults_stand_beside_the_field(self, newcomer) -> None:
        answer = newcomer.post(
            "/account/password", {"old": "x", "new": "green-tea-at-noon", "again": "other"}
        )
        assert answer.status_code == 422
        assert answer.context["form"].errors == {"again": ["两次输入的新密码不一样。"]}
        answer = newcomer.post("/account/password", {"old": OWN_PASSWORD, "new": "short", "again": "short"})
        assert answer.context["form"].errors["new"] == ["密码太短：至少要 10 个字符，您输入了 5 个。"]

    def test_other_sessions_end_with_the_change(self, newcomer) -> None:
        other = Client()
        other.post("/login", {"username": "new.one", "password": OWN_PASSWORD})
        new = "green-tea-at-noon"
        newcomer.post("/account/password", {"old": OWN_PASSWORD, "new": new, "again": new})
        assert other.get("/account")["Location"] == "/login?next=%2Faccount"
        assert User.objects.get().check_password(new)


class TestHeaders:
    def test_of_the_login_page(self, client, db) -> None:
        answer = client.get("/login")
        policy = dict(
            part.strip().partition(" ")[::2] for part in answer["Content-Security-Policy"].split(";")
        )
        assert policy == {
            "default-src": "'self'",
            "base-uri": "'none'",
            "form-action": "'self'",
            "frame-ancestors": "'none'",
            "object-src": "'none'",
        }
        assert answer["X-Frame-Options"] == "DENY"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Referrer-Policy"] == "same-origin"
        assert "Strict-Transport-Security" not in answer

    def test_no_inline_script_or_style(self, inside) -> None:
        for page in (Client().get("/login"), inside.get("/account"), inside.get("/account/password")):
            text = page.content.decode()
            assert "<style" not in text
            assert " style=" not in text
            assert " onclick=" not in text
            assert all("src=" in tag.split(">", 1)[0] for tag in text.split("<script")[1:])

    def test_cookies_are_for_the_server_alone(self, inside) -> None:
        for name in ("youju_session", "youju_csrf"):
            cookie = inside.cookies[name]
            assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")

    def test_pages_behind_the_login_stay_out_of_caches(self, inside) -> None:
        assert inside.get("/account")["Cache-Control"] == "private, no-store"


def test_a_view_without_a_mark_stays_closed(admin) -> None:
    """Even to the administrator."""

    def unmarked(request) -> HttpResponse:
        return HttpResponse("open")

    request = RequestFactory().get("/account")
    request.user, request.resolver_match = admin, resolve("/account")
    with pytest.raises(Exception, match="没有声明谁可以打开"):
        ClosedByDefault(unmarked).process_view(request, unmarked, [], {})
