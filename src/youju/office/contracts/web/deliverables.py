"""One deliverable: delivered, accepted or refused; its acceptance sheet."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from youju.foundation.files.sending import file_response
from youju.foundation.identity.web.guards import permission_required
from youju.foundation.kernel.errors import InputError
from youju.office.contracts import permissions, selectors, services
from youju.office.contracts.web.forms import DeliverForm
from youju.office.contracts.web.lists import PART_STATES, PART_TONES
from youju.rules.office.contracts.lifecycle import DELIVERABLE_KIND


@require_safe
@permission_required(permissions.VIEW)
def deliverable(request: HttpRequest, number: int) -> HttpResponse:
    """One deliverable."""
    return _show(request, number, None)


@require_POST
@permission_required(permissions.VIEW)
def step(request: HttpRequest, number: int) -> HttpResponse:
    """Take a step with it."""
    wanted, on = request.POST.get("transition", ""), None
    if wanted == "deliver":
        form = DeliverForm(request.POST)
        if not form.is_valid():
            return _show(request, number, form)
        on = form.cleaned_data["on"]
    try:
        row = services.take_deliverable_step(
            actor=permissions.actor_of(request),
            deliverable_id=number,
            step=wanted,
            reason=request.POST.get("reason", ""),
            expected=request.POST.get("state", ""),
            on=on,
        )
    except InputError as error:
        if wanted != "deliver" or error.status in (404, 409):
            raise
        form.add_error("on", str(error))
        return _show(request, number, form)
    messages.success(request, f"已办理，成果现在的状态是“{PART_STATES[row.state]}”。")
    return HttpResponseRedirect(reverse("contracts:deliverable", args=[number]))


@require_POST
@permission_required(permissions.VIEW)
def make_sheet(request: HttpRequest, number: int) -> HttpResponse:
    """Ask for the acceptance sheet."""
    asked = services.request_sheet(actor=permissions.actor_of(request), deliverable_id=number)
    said = (
        "同样的验收单已经生成过，可以直接下载。"
        if asked.run is None
        else "正在生成，稍等片刻刷新本页就能下载。"
    )
    messages.success(request, said)
    return HttpResponseRedirect(reverse("contracts:deliverable", args=[number]) + "#sheets")


@require_safe
@permission_required(permissions.VIEW)
def sheet(request: HttpRequest, document: uuid.UUID) -> HttpResponseBase:
    """An acceptance sheet that was made."""
    found, kept = services.hand_out_sheet(actor=permissions.actor_of(request), document_id=document)
    return file_response(request, kept, name=found.name)


def _show(request: HttpRequest, number: int, refused: DeliverForm | None) -> HttpResponse:
    page = selectors.deliverable_page(permissions.actor_of(request), number)
    context = {
        "page": page,
        "row": page.row,
        "contract": page.contract,
        "tone": PART_TONES.get(page.row.state, "plain"),
        "kind": DELIVERABLE_KIND,
        "form": refused or DeliverForm(initial={"on": timezone.localdate()}),
    }
    return render(request, "contracts/deliverable.html", context, status=422 if refused else 200)
