"""A rectification order: issued, answered, verified; suspension of payments because of it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from youju.foundation.files.sending import file_response
from youju.foundation.identity.limits import sections
from youju.foundation.identity.web.guards import permission_required
from youju.foundation.shell.deeds import told, valid
from youju.performance.monitoring import permissions, selectors, services
from youju.performance.monitoring.web.forms import FileForm, OrderForm, ReasonForm, ReplyForm
from youju.performance.monitoring.web.telling import ORDER_TONES, attempted
from youju.rules.performance.monitoring.lifecycle import ORDER_KIND, ORDER_STATES

_FIELDS = {"问题": "title", "整改要求": "requirement", "责任科室": "section"}


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(permissions.ORDER)
def new(request: HttpRequest, number: str, place: int) -> HttpResponse:
    """Issue an order from a project; ``?row=`` from one of its rows."""
    actor = permissions.actor_of(request)
    project = selectors.project_of(actor, number, place)
    text = request.GET.get("row", "")
    row = int(text) if text.isdecimal() and len(text) <= 4 else None
    form = OrderForm(request.POST if request.method == "POST" else None, initial={"section": project.section})

    def deed() -> tuple[str, str]:
        made = services.issue_order(actor=actor, number=number, project=place, wish=form.wish(row))
        return f"已下达 {made.number}，期限 {made.due_on}。", reverse("monitoring:order", args=[made.number])

    if request.method == "POST" and (done := attempted(request, form, deed, _FIELDS)):
        return done
    context = {"form": form, "project": project, "row": row}
    return render(request, "monitoring/order_form.html", context, status=422 if form.errors else 200)


@require_safe
@permission_required(permissions.VIEW)
def order(request: HttpRequest, number: str) -> HttpResponse:
    """One order."""
    return _show(request, number, {})


@require_POST
@permission_required(permissions.VIEW)
def step(request: HttpRequest, number: str) -> HttpResponse:
    """Take a step with an order."""
    wanted, here = request.POST.get("transition", ""), reverse("monitoring:order", args=[number])
    form = ReplyForm(request.POST)

    def take() -> tuple[str, str]:
        text = str(form.cleaned_data["text"]) if wanted == "reply" else ""
        row = services.step_order(
            actor=permissions.actor_of(request), number=number, step=wanted, reason=request.POST.get("reason", ""),
            expected=request.POST.get("state", ""), text=text,
        )  # fmt: skip
        return f"已办理，整改通知现在的状态是“{ORDER_STATES[row.state]}”。", here

    if wanted == "reply":
        return attempted(request, form, take, {"整改情况": "text"}) or _show(request, number, {"reply": form})
    messages.success(request, take()[0])
    return HttpResponseRedirect(here)


@require_POST
@permission_required(permissions.VIEW)
def add_evidence(request: HttpRequest, number: str) -> HttpResponse:
    """Attach what proves the rectification."""

    def deed() -> str:
        file: Any = valid(FileForm(request.POST, request.FILES))["file"]
        actor = permissions.actor_of(request)
        services.add_evidence(actor=actor, number=number, content=file.file, name=file.name)
        return "已上传。接着填写整改情况，提交回复。"

    return told(request, reverse("monitoring:order", args=[number]) + "#reply", deed)


@require_safe
@permission_required(permissions.VIEW)
def evidence(request: HttpRequest, number: str, file: int) -> HttpResponseBase:
    """A file of an order."""
    found = services.hand_out_evidence(actor=permissions.actor_of(request), number=number, file_id=file)
    response = file_response(request, found.kept, name=found.name, inline=True)
    response["Cache-Control"] = "no-store, private"
    return response


@require_POST
@permission_required(permissions.SUSPEND)
def suspend(request: HttpRequest, number: str) -> HttpResponse:
    """Decide that payments of the project are suspended."""
    here, form = reverse("monitoring:order", args=[number]), ReasonForm(request.POST)

    def deed() -> tuple[str, str]:
        reason = str(form.cleaned_data["reason"])
        made = services.suspend_payments(actor=permissions.actor_of(request), number=number, reason=reason)
        return f"项目 {made.code} 已暂停拨付，核实整改后恢复。", here

    return attempted(request, form, deed) or _show(request, number, {"reason": form})


@require_POST
@permission_required(permissions.SUSPEND)
def lift(request: HttpRequest, number: str) -> HttpResponse:
    """Decide that payments of the project go on before the order is verified."""
    here, form = reverse("monitoring:order", args=[number]), ReasonForm(request.POST)

    def deed() -> tuple[str, str]:
        reason = str(form.cleaned_data["reason"])
        made = services.lift_suspension(actor=permissions.actor_of(request), number=number, reason=reason)
        return f"项目 {made.code} 已恢复拨付。", here

    return attempted(request, form, deed) or _show(request, number, {"reason": form})


def _show(request: HttpRequest, number: str, refused: dict[str, forms.Form]) -> HttpResponse:
    page = selectors.order_page(permissions.actor_of(request), number)
    row = page.row
    context: dict[str, Any] = {
        "page": page,
        "row": row,
        "state": ORDER_STATES[row.state],
        "tone": ORDER_TONES.get(row.state, "plain"),
        "section": sections().get(row.section, row.section),
        "kind": ORDER_KIND,
        "reply": ReplyForm(),
        "reason": ReasonForm(),
        "file": FileForm(),
        "refused": next(iter(refused.values()), None),
    }
    return render(request, "monitoring/order.html", context | refused, status=422 if refused else 200)
