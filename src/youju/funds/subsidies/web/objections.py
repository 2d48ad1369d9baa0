"""Objections, for the centre: the list, one with its line, the answer, how to reach the objector."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.http import require_POST, require_safe

from youju.foundation.identity.permissions import allowed
from youju.foundation.identity.web.guards import permission_required
from youju.foundation.shell.listing import Column, Listing, render_listing
from youju.funds.subsidies import permissions, services
from youju.funds.subsidies.selectors import rounds as selectors
from youju.rules.funds.claims.lifecycle import OBJECTION_KIND

TONES = {"received": "warning", "upheld": "error", "dismissed": "plain"}


class ObjectionFilter(forms.Form):
    """What narrows the list; the names are those of ``selectors.objections``."""

    text = forms.CharField(
        label="查找",
        required=False,
        max_length=50,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": "编号、批次或提出人"}),
    )
    state = forms.ChoiceField(
        label="状态", required=False, choices=[("", "全部"), *selectors.OBJECTION_STATES]
    )


LISTING = Listing(
    name="objections",
    title="公示异议",
    columns=(
        Column("number", "异议编号", sort="number", narrow="title", href=lambda r: reverse("claims:objection", args=[r.number])),
        Column("round", "批次", value="round.number", sort="round__number"),
        Column("line", "名单序号", value=lambda r: r.line or "整份", sort="line"),
        Column("name", "提出人", sort="name"),
        Column("received", "收到时间", value="received_at", sort="received_at"),
        Column(
            "state",
            "状态",
            value=selectors.objection_label,
            sort="state",
            draw=lambda r: format_html(
                '<span class="badge badge-{}">{}</span>', TONES[r.state], selectors.objection_label(r)
            ),
        ),
    ),
    order="-received",
    filter_form=ObjectionFilter,
    export_name="公示异议",
    empty="没有收到异议。",
)  # fmt: skip


@require_safe
@permission_required(permissions.VIEW_CLAIMS)
def objection_list(request: HttpRequest) -> HttpResponseBase:
    """Every objection, newest first."""
    actor = permissions.actor_of(request)
    return render_listing(
        request,
        LISTING,
        lambda wish: selectors.objections(actor, text=wish.get("text") or "", state=wish.get("state") or ""),
        may_export=allowed(actor, permissions.EXPORT_CLAIMS),
        template="claims/objections.html",
        context={},
    )


@require_safe
@permission_required(permissions.VIEW_CLAIMS)
def one(request: HttpRequest, number: str) -> HttpResponse:
    """One objection."""
    return _show(request, number)


@require_POST
@permission_required(permissions.PUBLICISE)
def decide(request: HttpRequest, number: str) -> HttpResponse:
    """Answer it."""
    row = services.decide_objection(
        actor=permissions.actor_of(request),
        number=number,
        uphold=request.POST.get("verdict") == "uphold",
        reply=request.POST.get("reply", ""),
        expected=request.POST.get("state", ""),
    )
    told = "已移出名单并重新公示" if row.state == "upheld" else "名单不变"
    messages.success(request, f"已答复，{told}。")
    return HttpResponseRedirect(reverse("claims:objection", args=[number]))


@require_POST
@permission_required(permissions.PUBLICISE)
def contact(request: HttpRequest, number: str) -> HttpResponse:
    """How to reach the objector, for one look that is on the trail."""
    answer = _show(
        request, number, contact=services.show_contact(actor=permissions.actor_of(request), number=number)
    )
    answer["Cache-Control"] = "no-store"
    return answer


def _show(request: HttpRequest, number: str, contact: str = "") -> HttpResponse:
    actor = permissions.actor_of(request)
    row = selectors.objection_of(actor, number)
    return render(
        request,
        "claims/objection.html",
        {
            "row": row,
            "kind": OBJECTION_KIND,
            "line": selectors.objected_line(row),
            "label": selectors.objection_label(row),
            "tone": TONES[row.state],
            "contact": contact,
            "may_decide": allowed(actor, permissions.PUBLICISE) and row.state == "received",
        },
    )
