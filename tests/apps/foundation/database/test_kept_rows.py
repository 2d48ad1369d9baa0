"""Rows that tests keep from one to the next (``kept``): each test finds them as they were made, whatever the one before did."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection

from kept import kept
from youju.foundation.identity.models import Organisation

pytestmark = pytest.mark.django_db
MADE: list[str] = []


@kept
def office() -> Organisation:
    MADE.append("office")
    return Organisation.objects.create(code="KEPT", name="留下的单位", kind="centre")


@kept
def branch() -> Organisation:
    MADE.append("branch")
    return Organisation.objects.create(code="KEPT-2", name="另一单位", kind="centre")


@pytest.mark.parametrize("turn", range(3))
def test_what_a_test_does_is_gone_before_the_next(office: Organisation, turn: int) -> None:
    assert (office.name, Organisation.objects.get(code="KEPT").name) == ("留下的单位", "留下的单位")
    assert MADE.count("office") == 1
    office.name = "改过的名字"
    office.save()
    Organisation.objects.filter(pk=office.pk).delete()


def test_without_them_there_are_none() -> None:
    assert not Organisation.objects.filter(code__startswith="KEPT").exists()


@pytest.mark.parametrize("turn", range(2))
def test_others_are_made_above_them(office: Organisation, branch: Organisation, turn: int) -> None:
    assert set(Organisation.objects.filter(code__startswith="KEPT")) == {office, branch}
    Organisation.objects.filter(code__startswith="KEPT").delete()


def test_a_connection_that_a_test_closes_costs_them(office: Organisation, branch: Organisation) -> None:
    connection.close()


def test_and_they_are_made_anew(office: Organisation, branch: Organisation) -> None:
    assert Organisation.objects.filter(code__startswith="KEPT").count() == 2


@pytest.mark.django_db(transaction=True)
def test_who_commits_has_them_made_for_itself(office: Organisation, settings: Any) -> None:
    assert not connection.in_atomic_block
    assert Organisation.objects.get(code="KEPT") == office
