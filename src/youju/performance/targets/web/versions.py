"""The versions of a year, one of them with its way and its next steps, and the files behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST, require_safe

from youju.foundation.documents.selectors import documents
from youju.foundation.files.sending import file_response
from youju.foundation.identity.permissions import allowed
from youju.foundation.identity.web.guards import permission_required
from youju.foundation.kernel.subjects import Subject
from youju.foundation.shell.listing import Column, Listing, render_listing
from youju.performance.targets import permissions, selectors, services
from youju.performance.targets.imports.bulk import CODE, HEADINGS
from youju.performance.targets.web.choosing import chosen_set, version_bar, year_links
from youju.performance.targets.web.downloads import TYPES

if TYPE_CHECKING:
    from youju.performance.targets.selectors import VersionRow

TONES = {"published": "approved", "approved": "ink", "reviewed": "ink", "submitted": "hint"}


def _state(row: VersionRow) -> SafeString:
    tone = TONES.get(row.state, "plain")
    shown = format_html(' <span class="badge badge-plain">{}</span>', "现行") if row.is_active else ""
    late = (
        format_html(' <span class="badge badge-error">{}</span>', "已逾期")
        if row.due and row.due.late
        else ""
    )
    return format_html('<span class="badge badge-{}">{}</span>{}{}', tone, row.state_label, shown, late)


def _origin(row: VersionRow) -> str:
    if row.adjust_document:
        return f"按 {row.adjust_document} 调整第 {row.adjusts} 版"
    return f"{row.source}，在第 {row.adjusts} 版之后" if row.adjusts else row.source


LISTING = Listing(
    name="versions",
    title="版本",
    columns=(
        Column(
            "version",
            "版本",
            value=lambda row: f"第 {row.version} 版",
            narrow="title",
            href=lambda row: reverse("targets:version", args=[row.id]),
        ),
        Column("state", "状态", value="state_label", draw=_state),
        Column("made_at", "建立时间"),
        Column("made_by", "经办人"),
        Column("source", "来源", value=_origin),
        Column("revision", "网页修订", numeric=True, narrow="hide"),
        Column("errors", "错误", numeric=True),
        Column("warnings", "警告", numeric=True),
    ),
    export_name="绩效目标版本",
    empty="这一年还没有版本。",
)


@require_safe
@permission_required(permissions.VIEW)
def version_list(request: HttpRequest) -> HttpResponseBase:
    """Every version of the year: number, state, who, when, from where; two of them to be compared."""
    target_set = chosen_set(request.GET)
    if target_set is None:
        may_import = allowed(request.user, permissions.IMPORT)
        return render(request, "targets/nothing.html", {"may_import": may_import})
    rows = selectors.version_rows(target_set)
    return render_listing(
        request,
        LISTING,
        rows,
        template="targets/versions.html",
        context={
            "target_set": target_set,
            "rows": rows,
            "years": year_links(request, target_set),
            "bar": version_bar(target_set),
            "may_import": allowed(request.user, permissions.IMPORT),
        },
        may_export=allowed(request.user, permissions.EXPORT),
    )


@require_safe
@permission_required(permissions.VIEW)
def version(request: HttpRequest, number: int) -> HttpResponse:
    """One version: where it stands, what it lacks, its next steps, its files, what was done to it."""
    page = selectors.version_page(number)
    if page is None:
        raise Http404("没有这个版本，请回到版本列表重新选择。")
    found = page.target_set
    context: dict[str, Any] = {
        "page": page,
        "target_set": found,
        "way": selectors.way(found, permissions.actor_of(request)),
        "query": "?" + urlencode({"set": found.pk}),
        "year_query": "?" + urlencode({"year": found.fiscal_year, "unit": found.unit_key}),
        "may_edit": allowed(request.user, permissions.EDIT),
        "bulk_import": CODE,
        "forms": documents(Subject("targets.set", str(found.pk))),
        "may_adjust": allowed(request.user, permissions.PUBLISH),
        "may_export": allowed(request.user, permissions.EXPORT),
    }
    return render(request, "targets/version.html", context)


@require_POST
@permission_required(permissions.VIEW)
def step(request: HttpRequest, number: int) -> HttpResponse:
    """Take one step with a version."""
    target_set = services.take_step(
        actor=permissions.actor_of(request),
        target_set_id=number,
        transition=request.POST.get("transition", ""),
        reason=request.POST.get("reason", ""),
        expected=request.POST.get("state", ""),
    )
    label = selectors.state_label(target_set)
    messages.success(request, f"已办理，第 {target_set.version} 版现在的状态是“{label}”。")
    return HttpResponseRedirect(reverse("targets:version", args=[number]))


@require_safe
@permission_required(permissions.EXPORT)
def source(request: HttpRequest, number: int) -> HttpResponseBase:
    """The document that was imported, byte for byte."""
    return _file(request, number, "source")


@require_safe
@permission_required(permissions.EXPORT)
def paper(request: HttpRequest, number: int) -> HttpResponseBase:
    """The document that ordered an adjustment."""
    return _file(request, number, "adjustment")


@require_safe
@permission_required(permissions.EDIT)
def bulk(request: HttpRequest, number: int) -> HttpResponse:
    """All indicators of a draft as a workbook, to be changed and uploaded again."""
    content = services.bulk_sheet(
        actor=permissions.actor_of(request), target_set_id=number, headings=HEADINGS
    )
    response = HttpResponse(content, content_type=TYPES["xlsx"])
    name = quote("绩效指标批量修改.xlsx")
    response["Content-Disposition"] = (
        f"attachment; filename=\"targets-bulk-{number}.xlsx\"; filename*=UTF-8''{name}"
    )
    return response


def _file(request: HttpRequest, number: int, role: str) -> HttpResponseBase:
    found = services.hand_out(actor=permissions.actor_of(request), target_set_id=number, role=role)
    return file_response(request, found.kept, name=found.name)
