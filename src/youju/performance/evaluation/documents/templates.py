"""The room's papers as templates of documents: made in a job, of plain data alone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from youju.foundation.documents.figures import FigureSheet
from youju.foundation.documents.templates import Context, Template
from youju.foundation.kernel.errors import InputError
from youju.performance.evaluation.documents.forms import form_grid, title_of
from youju.performance.evaluation.documents.reporting import department_report, key_report, report_of

FORM_CODE, REPORT_CODE, KEY_REPORT_CODE = "evaluation.form", "evaluation.report", "evaluation.key_report"
_HERE = Path(__file__).parent
_SOURCES = tuple(sorted([*_HERE.glob("*.py"), *_HERE.glob("*.typ"), _HERE.parent / "charts.py"]))


def render_form(context: Context, format: str) -> bytes:
    """``{"paper": …}`` → docx or xlsx."""
    with _Complete(FORM.title):
        paper, moment = context["paper"], _moment(context["paper"])
        grid, title = form_grid(paper), title_of(paper)
        line = f"金额单位：{paper['money_unit']}　填报日期依据：{paper['day']}"
    sheet = FigureSheet(FORM.origin(context))
    if format == "xlsx":
        from youju.performance.evaluation.documents.workbook import write_workbook

        return write_workbook(title, line, grid, sheet, moment)
    from youju.performance.evaluation.documents.word import write_form

    return write_form(title, line, grid, sheet, moment, subject=paper["project_code"])


def render_report(context: Context, format: str) -> bytes:
    """``{"paper": …}``, or ``{"department": …, "projects": […]}`` → docx or pdf."""
    with _Complete(REPORT.title):
        if "department" in context:
            paper = context["department"]
            report = department_report(paper, context["projects"])
        else:
            paper = context["paper"]
            report = report_of(paper)
        moment = _moment(paper)
    return _write(report, REPORT, context, format, moment)


def render_key(context: Context, format: str) -> bytes:
    """``{"key": …}`` → docx or pdf."""
    with _Complete(KEY_REPORT.title):
        report, moment = key_report(context["key"]), _moment(context["key"])
    return _write(report, KEY_REPORT, context, format, moment)


def _write(report: Any, template: Template, context: Context, format: str, moment: datetime) -> bytes:
    sheet = FigureSheet(template.origin(context))
    if format == "pdf":
        from youju.performance.evaluation.documents.pdf import write_pdf

        return write_pdf(report, sheet, moment)
    from youju.performance.evaluation.documents.word import write_report

    return write_report(report, sheet, moment)


class _Complete:
    """Says of data that lack something what an application form cannot say by a traceback."""

    def __init__(self, title: str) -> None:
        self._title = title

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, KeyError | TypeError | ValueError):
            raise InputError(f"数据不完整（{error}）", where=self._title, how="请重新申请") from error


def _moment(paper: Mapping[str, Any]) -> datetime:
    return datetime.combine(date.fromisoformat(paper["day"]), time(), UTC)


FORM = Template(
    code=FORM_CODE,
    title="项目支出绩效自评表",
    version="1",
    formats=("docx", "xlsx"),
    render=render_form,
    sources=_SOURCES,
    permission="evaluation.export",
)
REPORT = Template(
    code=REPORT_CODE,
    title="绩效自评报告",
    version="1",
    formats=("docx", "pdf"),
    render=render_report,
    sources=_SOURCES,
    permission="evaluation.export",
)
KEY_REPORT = Template(
    code=KEY_REPORT_CODE,
    title="重点评价报告",
    version="1",
    formats=("docx", "pdf"),
    render=render_key,
    sources=_SOURCES,
    permission="evaluation.export",
)
