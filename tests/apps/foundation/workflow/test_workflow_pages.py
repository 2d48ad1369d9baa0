"""The pages and the endpoint of the room."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.template import Context, Template
from django.test import Client
from django.utils import timezone

from apps.foundation.workflow.conftest import FLOW, away, paper, send
from youju.foundation.identity.roles import Role
from youju.foundation.workflow import selectors, services
from youju.foundation.workflow.models import Case

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

People = dict[str, Any]


@pytest.fixture
def desk(people: People, client: Client, make_person: Callable[..., User]) -> Client:
    """The finance officer's browser."""
    people["fin2"] = make_person("fin2", Role.FIN)
    client.force_login(people["fin"])
    return client


def page(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status
    return str(answer.content.decode())


def test_the_to_do_list(people: People, desk: Client) -> None:
    assert "没有待办" in page(desk, "/work/")
    send(people, 1, 2)
    Case.objects.filter(subject_key="2").update(due_on=timezone.localdate() - timedelta(days=30))
    away(people, "hed", "fin", last=3)
    seen = page(desk, "/work/")
    assert "2 件等您办理，其中 1 件已逾期" in seen
    assert seen.index("/paper/2/") < seen.index("/paper/1/")
    assert "您正代理：Hed" in seen


def test_more_than_the_list_holds_is_said(
    people: People, desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    from youju.foundation.workflow.selectors import pages

    send(people, 1, 2, 3)
    monkeypatch.setattr(pages.todo_page, "__kwdefaults__", {"limit": 2})
    seen = page(desk, "/work/")
    assert "3 件等您办理" in seen and "只列出最急的 2 件" in seen


def test_the_lists(people: People, desk: Client, django_assert_max_num_queries: Any) -> None:
    assert "还没有进入流程的事项" in page(desk, "/work/cases/")
    assert "没有逾期的事项" in page(desk, "/work/late/")
    send(people, *range(1, 31))
    Case.objects.filter(subject_key="2").update(due_on=timezone.localdate() - timedelta(days=30))
    seen = page(desk, "/work/cases/?text=第2份")
    assert "第2份文件" in seen and "第3份文件" not in seen and "1 件已逾期" in seen
    assert "财务人员" in seen
    late = page(desk, "/work/late/")
    assert "第2份文件" in late and "第3份文件" not in late and "个工作日" in late
    with django_assert_max_num_queries(9):
        desk.get("/work/cases/")
    with django_assert_max_num_queries(9):
        desk.get("/work/late/")
    sheet = desk.get("/work/late/?export=csv")
    assert "第2份文件" in b"".join(sheet).decode("utf-8-sig")


def test_one_case_is_handed_over(people: People, desk: Client) -> None:
    send(people, 1)
    here = f"/work/cases/{selectors.case(paper()).id}/"
    seen = page(desk, here)
    assert "转办" in seen and "Fin2" in seen and "Hed（" not in seen and "/paper/1/" in seen
    refused = desk.post(here, {"to": "fin2", "reason": ""})
    assert refused.status_code == 422 and "请写一句话" in refused.content.decode()
    assert desk.post(here, {"to": "hed", "reason": "x"}).status_code == 422
    assert desk.post(here, {"to": "fin2", "reason": "请你办"}).status_code == 302
    assert selectors.case(paper()).assigned_to == "fin2"
    assert "现在等待Fin2办理" in page(desk, here)
    assert desk.post(here, {"to": "", "reason": "一起办"}).status_code == 302
    assert selectors.case(paper()).assigned_to == ""
    page(desk, "/work/cases/0/", 404)
    desk.force_login(people["stf"])
    assert "<h2>转办</h2>" not in page(desk, here)
    assert desk.post(here, {"to": "fin2", "reason": "x"}).status_code == 422


def test_absences(people: People, desk: Client) -> None:
    assert "没有离岗登记" in page(desk, "/work/absences/")
    today = timezone.localdate().isoformat()
    wish = {"substitute": people["stf"].pk, "first": today, "last": today, "reason": "进修"}
    refused = desk.post("/work/absences/new/", {**wish, "last": "2020-01-01"})
    assert refused.status_code == 422 and "早于第一天" in refused.content.decode()
    assert desk.post("/work/absences/new/", wish).status_code == 302
    row = selectors.absences().get()
    assert "进修" in page(desk, "/work/absences/")
    here = f"/work/absences/{row.pk}/"
    assert "提前结束" in page(desk, here)
    assert desk.post(f"{here}end/").status_code == 302
    assert not selectors.absences().exists()
    ended = page(desk, here)
    assert "已提前结束" in ended and "提前结束了" in ended
    assert "进修" not in page(desk, "/work/absences/")
    assert "已提前结束" in page(desk, "/work/absences/?past=all")


def test_the_head_does_it_for_others_but_not_for_himself(people: People, client: Client) -> None:
    client.force_login(people["hed"])
    today = timezone.localdate().isoformat()
    wish = {"user": people["fin"].pk, "substitute": people["hed"].pk, "first": today, "last": today}
    refused = client.post("/work/absences/new/", wish)
    assert refused.status_code == 403 and "不能由登记人自己代理" in refused.content.decode()
    assert client.post("/work/absences/new/", {**wish, "substitute": people["stf"].pk}).status_code == 302


def test_programs_read_the_list(people: People, desk: Client) -> None:
    send(people, 1, 2)
    Case.objects.filter(subject_key="2").update(due_on=timezone.localdate() - timedelta(days=30))
    answer = desk.get("/api/v1/work/todo?limit=1").json()
    assert (answer["total"], answer["late"], len(answer["items"])) == (2, 1, 1)
    (item,) = answer["items"]
    assert (item["kind"], item["key"], item["url"]) == ("test.paper", "2", "/paper/2/")
    assert item["late"] and item["days_left"] < 0 and item["on_behalf_of"] == ""
    assert desk.get("/api/v1/work/todo?limit=0").status_code == 422
    assert Client().get("/api/v1/work/todo").status_code == 401


def test_the_tags_draw_the_way_and_the_next_steps(people: People) -> None:
    template = Template(
        "{% load workflow %}{% steps 'test.paper' 1 %}{% actions 'test.paper' 1 '/paper/1/step/' %}"
    )
    assert template.render(Context({"user": people["fin"]})).strip() == ""
    send(people, 1)
    services.reassign(subject=paper(), actor=people["fin"], to=None, reason="<b>")
    drawn = template.render(Context({"user": people["fin"], "csrf_token": "t0ken"}))
    for expected in (
        "已提交",
        'action="/paper/1/step/"',
        'value="review"',
        'value="return"',
        "t0ken",
        "最迟",
    ):
        assert expected in drawn
    assert 'aria-current="step"' in drawn
    own = template.render(Context({"user": people["pfo"]}))
    assert 'value="withdraw"' in own and 'value="review"' not in own
    services.advance(
        flow=FLOW, subject=paper(), transition="review", actor=people["fin"], reason="<b>看过</b>"
    )
    assert "&lt;b&gt;看过" in template.render(Context({"user": people["fin"]}))
