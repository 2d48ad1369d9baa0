"""What is done on a project's page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from youju.foundation.identity.web.guards import permission_required
from youju.foundation.shell.deeds import told, valid
from youju.funds.projects import permissions, services
from youju.funds.projects.web.forms import (
    AdjustmentForm,
    BatchForm,
    EndForm,
    HeadForm,
    PaperForm,
    PlanForm,
    SourcesForm,
    StepForm,
    YearForm,
)
from youju.funds.projects.web.telling import kept_file


@require_http_methods(["POST"])
@permission_required(permissions.MANAGE)
def take_up(request: HttpRequest) -> HttpResponse:
    """Make projects of the published targets of a year."""

    def deed() -> str:
        data = valid(YearForm(request.POST))
        year = int(str(data["year"]))
        made, there = services.take_up_year(actor=permissions.actor_of(request), year=year)
        if not made:
            return f"{year} 年的 {there} 个绩效目标都已有资金项目，没有新建。"
        return f"按 {year} 年绩效目标建立了 {made} 个资金项目" + (f"，另 {there} 个已有。" if there else "。")

    return told(request, reverse("projects:projects"), deed)


@require_http_methods(["POST"])
@permission_required(permissions.MANAGE)
def head(request: HttpRequest, project_id: int) -> HttpResponse:
    """Change the head."""

    def deed() -> str:
        form = HeadForm(request.POST)
        valid(form)
        services.change_project(
            actor=permissions.actor_of(request),
            project_id=project_id,
            values=form.cleaned_data,
            expected=_seen(request),
        )
        return "项目已修改。"

    return told(request, _back(project_id), deed)


@require_http_methods(["POST"])
@permission_required(permissions.MANAGE)
def sources(request: HttpRequest, project_id: int) -> HttpResponse:
    """Enter the sources."""

    def deed() -> str:
        form = SourcesForm(request.POST)
        valid(form)
        services.set_sources(
            actor=permissions.actor_of(request),
            project_id=project_id,
            sources=form.sources(),
            expected=_seen(request),
        )
        return "资金来源已登记。"

    return told(request, _back(project_id, "plan"), deed)


@require_http_methods(["POST"])
@permission_required(permissions.MANAGE)
def plan(request: HttpRequest, project_id: int) -> HttpResponse:
    """Enter the plan."""

    def deed() -> str:
        form = PlanForm(request.POST)
        valid(form)
        services.set_plan(
            actor=permissions.actor_of(request),
            project_id=project_id,
            plan=form.plan(),
            expected=_seen(request),
        )
        return "支出计划已登记。"

    return told(request, _back(project_id, "plan"), deed)


@require_http_methods(["POST"])
@permission_required(permissions.EDIT)
def step(request: HttpRequest, project_id: int) -> HttpResponse:
    """Date a procurement step, or add one."""

    def deed() -> str:
        form = StepForm(request.POST)
        valid(form)
        number = request.POST.get("step", "")
        services.save_step(
            actor=permissions.actor_of(request),
            project_id=project_id,
            wish=form.wish(),
            step_id=int(number) if number.isdecimal() and len(number) <= 18 else None,
        )
        return "采购步骤已登记。"

    return told(request, _back(project_id, "steps"), deed)


@require_http_methods(["POST"])
@permission_required(permissions.EDIT)
def attach(request: HttpRequest, project_id: int) -> HttpResponse:
    """Attach a paper."""

    def deed() -> str:
        valid(PaperForm(request.POST, request.FILES))
        sha256, name = kept_file(request)[0]
        services.attach_paper(
            actor=permissions.actor_of(request), project_id=project_id, sha256=sha256, name=name
        )
        return "文件已附上。"

    return told(request, _back(project_id, "steps"), deed)


@require_http_methods(["POST"])
@permission_required(permissions.MANAGE)
def propose(request: HttpRequest, project_id: int) -> HttpResponse:
    """Propose an adjustment."""

    def deed() -> str:
        form = AdjustmentForm(request.POST, request.FILES)
        valid(form)
        data = form.cleaned_data
        row = services.propose_adjustment(
            actor=permissions.actor_of(request),
            project_id=project_id,
            source=data["source"],
            amount=data["amount"],
            document_number=data["document_number"],
            reason=data["reason"],
            evidence=kept_file(request),
        )
        return f"预算调整 {row.number} 已提出，等批准。"

    return told(request, _back(project_id, "adjustments"), deed)


@require_http_methods(["POST"])
@permission_required(permissions.EDIT)
def open_batch(request: HttpRequest, project_id: int) -> HttpResponse:
    """Open a batch."""

    def deed() -> str:
        form = BatchForm(request.POST)
        valid(form)
        row = services.open_batch(
            actor=permissions.actor_of(request),
            project_id=project_id,
            title=form.cleaned_data["title"],
            due_on=form.cleaned_data["due_on"],
        )
        return f"批次 {row.number} 已开。"

    return told(request, _back(project_id, "batches"), deed)


@require_http_methods(["POST"])
@permission_required(permissions.MANAGE)
def end(request: HttpRequest, project_id: int, way: str) -> HttpResponse:
    """Close a project, or let it go on."""

    def deed() -> str:
        form = EndForm(request.POST)
        valid(form)
        take = services.close_project if way == "close" else services.reopen_project
        take(actor=permissions.actor_of(request), project_id=project_id, reason=form.cleaned_data["reason"])
        return "项目已结束。" if way == "close" else "项目已重新开启。"

    return told(request, _back(project_id), deed)


def _seen(request: HttpRequest) -> int | None:
    text = request.POST.get("revision", "")
    return int(text) if text.isdecimal() and len(text) <= 9 else None


def _back(project_id: int, tab: str = "") -> str:
    if tab:
        return reverse("projects:project-tab", args=[project_id, tab])
    return reverse("projects:project", args=[project_id])
