"""What is done with an order: confirmed, sent back, cancelled, given a paper."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from youju.foundation.files.sending import file_response
from youju.foundation.identity.web.guards import permission_required
from youju.foundation.kernel.errors import InputError
from youju.foundation.shell.deeds import revision
from youju.trade.orders import permissions, selectors, services
from youju.trade.orders.web.orders import STATES


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(
        label="理由",
        max_length=500,
        error_messages={"required": "请写明理由。"},
        widget=forms.Textarea(attrs={"rows": 2}),
    )


@require_POST
@permission_required(permissions.CONFIRM)
def confirm(request: HttpRequest, number: str) -> HttpResponse:
    """Confirm for one's own side what was seen."""
    done = services.confirm_order(
        actor=permissions.actor_of(request), number=number, expected=revision(request)
    )
    messages.success(request, f"已确认，交易单 {done.number} 现在的状态是“{STATES[done.state]}”。")
    return HttpResponseRedirect(reverse("orders:order", args=[done.number]))


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(permissions.CONFIRM)
def send_back(request: HttpRequest, number: str) -> HttpResponse:
    """Send it back to be changed, with a reason."""
    said = {
        "title": f"退回 {number}",
        "question": "要把这张交易单退回修改吗？",
        "consequences": ["它回到待修改的状态，改好后重新登记。", "双方都要重新确认。"],
        "action": "退回",
    }
    return _reasoned(request, number, said, services.send_back)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(permissions.EDIT)
def cancel(request: HttpRequest, number: str) -> HttpResponse:
    """Cancel it, with a reason."""
    said = {
        "title": f"作废 {number}",
        "question": "要作废这张交易单吗？",
        "consequences": ["它不能再组货或申报，也不能恢复。", "它和它的改动记录都留着，双方仍可查看。"],
        "action": "作废",
    }
    return _reasoned(request, number, said, services.cancel_order)


@require_POST
@permission_required(permissions.EDIT)
def add_paper(request: HttpRequest, number: str) -> HttpResponse:
    """Attach a photographed list."""
    file = request.FILES.get("file")
    if file is None or file.file is None:
        raise InputError(
            "没有选文件",
            where=number[:40],
            how="请拍照或选一个文件，再按“附上”",
            status=_absent(request, number),
        )
    done = services.add_paper(
        actor=permissions.actor_of(request), number=number, name=file.name or "清单", content=file.file
    )
    messages.success(request, f"已附上“{done.name}”。")
    return HttpResponseRedirect(reverse("orders:order", args=[number]))


@require_safe
@permission_required(permissions.VIEW)
def paper(request: HttpRequest, number: str, paper: int) -> HttpResponseBase:
    """A paper of an order, shown where the browser can."""
    found = selectors.paper(actor=permissions.actor_of(request), number=number, paper_id=paper)
    if found is None:
        raise Http404("没有这份材料。")
    response = file_response(request, found.kept, name=found.name, inline=True)
    response["Cache-Control"] = "no-store, private"
    return response


def _reasoned(
    request: HttpRequest, number: str, said: dict[str, Any], service: Callable[..., Any]
) -> HttpResponse:
    page = selectors.order_page(actor=permissions.actor_of(request), number=number)
    if page is None:
        raise Http404("没有这张交易单，或您的单位没有参与。")
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        done = service(
            actor=permissions.actor_of(request),
            number=number,
            reason=form.cleaned_data["reason"],
            expected=revision(request),
        )
        messages.success(request, f"已办理，交易单 {done.number} 现在的状态是“{STATES[done.state]}”。")
        return HttpResponseRedirect(reverse("orders:order", args=[number]))
    context = said | {
        "back_url": reverse("orders:order", args=[number]),
        "form": form,
        "fields": {"revision": page.order.revision},
    }
    return render(request, "shell/confirm.html", context, status=422 if form.errors else 200)


def _absent(request: HttpRequest, number: str) -> int:
    return 422 if selectors.order_page(actor=permissions.actor_of(request), number=number) else 404
