"""Files of a declaration or a plan: draft, message, the broker's lists."""

from __future__ import annotations

import uuid

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from youju.foundation.files.sending import file_response
from youju.foundation.identity.permissions import allowed
from youju.foundation.identity.web.guards import permission_required
from youju.foundation.shell.deeds import told
from youju.trade.declarations import permissions, selectors, services

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
@permission_required(permissions.EXPORT)
def message(request: HttpRequest, key: str) -> HttpResponse:
    """The message; a draft is marked as one, in its name and inside."""
    name, content = services.hand_out_message(actor=permissions.actor_of(request), key=key)
    return _file(name, content, "application/xml")


@require_safe
@permission_required(permissions.EXPORT)
def one_list(request: HttpRequest, key: str, place: int) -> HttpResponse:
    """One of the three lists for a declaration."""
    name, content = services.hand_out_list(actor=permissions.actor_of(request), key=key, place=place)
    return _file(name, content, XLSX)


@require_safe
@permission_required(permissions.EXPORT)
def plan_list(request: HttpRequest, plan_id: int, place: int) -> HttpResponse:
    """One of the three lists for a plan."""
    name, content = services.hand_out_plan_list(
        actor=permissions.actor_of(request), plan_id=plan_id, place=place
    )
    return _file(name, content, XLSX)


@require_POST
@permission_required(permissions.EXPORT)
def make_draft(request: HttpRequest, key: str) -> HttpResponse:
    """Ask for the draft as it stands now."""

    def deed() -> str:
        asked = services.request_draft(actor=permissions.actor_of(request), key=key)
        return "同样的内容已经生成过，可以直接下载。" if asked.run is None else "正在生成，稍等片刻就能下载。"

    return told(request, f"{reverse('declarations:declaration', args=[key])}#papers", deed)


@require_safe
@permission_required(permissions.VIEW)
def papers(request: HttpRequest, key: str) -> HttpResponse:
    """The documents of a declaration: a part of its page that asks again while one is being made, or a page by itself."""
    page = selectors.declaration_page(actor=permissions.actor_of(request), key=key)
    if page is None:
        raise Http404("没有这票报关单，或您的单位没有参与。")
    part = request.headers.get("HX-Request") == "true"
    context = {
        "page": page,
        "row": page.row,
        "may_export": allowed(request.user, permissions.EXPORT),
        "lists": list(enumerate(services.LIST_NAMES)),
    }
    return render(request, "declarations/_papers.html" if part else "declarations/papers.html", context)


@require_safe
@permission_required(permissions.EXPORT)
def draft(request: HttpRequest, document_id: uuid.UUID) -> HttpResponseBase:
    """A draft that was made before."""
    found, kept = services.hand_out_draft(actor=permissions.actor_of(request), document_id=document_id)
    return file_response(request, kept, name=found.name)


def _file(name: str, content: bytes, kind: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    return response
