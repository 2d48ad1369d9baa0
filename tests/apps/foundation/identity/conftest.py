"""People and organisations for the tests of the identity room.

Models are imported by the fixtures, not by this file: pytest reads it before Django is set up.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from youju.foundation.identity.roles import Role

if TYPE_CHECKING:
    from youju.foundation.identity.models import Organisation, User

OWN_PASSWORD = "seven-blue-lanterns"


@pytest.fixture(autouse=True)
def quick_hashes(settings):
    """A slow hash guards people's passwords; tests have none worth guarding."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def centre(db) -> Organisation:
    from youju.foundation.identity.models import Organisation

    return Organisation.objects.create(code="ZX", name="某市服务中心", kind="centre")


@pytest.fixture
def make_user(centre) -> Callable[..., User]:
    from youju.foundation.identity.models import User

    def make(username: str, *roles: Role, **more) -> User:
        user = User(username=username, display_name=username.title(), organisation=centre, roles=list(roles))
        user.must_change_password = False
        for name, value in more.items():
            setattr(user, name, value)
        user.set_password(OWN_PASSWORD)
        user.save()
        return user

    return make


@pytest.fixture
def service(make_user) -> User:
    """A service account that may do what a performance officer may."""
    return make_user("feed", Role.PFO, is_service=True)


@pytest.fixture
def admin(make_user) -> User:
    return make_user("admin", Role.ADM)
