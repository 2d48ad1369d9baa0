"""Pages of evaluations: each opens, says what is wrong, saves itself, and does what its button says."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kept import kept
from selves_made import CODE, World, filled, opened, settled, submitted, world
from youju.foundation.identity.models import User
from youju.foundation.kernel.context import reaching_all
from youju.performance.evaluation.models import EvaluationRow, KeyEvaluation, SelfEvaluation

pytestmark = pytest.mark.django_db


@kept
def year() -> World:
    return world()


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def text(answer: Any) -> str:
    return (b"".join(answer.streaming_content) if answer.streaming else answer.content).decode()


def at(name: str, *args: object) -> str:
    return reverse(f"evaluation:{name}", args=args)


def test_empty_pages_say_what_to_do(db: None) -> None:
    from funds_made import staff

    client = client_of(staff().officer)
    for name, told in (
        ("overview", "还没有绩效目标"),
        ("list", "还没有自评"),
        ("results", "还没有应用的结果"),
        ("department", "还没有计算"),
        ("keys", "还没有重点评价"),
        ("documents", "还没有证据包"),
    ):
        assert told in text(client.get(at(name))), name


def test_a_year_from_the_button_to_the_result(year: World) -> None:
    officer, section = client_of(year.team.officer), client_of(year.team.asks)
    answer = officer.post(at("open"), {"year": year.year}, follow=True)
    assert "已为 1 个项目建立自评" in text(answer) and "外贸服务资金" in text(answer)
    number = year.head.pk
    page = text(section.get(at("self", number)))
    assert "提交前还要补" in page and "95%" in page and "EVL-008" in page
    data = {
        "revision": year.head.revision, "done": "全年完成", "execution_reason": "", "row": ["1", "4", "5"],
        "cause-1": "尾款次年付", "improvement-1": "一季度付清", "tier-4": "reached", "rate-4": "90", "cause-4": "缺佐证",
        "improvement-4": "补调查", "cause-5": "定低了",
    }  # fmt: skip
    kept_by_itself = section.post(at("fill", number), data, headers={"HX-Request": "true"})
    assert "已自动保存" in text(kept_by_itself) and 'hx-swap-oob="true"' in text(kept_by_itself)
    stale = section.post(at("fill", number), data, headers={"HX-Request": "true"})
    assert "别人已经存过" in text(stale)
    by_hand = section.post(
        at("fill", number), data | {"revision": year.head.revision, "rate-4": "九十"}, follow=True
    )
    assert "不是一个数" in text(by_hand)
    done = section.post(at("step", number), {"transition": "submit", "state": "filling"}, follow=True)
    assert "状态是“待审核”" in text(done) and "冻结的计量" in text(done)
    cut = officer.post(at("reduce", number, 5), {"rate": "20", "reason": "目标低于上年"}, follow=True)
    assert "得分已重算" in text(cut) and "调减 20%" in text(cut)
    officer.post(at("step", number), {"transition": "check", "state": "submitted"})
    client_of(year.team.head).post(at("step", number), {"transition": "approve", "state": "checked"})
    finance = client_of(year.team.finance)
    assert "同意的行不填" in text(finance.get(at("recheck", number)))
    saved = finance.post(
        at("recheck", number),
        {
            "revision": year.head.revision,
            "row": ["1"],
            "own-1": "10",
            "reason-1": "口径宽",
            "note": "其余同意",
        },
        follow=True,
    )
    assert "已保存复核得分" in text(saved)
    finance.post(at("step", number), {"transition": "recheck", "state": "approved"})
    end = officer.post(at("apply", number), {"note": "", "state": "rechecked"}, follow=True)
    assert "已登记：" in text(end) and year.head.state == "applied"
    assert "外贸服务资金" in text(officer.get(at("results")))
    assert "和现在的记录一致" in text(officer.get(at("drift", number)))


def test_department_and_key_pages(year: World) -> None:
    submitted(year)
    officer = client_of(year.team.officer)
    made = officer.post(at("department-make"), {"year": year.year, "done": "完成"}, follow=True)
    assert "已计算" in text(made) and "分项目标" in text(made)
    confirmed = client_of(year.team.head).post(
        at("department-step"), {"year": year.year, "state": "drafted"}, follow=True
    )
    assert "已确认" in text(confirmed)
    opened_key = officer.post(at("key-open"), {"year": year.year, "project": CODE}, follow=True)
    assert "登记一位专家的打分" in text(opened_key)
    number = KeyEvaluation.objects.get().pk
    points: dict[str, Any] = {"expert": "甲", "item": [str(each) for each in range(1, 12)]}
    points |= {f"points-{each}": "5" for each in range(1, 12)}
    assert "已登记专家打分" in text(officer.post(at("key-score", number), points, follow=True))
    assert "已保存" in text(officer.post(at("key-write", number), {"experience": "好"}, follow=True))


def test_who_may_not_is_refused(year: World) -> None:
    head = opened(year)
    auditor = client_of(year.team.auditor)
    assert auditor.get(at("self", head.pk)).status_code == 200
    assert auditor.post(at("fill", head.pk), {}).status_code == 403
    assert auditor.post(at("open"), {"year": year.year}).status_code == 403
    assert auditor.post(at("step", head.pk), {"transition": "submit"}).status_code == 403
    assert auditor.get(at("self", 10**17)).status_code == 404


def test_words_are_escaped_and_odd_input_breaks_nothing(year: World) -> None:
    head = opened(year)
    section = client_of(year.team.asks)
    odd = {
        "revision": head.revision,
        "done": "<script>alert(1)</script>\0",
        "row": ["1", "x", "99999"],
        "cause-1": "'\"><b>",
    }
    section.post(at("fill", head.pk), odd)
    page = text(section.get(at("self", head.pk)))
    assert "<script>alert(1)" not in page and "&lt;script&gt;" in page
    for query in ("?q=%00", "?year=abc", "?state=x", "?sort=-none", "?page=-1"):
        assert section.get(at("list") + query).status_code in {200, 422}, query


def test_the_list_exports_and_its_queries_do_not_grow(year: World) -> None:
    head = settled(year)
    client = client_of(year.team.finance)
    client.get(at("list"))
    with CaptureQueriesContext(
        connection,
    ) as few:
        assert "外贸服务资金" in text(client.get(at("list")))
    with reaching_all():
        SelfEvaluation.objects.bulk_create(
            SelfEvaluation(
                target_set=head.target_set, fiscal_year=year.year - 1, project_code=f"X{n}", project_name=f"项目{n}",
                money_unit="万元", order=n, schema="mof-2020",
            )
            for n in range(1, 60)
        )  # fmt: skip
    with CaptureQueriesContext(connection) as many:
        client.get(at("list"))
    assert len(many) <= len(few)
    csv = text(client.get(at("list"), {"export": "csv", "year": year.year}))
    assert CODE in csv and str(head.recheck_total) in csv


def test_the_api_reads_rows_with_their_figures(year: World) -> None:
    head = settled(year)
    client = client_of(year.team.auditor)
    listed = client.get("/api/v1/evaluation", {"year": year.year}).json()
    assert (listed["total"], listed["items"][0]["total"]) == (1, str(head.total.normalize()))
    one = client.get(f"/api/v1/evaluation/{head.pk}").json()
    assert one["rows"][0]["figures"][0]["metric"] == "payments.executed_rate"
    found = client.get("/api/v1/evaluation/results", {"year": year.year}).json()
    assert (found[0]["project_code"], found[0]["applied"]) == (CODE, False)
    assert client.get("/api/v1/evaluation/99999999").status_code == 404


def test_the_saved_form_is_what_is_shown(year: World) -> None:
    head = filled(year)
    row = EvaluationRow.objects.get(evaluation=head, number=4)
    assert (row.tier, row.tier_rate, row.tier_by) == ("reached", Decimal(90), year.team.asks.username)
