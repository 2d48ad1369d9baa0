"""Agency export certificates: list, application, one with its steps and its paper."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from youju.foundation.files.sending import file_response
from youju.foundation.identity.permissions import allowed
from youju.foundation.identity.web.guards import any_permission_required, permission_required
from youju.foundation.kernel.errors import InputError
from youju.foundation.shell.deeds import told
from youju.foundation.shell.listing import render_listing
from youju.rules.trade.exemptions.lifecycle import CERTIFICATE_KIND, CERTIFICATE_STATES
from youju.trade.exemptions import permissions, selectors, services
from youju.trade.exemptions.services import ExemptionRefusedError
from youju.trade.exemptions.web.forms import ApplyForm
from youju.trade.exemptions.web.listings import CERTIFICATE_TONES, CERTIFICATES


@require_safe
@permission_required(permissions.VIEW)
def certificate_list(request: HttpRequest) -> HttpResponseBase:
    """All certificates in reach."""
    actor = permissions.actor_of(request)

    def rows(wish: Mapping[str, Any]) -> Any:
        return selectors.certificates(actor, text=wish.get("text") or "", state=wish.get("state") or "")

    return render_listing(
        request,
        CERTIFICATES,
        rows,
        template="exemptions/list.html",
        context={"may_apply": allowed(actor, permissions.FILE)},
        may_export=allowed(actor, permissions.EXPORT),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(permissions.FILE)
def new(request: HttpRequest) -> HttpResponse:
    """Ask for a certificate."""
    form = ApplyForm(request.POST if request.method == "POST" else None, initial=request.GET.dict())
    if form.is_valid():
        try:
            row = services.apply(actor=permissions.actor_of(request), **form.cleaned_data)
        except ExemptionRefusedError as error:
            form.refuse(error)
        except InputError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"已申请，编号 {row.number}，等税务部门开具。")
            return HttpResponseRedirect(reverse("exemptions:certificate", args=[row.pk]))
    context = {"form": form, "title": "申请代理出口货物证明", "back": reverse("exemptions:certificates"),
               "back_label": "代理证明", "verb": "申请"}  # fmt: skip
    return render(request, "exemptions/form.html", context, status=422 if form.errors else 200)


@require_safe
@permission_required(permissions.VIEW)
def certificate(request: HttpRequest, number: int) -> HttpResponse:
    """One certificate."""
    page = selectors.certificate_page(permissions.actor_of(request), number)
    context = {
        "page": page,
        "row": page.row,
        "kind": CERTIFICATE_KIND,
        "state_label": CERTIFICATE_STATES[page.row.state],
        "tone": CERTIFICATE_TONES.get(page.row.state, "plain"),
        "issue": any(each.code == "issue" and not each.blocked for each in page.options),
        "options": [each for each in page.options if each.code != "issue"],
        "step_url": reverse("exemptions:certificate-step", args=[number]),
    }
    return render(request, "exemptions/certificate.html", context)


@require_POST
@any_permission_required(permissions.FILE, permissions.CERTIFY)
def step(request: HttpRequest, number: int) -> HttpResponse:
    """Issue, refuse, cancel, replace; withdraw."""

    def deed() -> str:
        row = services.take_certificate_step(
            actor=permissions.actor_of(request),
            certificate_id=number,
            step=request.POST.get("transition", ""),
            reason=request.POST.get("reason", ""),
            tax_number=request.POST.get("tax_number", ""),
            expected=request.POST.get("state", ""),
        )
        return f"已办理，状态是“{CERTIFICATE_STATES[row.state]}”。"

    return told(request, reverse("exemptions:certificate", args=[number]), deed)


@require_POST
@permission_required(permissions.EXPORT)
def make(request: HttpRequest, number: int) -> HttpResponse:
    """Ask for the certificate as docx."""

    def deed() -> str:
        services.request_certificate(actor=permissions.actor_of(request), certificate_id=number)
        return "正在生成文书，刷新本页下载。"

    return told(request, reverse("exemptions:certificate", args=[number]), deed)


@require_safe
@permission_required(permissions.EXPORT)
def paper(request: HttpRequest, document: uuid.UUID) -> HttpResponseBase:
    """Download a certificate that was made."""
    found, kept = services.hand_out_certificate(actor=permissions.actor_of(request), document_id=document)
    answer = file_response(request, kept, name=found.name)
    answer["Cache-Control"] = "no-store, private"
    return answer
