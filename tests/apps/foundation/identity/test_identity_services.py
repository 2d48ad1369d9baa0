"""Changes to accounts."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from youju.foundation.identity import services
from youju.foundation.identity.models import Organisation, PastPassword, User
from youju.foundation.identity.roles import Role
from youju.foundation.kernel.errors import InputError

pytestmark = pytest.mark.django_db
OWN_PASSWORD = "seven-blue-lanterns"


def change_of(user: User, **wanted) -> dict:
    asked = {"display_name": user.display_name, "organisation": user.organisation, "roles": user.roles}
    return asked | {"is_active": user.is_active, "user_id": user.pk} | wanted


class TestCreate:
    def test_gives_an_initial_password_that_must_be_changed(self, admin, centre) -> None:
        change = services.create_user(
            actor=admin,
            username=" Li.Si ",
            display_name="李四",
            organisation=centre,
            roles=[Role.STF, Role.FIN],
        )
        user = User.objects.get(username="li.si")
        assert user.check_password(change.secret)
        assert user.must_change_password
        assert change.before is None
        assert change.after == {
            "username": "li.si",
            "display_name": "李四",
            "organisation": "ZX",
            "roles": ["FIN", "STF"],
            "sections": [],
            "is_active": True,
            "must_change_password": True,
            "is_service": False,
        }

    def test_two_initial_passwords_differ(self, admin, centre) -> None:
        secrets = {
            services.create_user(
                actor=admin, username=name, display_name="某", organisation=centre, roles=[Role.STF]
            ).secret
            for name in ("u1", "u2")
        }
        assert len(secrets) == 2
        assert all(len(secret) == 19 for secret in secrets)

    @pytest.mark.parametrize(
        ("wrong", "message"),
        [
            ({"username": "admin"}, "用户名：这个用户名已有人使用。"),
            ({"username": "李四"}, "用户名：用户名由 2 到 32 个小写字母"),
            ({"display_name": "  "}, "姓名："),
            ({"roles": []}, "角色：请至少选择一个角色。"),
        ],
    )
    def test_refuses_in_one_sentence(self, admin, centre, wrong, message: str) -> None:
        asked = {
            "username": "li.si",
            "display_name": "李四",
            "organisation": centre,
            "roles": [Role.STF],
        } | wrong
        with pytest.raises(InputError, match=message):
            services.create_user(actor=admin, **asked)
        assert User.objects.count() == 1


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADM])
def test_only_the_administrator_changes_accounts(make_user, admin, role: Role) -> None:
    actor = make_user("someone", role)
    calls = [
        lambda: services.create_user(
            actor=actor, username="u1", display_name="某", organisation=admin.organisation, roles=[Role.STF]
        ),
        lambda: services.update_user(actor=actor, **change_of(admin)),
        lambda: services.unlock_user(actor=actor, user_id=admin.pk),
        lambda: services.reset_password(actor=actor, user_id=admin.pk),
        lambda: services.save_organisation(
            actor=actor, organisation_id=None, code="QY", name="企业", kind="enterprise", credit_code=""
        ),
    ]
    for call in calls:
        with pytest.raises(PermissionDenied):
            call()


class TestUpdate:
    def test_returns_before_and_after(self, admin, make_user) -> None:
        user = make_user("li.si", Role.STF)
        change = services.update_user(actor=admin, **change_of(user, roles=[Role.PFO], is_active=False))
        assert (change.before["roles"], change.after["roles"]) == (["STF"], ["PFO"])
        assert (change.before["is_active"], change.after["is_active"]) == (True, False)
        user.refresh_from_db()
        assert (user.roles, user.is_active) == (["PFO"], False)

    @pytest.mark.parametrize("wanted", [{"roles": [Role.PFO]}, {"is_active": False}])
    def test_the_last_administrator_stays(self, admin, make_user, wanted) -> None:
        # A closed account and one of another role don't count.
        make_user("closed", Role.ADM, is_active=False)
        make_user("li.si", Role.PFO)
        with pytest.raises(InputError) as refused:
            services.update_user(actor=admin, **change_of(admin, **wanted))
        assert refused.value.status == 409
        admin.refresh_from_db()
        assert (admin.roles, admin.is_active) == (["ADM"], True)

    def test_one_of_two_administrators_may_step_down(self, admin, make_user) -> None:
        make_user("second", Role.ADM)
        services.update_user(actor=admin, **change_of(admin, roles=[Role.STF]))
        admin.refresh_from_db()
        assert admin.roles == ["STF"]

    def test_nobody_closes_the_own_account(self, admin, make_user) -> None:
        make_user("second", Role.ADM)
        with pytest.raises(InputError, match="不能停用您自己的账号"):
            services.update_user(actor=admin, **change_of(admin, is_active=False))


class TestPassword:
    def change(self, user: User, new: str, old: str = OWN_PASSWORD) -> services.Change:
        return services.change_own_password(actor=user, old=old, new=new)

    def test_changes_and_ends_the_duty_to_change(self, make_user) -> None:
        user = make_user("li.si", Role.STF, must_change_password=True)
        change = self.change(user, "green-tea-at-noon")
        user.refresh_from_db()
        assert user.check_password("green-tea-at-noon")
        assert (change.before["must_change_password"], user.must_change_password) == (True, False)

    def test_needs_the_present_password(self, make_user) -> None:
        user = make_user("li.si", Role.STF)
        with pytest.raises(ValidationError) as refused:
            self.change(user, "green-tea-at-noon", old="wrong")
        assert refused.value.message_dict == {"old": ["现在的密码不对。"]}

    @pytest.mark.parametrize(
        ("new", "message"),
        [
            ("tea-1234", "密码太短：至少要 10 个字符，您输入了 8 个。"),
            ("8305172946", "密码只包含数字。"),
            ("password123", "这个密码太常见了。"),
            ("wangxiaoming", "密码跟 用户名 太相似了。"),
            (OWN_PASSWORD, "新密码不能与最近 5 次用过的密码相同，请换一个。"),
        ],
    )
    def test_refuses_weak_ones_in_chinese(self, make_user, new: str, message: str) -> None:
        user = make_user("wang.xiaoming", Role.STF)
        with pytest.raises(ValidationError) as refused:
            self.change(user, new)
        assert refused.value.message_dict == {"new": [message]}
        user.refresh_from_db()
        assert user.check_password(OWN_PASSWORD)

    def test_the_last_five_are_refused_and_the_sixth_is_free(self, make_user) -> None:
        user, old = make_user("li.si", Role.STF), OWN_PASSWORD
        for number in range(1, 5):
            new = f"green-tea-number-{number}"
            self.change(user, new, old)
            user.refresh_from_db()
            old = new
        with pytest.raises(ValidationError, match="最近 5 次"):
            self.change(user, OWN_PASSWORD, old)
        self.change(user, "green-tea-number-5", old)
        user.refresh_from_db()
        self.change(user, OWN_PASSWORD, "green-tea-number-5")
        assert PastPassword.objects.filter(user=user).count() == 5

    def test_reset_gives_an_initial_password(self, admin, make_user) -> None:
        user = make_user("li.si", Role.STF)
        change = services.reset_password(actor=admin, user_id=user.pk)
        user.refresh_from_db()
        assert user.check_password(change.secret)
        assert user.must_change_password
        assert not user.check_password(OWN_PASSWORD)

    def test_demo_passwords_stay(self, admin, make_user) -> None:
        user = make_user("demo-x", Role.STF, is_demo=True)
        with pytest.raises(InputError, match="演示账号的密码是公开的"):
            services.reset_password(actor=admin, user_id=user.pk)
        with pytest.raises(InputError, match="演示账号的密码是公开的"):
            self.change(user, "green-tea-at-noon")


class TestOrganisation:
    def save(self, admin: User, **wanted) -> Organisation:
        asked = {
            "organisation_id": None,
            "code": " qy-1 ",
            "name": " 某企业 ",
            "kind": "enterprise",
            "credit_code": "",
        }
        return services.save_organisation(actor=admin, **(asked | wanted))

    def test_adds_and_changes(self, admin) -> None:
        added = self.save(admin)
        assert (added.code, added.name) == ("QY-1", "某企业")
        self.save(admin, organisation_id=added.pk, name="改名企业")
        assert Organisation.objects.get(pk=added.pk).name == "改名企业"

    @pytest.mark.parametrize(
        ("wrong", "message"),
        [
            ({"code": "zx"}, "单位简码：这个单位简码已有单位使用。"),
            ({"name": "某市服务中心"}, "单位名称：已有同名的单位。"),
            ({"kind": "club"}, "单位类别："),
            ({"credit_code": "123"}, "统一社会信用代码：统一社会信用代码应为 18 位"),
        ],
    )
    def test_refuses_in_one_sentence(self, admin, wrong, message: str) -> None:
        with pytest.raises(InputError, match=message):
            self.save(admin, **wrong)
