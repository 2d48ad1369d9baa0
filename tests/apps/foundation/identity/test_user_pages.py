"""The pages of user administration."""

from __future__ import annotations

import pytest
from django.test import Client

from youju.foundation.identity.models import Organisation, User
from youju.foundation.identity.roles import Role

pytestmark = pytest.mark.django_db
OWN_PASSWORD = "seven-blue-lanterns"


@pytest.fixture
def office(client, admin) -> Client:
    client.force_login(admin)
    return client


def names(answer) -> list[str]:
    return [user.username for user in answer.context["listing"].window.rows]


def test_a_new_account_from_form_to_first_login(office, centre) -> None:
    answer = office.post(
        "/users/new",
        {"username": "li.si", "display_name": "李四", "organisation": centre.pk, "roles": ["PFO", "STF"]},
    )
    secret = answer.context["change"].secret
    assert answer.status_code == 200
    assert secret in answer.content.decode()
    assert answer["Cache-Control"] == "private, no-store"
    visitor = Client()
    assert visitor.post("/login", {"username": "li.si", "password": secret}).status_code == 302
    assert visitor.get("/account")["Location"] == "/account/password"


def test_faults_of_a_new_account(office, centre) -> None:
    answer = office.post(
        "/users/new", {"username": "", "display_name": "", "organisation": "", "roles": ["GOD"]}
    )
    assert answer.status_code == 422
    errors = answer.context["form"].errors
    assert errors["username"] == ["请输入用户名。"]
    assert errors["display_name"] == ["请输入姓名。"]
    assert errors["organisation"] == ["请选择单位。"]
    assert set(errors) == {"username", "display_name", "organisation", "roles"}


def test_a_name_taken_is_said_on_the_form(office, centre) -> None:
    asked = {"username": "ADMIN", "display_name": "李四", "organisation": centre.pk, "roles": ["STF"]}
    answer = office.post("/users/new", asked)
    assert answer.status_code == 422
    assert "这个用户名已有人使用" in answer.content.decode()


def test_edit_close_and_the_username_stays(office, make_user) -> None:
    user = make_user("li.si", Role.STF)
    answer = office.post(
        f"/users/{user.pk}",
        {
            "username": "other",
            "display_name": "李 四",
            "organisation": user.organisation_id,
            "roles": ["FIN"],
        },
    )
    assert answer["Location"] == "/users"
    user.refresh_from_db()
    assert (user.username, user.display_name, user.roles, user.is_active) == (
        "li.si",
        "李 四",
        ["FIN"],
        False,
    )


def test_the_last_administrator_is_told_why(office, admin) -> None:
    asked = {"display_name": "管", "organisation": admin.organisation_id, "roles": ["STF"], "is_active": "on"}
    answer = office.post(f"/users/{admin.pk}", asked)
    assert answer.status_code == 422
    assert "这是最后一位系统管理员" in answer.content.decode()


def test_reset_shows_the_password_once(office, make_user) -> None:
    user = make_user("li.si", Role.STF)
    answer = office.post(f"/users/{user.pk}/reset-password")
    user.refresh_from_db()
    assert user.check_password(answer.context["change"].secret)
    assert not user.check_password(OWN_PASSWORD)
    assert answer.context["change"].secret not in office.get(f"/users/{user.pk}").content.decode()


def test_a_locked_account_is_seen_and_opened(office, make_user) -> None:
    user = make_user("li.si", Role.STF)
    for _ in range(5):
        Client().post("/login", {"username": "li.si", "password": "wrong"}, REMOTE_ADDR="10.9.9.9")
    assert "已锁定" in office.get("/users").content.decode()
    assert office.post(f"/users/{user.pk}/unlock").status_code == 302
    assert "已锁定" not in office.get("/users").content.decode()


def test_an_account_that_is_not_there(office) -> None:
    assert office.get("/users/999999").status_code == 404
    assert office.post("/users/999999/unlock").status_code == 404


class TestList:
    @pytest.fixture(autouse=True)
    def people(self, make_user, office) -> None:
        make_user("bai", Role.STF, display_name="白一")
        make_user("chen", Role.PFO, display_name="陈二", must_change_password=True)
        make_user("ding", Role.PFO, Role.STF, display_name="丁三", is_active=False)

    @pytest.mark.parametrize(
        ("query", "expected"),
        [
            ("", ["admin", "bai", "chen", "ding"]),
            ("text=%E9%99%88", ["chen"]),
            ("text=BAI", ["bai"]),
            ("role=PFO", ["chen", "ding"]),
            ("state=open&role=PFO", ["chen"]),
            ("state=closed", ["ding"]),
            ("state=initial", ["chen"]),
            ("sort=-username", ["ding", "chen", "bai", "admin"]),
            ("sort=password&role=GOD&state=x&page=999", ["admin", "bai", "chen", "ding"]),
            ("text=%00", ["admin", "bai", "chen", "ding"]),
            ("text=nothing", []),
        ],
    )
    def test_narrowed_and_ordered(self, office, query: str, expected: list[str]) -> None:
        assert names(office.get(f"/users?{query}")) == expected

    def test_costs_the_same_for_many(self, office, make_user, django_assert_max_num_queries) -> None:
        for number in range(60):
            make_user(f"many{number}", Role.STF)
        office.get("/users")  # starts the session's clock
        # one of them: whether this installation asks an administrator without a second factor for one
        with django_assert_max_num_queries(7):
            answer = office.get("/users?text=many&size=50")
        assert len(names(answer)) == 50
        assert answer.context["listing"].window.total == 60

    def test_the_auditor_sees_and_cannot_change(self, make_user) -> None:
        auditor = Client()
        auditor.force_login(make_user("shen", Role.AUD))
        page = auditor.get("/users").content.decode()
        assert "新增用户" not in page
        assert "/users/new" not in auditor.get("/users/organisations").content.decode()
        assert auditor.get("/users/new").status_code == 403


def test_organisations(office) -> None:
    answer = office.post("/users/organisations/new", {"name": "某企业", "code": "qy", "kind": "enterprise"})
    assert answer["Location"] == "/users/organisations"
    added = Organisation.objects.get(code="QY")
    assert "某企业" in office.get("/users/organisations").content.decode()
    taken = office.post(
        f"/users/organisations/{added.pk}", {"name": "某企业", "code": "ZX", "kind": "enterprise"}
    )
    assert taken.status_code == 422
    assert "这个单位简码已有单位使用" in taken.content.decode()


def test_text_of_people_is_escaped(office, make_user) -> None:
    make_user("li.si", Role.STF, display_name="<script>alert(1)</script>")
    page = office.get("/users").content.decode()
    assert "<script>alert" not in page
    assert User.objects.count() == 2
