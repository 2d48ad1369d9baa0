"""Who is away and who stands in."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from apps.foundation.workflow.conftest import away
from youju.foundation.identity.roles import Role
from youju.foundation.kernel.errors import InputError
from youju.foundation.workflow import selectors, services

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

People = dict[str, Any]


@pytest.mark.parametrize(
    ("first", "last", "sentence"),
    [(2, 1, "早于第一天"), (-3, -1, "已经过去"), (0, 200, "至多登记 183 天")],
)
def test_days_that_make_no_sense_are_refused(people: People, first: int, last: int, sentence: str) -> None:
    with pytest.raises(InputError, match=sentence):
        away(people, "fin", "stf", first=first, last=last)


def test_overlaps_and_circles_are_refused(people: People) -> None:
    away(people, "fin", "stf", first=5, last=9)
    with pytest.raises(InputError, match="已登记过离岗"):
        away(people, "fin", "hed", first=9, last=12)
    with pytest.raises(InputError, match="也不在岗"):
        away(people, "hed", "fin", first=9, last=9)
    with pytest.raises(InputError, match="正代理别人"):
        away(people, "stf", "hed", first=4, last=5)
    away(people, "fin", "hed", first=10, last=12)
    with pytest.raises(InputError, match="不能由本人代理本人"):
        away(people, "stf", "stf", first=20, last=20)


def test_for_others_only_who_may(people: People) -> None:
    with pytest.raises(PermissionDenied):
        away(people, "fin", "stf", actor="pfo")
    row = away(people, "fin", "stf", actor="hed")
    with pytest.raises(PermissionDenied):
        services.end_absence(actor=people["pfo"], absence_id=row.pk)
    services.end_absence(actor=people["fin"], absence_id=row.pk)
    with pytest.raises(InputError, match="已经结束"):
        services.end_absence(actor=people["fin"], absence_id=row.pk)
    with pytest.raises(InputError, match="没有这条"):
        services.end_absence(actor=people["fin"], absence_id=0)


def test_nobody_lends_himself_what_somebody_else_holds(
    people: People, make_person: Callable[..., User]
) -> None:
    """Who may register absences for others does not thereby come to hold what they hold."""
    people["adm"] = make_person("adm", Role.ADM)
    for manager in ("adm", "hed"):
        with pytest.raises(PermissionDenied, match="不能由登记人自己代理"):
            away(people, "fin", manager, actor=manager)
    assert not selectors.absences().exists()
    away(people, "fin", "stf", actor="adm")


def test_a_substitute_is_of_the_same_organisation_and_open(
    people: People, make_person: Callable[..., User]
) -> None:
    people["other"] = make_person("other", Role.FIN, organisation="QT")
    with pytest.raises(InputError, match="不在同一单位"):
        away(people, "fin", "other")
    people["stf"].is_active = False
    people["stf"].save()
    with pytest.raises(InputError, match="已停用"):
        away(people, "fin", "stf")


def test_a_reason_is_refused_rather_than_cut(people: People) -> None:
    row = away(people, "fin", "stf", first=1, last=1)
    with pytest.raises(InputError, match="事由有 201 个字，至多 200 个"):
        services.set_absence(
            actor=people["hed"],
            user=people["hed"],
            substitute=people["stf"],
            first=row.first,
            last=row.last,
            reason="假" * 201,
        )


def test_a_page_shows_it_to_whom_it_concerns(people: People) -> None:
    row = away(people, "fin", "stf")
    assert selectors.absence_page(row.pk, people["fin"])[1]
    assert not selectors.absence_page(row.pk, people["stf"])[1]
    assert selectors.absence_page(row.pk, people["hed"])[1]
    with pytest.raises(InputError, match="没有这条"):
        selectors.absence_page(row.pk, people["pfo"])
    assert [each.user.username for each in selectors.standing_in_for(people["stf"])] == ["fin"]
    services.end_absence(actor=people["fin"], absence_id=row.pk)
    assert not selectors.absence_page(row.pk, people["fin"])[1]
    assert selectors.standing_in_for(people["stf"]) == []
    assert list(selectors.absences()) == []
    assert [each.pk for each in selectors.absences(ended=True)] == [row.pk]


@pytest.mark.django_db(transaction=True)
def test_two_at_once_make_no_circle(people: People) -> None:
    ready = threading.Barrier(2)
    outcomes: list[str] = []

    def register(who: str, substitute: str) -> None:
        ready.wait(timeout=10)
        try:
            away(people, who, substitute)
            outcomes.append("done")
        except InputError as error:
            outcomes.append(str(error.status))
        finally:
            connection.close()

    threads = [threading.Thread(target=register, args=pair) for pair in (("fin", "stf"), ("stf", "fin"))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["409", "done"]
    assert selectors.absences().count() == 1
