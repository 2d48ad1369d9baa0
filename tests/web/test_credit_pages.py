"""Pages of credit: each opens, says what is wrong, and does what its button says; strangers see what they may."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from credit_made import Book, only, scored_party
from kept import kept
from trade_people import person
from youju.foundation.identity.models import User
from youju.foundation.identity.roles import Role
from youju.foundation.jobs.running import work_off
from youju.foundation.kernel.context import reaching_all
from youju.rules.trade.credit.months import months_before
from youju.trade.credit import services
from youju.trade.credit.models import Certificate, Plea, PublicList, Score, Trial

BOOK = Book()


@kept
def made() -> dict[str, Any]:
    BOOK.records.clear()
    row = scored_party("甲有限公司", "MS-1", credit_code="91130600MA0000000A")
    other = scored_party("乙商行")
    for kind in ("declarations.released", "settlement.collected", "exemptions.filed"):
        BOOK.told(other, kind, months_before(timezone.localdate(), 3), "m", 60)
    day = months_before(timezone.localdate().replace(day=1), 6) + timedelta(days=2)
    lost = BOOK.told(row, "disputes.lost", day, "1")
    for count in (2, 1):
        month = months_before(timezone.localdate().replace(day=1), count)
        with only(BOOK):
            services.make_snapshot(month=month)
    for role, code, sections in ((Role.MER, "MS-1", ()), (Role.STF, "", ("SC",)), (Role.HED, "", ())):
        person(role, code, sections=sections)
    return {"party": row.pk, "other": other.pk, "lost": lost}


def client_of(role: str) -> Client:
    client = Client()
    client.force_login(User.objects.get(roles=[role]))
    return client


def at(name: str, *args: object) -> str:
    return reverse(name if ":" in name else f"credit:{name}", args=args)


def text(answer: Any) -> str:
    return (b"".join(answer.streaming_content) if answer.streaming else answer.content).decode()


@pytest.mark.django_db
def test_empty_pages_say_what_to_do() -> None:
    person(Role.HED)
    person(Role.MER, "MS-1")
    head = client_of("HED")
    for name, told in (
        ("board", "还没有信用得分"), ("list", "没有符合条件的得分"), ("pleas", "没有申诉和修复"), ("publicity", "还没有公示名单"),
        ("snapshots", "还没有评过分"), ("trials", "还没有试算"), ("open_credit:lists", "现在没有公示的名单"),
    ):  # fmt: skip
        assert told in text(head.get(at(name))), name
    assert "还没有您的信用得分" in text(client_of("MER").get(at("own")))
    assert head.get(at("party", 1)).status_code == 404


def test_the_pages_of_the_centre_open(made: dict[str, Any]) -> None:
    head = client_of("HED")
    assert "得分最低的" in text(head.get(at("board")))
    assert "甲有限公司" in text(head.get(at("list"), {"text": "甲"}))
    assert "甲有限公司" not in text(head.get(at("list"), {"grade": "A"}))
    exported = head.get(at("list"), {"export": "csv"})
    assert exported.status_code == 200 and "甲有限公司" in text(exported)
    page = text(head.get(at("party", made["party"])))
    assert "纠纷投诉成立" in page and "历次得分" in page and "申请修复" not in page
    assert "申报质量" in text(head.get(at("policy")))
    with only(BOOK):
        month = f"{months_before(timezone.localdate().replace(day=1), 1):%Y-%m}"
        assert "全部一致" in text(head.get(at("snapshots"), {"replay": month}))
    assert head.get(at("snapshots"), {"replay": "x"}).status_code == 422
    assert "信用等级" in text(head.get(at("parties:party", made["party"])))


def test_a_merchant_appeals_and_the_head_upholds(made: dict[str, Any]) -> None:
    merchant, staff, head = client_of("MER"), client_of("STF"), client_of("HED")
    assert merchant.get(at("own")).headers["Location"] == at("party", made["party"])
    page = text(merchant.get(at("party", made["party"])))
    assert "申诉" in page and "申请修复" in page
    assert merchant.get(at("party", made["other"])).status_code == 404
    where = at("plead", made["party"])
    asked = {"kind": "appeal", "record": made["lost"], "month": ""}
    assert merchant.get(where, asked).status_code == 200
    assert merchant.get(where, asked | {"record": "none:1"}).status_code == 404
    short = merchant.post(where, asked | {"reason": "短"})
    assert short.status_code == 422 and "CRD-003" in text(short)
    given = asked | {
        "reason": "对方已经撤诉，附撤诉书",
        "first": SimpleUploadedFile("撤诉书.txt", b"withdrawn"),
    }
    answer = merchant.post(where, given)
    with reaching_all():
        plea = Plea.objects.get()
    assert answer.headers["Location"] == at("plea", plea.pk)
    file = staff.get(at("plea", plea.pk))
    assert "撤诉书.txt" in text(file)
    with only(BOOK):
        staff.post(at("plea-step", plea.pk), {"transition": "check", "state": "submitted", "reason": "属实"})
        head.post(
            at("plea-step", plea.pk), {"transition": "uphold", "state": "checked", "reason": "已撤诉，不计"}
        )
    assert "的得分由" in text(merchant.get(at("plea", plea.pk)))
    with reaching_all():
        assert Score.objects.get(party_id=made["party"], current=True, revision=1).why.startswith("信用申诉")
    assert "不再计分的记录" in text(merchant.get(at("party", made["party"])))
    assert plea.number in text(head.get(at("pleas")))


def test_a_list_is_made_shown_and_read_by_anybody(made: dict[str, Any]) -> None:
    head, stranger = client_of("HED"), Client()
    head.post(at("publicity-new"))
    row = PublicList.objects.get()
    assert stranger.get(at("open_credit:list", row.number)).status_code == 404
    assert "乙＊＊" in text(head.get(at("publicity-one", row.pk)))
    head.post(at("publicity-step", row.pk), {"transition": "show", "state": "draft"})
    answer = stranger.get(at("open_credit:list", row.number))
    assert "乙＊＊" in text(answer) and "乙商行" not in text(answer) and "甲有限公司" not in text(answer)
    assert answer.headers["Referrer-Policy"] == "no-referrer" and not answer.cookies
    assert row.number in text(stranger.get(at("open_credit:lists")))


def test_a_stranger_checks_a_certificate(made: dict[str, Any]) -> None:
    merchant, stranger = client_of("MER"), Client()
    merchant.post(at("certify", made["party"]))
    with reaching_all():
        row = Certificate.objects.get()
    work_off()
    pdf = merchant.get(at("certificate", row.pk))
    assert pdf.status_code == 200 and b"".join(pdf.streaming_content).startswith(b"%PDF-")
    page = stranger.get(at("open_credit:check", row.code))
    assert "现在有效" in text(page) and page.headers["Cache-Control"] == "no-store" and not page.cookies
    assert stranger.get(at("open_credit:check", "x" * 22)).status_code == 404
    staff = client_of("STF")
    staff.post(at("revoke", row.pk), {"reason": "名称有误"})
    assert "作废" in text(stranger.get(at("open_credit:check", row.code)))


def test_who_asks_too_often_waits(made: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    from youju.trade.credit.web import public

    monkeypatch.setattr(public, "whole", lambda law, name: 1)
    stranger = Client(REMOTE_ADDR="198.51.100.77")
    answers = [stranger.get(at("open_credit:lists")) for _ in range(2)]
    assert [each.status_code for each in answers] == [200, 429]
    assert int(answers[1].headers["Retry-After"]) >= 1


def test_a_policy_is_changed_in_a_form_and_tried(made: dict[str, Any]) -> None:
    staff = client_of("STF")
    form = staff.get(at("trial-new")).context["form"]
    given = {name: field.initial for name, field in form.fields.items() if field.initial is not None}
    wrong = staff.post(at("trial-new"), given | {"title": "改", "filing--weight": "20"})
    assert wrong.status_code == 422 and "CRD-017" in text(wrong)
    odd = staff.post(at("trial-new"), given | {"title": "改", "declarations--bands": "1"})
    assert odd.status_code == 422 and "每档写成" in text(odd)
    with only(BOOK):
        answer = staff.post(at("trial-new"), given | {"title": "甲级更难", "grade--A": "100.00"})
        row = Trial.objects.get()
        assert answer.headers["Location"] == at("trial", row.pk)
        assert "正在试算" in text(staff.get(at("trial", row.pk)))
        work_off()
    page = text(staff.get(at("trial", row.pk)))
    assert "户等级变化" in page and "谁会变" in page
    assert staff.get(at("trial", row.pk), {"export": "csv"}).status_code == 200


def test_programs_read_scores_and_appeal(made: dict[str, Any]) -> None:
    head, merchant = client_of("HED"), client_of("MER")
    lines = head.get("/api/v1/credit/scores").json()
    assert lines["total"] == 2
    score = merchant.get(f"/api/v1/credit/parties/{made['party']}").json()
    assert sum(Decimal(each["points"]) for each in score["items"]) == Decimal(score["total"])
    assert merchant.get(f"/api/v1/credit/parties/{made['other']}").status_code == 404
    asked = {
        "kind": "appeal",
        "record": made["lost"],
        "reason": "对方已经撤诉，附撤诉书",
        "evidence": "撤诉书第 1 号",
    }
    where = f"/api/v1/credit/parties/{made['party']}/pleas"
    first = merchant.post(where, asked, content_type="application/json", headers={"Idempotency-Key": "k1"})
    again = merchant.post(where, asked, content_type="application/json", headers={"Idempotency-Key": "k1"})
    assert first.status_code == again.status_code == 200 and first.json() == again.json()
    assert merchant.get("/api/v1/credit/pleas").json()["total"] == 1
    assert merchant.get("/api/v1/credit/scores").status_code == 403


def test_lists_ask_as_many_queries_for_any_size(
    made: dict[str, Any], django_assert_max_num_queries: Any
) -> None:
    head = client_of("HED")
    head.get(at("list"))
    with django_assert_max_num_queries(16):
        head.get(at("list"))
    with django_assert_max_num_queries(24):
        head.get(at("board"))
