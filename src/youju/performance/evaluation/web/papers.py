"""Documents, evidence and the year's pack."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from youju.foundation.files.selectors import Attached
from youju.foundation.files.sending import file_response
from youju.foundation.identity.web.guards import permission_required
from youju.foundation.kernel.errors import InputError
from youju.foundation.shell.deeds import told, valid
from youju.performance.evaluation import permissions, selectors, services
from youju.performance.evaluation.web import forms
from youju.performance.evaluation.web.listings import state_badge
from youju.performance.evaluation.web.lists import year_of


@require_safe
@permission_required(permissions.VIEW)
def papers(request: HttpRequest) -> HttpResponse:
    """What was made of a year, and its packs."""
    actor = permissions.actor_of(request)
    year = year_of(request) or selectors.overview(actor).year or timezone.localdate().year
    page = selectors.papers_page(actor, year)
    context = {"page": page, "rows": [(row, state_badge(row), made) for row, made in page.selves]}
    return render(request, "evaluation/documents.html", context)


@require_POST
@permission_required(permissions.EXPORT)
def make(request: HttpRequest, number: int) -> HttpResponse:
    """Ask for the form or the report of a self-evaluation."""

    def deed() -> str:
        actor, kind = permissions.actor_of(request), request.POST.get("kind", "")
        ending = request.POST.get("format", "docx")
        if kind == "form":
            asked = services.request_form(actor=actor, evaluation_id=number, format=ending)
        else:
            asked = services.request_report(actor=actor, evaluation_id=number, format=ending)
        return "同样的数据已经生成过，可以直接下载。" if asked.reused else "正在生成，过几秒刷新本页下载。"

    return told(request, f"{reverse('evaluation:self', args=[number])}#documents", deed)


@require_POST
@permission_required(permissions.EXPORT)
def make_pack(request: HttpRequest) -> HttpResponse:
    """Ask for all documents of a year and its evidence pack."""
    year = year_of(request)

    def deed() -> str:
        if year is None:
            raise InputError("没有写年度", how="请填四位年度")
        services.request_pack(actor=permissions.actor_of(request), year=year)
        return "已申请，后台生成，进度见本页。"

    return told(request, f"{reverse('evaluation:documents')}?year={year or ''}", deed)


@require_safe
@permission_required(permissions.EXPORT)
def pack(request: HttpRequest, year: int, file: int) -> HttpResponseBase:
    """A pack."""
    return _handed(
        request, services.hand_out_pack(actor=permissions.actor_of(request), year=year, file_id=file)
    )


@require_safe
@permission_required(permissions.EXPORT)
def document(request: HttpRequest, document: uuid.UUID) -> HttpResponseBase:
    """A document that was made."""
    found, kept = services.hand_out_document(actor=permissions.actor_of(request), document_id=document)
    response = file_response(request, kept, name=found.name)
    response["Cache-Control"] = "no-store, private"
    return response


@require_POST
@permission_required(permissions.FILL)
def attach(request: HttpRequest, number: int) -> HttpResponse:
    """Take evidence in."""

    def deed() -> str:
        valid(form := forms.EvidenceForm(request.POST, request.FILES))
        given = form.cleaned_data["file"]
        services.keep_evidence(
            actor=permissions.actor_of(request), evaluation_id=number, content=given.file, name=given.name
        )
        return "已上传。"

    return told(request, f"{reverse('evaluation:self', args=[number])}#evidence", deed)


@require_safe
@permission_required(permissions.VIEW)
def evidence(request: HttpRequest, number: int, file: int) -> HttpResponseBase:
    """A file of evidence."""
    actor = permissions.actor_of(request)
    return _handed(request, services.hand_out_evidence(actor=actor, evaluation_id=number, file_id=file))


def _handed(request: HttpRequest, found: Attached) -> HttpResponseBase:
    response = file_response(request, found.kept, name=found.name)
    response["Cache-Control"] = "no-store, private"
    return response
