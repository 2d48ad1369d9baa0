"""Pages of internal supervision: each opens, says what is wrong beside its field, and does what its button says."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from audits_made import Office, closed, engagement, finding, office, replied, sample, step, today
from kept import kept
from office_made import PNG, contract
from youju.foundation.identity.models import User
from youju.foundation.jobs.running import work_off
from youju.foundation.kernel.context import reaching_all
from youju.funds.internal_audits.models import Finding, Plan, Sample

pytestmark = pytest.mark.django_db


@kept
def team() -> Office:
    made = office()
    for place in range(6):
        contract(made.market, number=f"HT-{place}", amount=Decimal(9_000 * (place + 1)))
    return made


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def text(answer: Any) -> str:
    return (b"".join(answer.streaming_content) if answer.streaming else answer.content).decode()


def url(name: str, *args: object) -> str:
    return reverse(f"internal_audits:{name}", args=args)


def test_empty_pages_say_what_to_do_next(team: Office) -> None:
    auditor = client_of(team.auditor)
    assert "还没有监督发现的问题" in text(auditor.get(url("list")))
    assert "先起草本年度的计划" in text(auditor.get(url("plans")))
    assert "计划由审计人员起草" in text(client_of(team.market).get(url("plans")))
    assert "没有可统计的问题" in text(auditor.get(url("report"), {"year": "bad"}))


def test_from_plan_to_working_paper(team: Office) -> None:
    auditor, head, year = client_of(team.auditor), client_of(team.head), today().year
    assert auditor.get(url("plan-new")).status_code == 200
    form = {"year": year, "title": "年度监督计划", "themes": "资金、合同", "note": ""}
    assert "这一栏必填" in text(auditor.post(url("plan-new"), form | {"title": ""}))
    assert "已起草" in text(auditor.post(url("plan-new"), form, follow=True))
    assert auditor.post(url("plan-new"), form).status_code == 409
    item = {
        "theme": "合同", "title": "合同检查", "lead": team.auditor.username, "starts_on": f"{year}-01-05",
        "ends_on": f"{year + 1}-01-05", "sections": ["SC", "ZH"],
    }  # fmt: skip
    refused = auditor.post(url("item-add", year), item)
    assert refused.status_code == 422 and "IAU-010" in text(refused)
    assert "请填在用账号" in text(
        auditor.post(url("item-add", year), item | {"lead": "x", "ends_on": f"{year}-12-31"})
    )
    page = text(auditor.post(url("item-add", year), item | {"ends_on": f"{year}-12-31"}, follow=True))
    assert "市场服务科、综合业务科" in page
    with reaching_all():
        revision = Plan.objects.get().revision
    edited = auditor.post(url("plan-edit", year), form | {"title": "改名", "revision": revision}, follow=True)
    assert "已保存" in text(edited) and "改名" in text(auditor.get(url("plan-edit", year)))
    auditor.post(url("item-add", year), item | {"title": "多余", "ends_on": f"{year}-12-31"})
    assert "已删去" in text(auditor.post(url("item-remove", year, 2), follow=True))
    auditor.post(url("plan-step", year), {"transition": "submit", "state": "draft"})
    assert "已批准" in text(
        head.post(url("plan-step", year), {"transition": "approve", "state": "submitted"}, follow=True)
    )
    started = text(auditor.post(url("engagement-open", year, 1), follow=True))
    assert "还没有抽取样本" in started and f"JD{year}-0001" in started
    assert "监督项目" in text(auditor.get(url("plans")))
    with reaching_all():
        pk = Plan.objects.get().items.get().engagement.pk
    draw = {
        "population": "contracts", "since": f"{year - 1}-01-01", "until": today().isoformat(), "size": "4",
        "limits": "20000，x", "certainty": "50000", "allocation": "neyman", "seed": "2023",
    }  # fmt: skip
    assert "分层" in text(auditor.get(url("draw", pk)))
    assert "用逗号分开" in text(auditor.post(url("draw", pk), draw))
    assert "必抽金额应大于" in text(auditor.post(url("draw", pk), draw | {"limits": "60000"}))
    shown = text(auditor.post(url("draw", pk), draw | {"limits": "20000，40000"}, follow=True))
    assert "已抽取样本" in shown and "youju audits sample" in shown and "IAU-005" in shown
    with reaching_all():
        row = Sample.objects.get()
        one = row.items.order_by("place").first()
    assert one is not None
    assert "与这个样本完全一致" in text(client_of(team.officer).get(url("sample", row.pk), {"again": "1"}))
    assert text(auditor.get(url("population", row.pk))).startswith("key,amount\n")
    paper = url("item", one.pk)
    assert auditor.post(paper, {"examined": "", "conclusion": "fine"}).status_code == 422
    done = auditor.post(paper, {"examined": "合同文本", "conclusion": "found", "revision": "0"}, follow=True)
    assert "接着把发现的问题登记下来" in text(done)
    auditor.post(url("paper-add", one.pk), {"file": SimpleUploadedFile("合同.png", PNG)})
    assert "合同.png" in text(client_of(team.market).get(paper))
    assert "请选择文件" in text(auditor.post(url("paper-add", one.pk), {}, follow=True))
    new = f"{url('new')}?item={one.pk}"
    assert one.label in text(auditor.get(new))
    given = {
        "title": "合同晚签", "description": "先履行后签订", "category": "contract", "seriousness": "minor", "basis": "",
        "amount": "", "section": "SC", "found_on": today().isoformat(), "suggestion": "",
    }  # fmt: skip
    assert "IAU-001" in text(auditor.post(new, given))
    made = text(auditor.post(new, given | {"basis": "合同管理制度第六条"}, follow=True))
    assert "已登记 WT" in made and "工作底稿" in made
    end = url("engagement-end", pk)
    assert "份工作底稿没有结论" in text(auditor.post(end, {"conclusion": "完成"}))


def test_a_finding_from_notice_to_reopening(team: Office) -> None:
    row = finding(team, record="contracts", key="HT-5", category="contract")
    auditor, market = client_of(team.auditor), client_of(team.market)
    page, steps = url("finding", row.number), url("step", row.number)
    edit = url("edit", row.number)
    assert 'value="HT-5"' in text(auditor.get(edit))
    late = auditor.post(steps, {"transition": "notify", "state": "noted", "due_on": "2000-01-01"})
    assert late.status_code == 422 and "IAU-003" in text(late)
    assert "整改中" in text(auditor.post(steps, {"transition": "notify", "state": "noted"}, follow=True))
    assert auditor.post(edit, {"title": "x"}).status_code in (409, 422)
    assert "不在这个科室" in text(
        client_of(team.trade).post(steps, {"transition": "reply", "text": "不归我"})
    )
    refused = market.post(steps, {"transition": "reply", "state": "rectifying", "text": "改好了"})
    assert refused.status_code == 422 and "IAU-008" in text(refused)
    assert "请选择文件" in text(market.post(url("evidence-add", row.number), {}, follow=True))
    market.post(url("evidence-add", row.number), {"file": SimpleUploadedFile("验收单.png", PNG)})
    assert "验收单.png" in text(market.get(page))
    assert "待核实" in text(
        market.post(steps, {"transition": "reply", "state": "rectifying", "text": "改好了"}, follow=True)
    )
    assert "核实通过" in text(auditor.get(page)) and "核实通过" not in text(market.get(page))
    auditor.post(steps, {"transition": "verify", "state": "replied"})
    assert "已销号" in text(auditor.post(steps, {"transition": "close", "state": "verified"}, follow=True))
    again = auditor.post(steps, {"transition": "reopen", "state": "closed", "reason": "又出现"}, follow=True)
    assert "第 1 次重新打开，理由：又出现" in text(again)
    assert (
        auditor.post(steps, {"transition": "reopen", "state": "closed", "reason": "迟了"}).status_code == 409
    )
    with reaching_all():
        file = Finding.objects.get().replies.get()
    assert file.text == "改好了" and "重开 1 次" in text(market.get(url("list"), {"only": "reopened"}))
    from youju.foundation.files.selectors import attachments
    from youju.funds.internal_audits.events import finding_subject

    kept_file = attachments(finding_subject(row))[0]
    file_ = market.get(url("evidence", row.number, kept_file.id))
    assert file_.headers["Cache-Control"] == "no-store, private" and b"".join(file_.streaming_content) == PNG  # type: ignore[attr-defined]
    assert market.get(url("evidence", row.number, 0)).status_code == 404


def test_papers_are_made_and_handed_out(team: Office) -> None:
    row = step(team.auditor, finding(team), "notify")
    auditor = client_of(team.auditor)
    assert "正在生成" in text(auditor.post(url("notice-make", row.number), follow=True))
    assert "正在生成" in text(auditor.post(url("list-make") + "?only=open", follow=True))
    work_off()
    assert "整改通知书" in text(auditor.get(url("finding", row.number)))
    page = text(auditor.get(url("list")))
    assert "监督问题清单" in page and "/audits/documents/" in page
    link = page.split("/audits/documents/")[1].split('"')[0]
    file = auditor.get(f"/audits/documents/{link}")
    assert b"".join(file.streaming_content).startswith(b"PK")  # type: ignore[attr-defined]
    assert auditor.get(f"/audits/documents/{link[:-2]}0/").status_code == 404
    sheet = auditor.get(url("list"), {"export": "xlsx"})
    assert b"".join(sheet.streaming_content).startswith(b"PK")  # type: ignore[attr-defined]


def test_the_report_shows_pictures_with_their_data(team: Office) -> None:
    closed(team, finding(team))
    replied(team, finding(team, section="SC", seriousness="grave"))
    shown = text(client_of(team.officer).get(url("report"), {"year": today().year}))
    assert shown.count("<svg") >= 8 and "未销号问题的时间长短" in shown and "市场服务科" in shown


def test_a_new_finding_of_an_engagement_stands_on_its_page(team: Office) -> None:
    row = engagement(team)
    sample(team, row)
    finding(team, engagement=row.pk, title="账实不符")
    assert "账实不符" in text(client_of(team.head).get(url("engagement", row.pk)))
    assert f"监督项目 {row.number}" in text(client_of(team.auditor).get(url("new"), {"engagement": row.pk}))
    assert client_of(team.auditor).get(url("new"), {"item": "99"}).status_code == 404


def test_lists_ask_as_many_queries_for_any_size(team: Office, django_assert_max_num_queries: Any) -> None:
    client = client_of(team.head)
    for _ in range(6):
        finding(team)
    client.get(url("list"))
    with django_assert_max_num_queries(24):
        client.get(url("list"))
