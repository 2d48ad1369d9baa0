"""The result of a closed survey: pictures, tables, remarks; taken away as a table or a report."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST, require_safe

from youju.foundation.documents.widths import in_two_widths
from youju.foundation.files.sending import file_response
from youju.foundation.identity.web.guards import permission_required
from youju.foundation.shell.listing.exporting import Export, handed_out
from youju.office.surveys import permissions, selectors, services
from youju.office.surveys.charts import NARROW, WIDE, Mark, Shares, distribution, means
from youju.office.surveys.selectors.results import HEADINGS, Line, ResultPage, reports, table_of, told
from youju.office.surveys.web.telling import period
from youju.rules.office.surveys.lifecycle import SURVEY_KIND
from youju.rules.office.surveys.questions import SCALE_WORDS, QuestionKind
from youju.rules.office.surveys.statistics import METHOD


@require_safe
@permission_required(permissions.VIEW)
def result(request: HttpRequest, number: int) -> HttpResponseBase:
    """The result; ``?export=`` gives its tables."""
    actor, form = permissions.actor_of(request), request.GET.get("export", "")
    if form:
        page = services.export_result(actor=actor, survey_id=number, form=form)
        rows = table_of(page)
        return handed_out(
            Export(
                f"满意度结果{page.survey.number}", "满意度结果", HEADINGS, rows, filters=str(page.survey), count=len(rows)
            ),
            form,
        )  # fmt: skip
    page = selectors.result_page(actor, number)
    apart = {line.key: _cells(line) for line in page.channels}
    context = {
        "page": page,
        "row": page.survey,
        "kind": SURVEY_KIND,
        "period": period(page.survey.year, page.survey.quarter),
        "method": METHOD,
        "lines": [(line, _cells(line)) for line in page.tags],
        "channels": [(each, apart.get(str(each.channel.pk))) for each in page.standing.channels],
        "whole": _cells(page.whole) if page.whole else None,
        "rate": told(page.rate),
        "picture": _picture(page),
        "steps": _steps(page),
        "step_heads": ("题目", *(word for word, _ in SCALE_WORDS)),
        "step_rows": _step_rows(page),
        "reports": reports(page.survey),
    }
    return render(request, "surveys/result.html", context)


@require_POST
@permission_required(permissions.EXPORT)
def make_report(request: HttpRequest, number: int) -> HttpResponse:
    """Ask for the report."""
    asked = services.make_report(actor=permissions.actor_of(request), survey_id=number)
    messages.success(
        request,
        "同样的报告已经生成过，可以直接下载。"
        if asked.run is None
        else "正在生成，稍等片刻刷新本页就能下载。",
    )
    return HttpResponseRedirect(reverse("surveys:result", args=[number]) + "#reports")


@require_safe
@permission_required(permissions.EXPORT)
def report(request: HttpRequest, document: uuid.UUID) -> HttpResponseBase:
    """A report that was made."""
    found, kept = services.hand_out_report(actor=permissions.actor_of(request), document_id=document)
    return file_response(request, kept, name=found.name)


def _cells(line: Line) -> dict[str, Any]:
    certain = line.change.certain if line.change else None
    return {
        "label": line.label,
        "n": line.now.n,
        "mean": told(line.now.mean),
        "span": f"{told(line.now.low)} 至 {told(line.now.high)}" if line.now.low is not None else "—",
        "before": told(line.before.mean) if line.before else "—",
        "change": f"{line.change.points:+.1f}" if line.change else "—",
        "certain": {True: "超出误差", False: "误差以内"}.get(certain, "") if certain is not None else "",
        "small": line.small,
    }


def _picture(page: ResultPage) -> SafeString | str:
    if not page.tags:
        return ""
    marks = [
        Mark(
            line.label.partition("（")[0],
            line.now.n,
            float(line.now.mean),
            _plain(line.now.low),
            _plain(line.now.high),
            float(line.before.mean) if line.before else None,
        )
        for line in page.tags
    ]
    return _both(lambda width: means(marks, title=page.survey.title, width=width))


def _steps(page: ResultPage) -> SafeString | str:
    shown = [
        (each.question, tuple(float(option.share) for option in each.options))
        for each in page.questions
        if each.question.kind == QuestionKind.SCALE and each.options
    ]
    if not shown:
        return ""

    def rows(width: int) -> list[Shares]:
        # A telephone has no room for a question's words beside its bar; they stand in the table behind.
        short = width < WIDE
        return [Shares(f"第 {q.place} 题" if short else f"{q.place}. {q.text}", each) for q, each in shown]

    words = [word for word, _ in SCALE_WORDS]
    return _both(lambda width: distribution(rows(width), words, title=page.survey.title, width=width))


def _step_rows(page: ResultPage) -> list[tuple[object, ...]]:
    return [
        (f"{each.question.place}. {each.question.text}", *(option.count for option in each.options))
        for each in page.questions
        if each.question.kind == QuestionKind.SCALE and each.options
    ]


def _both(draw: Any) -> SafeString:
    """A picture in two widths; the narrow screen sees the second."""
    return in_two_widths(draw(WIDE), draw(NARROW))


def _plain(value: Any) -> float | None:
    return None if value is None else float(value)
