"""Rounds of awards: the list, one round, filling, publicising, clearing, deciding, paying, its papers."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST, require_safe

from youju.foundation.files.sending import file_response
from youju.foundation.identity.permissions import allowed
from youju.foundation.identity.web.guards import any_permission_required, permission_required
from youju.foundation.shell.listing import Column, Listing, render_listing
from youju.funds.subsidies import permissions, services
from youju.funds.subsidies.selectors import rounds as selectors
from youju.funds.subsidies.selectors.rounds import ROUND_STATES
from youju.funds.subsidies.selectors.waiting import policies_waiting, round_papers
from youju.funds.subsidies.web.claims_own import state_badge
from youju.rules.funds.claims.lifecycle import ROUND_KIND

TONES = {
    "gathering": "plain",
    "shown": "hint",
    "cleared": "warning",
    "awarded": "approved",
    "dropped": "plain",
}


class RoundFilter(forms.Form):
    """What narrows the list; the names are those of ``selectors.rounds``."""

    text = forms.CharField(
        label="查找",
        required=False,
        max_length=50,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": "编号或政策"}),
    )
    state = forms.ChoiceField(label="状态", required=False, choices=[("", "全部"), *ROUND_STATES])


def _state(row: Any) -> SafeString:
    return format_html(
        '<span class="badge badge-{}">{}</span>', TONES.get(row.state, "plain"), selectors.round_label(row)
    )


LISTING = Listing(
    name="rounds",
    title="补贴名单",
    columns=(
        Column("number", "批次编号", sort="number", narrow="title", href=lambda r: reverse("claims:round", args=[r.number])),
        Column("policy", "政策", value="policy_title", sort="policy_title"),
        Column("lines", "户数", value="lines_count", sort="lines_count", numeric=True),
        Column("total", "合计（元）", sort="total", numeric=True),
        Column("state", "状态", value=selectors.round_label, sort="state", draw=_state),
        Column("until", "公示截止", value="shown_until", sort="shown_until"),
        Column("decided", "决定日期", value="decided_on", sort="decided_on"),
    ),
    order="-number",
    filter_form=RoundFilter,
    export_name="补贴名单",
    empty="还没有名单。申请复核通过后，在这里拟定名单并公示。",
)  # fmt: skip


@require_safe
@permission_required(permissions.VIEW_CLAIMS)
def round_list(request: HttpRequest) -> HttpResponseBase:
    """Every round."""
    actor = permissions.actor_of(request)
    may = allowed(actor, permissions.PUBLICISE)
    return render_listing(
        request,
        LISTING,
        lambda wish: selectors.rounds(actor, text=wish.get("text") or "", state=wish.get("state") or ""),
        may_export=allowed(actor, permissions.EXPORT_CLAIMS),
        template="claims/rounds.html",
        context={"may_publicise": may, "waiting": policies_waiting(actor) if may else []},
    )


@require_POST
@permission_required(permissions.PUBLICISE)
def new(request: HttpRequest) -> HttpResponse:
    """Open a round with every application of a policy that passed."""
    row = services.open_round(actor=permissions.actor_of(request), policy=request.POST.get("policy", ""))
    messages.success(request, f"已拟定批次 {row.number}，核对后公示。")
    return HttpResponseRedirect(reverse("claims:round", args=[row.number]))


@require_safe
@permission_required(permissions.VIEW_CLAIMS)
def one(request: HttpRequest, number: str) -> HttpResponse:
    """One round: its lines, versions, objections, awards."""
    actor = permissions.actor_of(request)
    page = selectors.round_page(actor, number)
    return render(
        request,
        "claims/round.html",
        {
            "page": page,
            "row": page.row,
            "kind": ROUND_KIND,
            "tone": TONES.get(page.row.state, "plain"),
            "lines": [
                (each, state_badge(each.application), page.awards.get(each.application_id))
                for each in page.lines
            ],
            "may_publicise": allowed(actor, permissions.PUBLICISE),
            "may_award": allowed(actor, permissions.AWARD),
            "may_pay": allowed(actor, permissions.REQUEST_PAYMENT),
            "sees_payments": allowed(actor, permissions.VIEW_PAYMENTS),
            "papers": round_papers(page.row),
        },
    )


@require_POST
@permission_required(permissions.PUBLICISE)
def add(request: HttpRequest, number: str) -> HttpResponse:
    """Put more applications in."""
    services.add_to_round(
        actor=permissions.actor_of(request),
        number=number,
        applications=request.POST.getlist("application"),
    )
    messages.success(request, "已列入。")
    return _back(number)


@require_POST
@permission_required(permissions.PUBLICISE)
def remove(request: HttpRequest, number: str) -> HttpResponse:
    """Take an application out."""
    services.remove_from_round(
        actor=permissions.actor_of(request),
        number=number,
        application=request.POST.get("application", ""),
        reason=request.POST.get("reason", ""),
    )
    messages.success(request, "已移出。")
    return _back(number)


@require_POST
@any_permission_required(permissions.PUBLICISE, permissions.AWARD)
def step(request: HttpRequest, number: str) -> HttpResponse:
    """Show, clear, send back or drop."""
    actor, wanted = permissions.actor_of(request), request.POST.get("transition", "")
    reason, expected = request.POST.get("reason", ""), request.POST.get("state", "")
    if wanted == "show":
        services.show_list(actor=actor, number=number, reason=reason, expected=expected)
    elif wanted == "clear":
        services.clear_round(actor=actor, number=number, expected=expected)
    else:
        services.take_round_step(actor=actor, number=number, step=wanted, reason=reason, expected=expected)
    messages.success(request, "已办理。")
    return _back(number)


@require_POST
@permission_required(permissions.AWARD)
def award(request: HttpRequest, number: str) -> HttpResponse:
    """Decide the list that was read."""
    awards = services.award_round(
        actor=permissions.actor_of(request), number=number, list_hash=request.POST.get("list_hash", "")
    )
    messages.success(request, f"已决定 {len(awards)} 笔补贴，由科室提出付款。")
    return _back(number)


@require_POST
@permission_required(permissions.REQUEST_PAYMENT)
def pay(request: HttpRequest, number: str) -> HttpResponse:
    """Ask for the payments of the round."""
    done = services.request_payments(actor=permissions.actor_of(request), number=number)
    messages.success(request, f"已提出 {done.asked} 笔付款，{done.there} 笔先前已提出。")
    for problem in done.refused[:5]:
        messages.error(request, problem)
    return _back(number)


@require_POST
@permission_required(permissions.VIEW_CLAIMS)
def make(request: HttpRequest, number: str, kind: str) -> HttpResponse:
    """Ask for the published list, or the decision, as a file."""
    asked = services.request_list(actor=permissions.actor_of(request), number=number, format=kind)
    said = "同样的内容已经生成过，可以直接下载。" if asked.run is None else "正在生成，稍等片刻就能下载。"
    messages.success(request, said)
    return HttpResponseRedirect(reverse("claims:round", args=[number]) + "#papers")


@require_safe
@permission_required(permissions.VIEW_CLAIMS)
def papers(request: HttpRequest, number: str) -> HttpResponse:
    """The files of a round: a part of its page that asks again while one is being made, or a page by itself."""
    row = selectors.round_of(permissions.actor_of(request), number)
    part = request.headers.get("HX-Request") == "true"
    template = "claims/_papers.html" if part else "claims/papers.html"
    return render(request, template, {"row": row, "papers": round_papers(row)})


@require_safe
@permission_required(permissions.VIEW_CLAIMS)
def file(request: HttpRequest, document_id: uuid.UUID) -> HttpResponseBase:
    """A file that was made before."""
    found, kept = services.hand_out_list(actor=permissions.actor_of(request), document_id=document_id)
    return file_response(request, kept, name=found.name)


def _back(number: str) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("claims:round", args=[number]))
