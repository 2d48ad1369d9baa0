"""People for the tests of the shell, without a table: the shell knows no accounts."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest


@dataclass
class Person:
    """As much of a user as the shell and the guards ask for."""

    roles: list[str]
    display_name: str = "张三"
    username: str = "zhang"
    is_authenticated: bool = True
    is_active: bool = True
    must_change_password: bool = False
    role_names: list[str] = field(default_factory=list)


@pytest.fixture
def person():
    return Person


@pytest.fixture
def organisations(db):
    """Thirty organisations, half of them enterprises, in no particular order of names."""
    from youju.foundation.identity.models import Organisation

    Organisation.objects.bulk_create(
        Organisation(code=f"O{n:03}", name=f"单位{n * 7 % 30:02}", kind="enterprise" if n % 2 else "finance")
        for n in range(30)
    )
    return Organisation.objects.filter(code__startswith="O")
