"""An adjustment and a batch: their pages and their steps."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from youju.foundation.files.sending import file_response
from youju.foundation.identity.web.guards import permission_required
from youju.foundation.shell.deeds import told
from youju.funds.projects import permissions, selectors, services
from youju.funds.projects.web.telling import kept_file
from youju.rules.funds.projects.lifecycle import (
    ADJUSTMENT_FLOW,
    ADJUSTMENT_KIND,
    BATCH_FLOW,
    BATCH_KIND,
    SOURCES,
)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(permissions.VIEW)
def adjustment(request: HttpRequest, number: str) -> HttpResponse:
    """One adjustment; a POST takes a step."""
    page = selectors.adjustment_page(actor=permissions.actor_of(request), number=number)
    if page is None:
        raise Http404("没有这项预算调整。")
    here = reverse("projects:adjustment", args=[number])
    if request.method == "POST":

        def deed() -> str:
            row = services.step_adjustment(
                actor=permissions.actor_of(request),
                number=number,
                step=request.POST.get("transition", ""),
                reason=request.POST.get("reason", ""),
                expected=request.POST.get("state", ""),
            )
            return f"已办理，现在是“{ADJUSTMENT_FLOW.state(row.state).label}”。"

        return told(request, here, deed)
    row = page.row
    facts = [
        ("项目", f"{row.project.code} {row.project.name}"),
        ("来源", SOURCES[row.source]),
        ("增减额", f"{row.amount:+,.2f} 元"),
        ("文号", row.document_number),
        ("理由", row.reason),
        ("状态", ADJUSTMENT_FLOW.state(row.state).label),
    ]
    context = {"row": row, "page": page, "kind": ADJUSTMENT_KIND, "facts": facts, "title": f"预算调整 {row.number}",
               "tab": "adjustments", "here": here, "accepts": False, "paper": "projects:adjustment-paper"}  # fmt: skip
    return render(request, "projects/decision.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(permissions.VIEW)
def batch(request: HttpRequest, number: str) -> HttpResponse:
    """One batch; a POST takes a step, with the paper of acceptance where one is given."""
    page = selectors.batch_page(actor=permissions.actor_of(request), number=number)
    if page is None:
        raise Http404("没有这个支出批次。")
    here = reverse("projects:batch", args=[number])
    if request.method == "POST":

        def deed() -> str:
            row = services.step_batch(
                actor=permissions.actor_of(request),
                number=number,
                step=request.POST.get("transition", ""),
                reason=request.POST.get("reason", ""),
                expected=request.POST.get("state", ""),
                evidence=kept_file(request),
            )
            return f"已办理，现在是“{BATCH_FLOW.state(row.state).label}”。"

        return told(request, here, deed)
    row = page.row
    facts = [
        ("项目", f"{row.project.code} {row.project.name}"),
        ("名称", row.title),
        ("应完成日期", row.due_on.isoformat() if row.due_on else ""),
        ("验收日期", row.closed_on.isoformat() if row.closed_on else ""),
        ("验收意见", row.note),
        ("状态", BATCH_FLOW.state(row.state).label),
    ]
    context = {"row": row, "page": page, "kind": BATCH_KIND, "facts": [(a, b) for a, b in facts if b],
               "title": f"支出批次 {row.number}", "tab": "batches", "here": here, "accepts": row.state == "delivered",
               "paper": "projects:batch-paper"}  # fmt: skip
    return render(request, "projects/decision.html", context)


@require_http_methods(["GET", "HEAD"])
@permission_required(permissions.VIEW)
def adjustment_paper(request: HttpRequest, number: str, file_id: int) -> HttpResponse:
    """The document of an adjustment."""
    page = selectors.adjustment_page(actor=permissions.actor_of(request), number=number)
    found = next((each for each in page.files if each.id == file_id), None) if page else None
    if found is None:
        raise Http404("没有这个文件。")
    return file_response(request, found.kept, name=found.name)  # type: ignore[return-value]


@require_http_methods(["GET", "HEAD"])
@permission_required(permissions.VIEW)
def batch_paper(request: HttpRequest, number: str, file_id: int) -> HttpResponse:
    """A paper of a batch's acceptance."""
    page = selectors.batch_page(actor=permissions.actor_of(request), number=number)
    found = next((each for each in page.files if each.id == file_id), None) if page else None
    if found is None:
        raise Http404("没有这个文件。")
    return file_response(request, found.kept, name=found.name)  # type: ignore[return-value]
