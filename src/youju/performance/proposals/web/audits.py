"""An audit of targets: opened, marked item by item, concluded; its opinion on paper."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from youju.foundation.files.sending import file_response
from youju.foundation.identity.permissions import allowed
from youju.foundation.identity.web.guards import permission_required
from youju.foundation.shell.deeds import revision
from youju.foundation.shell.fields import Refusable
from youju.performance.proposals import permissions, selectors, services
from youju.performance.proposals.web.forms import MarkForm, OpinionForm, SetForm
from youju.performance.proposals.web.telling import attempted, band_badge, state_badge
from youju.rules.performance.proposals.lifecycle import AUDIT_KIND, AUDIT_STATES


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(permissions.AUDIT)
def new(request: HttpRequest) -> HttpResponse:
    """Open the audit of a version of targets."""
    form = SetForm(request.POST if request.method == "POST" else None)

    def deed() -> tuple[str, str]:
        made = services.open_audit(
            actor=permissions.actor_of(request), target_set_id=form.cleaned_data["target_set"]
        )
        said = f"{made.number}：系统评分 {made.total}，等级“{made.band}”。请逐项核对。"
        return said, reverse("proposals:audit", args=[made.number])

    if request.method == "POST" and (done := attempted(request, form, deed)):
        return done
    return render(request, "proposals/audit_new.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
@permission_required(permissions.VIEW)
def audit(request: HttpRequest, number: str) -> HttpResponse:
    """One audit."""
    return _show(request, number)


@require_POST
@permission_required(permissions.AUDIT)
def mark(request: HttpRequest, number: str, item: str) -> HttpResponse:
    """Give an item the auditor's own mark."""
    form = MarkForm(request.POST)

    def deed() -> tuple[str, str]:
        services.mark_item(
            actor=permissions.actor_of(request), number=number, item=item, revision=revision(request), **form.cleaned_data
        )  # fmt: skip
        return "已保存评分。", reverse("proposals:audit", args=[number]) + f"#item-{item}"

    done = attempted(request, form, deed)
    if done:
        return done
    # What was refused is told on the page itself, whose other items keep what they had.
    return _show(request, number, refused=form)


@require_POST
@permission_required(permissions.AUDIT)
def step(request: HttpRequest, number: str) -> HttpResponse:
    """Give the opinion, or give the audit up."""
    actor, here = permissions.actor_of(request), reverse("proposals:audit", args=[number])
    seen = request.POST.get("state", "")
    if request.POST.get("transition") == "drop":
        services.drop_audit(actor=actor, number=number, reason=request.POST.get("reason", ""), expected=seen)
        messages.success(request, "已作废。")
        return HttpResponseRedirect(here)
    form = OpinionForm(request.POST)

    def deed() -> tuple[str, str]:
        made = services.conclude_audit(actor=actor, number=number, expected=seen, **form.cleaned_data)
        return f"已出具审核意见：{made.marked} 分，等级“{made.marked_band}”。", here

    return attempted(request, form, deed) or _show(request, number, refused=form)


@require_POST
@permission_required(permissions.EXPORT)
def make_opinion(request: HttpRequest, number: str) -> HttpResponse:
    """Ask for the opinion on paper."""
    asked = services.request_opinion(actor=permissions.actor_of(request), number=number)
    said = (
        "同样的审核意见已经生成过，可以直接下载。"
        if asked.run is None
        else "正在生成，稍等片刻刷新本页就能下载。"
    )
    messages.success(request, said)
    return HttpResponseRedirect(reverse("proposals:audit", args=[number]) + "#papers")


@require_safe
@permission_required(permissions.EXPORT)
def document(request: HttpRequest, document: uuid.UUID) -> HttpResponseBase:
    """An opinion that was made."""
    found, kept = services.hand_out_opinion(actor=permissions.actor_of(request), document_id=document)
    return file_response(request, kept, name=found.name)


def _show(request: HttpRequest, number: str, refused: Refusable | None = None) -> HttpResponse:
    actor = permissions.actor_of(request)
    page = selectors.audit_page(actor, number)
    context: dict[str, Any] = {
        "page": page,
        "row": page.row,
        "state": state_badge(page.row.state, AUDIT_STATES),
        "band": band_badge(page.row.marked_band or page.row.band),
        "marks": [
            (
                each,
                MarkForm(
                    initial={"mark": each.row.mark, "why": each.row.why}, auto_id=f"id_{each.row.item}_%s"
                ),
            )
            for each in page.marks
        ],
        "opinion": refused if isinstance(refused, OpinionForm) else OpinionForm(),
        "refused": refused,
        "kind": AUDIT_KIND,
        "may_export": allowed(actor, permissions.EXPORT),
    }
    return render(request, "proposals/audit.html", context, status=422 if refused else 200)
