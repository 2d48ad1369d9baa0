"""Pages of proposals and audits: each opens, says what is wrong, does what its button says; endpoints and the command."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from typer.testing import CliRunner

from kept import kept
from proposals_made import Desk, desk, measured, stored
from youju.foundation.identity.models import User
from youju.foundation.jobs.running import work_off
from youju.foundation.kernel.errors import InputError
from youju.performance.proposals.commands import app
from youju.performance.proposals.models import Audit, Proposal, ProposedRow
from youju.performance.proposals.services import auditing, proposing
from youju.performance.targets import demo
from youju.performance.targets.models import TargetSet
from youju.rules.performance.targets.codec import to_json

pytestmark = pytest.mark.django_db


@kept
def made() -> tuple[Desk, TargetSet]:
    people = desk()
    return people, stored()


@pytest.fixture(autouse=True)
def reached(monkeypatch: Any) -> None:
    monkeypatch.setattr(proposing, "measured_rows", lambda **_: measured())
    monkeypatch.setattr(auditing, "measured_rows", lambda **_: measured())


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def text(answer: Any) -> str:
    return (b"".join(answer.streaming_content) if answer.streaming else answer.content).decode()


def url(name: str, *args: object) -> str:
    return reverse(f"proposals:{name}", args=args)


def test_from_a_proposal_to_next_years_draft(made: tuple[Desk, TargetSet]) -> None:
    people, _ = made
    officer = client_of(people.officer)
    assert "还没有下年目标建议" in text(officer.get(url("list")))
    assert officer.post(url("new"), {"year": "soon"}).status_code == 422
    assert "没有 2029 年" in text(officer.post(url("new"), {"year": 2030}))
    page = text(officer.post(url("new"), {"year": 2024}, follow=True))
    assert "已编制 JY2024" in page and "以本年完成" in page
    row = ProposedRow.objects.filter(raw_value__startswith="≥", method__contains="增长").first()
    assert row is not None
    here = url("edit", "JY2024", row.place, row.row)
    assert row.former_value in text(officer.get(here))
    form = {name: getattr(row, name) for name in ("level3", "raw_value", "description", "basis")}
    refused = officer.post(here, form | {"description": "改了口径", "reason": "", "revision": "0"})
    assert refused.status_code == 422 and "PRO-002" in text(refused)
    done = text(
        officer.post(
            here, form | {"description": "改了口径", "reason": "说清口径", "revision": "0"}, follow=True
        )
    )
    assert "已保存" in done and "人工修改" in done
    table = text(officer.get(url("rows", "JY2024")))
    assert row.level3 in table
    assert "建议指标值" in text(officer.get(url("rows", "JY2024"), {"export": "csv"}))
    ProposedRow.objects.filter(pk=row.pk).update(raw_value="90")
    stopped = text(
        officer.post(url("step", "JY2024"), {"transition": "adopt", "state": "draft"}, follow=True)
    )
    assert "还不能转成草稿" in stopped and "还有 1 处要改" in stopped
    ProposedRow.objects.filter(pk=row.pk).update(raw_value=row.raw_value)
    adopted = text(
        officer.post(url("step", "JY2024"), {"transition": "adopt", "state": "draft"}, follow=True)
    )
    assert "已转成 2024 年绩效目标草稿" in adopted and "打开 2024 年目标草稿" in adopted
    assert TargetSet.objects.filter(fiscal_year=2024, state="draft").exists()
    assert client_of(people.staff).get(url("proposal", "JY2024")).status_code == 200
    assert officer.get(url("edit", "JY2024", 99, 99)).status_code == 302


def test_a_proposal_is_given_up_with_a_reason(made: tuple[Desk, TargetSet]) -> None:
    people, _ = made
    officer = client_of(people.officer)
    officer.post(url("new"), {"year": 2024})
    given = {"transition": "drop", "state": "draft", "reason": "重做"}
    assert "已作废" in text(officer.post(url("step", "JY2024"), given, follow=True))
    assert Proposal.objects.get().state == "dropped"


def test_from_an_audit_to_its_opinion(made: tuple[Desk, TargetSet]) -> None:
    people, kept_ = made
    finance = client_of(people.finance)
    assert "还没有审核过" in text(finance.get(url("audits")))
    assert "请选择" in text(finance.post(url("audit-new"), {}))
    page = text(finance.post(url("audit-new"), {"target_set": kept_.pk}, follow=True))
    assert "系统评分 100" in page and "没有查出问题" in page
    number = Audit.objects.get().number
    mark = url("mark", number, "form")
    assert "PRO-008" in text(finance.post(mark, {"mark": "8", "why": ""}))
    assert "已保存评分" in text(
        finance.post(mark, {"mark": "8", "why": "缺附表", "revision": "0"}, follow=True)
    )
    step = url("audit-step", number)
    assert finance.post(step, {"transition": "conclude", "opinion": ""}).status_code == 422
    assert finance.post(url("opinion-make", number)).status_code == 409
    done = text(
        finance.post(step, {"transition": "conclude", "state": "open", "opinion": "同意"}, follow=True)
    )
    assert "已出具审核意见：98.0 分" in done
    assert "正在生成" in text(finance.post(url("opinion-make", number), follow=True))
    work_off()
    shown = text(finance.get(url("audit", number)))
    link = shown.split('href="/proposals/documents/')[1].split('"')[0]
    answer: Any = finance.get(f"/proposals/documents/{link}")
    assert b"".join(answer.streaming_content).startswith(b"PK")
    assert number in text(finance.get(url("audits"), {"export": "csv"}))
    again = text(finance.post(url("audit-new"), {"target_set": kept_.pk}, follow=True))
    assert "SH2023-2" in again
    given = {"transition": "drop", "state": "open", "reason": "重复"}
    assert "已作废" in text(finance.post(url("audit-step", "SH2023-2"), given, follow=True))


def test_programs_read_proposals_and_audits(made: tuple[Desk, TargetSet]) -> None:
    people, kept_ = made
    client_of(people.officer).post(url("new"), {"year": 2024})
    client_of(people.finance).post(url("audit-new"), {"target_set": kept_.pk})
    client = client_of(people.head)
    assert client.get("/api/v1/proposals/drafts").json()["items"][0]["number"] == "JY2024"
    rows = client.get("/api/v1/proposals/drafts/JY2024").json()["rows"]
    assert len(rows) == ProposedRow.objects.count()
    audits = client.get("/api/v1/proposals/audits").json()
    assert (audits["total"], audits["items"][0]["total"]) == (1, "100.0")
    whole = client.get("/api/v1/proposals/audits/SH2023-1").json()
    assert [each["item"] for each in whole["items"]][:2] == ["form", "clear"]
    assert client.get("/api/v1/proposals/drafts/JY1999").status_code == 404


def test_the_command_audits_a_file(tmp_path: Path) -> None:
    file, grades = tmp_path / "目标.json", tmp_path / "结果.json"
    file.write_text(json.dumps(to_json(demo.document()), ensure_ascii=False))
    runner = CliRunner()
    told = runner.invoke(app, ["audit", str(file), "--json"])
    assert told.exit_code == 0
    found = json.loads(told.stdout)
    assert found["band"] == "中"
    assert [each["part"] for each in found["parts"]] == ["完整性", "相关性", "适当性", "可行性"]
    grades.write_text(json.dumps(dict.fromkeys((each.code for each in demo.document().projects), "差")))
    worse = json.loads(runner.invoke(app, ["audit", str(file), "--json", "--results", str(grades)]).stdout)
    assert float(worse["total"]) < float(found["total"])
    assert "总分" in runner.invoke(app, ["audit", str(file)]).stdout
    grades.write_text("[]")
    with pytest.raises(InputError, match="形状不对"):
        runner.invoke(app, ["audit", str(file), "--results", str(grades)], catch_exceptions=False)
    grades.write_text("{")
    with pytest.raises(InputError, match="读不出"):
        runner.invoke(app, ["audit", str(file), "--results", str(grades)], catch_exceptions=False)
