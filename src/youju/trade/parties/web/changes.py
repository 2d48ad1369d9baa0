"""Change requests: the list, one of them, asking for a change, asking to be prolonged."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from youju.foundation.identity.permissions import allowed
from youju.foundation.identity.web.guards import any_permission_required, permission_required
from youju.foundation.kernel.errors import InputError
from youju.foundation.shell.listing import Column, Listing, render_listing
from youju.rules.trade.parties.changes import KINDS
from youju.rules.trade.parties.lifecycle import CHANGE_FLOW
from youju.trade.parties import addresses, permissions, selectors, services
from youju.trade.parties.web.change_forms import ChangeFilter, ChangeForm, RenewForm

if TYPE_CHECKING:
    from youju.trade.parties.models import ChangeRequest

TONES = {"submitted": "hint", "approved": "approved", "returned": "warning"}
FILES = (permissions.VIEW, permissions.OWN)


def state_badge(change: ChangeRequest) -> SafeString:
    """Where a request stands."""
    label = CHANGE_FLOW.state(change.state).label
    return format_html('<span class="badge badge-{}">{}</span>', TONES.get(change.state, "plain"), label)


LISTING = Listing(
    name="changes",
    title="变更申请",
    columns=(
        Column(
            "party",
            "主体",
            value="party.name",
            sort="party__name",
            narrow="title",
            href=lambda row: addresses.change(str(row.pk)),
        ),
        Column("number", "备案号", value="party.number", sort="party__number"),
        Column("kind", "种类", value=lambda row: KINDS[row.kind], sort="kind"),
        Column("fields", "变更的栏目", value=lambda row: [cell.label for cell in selectors.cells(row)]),
        Column(
            "state",
            "状态",
            value=lambda row: CHANGE_FLOW.state(row.state).label,
            sort="state",
            draw=state_badge,
        ),
        Column("requested_at", "申请时间", sort="requested_at"),
        Column("requested_by", "申请人"),
        Column("reason", "理由", narrow="hide"),
        Column("decision_reason", "办理意见"),
    ),
    order="-requested_at",
    filter_form=ChangeFilter,
    export_name="备案变更申请",
    empty="没有变更申请。备案的内容有变化时，从主体的页面提交变更；快到期时申请续期。",
)


@require_safe
@any_permission_required(*FILES)
def change_list(request: HttpRequest) -> HttpResponseBase:
    """The requests that the reader reaches: its own, or those of its section."""
    return render_listing(
        request,
        LISTING,
        lambda wish: selectors.change_rows(
            state=wish.get("state") or "", kind=wish.get("kind") or "", text=wish.get("q") or ""
        ),
        template="parties/changes.html",
        may_export=allowed(request.user, permissions.EXPORT),
    )


@require_safe
@any_permission_required(*FILES)
def change(request: HttpRequest, number: int) -> HttpResponse:
    """One request: before and after in plain words, its way, its next steps."""
    page = selectors.change_page(number, permissions.actor_of(request))
    return render(
        request,
        "parties/change.html",
        {
            "page": page,
            "kind": KINDS[page.change.kind],
            "badge": state_badge(page.change),
            "party_url": addresses.party(str(page.change.party_id)),
        },
    )


@require_POST
@any_permission_required(permissions.REVIEW, permissions.FILE)
def step(request: HttpRequest, number: int) -> HttpResponse:
    """Grant, refuse or take back."""
    found = services.decide_change(
        actor=permissions.actor_of(request),
        change_id=number,
        transition=request.POST.get("transition", ""),
        reason=request.POST.get("reason", ""),
        expected=request.POST.get("state", ""),
    )
    messages.success(request, f"已办理，这件申请现在的状态是“{CHANGE_FLOW.state(found.state).label}”。")
    return HttpResponseRedirect(reverse("parties:change", args=[number]))


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(permissions.FILE)
def new(request: HttpRequest, party_id: int) -> HttpResponse:
    """Ask for a change; what is refused comes back with what was typed."""
    start = selectors.change_start(party_id)
    form = ChangeForm(start, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.request_change(
                actor=permissions.actor_of(request),
                party_id=party_id,
                values=form.values(),
                numbers=form.numbers(),
                reason=form.cleaned_data["reason"],
                expected=form.cleaned_data["revision"],
            )
        except InputError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "变更申请已提交，通过以后备案才会改动。")
            return HttpResponseRedirect(reverse("parties:change", args=[made.pk]))
    return _form(request, "parties/change_form.html", start, form)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(permissions.FILE)
def renew(request: HttpRequest, party_id: int) -> HttpResponse:
    """Ask for the filing to be prolonged."""
    start = selectors.change_start(party_id)
    form = RenewForm(request.POST or None, initial={"revision": start.party.revision})
    if request.method == "POST" and form.is_valid():
        try:
            made = services.request_renewal(
                actor=permissions.actor_of(request),
                party_id=party_id,
                reason=form.cleaned_data["reason"],
                expected=form.cleaned_data["revision"],
            )
        except InputError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "续期申请已提交，批准以后有效期才会延长。")
            return HttpResponseRedirect(reverse("parties:change", args=[made.pk]))
    return _form(request, "parties/renew.html", start, form)


def _form(request: HttpRequest, template: str, start: selectors.ChangeStart, form: Any) -> HttpResponse:
    page = addresses.party(str(start.party.pk))
    context = {
        "start": start,
        "form": form,
        "party_url": page,
        "back_url": page or reverse("parties:changes"),
    }
    return render(request, template, context, status=422 if form.errors else 200)
