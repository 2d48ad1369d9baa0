"""Tests of the office reach every row unless they act as somebody (``trade_people.as_``)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from youju.foundation.identity.roles import Role
from youju.foundation.kernel.context import reaching_all

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


def _person(role: Role, **given: str) -> User:
    # Models can be read once Django is set up, which is after this file is.
    from trade_people import person as made

    return made(role, **given)


@pytest.fixture(autouse=True)
def _reach() -> Iterator[None]:
    """What a loader would reach."""
    with reaching_all():
        yield


@pytest.fixture
def staff(db: None) -> User:
    """Somebody of the sections."""
    return _person(Role.STF)


@pytest.fixture
def colleague(db: None) -> User:
    """Another one."""
    return _person(Role.STF, username="stf-two")


@pytest.fixture
def finance(db: None) -> User:
    """Somebody who writes nothing of the trade."""
    return _person(Role.FIN)


@pytest.fixture
def merchant(db: None) -> User:
    """An enterprise's account."""
    return _person(Role.MER)


@pytest.fixture
def agent(db: None) -> User:
    """Another enterprise's."""
    return _person(Role.AGT)
