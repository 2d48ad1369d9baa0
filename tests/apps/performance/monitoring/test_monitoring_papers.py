"""The official form with its figures, and the sheet that goes to a section and comes back."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest
from docx import Document

from kept import kept
from monitoring_made import Office, filled, frozen, office, step
from trade_people import as_
from youju.foundation.documents.figures.reading import read_figures
from youju.foundation.documents.templates import template_of
from youju.foundation.identity.models import User
from youju.foundation.imports import jobs
from youju.foundation.imports import selectors as batches
from youju.foundation.jobs.running import work_off
from youju.foundation.kernel.errors import InputError
from youju.performance.monitoring import services
from youju.performance.monitoring.documents.contexts import context_of
from youju.performance.monitoring.imports import CAUSES_SHEET
from youju.performance.monitoring.models import MonitoredRow, Round

pytestmark = pytest.mark.django_db


@kept
def made() -> tuple[Office, Round]:
    team = office()
    row = frozen(team)
    filled(team, row)
    return team, row


@kept
def asked() -> tuple[Office, Round]:
    team = office()
    row = frozen(team)
    step(team.officer, row, "send_out")
    return team, row


def context(row: Round, **given: Any) -> dict[str, Any]:
    return context_of(row, row.projects.prefetch_related("rows"), **given)


def test_the_form_says_each_figure_with_its_measure(made: tuple[Office, Round]) -> None:
    _, row = made
    template, told = template_of("monitoring.form"), context(row)
    contents = {format: template.render(told, format) for format in ("docx", "xlsx")}
    found = {
        format: [(each.code, each.value) for each in read_figures(content, f"表.{format}")]
        for format, content in contents.items()
    }
    assert sorted(found["docx"]) == sorted(found["xlsx"])
    assert ("tasks.enterprises_served", "60家") in found["docx"]
    assert ("tasks.enterprises_served:forecast", "70家") in found["docx"]
    assert ("monitoring.initial_budget", "10.00") in found["docx"]
    assert ("payments.executed_rate", "100.00%") in found["docx"]
    assert template.render(told, "docx") == contents["docx"]
    word = Document(io.BytesIO(contents["docx"]))
    text = "\n".join(cell.text for table in word.tables for line in table.rows for cell in line.cells)
    assert len(word.inline_shapes) == 2
    assert "绿色" in word.inline_shapes[0]._inline.docPr.get("descr")
    for words in ("偏差原因分析", "完全不可能", "招标流标一次", "九月底前补招", "√"):
        assert words in text
    book = openpyxl.load_workbook(io.BytesIO(contents["xlsx"]))
    assert book.sheetnames[:3] == ["汇总表", "1.项目010", "2.项目010"]


def test_a_form_is_made_in_a_job_and_handed_out(made: tuple[Office, Round]) -> None:
    team, row = made
    with as_(team.head):
        asked_ = services.request_form(actor=team.head, number=row.number, format="xlsx")
        with pytest.raises(InputError, match="还没有生成好"):
            services.hand_out_form(actor=team.head, document_id=asked_.id)
        work_off()
        found, kept_ = services.hand_out_form(actor=team.head, document_id=asked_.id)
        with pytest.raises(InputError):
            services.request_form(actor=team.head, number=row.number, format="pdf")
    assert found.name == f"绩效运行监控表{row.year}年1—{row.month}月.xlsx"
    assert kept_.size > 1000


def sheet(user: User, row: Round) -> openpyxl.Workbook:
    with as_(user):
        _, content = services.fill_in_sheet(actor=user, number=row.number)
    return openpyxl.load_workbook(io.BytesIO(content))


def bring(user: User, book: openpyxl.Workbook) -> Any:
    buffer = io.BytesIO()
    book.save(buffer)
    with as_(user):
        batch, _ = jobs.take_in(
            actor=user,
            importer=CAUSES_SHEET.code,
            name="填报表.xlsx",
            content=buffer.getvalue(),
            parameters={},
        )
        work_off()
        batch.refresh_from_db()
    return batch


def test_the_sheet_goes_out_is_filled_and_comes_back(asked: tuple[Office, Round]) -> None:
    team, row = asked
    book = sheet(team.trade, row)
    page = book.active
    lines = list(page.iter_rows(min_row=2, values_only=True))
    assert [line[0] for line in lines] == [f"{row.number}/1-{place}" for place in (1, 2, 3)]
    assert lines[1][6] == "完全不可能"
    for place, likelihood in enumerate(("确定能", "有可能", ""), 2):
        page.cell(place, 8).value = likelihood
    for column, text in enumerate(("制度保障", "招标流标", "补招", "见附件"), 9):
        page.cell(3, column).value = text
    batch = bring(team.trade, book)
    assert batch.effects["changed"] == 2, batch.error
    with as_(team.trade):
        jobs.confirm(actor=team.trade, batch_id=batch.pk, token=batch.effects["token"], acknowledged=True)
        work_off()
    kept_ = MonitoredRow.objects.get(project__place=1, place=2)
    assert (kept_.likelihood, kept_.cause, kept_.measure, kept_.remark) == (
        "possible",
        "system",
        "补招",
        "见附件",
    )
    assert kept_.filled_by == "mon-trade"
    again = sheet(team.trade, row).active
    assert [cell.value for cell in again[3]][7:] == ["有可能", "制度保障", "招标流标", "补招", "见附件"]


def test_bad_cells_are_told_and_nothing_is_stored(asked: tuple[Office, Round]) -> None:
    team, row = asked
    book = sheet(team.trade, row)
    page = book.active
    page.cell(2, 8).value, page.cell(3, 8).value, page.cell(4, 8).value = "大概能", "有可能", "确定能"
    page.cell(4, 1).value = f"{row.number}/2-1"
    page.append(["JK1999-01/1-1"])
    batch = bring(team.trade, book)
    assert batch.state == "findings"
    told = {(each.row, each.column): each.message for each in batches.findings(batch.pk)}
    assert "不在选项里" in told[2, "likelihood"]
    assert not MonitoredRow.objects.exclude(likelihood="").exists()
    page.cell(2, 8).value = "确定能"
    page.delete_rows(5)
    told = {(each.row, each.column): each.message for each in batches.findings(bring(team.trade, book).pk)}
    assert "没有写偏差原因" in told[3, "cause"]
    assert "由市场服务科填报" in told[4, "key"]


def test_a_sheet_is_only_for_who_may_write(made: tuple[Office, Round]) -> None:
    team, row = made
    with pytest.raises(InputError, match="没有由您填报的项目"):
        sheet(team.market, row)
    assert sheet(team.officer, row).active.max_row == 7
