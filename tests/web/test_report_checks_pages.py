"""Pages of report checks: upload, marks, run again after the data changed, files to take away."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from funds_made import Staff
from funds_made import staff as office
from kept import kept
from trade_people import as_
from youju.foundation.documents.reading import Paragraph, read_blocks
from youju.foundation.identity.models import User
from youju.foundation.jobs.running import work_off
from youju.performance.report_checks.models import ReportCheck
from youju.performance.report_checks.services import submit_report
from youju.performance.targets import demo
from youju.performance.targets.models import Project

pytestmark = pytest.mark.django_db
TEXT = """国贸中心法律顾问费项目年初预算5.00万元，办理单位满意度目标值≥92%。
国贸中心事务资金预算45元，三季度走访企业23家。
"""


@kept
def team() -> Staff:
    demo.load()
    return office()


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def at(name: str, *args: object) -> str:
    return reverse(f"report_checks:{name}", args=args)


def upload(client: Client, content: bytes, name: str = "自评报告.txt", year: str = "2023") -> Any:
    return client.post(at("new"), {"file": SimpleUploadedFile(name, content), "year": year}, follow=True)


def word(*lines: str) -> bytes:
    from docx import Document

    document = Document()
    for line in lines:
        paragraph = document.add_paragraph()
        half = len(line) // 2
        paragraph.add_run(line[:half]).bold = True
        paragraph.add_run(line[half:])
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip(
        [*table.rows[0].cells, *table.rows[1].cells],
        ("项目名称", "预算数（万元）", "国贸中心法律顾问费", "6.00"),
        strict=True,
    ):
        cell.text = text
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def test_a_report_comes_back_with_its_wrong_figures_marked(team: Staff) -> None:
    client = client_of(team.officer)
    assert "还没有核对过报告" in client.get(at("list")).content.decode()
    answer = upload(client, TEXT.encode())
    page = answer.content.decode()
    row = ReportCheck.objects.get()

    assert (row.figures, row.disagrees, row.state) == (4, 2, "done")
    assert 'class="checked checked-disagrees"' in page
    assert "→ 45万元" in page
    assert "→ ≥90%" in page
    assert "2023 年绩效目标（第 1 版）" in page
    assert f"/targets/13060523P00456310001Q/?set={row.facts['facts'][0]['url'].rpartition('=')[2]}" in page
    assert row.name in client.get(at("list") + "?faulty=on").content.decode()


def test_running_again_after_the_data_changed_shows_what_changed(team: Staff) -> None:
    client = client_of(team.officer)
    upload(client, TEXT.encode())
    first = ReportCheck.objects.get()
    Project.objects.filter(code="13060523P00456310001Q").update(budget="5.50")
    page = client.post(at("again", first.pk), follow=True).content.decode()
    second = ReportCheck.objects.exclude(pk=first.pk).get()

    assert second.follows == first
    assert [(each["printed"], each["before"], each["after"]) for each in second.changes] == [
        ("5.00万元", "相符（数据 5万元）", "不符（数据 5.5万元）")
    ]
    assert "和上一次的不同" in page
    assert "后来又核对过" in client.get(at("check", first.pk)).content.decode()


def test_a_word_report_keeps_its_look_and_gets_comments(team: Staff) -> None:
    client = client_of(team.officer)
    upload(client, word("国贸中心法律顾问费预算5.00万元。", "国贸中心事务资金预算46.00万元。"), "报告.docx")
    row = ReportCheck.objects.get()
    answer = client.get(at("take", row.pk, "docx"))
    blocks = read_blocks(answer.content, "报告.docx")
    package = zipfile.ZipFile(io.BytesIO(answer.content))
    text = package.read("word/document.xml").decode()

    assert row.disagrees == 2
    assert [each.text for each in blocks if isinstance(each, Paragraph)][:2] == [
        "国贸中心法律顾问费预算5.00万元。", "国贸中心事务资金预算46.00万元。",
    ]  # fmt: skip
    assert text.count('w:fill="F4B6AE"') >= 2
    assert "<w:b/>" in text
    comments = package.read("word/comments.xml").decode()
    assert "数据是 45万元" in comments
    assert "数据是 5万元" in comments


@pytest.mark.parametrize("kind", ["docx", "xlsx", "json", "facts"])
def test_results_are_taken_away_by_those_who_may(team: Staff, kind: str) -> None:
    upload(client_of(team.officer), TEXT.encode())
    row = ReportCheck.objects.get()
    answer = client_of(team.auditor).get(at("take", row.pk, kind))

    assert answer.status_code == 200
    assert "attachment" in answer["Content-Disposition"]
    if kind == "json":
        assert json.loads(answer.content)["disagrees"] == 2
    assert client_of(team.officer).get(at("take", row.pk, "pdf")).status_code == 404


def test_what_cannot_be_read_is_said_beside_its_field(team: Staff) -> None:
    client = client_of(team.officer)
    assert upload(client, b"").status_code == 422
    assert "这里不收" in upload(client, b"MZ\x90\x00\x03program", "a.exe").content.decode()
    assert (
        "请从列表" in upload(client, TEXT.encode(), year="1999").content.decode()
        or ReportCheck.objects.count() == 0
    )
    assert ReportCheck.objects.count() == 0


def test_a_large_report_is_checked_in_a_job_and_what_cannot_be_read_ends_on_its_page(team: Staff) -> None:
    large = (TEXT + "这一段没有数字。" * 40 + "\n").encode() * 300
    with as_(team.officer):
        row = submit_report(actor=team.officer, content=large, name="大报告.txt", year=2023)
    client = client_of(team.officer)
    assert (row.state, bool(row.run)) == ("waiting", True)
    assert client.get(at("check", row.pk)).status_code == 200
    assert client.get(at("take", row.pk, "json")).status_code == 409
    work_off()
    row.refresh_from_db()

    assert (row.state, row.disagrees) == ("done", 600)
    page = client.get(at("check", row.pk) + "?part=2").content.decode()
    assert "第 2 部分，共" in page


def test_the_api_checks_and_shows(team: Staff) -> None:
    client = client_of(team.officer)
    answer = client.post(
        "/api/v1/report-checks", {"file": SimpleUploadedFile("报告.txt", TEXT.encode()), "year": "2023"}
    )
    assert answer.status_code == 201
    number = answer.json()["id"]
    assert client.get("/api/v1/report-checks").json()["total"] == 1
    verdicts = client.get(f"/api/v1/report-checks/{number}").json()["verdicts"]
    assert [each["rule"] for each in verdicts if each["rule"]] == ["RPC-001", "RPC-002"]
