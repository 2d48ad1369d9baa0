"""The list of projects and the page of one project in the layout of the official form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from youju.foundation.identity.permissions import allowed
from youju.foundation.identity.web.guards import permission_required
from youju.foundation.shell.keeping import kept
from youju.foundation.shell.listing import Column, Listing, render_listing
from youju.performance.targets import permissions, selectors
from youju.performance.targets.selectors import ProjectRow
from youju.performance.targets.templatetags.targets import sign
from youju.performance.targets.web.choosing import (
    chosen_set,
    required_set,
    version_bar,
    year_links,
    year_query,
)
from youju.performance.targets.web.forms import ProjectFilter
from youju.performance.targets.web.pictures import budget_picture, plan_picture, plan_spark

if TYPE_CHECKING:
    from youju.performance.targets.models import TargetSet


def _marks(row: ProjectRow) -> SafeString:
    counts = (("error", row.errors), ("warning", row.warnings), ("hint", row.hints))
    marks = format_html_join(" ", "{}", ((sign(name, count),) for name, count in counts if count))
    if marks:
        return format_html('<span class="marks">{}</span>', marks)
    return format_html('<span class="muted">{}</span>', "无")


def project_listing(request: HttpRequest, money_unit: str) -> Listing:
    """The declaration of the project list; links keep the year that is shown."""
    query = year_query(request)
    return Listing(
        name="projects",
        title="项目",
        columns=(
            Column("number", "序号", sort="number", numeric=True, narrow="hide"),
            Column(
                "name",
                "项目名称",
                sort="name",
                narrow="title",
                href=lambda row: reverse("targets:project", args=[row.code]) + query,
            ),
            Column("code", "项目编码", sort="code"),
            Column("budget", f"预算数（{money_unit}）", sort="budget", numeric=True),
            Column(
                "plan",
                "支出计划",
                value=lambda row: "；".join(
                    f"{int(month)}月底 {'未填' if amount is None else amount}"
                    for month, amount in row.plan.items()
                ),
                draw=lambda row: plan_spark(row.plan, row.budget),
            ),
            Column("findings", "审核意见", sort="findings", numeric=True, draw=_marks),
        ),
        order="number",
        filter_form=ProjectFilter,
        export_name="绩效目标项目清单",
        empty="这一年还没有项目。",
    )


@require_safe
@permission_required(permissions.VIEW)
@kept()
def project_list(request: HttpRequest) -> HttpResponseBase:
    """All projects of a year: filter, sort, export; figures and the budget chart above."""
    target_set = chosen_set(request.GET)
    if target_set is None:
        may_import = allowed(request.user, permissions.IMPORT)
        return render(request, "targets/nothing.html", {"may_import": may_import})

    def rows(wish: Mapping[str, Any]) -> list[ProjectRow]:
        return selectors.project_rows(
            target_set,
            text=wish.get("q") or "",
            severity=wish.get("severity") or "",
            funds=wish.get("funds") or "",
        )

    context: dict[str, Any] = {
        "target_set": target_set,
        "query": year_query(request),
        "bar": version_bar(target_set),
    }
    if not _wants_region_or_file(request):
        context |= _figures(request, target_set)
    return render_listing(
        request,
        project_listing(request, target_set.money_unit),
        rows,
        template="targets/projects.html",
        context=context,
        may_export=allowed(request.user, permissions.EXPORT),
    )


def _wants_region_or_file(request: HttpRequest) -> bool:
    return bool(request.GET.get("export")) or request.headers.get("HX-Target") == "listing-projects"


def _figures(request: HttpRequest, target_set: TargetSet) -> dict[str, Any]:
    every = selectors.project_rows(target_set)
    query = year_query(request)
    urls = {row.code: reverse("targets:project", args=[row.code]) + query for row in every}
    return {
        "overview": selectors.overview_of(target_set),
        "years": year_links(request, target_set),
        "picture": budget_picture(every, unit=target_set.money_unit, urls=urls),
        "may_import": allowed(request.user, permissions.IMPORT),
        "may_edit": allowed(request.user, permissions.EDIT),
        "may_export": allowed(request.user, permissions.EXPORT),
    }


@require_safe
@permission_required(permissions.VIEW)
@kept()
def project(request: HttpRequest, code: str) -> HttpResponseBase:
    """One project in the layout of the official form, its findings beside the rows."""
    target_set = required_set(request)
    page = selectors.project_page(target_set, code)
    if page is None:
        raise Http404(f"{target_set.fiscal_year} 年没有编码为 {code} 的项目。")
    picture = plan_picture(page.plan, budget=page.budget, unit=target_set.money_unit, name=page.project.name)
    return render(
        request,
        "targets/project.html",
        {
            "page": page,
            "target_set": target_set,
            "picture": picture,
            "query": year_query(request),
            "years": year_links(request, target_set),
            "bar": version_bar(target_set),
            "answers": selectors.answers(target_set),
            "may_edit": target_set.state == "draft" and allowed(request.user, permissions.EDIT),
            "may_export": allowed(request.user, permissions.EXPORT),
        },
    )
