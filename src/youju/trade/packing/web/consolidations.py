"""The list of consolidations, one of them, and the deeds on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from youju.foundation.identity.permissions import allowed
from youju.foundation.identity.web.guards import permission_required
from youju.foundation.kernel.errors import InputError
from youju.foundation.shell.deeds import chosen, revision, told, valid
from youju.foundation.shell.listing import Column, Listing, render_listing
from youju.rules.trade.packing.lifecycle import CONSOLIDATION_FLOW, CONSOLIDATION_KIND
from youju.trade.packing import permissions, selectors, services
from youju.trade.packing.facts import ConsolidationWish, PartWish
from youju.trade.packing.web.forms import ConsolidationFilter, ConsolidationForm, PartForm
from youju.trade.packing.web.telling import TONES, named
from youju.trade.parties.countries import country_name

if TYPE_CHECKING:
    from youju.trade.packing.models import Consolidation


def _label(row: Consolidation) -> str:
    return CONSOLIDATION_FLOW.state(row.state).label


def _badge(row: Consolidation) -> SafeString:
    return format_html('<span class="badge badge-{}">{}</span>', TONES[row.state], _label(row))


COLUMNS = (
    Column("number", "组货单号", sort="number", narrow="title",
           href=lambda row: reverse("packing:consolidation", args=[row.number])),
    Column("state", "状态", sort="state", value=_label, draw=_badge),
    Column("country", "运抵国（地区）", sort="country", value=lambda row: country_name(row.country, "zh")),
    Column("currency", "币种", sort="currency", narrow="hide"),
    Column("truck", "车牌号", narrow="hide"),
    Column("lines", "行数", value="lines_count", numeric=True, narrow="hide"),
    Column("packages", "件数", numeric=True),
    Column("gross", "毛重（千克）", value="gross_weight", numeric=True),
    Column("amount", "总价", numeric=True),
    Column("opened", "建立时间", value="created_at", sort="created_at", narrow="hide"),
)  # fmt: skip
_WORDS: dict[str, Any] = {
    "name": "consolidations",
    "title": "组货单",
    "columns": COLUMNS,
    "order": "-opened",
    "tie": ("-pk",),
    "filter_form": ConsolidationFilter,
    "export_name": "组货单清单",
    "empty": "还没有组货单。",
}
LISTING = Listing(**_WORDS, next_step=("开一张组货单", "/packing/consolidations/new/"))
READING = Listing(**_WORDS)


@require_safe
@permission_required(permissions.VIEW)
def consolidation_list(request: HttpRequest) -> HttpResponseBase:
    """The consolidations that the user's organisation takes part in: filter, sort, export."""
    actor = permissions.actor_of(request)
    may_edit = allowed(actor, permissions.EDIT)
    return render_listing(
        request,
        LISTING if may_edit else READING,
        lambda wish: selectors.consolidations(
            actor=actor,
            text=wish.get("text") or "",
            state=wish.get("state") or "",
            unpacked=bool(wish.get("unpacked")),
        ),
        template="packing/consolidations.html",
        context={"may_edit": may_edit},
        may_export=allowed(actor, permissions.EXPORT),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(permissions.EDIT)
def new(request: HttpRequest) -> HttpResponse:
    """Open a consolidation."""
    posted = request.method == "POST"
    begun = {} if posted else {"agent": selectors.own_agent(actor=permissions.actor_of(request))}
    form = ConsolidationForm(request.POST if posted else None, initial=begun)
    if request.method == "POST" and form.is_valid():
        try:
            row = services.open_consolidation(
                actor=permissions.actor_of(request), wish=ConsolidationWish(**form.cleaned_data)
            )
        except InputError as error:
            form.add_error(None, str(error))
        else:
            return HttpResponseRedirect(reverse("packing:consolidation", args=[row.number]))
    context = {
        "form": form,
        "title": "开组货单",
        "list_url": reverse("packing:consolidations"),
        "list_name": "组货",
    }
    return render(request, "packing/new.html", context, status=422 if form.errors else 200)


@require_safe
@permission_required(permissions.VIEW)
def consolidation(request: HttpRequest, number: str) -> HttpResponse:
    """One consolidation: its goods, what may be added, what is packed of it."""
    actor = permissions.actor_of(request)
    page = selectors.consolidation_page(actor=actor, number=number)
    if page is None:
        raise Http404("没有这张组货单，或您的单位没有参与。")
    row = page.row
    facts = [
        *named(page.parties, (("agent", "外贸代理"), ("consolidator", "组货人"))),
        ("运抵国（地区）", country_name(row.country, "zh")),
        ("币种", row.currency),
        ("车牌号", row.truck),
        ("备注", row.note),
    ]  # fmt: skip
    context = {
        "page": page,
        "row": row,
        "kind": CONSOLIDATION_KIND,
        "state": _badge(row),
        "facts": [(label, value) for label, value in facts if value],
        "part": PartForm(),
        "see_orders": allowed(actor, permissions.ORDERS),
        "offered": selectors.candidates(actor=actor, number=number) if page.may_edit else (),
    }
    return render(request, "packing/consolidation.html", context)


@require_POST
@permission_required(permissions.EDIT)
def add(request: HttpRequest, number: str) -> HttpResponse:
    """Take ticked orders, or a part of a line, into it."""

    def deed() -> str:
        wishes = [PartWish(each[:24]) for each in request.POST.getlist("orders")]
        if not wishes:
            given: dict[str, Any] = valid(PartForm(request.POST))
            wishes = [
                PartWish(given["order"].strip(), given["line_no"], given["quantity"], given["packages"])
            ]
        services.add_lines(
            actor=permissions.actor_of(request), number=number, wishes=wishes, expected=revision(request)
        )
        return "已组入。"

    return told(request, _back(number), deed)


@require_POST
@permission_required(permissions.EDIT)
def remove(request: HttpRequest, number: str) -> HttpResponse:
    """Take ticked lines out of it."""

    def deed() -> str:
        lines = chosen(request, "lines")
        services.remove_lines(
            actor=permissions.actor_of(request), number=number, lines=lines, expected=revision(request)
        )
        return f"已移出 {len(lines)} 行。"

    return told(request, _back(number), deed)


@require_POST
@permission_required(permissions.EDIT)
def step(request: HttpRequest, number: str) -> HttpResponse:
    """Close, reopen or cancel it."""

    def deed() -> str:
        row = services.step_consolidation(
            actor=permissions.actor_of(request),
            number=number,
            step=request.POST.get("transition", ""),
            reason=request.POST.get("reason", ""),
        )
        return f"已办理，现在的状态是“{_label(row)}”。"

    return told(request, _back(number), deed)


def _back(number: str) -> str:
    return reverse("packing:consolidation", args=[number])
