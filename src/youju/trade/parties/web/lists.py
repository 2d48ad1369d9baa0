"""The list of parties for the centre, and a party's own filings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from youju.foundation.identity.permissions import allowed
from youju.foundation.identity.web.guards import permission_required
from youju.foundation.shell.listing import Column, Listing, render_listing
from youju.trade.parties import permissions, selectors
from youju.trade.parties.web.forms import PartyFilter

if TYPE_CHECKING:
    from youju.trade.parties.models import Party

TONES = {
    "approved": "approved",
    "reviewing": "ink",
    "submitted": "hint",
    "returned": "warning",
    "suspended": "error",
}


def state_badge(party: Party) -> SafeString:
    """The state as a mark."""
    tone = TONES.get(party.state, "plain")
    return format_html('<span class="badge badge-{}">{}</span>', tone, selectors.state_label(party))


LISTING = Listing(
    name="parties",
    title="主体",
    columns=(
        Column(
            "name",
            "名称",
            sort="name",
            narrow="title",
            href=lambda row: reverse("parties:party", args=[row.pk]),
        ),
        Column("number", "备案号", sort="number"),
        Column("roles", "主体类型", value=lambda row: selectors.role_words(row.roles)),
        Column("state", "状态", value=selectors.state_label, sort="state", draw=state_badge),
        Column("credit_code", "统一社会信用代码", sort="credit_code", narrow="hide"),
        Column(
            "sections", "受理科室", value=lambda row: selectors.section_words(row.sections), narrow="hide"
        ),
        Column("country", "国别（地区）", value=selectors.country_label, sort="country", narrow="hide"),
        Column("submitted", "提交时间", value="submitted_at", sort="submitted_at"),
        Column("valid_to", "有效期至", sort="valid_to"),
    ),
    order="-submitted",
    tie=("-pk",),
    filter_form=PartyFilter,
    export_name="主体备案清单",
    empty="还没有备案的主体。",
    next_step=("代为填报一份", "/parties/new/"),
)


@require_safe
@permission_required(permissions.VIEW)
def party_list(request: HttpRequest) -> HttpResponseBase:
    """The filings within the user's reach."""
    actor = permissions.actor_of(request)
    return render_listing(
        request,
        LISTING,
        lambda wish: selectors.parties(actor, **wish),
        template="parties/list.html",
        context={
            "may_file": allowed(actor, permissions.FILE),
            "may_import": allowed(actor, permissions.IMPORT),
        },
        may_export=allowed(actor, permissions.EXPORT),
    )


@require_safe
@permission_required(permissions.OWN)
def own(request: HttpRequest) -> HttpResponse:
    """The filings of the user's organisation: what to do next stands first."""
    rows = selectors.own_filings(permissions.actor_of(request))
    lines = [
        {
            "party": row,
            "roles": selectors.role_words(row.roles),
            "state_label": selectors.state_label(row),
            "tone": TONES.get(row.state, "plain"),
            "open": row.state in ("draft", "returned"),
        }
        for row in rows
    ]
    return render(request, "parties/own.html", {"lines": lines})
