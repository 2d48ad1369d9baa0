"""The list of agency agreements, one of them with its text and signatures, signing and the other steps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST, require_safe

from youju.foundation.identity.permissions import allowed
from youju.foundation.identity.web.guards import permission_required
from youju.foundation.shell.listing import Column, Listing, render_listing
from youju.rules.trade.parties.agreement_facts import SIDE_NAMES
from youju.rules.trade.parties.lifecycle import AGREEMENT_KIND, DRAFT, IN_FORCE, SIGNING
from youju.trade.parties import permissions, selectors, services
from youju.trade.parties.selectors.agreements import STATES, state_label

if TYPE_CHECKING:
    from youju.trade.parties.models import Agreement

TONES = {IN_FORCE: "approved", SIGNING: "hint", DRAFT: "plain"}


class AgreementFilter(forms.Form):
    """What narrows the list; the names are those of ``selectors.agreements``."""

    text = forms.CharField(
        label="查找",
        required=False,
        max_length=50,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": "编号或名称"}),
    )
    state = forms.ChoiceField(label="状态", required=False, choices=[("", "全部"), *STATES])
    ending = forms.BooleanField(label="即将到期", required=False)


def _state(row: Agreement) -> SafeString:
    return format_html(
        '<span class="badge badge-{}">{}</span>', TONES.get(row.state, "plain"), state_label(row)
    )


def _signed(row: Agreement) -> str:
    sides = [name for side, name in SIDE_NAMES.items() if getattr(row, f"{side}_signed_at") is not None]
    return "双方" if len(sides) == len(SIDE_NAMES) else "、".join(sides)


LISTING = Listing(
    name="agreements",
    title="代理协议",
    columns=(
        Column(
            "number",
            "协议编号",
            sort="number",
            narrow="title",
            href=lambda row: reverse("parties:agreement", args=[row.pk]),
        ),
        Column("principal", "委托方", value="principal_name", sort="principal_name"),
        Column("agent", "受托方", value="agent_name", sort="agent_name"),
        Column("state", "状态", value=state_label, sort="state", draw=_state),
        Column("signed", "已签署", value=_signed),
        Column("from", "生效日期", value="valid_from", sort="valid_from"),
        Column("to", "到期日期", value="valid_to", sort="valid_to"),
    ),
    order="-number",
    filter_form=AgreementFilter,
    export_name="代理协议",
    empty="还没有代理协议。委托别人出口，或受人委托，先在这里订立协议、双方签署。",
)


@require_safe
@permission_required(permissions.VIEW_AGREEMENTS)
def agreement_list(request: HttpRequest) -> HttpResponseBase:
    """The actor's own agreements, the section's, or all."""
    actor = permissions.actor_of(request)
    return render_listing(
        request,
        LISTING,
        lambda wish: selectors.agreements(
            actor,
            text=wish.get("text") or "",
            state=wish.get("state") or "",
            ending=bool(wish.get("ending")),
        ),
        template="parties/agreements.html",
        context={"may_sign": allowed(actor, permissions.SIGN_AGREEMENTS)},
    )


@require_safe
@permission_required(permissions.VIEW_AGREEMENTS)
def agreement(request: HttpRequest, number: int) -> HttpResponse:
    """One agreement: its text, who signed, what may be done next, what was done."""
    actor = permissions.actor_of(request)
    page = selectors.agreement_page(actor, number, may_sign=allowed(actor, permissions.SIGN_AGREEMENTS))
    return render(
        request,
        "parties/agreement.html",
        {
            "page": page,
            "row": page.agreement,
            "kind": AGREEMENT_KIND,
            "side_names": SIDE_NAMES,
            "tone": TONES.get(page.agreement.state, "plain"),
            "may_edit": page.side is not None
            and (page.agreement.state == SIGNING or any(each.code == "offer" for each in page.deeds)),
        },
    )


@require_POST
@permission_required(permissions.SIGN_AGREEMENTS)
def sign(request: HttpRequest, number: int) -> HttpResponse:
    """Sign the text that was shown."""
    if request.POST.get("read") != "yes":
        messages.error(request, "请先勾选“已读完全文，代表本单位签署”，再点签署。")
        return HttpResponseRedirect(reverse("parties:agreement", args=[number]) + "#sign")
    row = services.sign_agreement(
        actor=permissions.actor_of(request),
        agreement_id=number,
        text_hash=request.POST.get("text_hash", ""),
    )
    done = "双方都已签署，协议生效" if row.state == IN_FORCE else "已签署，等待对方签署"
    messages.success(request, f"{done}。")
    return HttpResponseRedirect(reverse("parties:agreement", args=[number]))


@require_POST
@permission_required(permissions.SIGN_AGREEMENTS)
def step(request: HttpRequest, number: int) -> HttpResponse:
    """Offer, refuse, drop or end it."""
    row = services.take_agreement_step(
        actor=permissions.actor_of(request),
        agreement_id=number,
        step=request.POST.get("transition", ""),
        reason=request.POST.get("reason", ""),
        expected=request.POST.get("state", ""),
    )
    messages.success(request, f"已办理，协议现在的状态是“{state_label(row)}”。")
    return HttpResponseRedirect(reverse("parties:agreement", args=[number]))
