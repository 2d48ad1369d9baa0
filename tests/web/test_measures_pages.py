"""Pages and API of measures: each opens, says what is wrong beside its field, and does what its button says."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from kept import kept
from measures_made import COUNSEL, TRADE, Year, targets_alone
from youju.foundation.identity.models import User
from youju.foundation.kernel.context import reaching_all
from youju.performance.measures import services
from youju.performance.measures.models import Adjustment, Attestation, Binding, Freeze
from youju.performance.measures.services import BindingWish


@kept
def year() -> Year:
    """Two rows bound: one computed, one attested."""
    made = targets_alone()
    for code, number, wish in (
        (TRADE, 1, BindingWish(metric="exports.value_cny")),
        (COUNSEL, 7, BindingWish(basis="attested", note="没有指标")),
    ):
        found = services.confirm_binding(
            actor=made.officer, target_set=made.target_set, code=code, number=number, wish=wish
        )
        services.approve_bindings(actor=made.head, bindings=[found.binding.pk])
    return made


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def text(answer: Any) -> str:
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return content.decode()


def at(name: str, *args: object) -> str:
    return reverse(f"measures:{name}", args=args)


def test_the_department_and_a_project_show_every_row(year: Year) -> None:
    client = client_of(year.head)
    page = text(client.get(at("overview")))
    assert "2023 年指标完成情况" in page and page.count("<tr>") == 108 + 12
    assert "0 亿元" in page and "还没有批准的计量绑定" in page and "还没有复签的情况说明" in page
    project = text(client.get(at("project", 2023, TRADE) + "?until=2023-07"))
    assert "从 1 月 1 日算到 2023-07-31" in project and "trend.svg?until=2023-07" in project
    row = text(client.get(at("row", 2023, TRADE, 1)))
    assert "放行货物行的人民币值之和" in row and "/catalogue/exports.value_cny/?period=2023" in row
    assert "12月 0 亿元" in row and "exports.value_cny" in row
    picture = client.get(at("trend", 2023, TRADE, 1))
    assert picture["Content-Type"] == "image/svg+xml" and "<polyline" in text(picture)


def test_what_is_not_there_is_not_found(year: Year) -> None:
    client = client_of(year.head)
    for url in (
        at("project", 2023, "NONE"), at("row", 2023, TRADE, 99), at("row", 2099, TRADE, 1), at("trend", 2023, TRADE, 99),
        at("overview") + "?year=2099", at("overview") + "?year=x", at("overview") + "?until=2024-01",
        at("statements", "guess"), at("freeze", 10**9), at("file", "attestation", 10**9, 1),
    ):  # fmt: skip
        assert client.get(url).status_code == 404, url


def test_rows_are_filtered_and_handed_out(year: Year) -> None:
    client = client_of(year.head)
    page = text(client.get(at("rows") + "?basis=computed&until=2023-07"))
    assert "试点出口额" in page and "资金总成本" not in page
    sheet = text(client.get(at("rows") + "?export=csv&text=试点出口额"))
    assert "试点出口额" in sheet and "exports.value_cny" in sheet


def test_a_row_is_bound_by_a_suggestion_and_approved(year: Year) -> None:
    officer, head = client_of(year.officer), client_of(year.head)
    form = text(officer.get(at("bind", 2023, TRADE, 4)))
    assert "payments.total_cost" in form and "三级指标有“预算资金数”" in form
    wrong = officer.post(at("bind", 2023, TRADE, 4), {"basis": "computed", "metric": "exports.growth_rate"})
    assert wrong.status_code == 422 and "MSR-003" in text(wrong)
    bad = officer.post(
        at("bind", 2023, TRADE, 4), {"basis": "computed", "metric": "x", "parameters": "nonsense"}
    )
    assert "名称=值" in text(bad)
    good = officer.post(
        at("bind", 2023, TRADE, 4),
        {"basis": "computed", "metric": "payments.total_cost", "parameters": f"project={TRADE}"},
        follow=True,
    )
    assert "等待另一人批准" in text(good)
    made = Binding.objects.get(metric="payments.total_cost")
    assert "批准勾选的" in text(head.get(at("waiting")))
    assert "没有勾选" in text(head.post(at("approve"), follow=True))
    assert "已批准 1 条" in text(head.post(at("approve"), {"binding": made.pk}, follow=True))
    assert "已批准" in text(head.get(at("bindings") + "?text=total_cost"))


def test_drafts_are_suggested_and_one_is_sent_back(year: Year) -> None:
    officer, head = client_of(year.officer), client_of(year.head)
    assert "已起草" in text(officer.post(at("suggest"), {"year": "2023"}, follow=True))
    first = Binding.objects.filter(state="draft").first()
    assert first is not None
    assert "已确认 1 条" in text(officer.post(at("confirm"), {"binding": first.pk}, follow=True))
    assert "已退回" in text(head.post(at("refuse", first.pk), {"reason": "不合适"}, follow=True))


def evidence() -> SimpleUploadedFile:
    return SimpleUploadedFile("登记.txt", "示例：登记。".encode())


SAID = {"until": "2023-06-30", "value": "92", "text": "上半年二十六件文书中二十四件无纸化。"}


def test_a_statement_is_signed_with_a_file_and_countersigned(year: Year) -> None:
    staff, head = client_of(year.staff), client_of(year.head)
    url = at("sign", 2023, COUNSEL, 7, "attestation")
    assert "签署以后由另一人复签才算数" in text(staff.get(url))
    bare = staff.post(url, SAID)
    assert bare.status_code == 422 and "MSR-101" in text(bare)
    assert "复签以后生效" in text(staff.post(url, {**SAID, "evidence": evidence()}, follow=True))
    with reaching_all():
        made = Attestation.objects.get()
    page = text(head.get(at("row", 2023, COUNSEL, 7)))
    assert "待复签" in page and "登记.txt" in page
    step = at("step", "attestation", made.pk, "countersign")
    assert staff.post(step).status_code == 403
    assert "已复签" in text(head.post(step, follow=True))
    files = page.split(f"/measures/statements/attestation/{made.pk}/files/")[1].split("/")[0]
    answer = head.get(at("file", "attestation", made.pk, files))
    assert text(answer) == "示例：登记。" and "no-store" in answer["Cache-Control"]
    assert "92%" in text(head.get(at("overview")))
    assert "登记.txt" in text(head.get(at("statements", "attestation")))
    assert head.post(at("step", "attestation", made.pk, "guess")).status_code == 404
    done = head.post(at("step", "attestation", made.pk, "withdraw"), {"reason": "登记有误"}, follow=True)
    assert "已撤回" in text(done)


def test_an_adjustment_shows_everywhere(year: Year) -> None:
    staff, finance = client_of(year.staff), client_of(year.finance)
    url = at("sign", 2023, TRADE, 1, "adjustment")
    staff.post(url, {**SAID, "until": "2023-12-31", "value": "2.5", "evidence": evidence()})
    with reaching_all():
        made = Adjustment.objects.get()
    finance.post(at("step", "adjustment", made.pk, "countersign"))
    for page in (at("overview"), at("project", 2023, TRADE)):
        assert "已调整" in text(finance.get(page))
    row = text(finance.get(at("row", 2023, TRADE, 1)))
    assert "这个值是调整过的" in row and "2.5 亿元" in row


def test_rows_are_frozen_from_the_page(year: Year) -> None:
    head = client_of(year.head)
    done = head.post(at("freeze-make"), {"year": "2023", "until": "2023-12", "purpose": "自评"}, follow=True)
    assert "已冻结 108 行" in text(done)
    page = text(head.get(at("freeze", Freeze.objects.get().pk)))
    assert "试点出口额" in page and "内容校验值" in page
    assert "不在 2023 年内" in text(
        head.post(at("freeze-make"), {"year": "2023", "until": "2024-01"}, follow=True)
    )


def test_programs_read_bind_and_approve(year: Year) -> None:
    officer, head = client_of(year.officer), client_of(year.head)
    rows = officer.get("/api/v1/measures/rows?year=2023&until=2023-07").json()
    assert (rows["until"], len(rows["items"])) == ("2023-07-31", 108)
    first = next(row for row in rows["items"] if row["level3"] == "试点出口额")
    assert (first["value"], first["unit"], first["basis"]) == ("0.000000", "亿元", "computed")
    one = officer.get(f"/api/v1/measures/rows?year=2023&project={TRADE}").json()
    assert len(one["items"]) == 9
    assert officer.get("/api/v1/measures/rows?year=2023&until=2024-01").status_code == 422
    given = {
        "year": 2023,
        "project": TRADE,
        "row": 4,
        "metric": "payments.total_cost",
        "parameters": {"project": TRADE},
    }
    made = officer.post(
        "/api/v1/measures/bindings", json.dumps(given), content_type="application/json"
    ).json()
    assert made["state"] == "confirmed"
    body = json.dumps({"bindings": [made["id"]]})
    done = head.post("/api/v1/measures/bindings/approve", body, content_type="application/json").json()
    assert done["items"][0]["state"] == "approved"
    listed = head.get("/api/v1/measures/bindings?state=approved").json()
    assert listed["total"] == 3


def test_a_program_signs_with_a_file(year: Year) -> None:
    staff, head = client_of(year.staff), client_of(year.head)
    form = {**SAID, "year": "2023", "project": COUNSEL, "row": "7", "files": evidence()}
    made = staff.post("/api/v1/measures/statements/attestation", form)
    assert made.status_code == 200, made.content
    done = head.post(f"/api/v1/measures/statements/attestation/{made.json()['id']}/countersign")
    assert done.json()["state"] == "countersigned"


@pytest.mark.django_db
def test_without_targets_the_page_says_what_to_do() -> None:
    from trade_people import person
    from youju.foundation.identity.roles import Role

    assert "还没有绩效目标" in text(client_of(person(Role.HED)).get(at("overview")))
