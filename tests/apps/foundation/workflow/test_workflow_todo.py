"""What waits for whom, what is late, and at what cost it is found."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from apps.foundation.workflow.conftest import FLOW, paper
from youju.foundation.kernel.errors import InputError
from youju.foundation.workflow import selectors, services
from youju.foundation.workflow.models import Case

People = dict[str, Any]


def send(people: People, *keys: int) -> None:
    for key in keys:
        services.start(flow=FLOW, subject=paper(key), actor=people["pfo"])
        services.advance(flow=FLOW, subject=paper(key), transition="submit", actor=people["pfo"])


def away(people: People, who: str, substitute: str, *, first: int = 0, last: int = 0, actor: str = "") -> Any:
    today = timezone.localdate()
    return services.set_absence(
        actor=people[actor or who],
        user=people[who],
        substitute=people[substitute],
        first=today + timedelta(days=first),
        last=today + timedelta(days=last),
    )


def test_each_sees_what_waits_for_him(people: People) -> None:
    send(people, 1, 2)
    assert [item.subject.key for item in selectors.todo(people["fin"])] == ["1", "2"]
    assert selectors.todo_count(people["fin"]) == 2
    for other in ("pfo", "hed", "stf"):
        assert selectors.todo(people[other]) == []
    (first, _) = selectors.todo(people["fin"])
    assert (first.title, first.state_label, first.url) == ("试验文件", "已提交", "/paper/1/")


def test_late_ones_come_first_in_words(people: People) -> None:
    send(people, 1, 2, 3)
    today = timezone.localdate()
    for key, days in (("1", 30), ("2", -30), ("3", 0)):
        Case.objects.filter(subject_key=key).update(due_on=today + timedelta(days=days))
    items = selectors.todo(people["fin"])
    assert [item.subject.key for item in items] == ["2", "3", "1"]
    assert items[0].late and items[0].when.startswith("已逾期 ")
    assert items[1].when == "今天到期"
    assert items[2].when.startswith("还有 ")
    assert [row.subject_key for row in selectors.late()] == ["2"]


def test_the_absent_persons_work_is_on_the_substitutes_list(people: People) -> None:
    send(people, 1)
    away(people, "fin", "stf")
    (item,) = selectors.todo(people["stf"])
    assert item.on_behalf_of == "Fin"
    # The submitter stands in for nobody in reviewing what he submitted himself.
    services.end_absence(actor=people["fin"], absence_id=selectors.absences(user=people["fin"]).get().pk)
    assert selectors.todo(people["stf"]) == []
    away(people, "fin", "pfo")
    assert selectors.todo(people["pfo"]) == []


def test_the_cost_does_not_grow(people: People, django_assert_num_queries: Any) -> None:
    send(people, *range(1, 30))
    with django_assert_num_queries(3):
        assert len(selectors.todo(people["fin"])) == 29
    with django_assert_num_queries(2):
        assert selectors.todo(people["stf"]) == []


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


def test_the_pages(people: People, client: Client) -> None:
    client.force_login(people["fin"])
    assert "没有待办" in client.get("/work/").content.decode()
    send(people, 1, 2)
    page = client.get("/work/").content.decode()
    assert "第1份文件" in page and "/paper/1/" in page
    page = client.get("/work/cases/").content.decode()
    assert "第2份文件" in page and "已提交" in page
    assert "第1份文件" not in client.get("/work/cases/?only=late").content.decode()
    assert "没有离岗登记" in client.get("/work/absences/").content.decode()
    today = timezone.localdate().isoformat()
    wish = {"substitute": people["stf"].pk, "first": today, "last": today, "reason": "公差"}
    refused = client.post("/work/absences/new/", {**wish, "last": "2020-01-01"})
    assert refused.status_code == 422 and "早于第一天" in refused.content.decode()
    assert client.post("/work/absences/new/", wish).status_code == 302
    page = client.get("/work/absences/").content.decode()
    assert "公差" in page and "提前结束" in page
    row = selectors.absences().get()
    assert client.post(f"/work/absences/{row.pk}/end/").status_code == 302
    assert not selectors.absences().exists()


def test_the_list_of_cases_costs_the_same(
    people: People, client: Client, django_assert_max_num_queries: Any
) -> None:
    send(people, *range(1, 25))
    client.force_login(people["fin"])
    client.get("/work/cases/")
    with django_assert_max_num_queries(9):
        client.get("/work/cases/")
