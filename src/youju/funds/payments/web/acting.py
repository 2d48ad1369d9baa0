"""What is done on a payment's page: a step, the bank's answer by hand, the outcome, an account in full, papers."""

from __future__ import annotations

import uuid

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from youju.foundation.files.sending import file_response
from youju.foundation.identity.web.guards import permission_required
from youju.foundation.shell.deeds import told, valid
from youju.funds.payments import permissions, selectors, services
from youju.funds.payments.web.forms import AnswerForm, DecideForm, OutcomeForm, ReasonForm
from youju.funds.payments.web.telling import kept_files
from youju.rules.funds.payments.lifecycle import FLOW


@require_http_methods(["POST"])
@permission_required(permissions.VIEW)
def step(request: HttpRequest, number: str) -> HttpResponse:
    """Take one step of the payment's way."""

    def deed() -> str:
        revision = request.POST.get("revision", "")
        row = services.step_payment(
            actor=permissions.actor_of(request),
            number=number,
            step=request.POST.get("transition", ""),
            reason=request.POST.get("reason", ""),
            expected=request.POST.get("state", ""),
            revision=int(revision) if revision.isdecimal() else None,
        )
        return f"已办理，{row.number} 现在是“{FLOW.state(row.state).label}”。"

    return told(request, _back(number), deed)


@require_http_methods(["POST"])
@permission_required(permissions.SEND)
def answer(request: HttpRequest, number: str) -> HttpResponse:
    """Book the bank's answer by hand."""

    def deed() -> str:
        data = valid(AnswerForm(request.POST))
        services.register_answer(
            actor=permissions.actor_of(request),
            number=number,
            paid=data["result"] == "paid",
            on=data["on"],  # type: ignore[arg-type]
            reason=str(data["reason"]),
        )
        return "银行结果已登记。"

    return told(request, _back(number), deed)


@require_http_methods(["POST"])
@permission_required(permissions.REQUEST)
def outcome(request: HttpRequest, number: str) -> HttpResponse:
    """Hand in what the money brought."""

    def deed() -> str:
        data = valid(OutcomeForm(request.POST, request.FILES))
        services.submit_outcome(
            actor=permissions.actor_of(request),
            number=number,
            note=str(data["note"]),
            evidence=kept_files(request),
        )
        return "支出成果已提交，等绩效人员认定。"

    return told(request, _back(number), deed)


@require_http_methods(["POST"])
@permission_required(permissions.ACCEPT)
def decide(request: HttpRequest, number: str) -> HttpResponse:
    """Accept the outcome's evidence, or give it back."""

    def deed() -> str:
        data = valid(DecideForm(request.POST))
        accept = data["decision"] == "accept"
        services.decide_outcome(
            actor=permissions.actor_of(request), number=number, accept=accept, reason=str(data["reason"])
        )
        return "支出成果已认定。" if accept else "支出成果已退回。"

    return told(request, _back(number), deed)


@require_http_methods(["POST"])
@permission_required(permissions.UNMASK)
def unmask(request: HttpRequest, number: str) -> HttpResponse:
    """Show the account in full, once; the reason is on the trail."""
    shown: list[str] = []

    def deed() -> str:
        data = valid(ReasonForm(request.POST))
        account = services.unmask(
            actor=permissions.actor_of(request), number=number, reason=str(data["reason"])
        )
        shown.append(account)
        return "已查看，理由记入审计。"

    answer = told(request, _back(number), deed)
    if not shown:
        return answer
    response = render(
        request, "payments/unmasked.html", {"number": number, "account": shown[0], "back": _back(number)}
    )
    response["Cache-Control"] = "no-store"
    return response


@require_safe
@permission_required(permissions.VIEW)
def paper(request: HttpRequest, number: str, file_id: int) -> HttpResponseBase:
    """One file of a payment."""
    found = selectors.paper_of(actor=permissions.actor_of(request), number=number, file_id=file_id)
    if found is None:
        raise Http404("没有这个文件。")
    return file_response(request, found.kept, name=found.name)


@require_http_methods(["POST"])
@permission_required(permissions.EXPORT)
def make_order(request: HttpRequest, number: str, format: str) -> HttpResponse:
    """Ask for the payment's order as a document."""

    def deed() -> str:
        asked = services.request_order(actor=permissions.actor_of(request), number=number, format=format)
        return (
            "审批单已经有了，可以下载。"
            if asked.reused and asked.run is None
            else "正在生成审批单，稍后刷新本页下载。"
        )

    return told(request, f"{_back(number)}#papers", deed)


@require_safe
@permission_required(permissions.EXPORT)
def order(request: HttpRequest, document: uuid.UUID) -> HttpResponseBase:
    """Download an order that was made."""
    found, kept = services.hand_out_order(actor=permissions.actor_of(request), document_id=document)
    return file_response(request, kept, name=found.name)


def _back(number: str) -> str:
    return reverse("payments:payment", args=[number])
