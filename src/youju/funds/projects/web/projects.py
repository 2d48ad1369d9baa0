"""The list of projects, a project with its tabs, entering one."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from youju.foundation.files.sending import file_response
from youju.foundation.identity.permissions import Permission, allowed
from youju.foundation.identity.web.guards import permission_required
from youju.foundation.kernel.errors import InputError
from youju.foundation.shell.listing import Column, Listing, render_listing
from youju.funds.projects import permissions, selectors, services
from youju.funds.projects.selectors import ProjectPage
from youju.funds.projects.web.forms import (
    AdjustmentForm,
    BatchForm,
    EndForm,
    HeadForm,
    PaperForm,
    PlanForm,
    ProjectFilter,
    ProjectForm,
    SourcesForm,
    StepForm,
)
from youju.rules.funds.projects.lifecycle import (
    ADJUSTMENT_FLOW,
    BATCH_FLOW,
    PLAN_MONTHS,
    PROJECT_KIND,
    SOURCES,
    STEPS,
)

LISTING_WORDS: dict[str, Any] = {
    "name": "projects",
    "title": "资金项目",
    "columns": (
        Column("code", "项目编码", sort="code", narrow="hide", href=lambda row: reverse("projects:project", args=[row.pk])),
        Column("name", "项目", narrow="title", sort="name", href=lambda row: reverse("projects:project", args=[row.pk])),
        Column("year", "年度", sort=("year", "order")),
        Column("section", "责任科室", sort="section"),
        Column("initial", "年初预算（元）", sort="initial", numeric=True, narrow="hide"),
        Column("budget", "调整后预算（元）", sort="budget", numeric=True),
        Column("paid", "已付（元）", sort="paid", numeric=True),
        Column("reserved", "在途（元）", sort="reserved", numeric=True),
        Column("available", "可用（元）", sort="available", numeric=True),
        Column("state", "状态", lambda row: row.get_state_display(), sort="state"),
    ),
    "order": "-year",
    "tie": ("order", "pk"),
    "filter_form": ProjectFilter,
    "export_name": "资金项目",
    "empty": "还没有资金项目。绩效目标批准公开后自动建立，也可以登记。",
}  # fmt: skip
LISTING = Listing(**LISTING_WORDS, next_step=("登记一个项目", "/projects/new/"))
READING = Listing(**LISTING_WORDS)
TABS = (
    ("", "概况"),
    ("plan", "来源和计划"),
    ("steps", "采购步骤"),
    ("adjustments", "预算调整"),
    ("batches", "支出批次"),
)


@require_safe
@permission_required(permissions.VIEW)
def project_list(request: HttpRequest) -> HttpResponseBase:
    """Projects with what they have, have set aside and have spent."""
    actor = permissions.actor_of(request)
    manages = allowed(actor, permissions.MANAGE)
    return render_listing(
        request,
        LISTING if manages else READING,
        lambda wish: selectors.project_list(
            actor=actor, year=wish.get("year"), text=wish.get("text") or "", state=wish.get("state") or ""
        ),
        template="projects/projects.html",
        context={
            "may_manage": manages,
            "target_years": services.years_with_targets() if manages else [],
        },
        may_export=allowed(actor, permissions.EXPORT),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(permissions.MANAGE)
def new(request: HttpRequest) -> HttpResponse:
    """Enter a project."""
    form = ProjectForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            row = services.create_project(actor=permissions.actor_of(request), wish=form.wish())
        except InputError as error:
            form.add_error(None, str(error))
        else:
            return HttpResponseRedirect(reverse("projects:project", args=[row.pk]))
    return render(request, "projects/new.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
@permission_required(permissions.VIEW)
def project(request: HttpRequest, project_id: int, tab: str = "") -> HttpResponse:
    """One project; each tab is a page of its own."""
    page = page_of(request, project_id)
    if tab not in dict(TABS):
        raise Http404("没有这一页。")
    row, view = page.row, page.view
    facts = [
        ("项目编码", row.code),
        ("年度", f"{row.year} 年" + (f"（{row.code_year} 年结转）" if row.carried else "")),
        ("责任科室", row.section),
        ("负责人", row.manager),
        ("资金用途", row.purpose),
        ("状态", row.get_state_display()),
    ]
    active = view.active
    context = {
        "page": page,
        "row": row,
        "view": view,
        "kind": PROJECT_KIND,
        "tab": tab,
        "tabs": [(label, _tab_url(row.pk, code), code == tab) for code, label in TABS],
        "facts": [(label, value) for label, value in facts if value],
        "sources": [(SOURCES[each.kind], each) for each in page.sources],
        "plan": [(int(month), view.plan.get(month)) for month in PLAN_MONTHS],
        "steps": [(STEPS[each.kind], each, _step_form(each)) for each in page.steps],
        "adjustments": [
            (SOURCES[a.source], ADJUSTMENT_FLOW.state(a.state).label, a) for a in page.adjustments
        ],
        "batches": [(BATCH_FLOW.state(each.state).label, each) for each in page.batches],
        "may_edit": page.may_edit and active,
        "may_manage": page.may_manage and active,
        "may_reopen": page.may_manage and not active,
        "may_pay": active and allowed(request.user, Permission.PAYMENTS_REQUEST),
        "see_payments": allowed(request.user, Permission.PAYMENTS_VIEW),
        "head_form": HeadForm(
            initial={n: getattr(row, n) for n in ("name", "purpose", "section", "manager")}
        ),
        "sources_form": SourcesForm(initial=_sources(page)),
        "plan_form": PlanForm(initial={f"plan_{month}": view.plan.get(month) for month in PLAN_MONTHS}),
        "step_form": StepForm(initial={"kind": "contract"}),
        "adjustment_form": AdjustmentForm(),
        "batch_form": BatchForm(),
        "end_form": EndForm(),
        "paper_form": PaperForm(),
    }
    return render(request, "projects/project.html", context)


@require_safe
@permission_required(permissions.VIEW)
def paper(request: HttpRequest, project_id: int, file_id: int) -> HttpResponseBase:
    """One paper of a project."""
    page = page_of(request, project_id)
    found = next((each for each in page.files if each.id == file_id), None)
    if found is None:
        raise Http404("没有这个文件。")
    return file_response(request, found.kept, name=found.name)


def page_of(request: HttpRequest, project_id: int) -> ProjectPage:
    """The project's page.

    Raises:
        Http404: there is none.
    """
    page = selectors.project_page(actor=permissions.actor_of(request), project_id=project_id)
    if page is None:
        raise Http404("没有这个资金项目。")
    return page


def _tab_url(key: int, code: str) -> str:
    return (
        reverse("projects:project-tab", args=[key, code]) if code else reverse("projects:project", args=[key])
    )


def _sources(page: ProjectPage) -> dict[str, Any]:
    found: dict[str, Any] = {each.kind: each.amount for each in page.sources}
    found["document_number"] = next(
        (each.document_number for each in page.sources if each.document_number), ""
    )
    found["from_year"] = next((each.from_year for each in page.sources if each.from_year), None)
    return found


def _step_form(step: Any) -> StepForm:
    names = ("kind", "planned_on", "done_on", "document_number", "supplier", "amount", "note")
    return StepForm(initial={name: getattr(step, name) for name in names}, auto_id=f"step-{step.pk}-%s")
