"""The department with all its rows, one project, all rows as a list."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from youju.foundation.identity.permissions import allowed
from youju.foundation.identity.web.guards import permission_required
from youju.foundation.kernel.errors import InputError
from youju.foundation.shell.listing import Column, Listing, render_listing
from youju.performance.measures import permissions
from youju.performance.measures.selectors import pages, until_named
from youju.performance.measures.web.tabs import tabs_for
from youju.performance.measures.web.telling import BASES, Told, told
from youju.performance.targets import selectors as targets

MOST = 20


def asked_until(request: HttpRequest, year: int) -> date | None:
    """The day that the address names.

    Raises:
        Http404: it is none of the year.
    """
    try:
        return until_named(request.GET.get("until", "")[:MOST], year)
    except InputError as error:
        raise Http404(str(error)) from error


def asked_year(request: HttpRequest) -> int | None:
    """The year that the address names."""
    text = request.GET.get("year", "")
    if not text:
        return None
    if not (text.isascii() and text.isdecimal() and len(text) == 4):
        raise Http404("年度请写成四位数字。")
    return int(text)


@require_safe
@permission_required(permissions.VIEW)
def overview(request: HttpRequest) -> HttpResponse:
    """Every project with its rows; ``?year=2023&until=2023-07``."""
    actor, year = permissions.actor_of(request), asked_year(request)
    context: dict[str, Any] = {
        "tabs": tabs_for(request),
        "years": [each.fiscal_year for each in targets.active_sets()],
        "may_freeze": allowed(actor, permissions.FREEZE),
        "may_bind": allowed(actor, permissions.BIND),
    }
    found = targets.active_set(year=year)
    if found is None:
        if year is not None:
            raise Http404(f"没有 {year} 年的绩效目标。")
        return render(request, "measures/nothing.html", context)
    page = pages.overview(actor=actor, year=found.fiscal_year, until=asked_until(request, found.fiscal_year))
    context |= {"page": page, "groups": [(group, told(group.rows)) for group in page.groups]}
    return render(request, "measures/overview.html", context)


@require_safe
@permission_required(permissions.VIEW)
def project(request: HttpRequest, year: int, project: str) -> HttpResponse:
    """One project's table with its trends and forecasts."""
    actor = permissions.actor_of(request)
    try:
        page = pages.project(actor=actor, year=year, code=project, until=asked_until(request, year))
    except InputError as error:
        raise Http404(str(error)) from error
    group = page.groups[0]
    context = {
        "page": page,
        "group": group,
        "rows": told(group.rows),
        "may_bind": allowed(actor, permissions.BIND),
    }
    return render(request, "measures/project.html", context)


class RowsFilter(forms.Form):
    """What narrows the list of rows."""

    text = forms.CharField(label="查找", required=False, max_length=50)
    basis = forms.ChoiceField(
        label="依据",
        required=False,
        choices=[("", "全部"), *((code.value, label) for code, label in BASES.items())],
    )
    state = forms.ChoiceField(
        label="状态",
        required=False,
        choices=[
            ("", "全部"),
            *((each, each) for each in ("达成", "部分达成", "接近", "未达成", "没有值", "未绑定")),
        ],
    )
    year = forms.IntegerField(label="年度", required=False, min_value=2000, max_value=2100)
    until = forms.CharField(label="截至（如 2023-07）", required=False, max_length=MOST)


def _badge(each: Told) -> SafeString:
    return format_html('<span class="badge badge-{}">{}</span>', each.tone, each.state)


ROWS = Listing(
    name="measures",
    title="指标行",
    columns=(
        Column("project", "项目编码", value="row.project_code", sort="row", narrow="hide"),
        Column("row", "行", value="row.row", numeric=True, narrow="hide"),
        Column("level2", "二级指标", value="row.level2", narrow="hide"),
        Column("level3", "三级指标", value="row.level3", href=lambda each: each.row.page, narrow="title"),
        Column("target", "目标值", value="row.raw_value"),
        Column("value", "完成值", value="row.shown", href=lambda each: each.row.url or None),
        Column("degree", "完成程度", value="degree", numeric=True),
        Column("state", "状态", value="state", draw=_badge),
        Column("forecast", "全年预测", value="forecast"),
        Column("method", "预测方法", value="row.forecast_method", page=False),
        Column("basis", "依据", value="basis"),
        Column("metric", "指标编码", value="row.metric", narrow="hide"),
        Column("why", "说明", value=lambda each: each.row.reason or each.row.note, narrow="hide"),
    ),
    tie=("row",),
    filter_form=RowsFilter,
    export_name="指标完成情况",
    empty="还没有绩效目标。",
)


@require_safe
@permission_required(permissions.VIEW)
def rows(request: HttpRequest) -> HttpResponseBase:
    """All rows as a list, to be filtered and handed out."""
    actor = permissions.actor_of(request)

    def found(wish: Mapping[str, Any]) -> list[Told]:
        target_set = targets.active_set(year=wish.get("year") or None)
        if target_set is None:
            return []
        try:
            until = until_named(str(wish.get("until") or ""), target_set.fiscal_year)
        except InputError:
            until = None
        page = pages.overview(actor=actor, year=target_set.fiscal_year, until=until)
        words = str(wish.get("text") or "").split()
        return [
            each
            for each in told(page.rows)
            if (not wish.get("basis") or each.row.basis == wish["basis"])
            and (not wish.get("state") or each.state == wish["state"])
            and all(
                word in f"{each.row.project_code}{each.row.project_name}{each.row.level3}{each.row.metric}"
                for word in words
            )
        ]

    return render_listing(
        request,
        ROWS,
        found,
        template="measures/list.html",
        context={"tabs": tabs_for(request), "which": "rows"},
        may_export=allowed(actor, permissions.EXPORT),
    )
