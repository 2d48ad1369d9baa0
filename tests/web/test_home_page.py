"""The home page's own list: the first things that wait, and how many more there really are."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from youju.foundation.identity.models import Organisation, User
from youju.portal import selectors

pytestmark = pytest.mark.django_db


@pytest.fixture
def person() -> User:
    centre = Organisation.objects.create(code="CENTRE", name="某中心", kind="centre")
    return User.objects.create(
        username="waits", display_name="某人", organisation=centre, roles=["ADM"], must_change_password=False
    )


@pytest.mark.parametrize(
    ("everything", "shown", "more", "late"), [(3, 3, 0, 1), (8, 8, 0, 1), (9, 8, 1, 77), (400, 8, 392, 77)]
)
def test_the_rest_is_counted_not_listed(
    person: User, monkeypatch: pytest.MonkeyPatch, everything: int, shown: int, more: int, late: int
) -> None:
    asked: list[int] = []

    def todo(_: Any, *, limit: int) -> list[Any]:
        asked.append(limit)
        return [SimpleNamespace(late=number == 0) for number in range(min(everything, limit))]

    monkeypatch.setattr(selectors.workflow, "todo", todo)
    monkeypatch.setattr(selectors.workflow, "todo_counts", lambda _: (everything, 77))
    home = selectors.home(person)
    assert (len(home.todo), home.todo_more, home.late) == (shown, more, late)
    assert asked == [selectors.FIRST + 1]
