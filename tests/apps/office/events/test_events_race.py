"""Two enterprises sign up for the last place at once, each on a connection of its own: exactly one holds it."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from django.db import connection

from events_made import published, signed_up
from trade_people import as_, person
from youju.foundation.identity.models import User
from youju.foundation.identity.roles import Role
from youju.foundation.kernel.context import reaching_all
from youju.office.events.models import Event, Signup

pytestmark = pytest.mark.django_db(transaction=True)
ENTERPRISES = 6


@pytest.fixture
def enterprises() -> Iterator[list[User]]:
    with reaching_all():
        yield [person(Role.MER, f"RACE-{number}") for number in range(ENTERPRISES)]


@pytest.mark.parametrize("places", [1, 3])
def test_the_last_places_go_to_exactly_as_many(enterprises: list[User], places: int) -> None:
    row = published(person(Role.STF), places=places)
    start = threading.Barrier(ENTERPRISES)
    states: list[str] = []

    def enter(user: User) -> None:
        try:
            with as_(user):
                start.wait()
                states.append(signed_up(user, row).state)
        finally:
            connection.close()

    threads = [threading.Thread(target=enter, args=(user,)) for user in enterprises]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert states.count("applied") == places and states.count("waiting") == ENTERPRISES - places
    assert Event.objects.get(pk=row.pk).taken == places
    assert Signup.objects.filter(state="applied").count() == places
