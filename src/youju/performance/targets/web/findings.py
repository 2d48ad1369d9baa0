"""All findings of a year: by rule, severity and project."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST, require_safe

from youju.foundation.identity.permissions import allowed
from youju.foundation.identity.web.guards import permission_required
from youju.foundation.kernel.errors import InputError
from youju.foundation.shell.keeping import kept
from youju.foundation.shell.listing import Column, Listing, render_listing
from youju.foundation.shell.templatetags.shell import SEVERITIES, severity
from youju.performance.targets import permissions, selectors, services
from youju.performance.targets.web.choosing import chosen_set, version_bar, year_links, year_query
from youju.performance.targets.web.forms import FindingFilter, rule_title

if TYPE_CHECKING:
    from youju.performance.targets.models import Finding, TargetSet


def rule_url(rule: str) -> str | None:
    """The page that explains a rule, where there is one."""
    try:
        return reverse("portal:rule", args=[rule])
    except NoReverseMatch:
        return None


def _place(row: Finding) -> str:
    if row.project is None:
        return "部门整体绩效目标"
    return f"{row.project.order}. {row.project.name}" + (f"，第 {row.row} 行" if row.row else "")


def _message(row: Finding) -> SafeString:
    suggestion = format_html('<p class="finding-suggestion">{}</p>', row.suggestion) if row.suggestion else ""
    return format_html('<div><p class="finding-message">{}</p>{}</div>', row.message, suggestion)


def _answer(row: Finding, *, query: str, may_answer: bool) -> SafeString:
    """The answer in words, and where it is given; an error is mended, a hint needs none."""
    text, name = getattr(row, "answer", None), getattr(row, "answered_name", "")
    link: SafeString | str = ""
    if may_answer and row.severity != "error" and row.fingerprint:
        url = reverse("targets:answer", args=[row.fingerprint]) + query
        link = format_html(
            '<a class="nowrap" href="{}" data-print="no">{}</a>', url, "改答复" if text else "答复"
        )
    if text:
        return format_html('<p class="answer">{}<span class="muted">（{}）</span></p>{}', text, name, link)
    if row.severity == "error":
        return format_html('<span class="muted">{}</span>', "须改正")
    return format_html("{}", link or "—")


def finding_listing(request: HttpRequest, target_set: TargetSet) -> Listing:
    """The declaration of the list of findings; links keep the year that is shown."""
    query = year_query(request)
    may_answer = target_set.state == "draft" and allowed(request.user, permissions.EDIT)
    own = f"?set={target_set.pk}"

    def address(row: Finding) -> str:
        if row.project is None:
            return reverse("targets:department") + query
        anchor = f"#row-{row.row}" if row.row else ""
        return reverse("targets:project", args=[row.project.code]) + query + anchor

    return Listing(
        name="findings",
        title="审核意见",
        columns=(
            Column(
                "severity",
                "轻重",
                value=lambda row: SEVERITIES[row.severity][0],
                draw=lambda row: severity(row.severity),
                sort=("severity", "order"),
            ),
            Column("rule", "规则", sort=("rule", "order"), href=lambda row: rule_url(row.rule)),
            Column(
                "place",
                "位置",
                value=_place,
                sort=("project__order", "row", "order"),
                href=address,
                narrow="title",
            ),
            Column(
                "message",
                "意见和建议",
                draw=_message,
                value="message",
            ),
            Column(
                "answer",
                "答复",
                value="answer",
                draw=lambda row: _answer(row, query=own, may_answer=may_answer),
            ),
        ),
        order="",
        tie=("order",),
        filter_form=FindingFilter,
        export_name="绩效目标审核意见",
        empty="没有发现问题。",
    )


@require_safe
@permission_required(permissions.VIEW_FINDINGS)
@kept()
def finding_list(request: HttpRequest) -> HttpResponseBase:
    """The list of findings with the counts by rule above it."""
    target_set = chosen_set(request.GET)
    if target_set is None:
        may_import = allowed(request.user, permissions.IMPORT)
        return render(request, "targets/nothing.html", {"may_import": may_import})

    def rows(wish: Mapping[str, Any]) -> QuerySet[Finding]:
        return selectors.findings(
            target_set,
            rule=wish.get("rule") or "",
            severity=wish.get("severity") or "",
            project=wish.get("project") or "",
            text=wish.get("q") or "",
            state=wish.get("state") or "",
        )

    counts = selectors.rule_counts(target_set)
    return render_listing(
        request,
        finding_listing(request, target_set),
        rows,
        template="targets/findings.html",
        context={
            "target_set": target_set,
            "overview": selectors.overview_of(target_set),
            "query": year_query(request),
            "years": year_links(request, target_set),
            "counts": [(each, rule_title(each.rule), rule_url(each.rule)) for each in counts],
            "may_edit": allowed(request.user, permissions.EDIT),
            "readiness": selectors.readiness(target_set),
            "bar": version_bar(target_set),
        },
        may_export=allowed(request.user, permissions.EXPORT),
    )


@require_POST
@permission_required(permissions.EDIT)
def relint(request: HttpRequest) -> HttpResponse:
    """Check the stored targets again under today's policies."""
    number = request.POST.get("set", "")
    try:
        if not (number.isascii() and number.isdigit() and len(number) < 18):
            raise InputError("没有这份绩效目标", how="请刷新页面后重试", status=404)
        target_set = services.relint(actor=permissions.actor_of(request), target_set_id=int(number))
    except InputError as error:
        return render(request, "targets/refused.html", {"error": error}, status=error.status)
    messages.success(request, "已重新审核。")
    query = f"?year={target_set.fiscal_year}" if target_set.is_active else f"?set={target_set.pk}"
    return HttpResponseRedirect(reverse("targets:findings") + query)
