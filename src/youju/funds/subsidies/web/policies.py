"""Policies: the list, one version, its way, differences, the file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from youju.foundation.identity.permissions import allowed
from youju.foundation.identity.web.guards import permission_required
from youju.foundation.kernel.errors import InputError
from youju.foundation.shell.listing import Column, Listing, render_listing
from youju.funds.subsidies import permissions, selectors, services
from youju.funds.subsidies.web.policies_forms import PolicyFilter, ReadInForm, StartForm
from youju.rules.funds.subsidies.comparing import KINDS
from youju.rules.funds.subsidies.policy_lifecycle import POLICY_KIND
from youju.rules.funds.subsidies.saying import days, of_shape
from youju.rules.funds.subsidies.texts import STACKING, PolicyText
from youju.rules.trade.parties.roles import PartyRole

if TYPE_CHECKING:
    from youju.funds.subsidies.models import Policy

TONES = {
    "draft": "plain", "submitted": "warning", "reviewed": "warning", "in_force": "ink", "ended": "plain",
    "replaced": "plain", "dropped": "plain",
}  # fmt: skip


def badge(row: Policy) -> SafeString:
    """The state as a badge."""
    return format_html('<span class="badge badge-{}">{}</span>', TONES[row.state], selectors.state_label(row))


LISTING = Listing(
    name="policies",
    title="补贴政策",
    columns=(
        Column("title", "名称", value=lambda row: row.title or row.code, sort="title", narrow="title",
               href=lambda row: reverse("subsidies:policy", args=[row.pk])),
        Column("code", "编号", sort="code", narrow="hide"),
        Column("number", "版本", sort="number", numeric=True, narrow="hide"),
        Column("state", "状态", value=selectors.state_label, sort="state", draw=badge),
        Column("window", "补贴期间", value=lambda row: f"{row.window_from} 起" if row.window_from else None, sort="window_from"),
        Column("budget", "资金总额（元）", sort="budget", numeric=True),
        Column("project", "承担项目", sort="project", narrow="hide"),
        Column("changed", "修改时间", value="changed_at", sort="changed_at", narrow="hide"),
    ),
    order="-changed",
    filter_form=PolicyFilter,
    export_name="补贴政策清单",
    empty="还没有补贴政策。",
)  # fmt: skip


@require_safe
@permission_required(permissions.VIEW)
def policy_list(request: HttpRequest) -> HttpResponseBase:
    """The versions in the user's reach."""
    actor = permissions.actor_of(request)
    return render_listing(
        request,
        LISTING,
        lambda wish: selectors.policies(
            actor=actor, text=wish.get("text") or "", state=wish.get("state") or ""
        ),
        template="subsidies/policies/list.html",
        context={"may_draft": allowed(actor, permissions.DRAFT)},
        may_export=permissions.sees_drafts(actor),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(permissions.DRAFT)
def new(request: HttpRequest) -> HttpResponse:
    """Begin a policy: by its code, or from a file."""
    actor, posted = permissions.actor_of(request), request.method == "POST"
    from_file = posted and "file" in request.FILES
    start = StartForm(request.POST if posted and not from_file else None)
    file = ReadInForm(request.POST if from_file else None, request.FILES if from_file else None)
    form = file if from_file else start
    if posted and form.is_valid():
        try:
            if from_file:
                upload = file.cleaned_data["file"]
                row = services.read_policy_in(actor=actor, data=upload.read(), name=upload.name)
            else:
                row = services.begin_policy(actor=actor, code=start.cleaned_data["code"])
        except InputError as error:
            form.add_error(None, str(error))
        else:
            return HttpResponseRedirect(reverse("subsidies:policy-edit", args=[row.pk]))
    context = {"start": start, "file": file}
    return render(request, "subsidies/policies/new.html", context, status=422 if form.errors else 200)


@require_safe
@permission_required(permissions.VIEW)
def policy(request: HttpRequest, number: int) -> HttpResponse:
    """One version: terms, clauses, what the rules say, its way, versions and back-tests."""
    page = selectors.policy_page(actor=permissions.actor_of(request), policy_id=number)
    if page is None:
        raise Http404("没有这项政策，或它还没有发布。")
    context = {
        "page": page,
        "row": page.row,
        "kind": POLICY_KIND,
        "state": badge(page.row),
        "terms": terms(page.text) if page.text else (),
        "clauses": [(clause, of_shape(clause.shape)) for clause in page.text.clauses] if page.text else (),
        "step_url": reverse("subsidies:policy-step", args=[page.row.pk]),
        "year": page.text.window.start.year - 1 if page.text else None,
        "states": [(each, badge(each)) for each in page.versions],
    }
    return render(request, "subsidies/policies/policy.html", context)


def terms(text: PolicyText) -> list[tuple[str, str]]:
    """The terms of a policy as pairs."""
    eligible, stacking = text.eligible, text.stacking
    asked = [word for flag, word in ((text.collected, "已收汇"), (text.exempted, "已申报免税")) if flag]
    found = [
        ("补贴期间", f"{days(text.window)}（按放行或支付日期）"),
        ("申报期", days(text.filing)),
        ("资金总额", f"{text.budget:,f} 元"),
        ("每户上限", f"{text.party_cap:,f} 元" if text.party_cap is not None else "没有"),
        ("对象", "、".join(PartyRole(role).label for role in eligible.roles)),
        ("备案早于", str(eligible.filed_before or "")),
        ("出口起点", f"{eligible.least_usd:,f} 美元" if eligible.least_usd else ""),
        ("另外要求", "、".join(asked)),
        ("不重复享受", f"{'、'.join(stacking.against)}（{STACKING[stacking.counts]}）" if stacking.against else ""),
        ("材料", "、".join(each.title for each in text.evidence)),
        ("公示", f"{text.publicity_days} 个工作日"),
        ("承担项目", text.project),
        ("依据", f"{text.source}{'' if text.verified else '（待核原文）'}"),
        ("说明", text.note),
    ]  # fmt: skip
    return [(label, value) for label, value in found if value]


@require_POST
@permission_required(permissions.VIEW)
def step(request: HttpRequest, number: int) -> HttpResponse:
    """Take a step of the policy's way."""
    try:
        row = services.step_policy(
            actor=permissions.actor_of(request),
            policy_id=number,
            step=request.POST.get("transition", ""),
            reason=request.POST.get("reason", ""),
            expected=request.POST.get("state", ""),
        )
    except InputError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"{row}：{selectors.state_label(row)}。")
    return HttpResponseRedirect(reverse("subsidies:policy", args=[number]))


@require_POST
@permission_required(permissions.DRAFT)
def next_version(request: HttpRequest) -> HttpResponse:
    """Begin the next version of a code, from the latest."""
    try:
        row = services.begin_policy(actor=permissions.actor_of(request), code=request.POST.get("code", ""))
    except InputError as error:
        messages.error(request, str(error))
        return HttpResponseRedirect(reverse("subsidies:policies"))
    return HttpResponseRedirect(reverse("subsidies:policy-edit", args=[row.pk]))


@require_safe
@permission_required(permissions.VIEW)
def difference(request: HttpRequest, number: int, other: int) -> HttpResponse:
    """What changed from another version or policy to this one."""
    found = selectors.difference_of(actor=permissions.actor_of(request), policy_id=number, other_id=other)
    if found is None:
        raise Http404("没有这两个版本，或其中一个还读不出来。")
    row, before, rows = found
    context = {"row": row, "before": before, "rows": [(KINDS[each.kind], each) for each in rows]}
    return render(request, "subsidies/policies/difference.html", context)


@require_safe
@permission_required(permissions.VIEW)
def take_out(request: HttpRequest, number: int) -> HttpResponse:
    """A version as a YAML file."""
    try:
        name, data = services.hand_policy_out(actor=permissions.actor_of(request), policy_id=number)
    except InputError as error:
        raise Http404(str(error)) from error
    answer = HttpResponse(data, content_type="application/yaml; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
