"""Codes and label sheets of a record; a merchant's word on its stall."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from youju.foundation.files.sending import file_response
from youju.foundation.identity.web.guards import permission_required
from youju.foundation.kernel.errors import InputError
from youju.trade.tracing import permissions, services
from youju.trade.tracing.addresses import public_base
from youju.trade.tracing.selectors.codes import consents, labels_page, sheets


@require_safe
@permission_required(permissions.VIEW)
def labels(request: HttpRequest, kind: str, number: str) -> HttpResponse:
    """The codes of a record's lines and the sheets made of them; htmx asks for the part with the sheets again."""
    page = labels_page(actor=permissions.actor_of(request), kind=kind, number=number)
    part = request.headers.get("HX-Request") == "true"
    context = {
        "page": page,
        "origin": page.origin,
        "sheets": [(code, sheet["name"]) for code, sheet in sheets().items()],
        "base": public_base(request.build_absolute_uri("/")),
        "count": sum(line.packages for line in page.lines),
    }
    return render(request, "tracing/_sheets.html" if part else "tracing/labels.html", context)


@require_POST
@permission_required(permissions.LABEL)
def make(request: HttpRequest, kind: str, number: str) -> HttpResponse:
    """Ask for a sheet; codes are made where they are missing."""
    back = reverse("tracing:labels", args=[kind, number])
    try:
        asked = services.request_labels(
            actor=permissions.actor_of(request),
            kind=kind,
            number=number,
            sheet=request.POST.get("sheet", ""),
            base=public_base(request.build_absolute_uri("/")),
        )
    except InputError as error:
        if error.status == 404:
            raise Http404(str(error)) from error
        messages.error(request, str(error))
    else:
        told = "同样的标签已经做过，可以直接下载。" if asked.run is None else "正在生成，稍等片刻就能下载。"
        messages.success(request, told)
    return HttpResponseRedirect(f"{back}#sheets")


@require_safe
@permission_required(permissions.LABEL)
def made(request: HttpRequest, document_id: uuid.UUID) -> HttpResponseBase:
    """A sheet that was made before."""
    found, kept = services.hand_out_labels(actor=permissions.actor_of(request), document_id=document_id)
    return file_response(request, kept, name=found.name)


@require_POST
@permission_required(permissions.LABEL)
def revoke(request: HttpRequest, token: str) -> HttpResponse:
    """Make a code useless."""
    kind, number = request.POST.get("kind", "order"), request.POST.get("number", "")
    try:
        row = services.revoke_code(
            actor=permissions.actor_of(request), token=token, reason=request.POST.get("reason", "")
        )
    except InputError as error:
        if error.status == 404 or not number:
            raise Http404(str(error)) from error
        messages.error(request, str(error))
    else:
        messages.success(request, f"{row} 的溯源码已作废，公开页立即打不开。")
        number = number or row.order
    return HttpResponseRedirect(reverse("tracing:labels", args=[kind, number]))


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(permissions.CONSENT)
def consent(request: HttpRequest) -> HttpResponse:
    """Whether the merchant's stall is named on the public page."""
    actor = permissions.actor_of(request)
    if request.method == "POST":
        party = request.POST.get("party", "")
        shown = request.POST.get("shown") == "1"
        services.show_stall(
            actor=actor, party=int(party) if party.isdecimal() and len(party) <= 18 else 0, shown=shown
        )
        messages.success(request, "已改为公开摊位。" if shown else "已改为不公开摊位。")
        return HttpResponseRedirect(reverse("tracing:consent"))
    return render(request, "tracing/consent.html", {"rows": consents(actor=actor)})
