"""The agreement as a file: asked for, made in a job, downloaded."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from youju.foundation.files.sending import file_response
from youju.foundation.identity.web.guards import permission_required
from youju.trade.parties import permissions, selectors, services


@require_POST
@permission_required(permissions.VIEW_AGREEMENTS)
def make(request: HttpRequest, number: int, kind: str) -> HttpResponse:
    """Ask for the agreement as it stands now."""
    asked = services.request_agreement(actor=permissions.actor_of(request), agreement_id=number, format=kind)
    said = "同样的内容已经生成过，可以直接下载。" if asked.run is None else "正在生成，稍等片刻就能下载。"
    messages.success(request, said)
    return HttpResponseRedirect(reverse("parties:agreement", args=[number]) + "#papers")


@require_safe
@permission_required(permissions.VIEW_AGREEMENTS)
def papers(request: HttpRequest, number: int) -> HttpResponse:
    """The files of an agreement: a part of its page that asks again while one is being made, or a page by itself."""
    page = selectors.agreement_page(permissions.actor_of(request), number, may_sign=False)
    part = request.headers.get("HX-Request") == "true"
    return render(
        request,
        "parties/_agreement_papers.html" if part else "parties/agreement_papers.html",
        {"page": page, "row": page.agreement},
    )


@require_safe
@permission_required(permissions.VIEW_AGREEMENTS)
def made(request: HttpRequest, document_id: uuid.UUID) -> HttpResponseBase:
    """A file that was made before."""
    found, kept = services.hand_out_agreement(actor=permissions.actor_of(request), document_id=document_id)
    return file_response(request, kept, name=found.name)
