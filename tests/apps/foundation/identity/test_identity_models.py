"""What the database itself refuses."""

from __future__ import annotations

import pytest
from django.db import IntegrityError

from youju.foundation.identity.models import Installation, Organisation, User
from youju.foundation.identity.roles import Role

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("username", ["Admin", "a", " admin", "ad min", "管理员", "-admin", "a" * 33])
def test_a_username_has_one_form(centre, username: str) -> None:
    with pytest.raises(Exception, match=r"user_username_form|value too long"):
        User.objects.create(username=username, display_name="某人", organisation=centre)


def test_only_known_roles(centre) -> None:
    with pytest.raises(IntegrityError, match="user_roles_known"):
        User.objects.create(username="zhang", display_name="张", organisation=centre, roles=["ADM", "GOD"])


def test_an_organisation_with_people_cannot_go(admin) -> None:
    with pytest.raises(IntegrityError):
        admin.organisation.delete()


@pytest.mark.parametrize("code", ["91110000MA01ABCD1", "91110000MA01ABCDO1", "91110000ma01abcd11"])
def test_a_credit_code_has_eighteen_characters_of_its_alphabet(code: str) -> None:
    with pytest.raises(IntegrityError, match="organisation_credit_code_form"):
        Organisation.objects.create(code="QY", name="某企业", kind="enterprise", credit_code=code)


def test_a_credit_code_belongs_to_one_organisation_and_blank_to_many(centre) -> None:
    Organisation.objects.create(code="QY1", name="甲", kind="enterprise")
    Organisation.objects.create(code="QY2", name="乙", kind="enterprise", credit_code="91110000MA01ABCD12")
    with pytest.raises(IntegrityError, match="organisation_credit_code_once"):
        Organisation.objects.create(
            code="QY3", name="丙", kind="enterprise", credit_code="91110000MA01ABCD12"
        )


def test_one_installation_row_only() -> None:
    Installation.objects.create(mode="demo")
    with pytest.raises(IntegrityError, match="installation_only_one"):
        Installation.objects.create(id=2, mode="real")


def test_a_user_is_found_however_the_name_is_cased(make_user) -> None:
    user = make_user("zhang.san", Role.STF)
    assert User.objects.get_by_natural_key(" Zhang.San ") == user


def test_role_names_stand_in_the_order_of_the_enum(make_user) -> None:
    assert make_user("zhang", Role.AUD, Role.PFO).role_names == ["绩效管理员", "审计人员"]
