"""The list of packings, one of them with the picture of its containers, opening one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_http_methods, require_safe

from youju.foundation.identity.permissions import allowed
from youju.foundation.identity.web.guards import permission_required
from youju.foundation.kernel.errors import InputError
from youju.foundation.shell.listing import Column, Listing, render_listing
from youju.rules.trade.packing.lifecycle import PACKING_FLOW, PACKING_KIND
from youju.rules.trade.packing.transport import TRANSPORT_MODES
from youju.trade.packing import permissions, selectors, services
from youju.trade.packing.facts import HeadWish, PackingWish
from youju.trade.packing.imports import LOADS
from youju.trade.packing.web.fills import fill, percent
from youju.trade.packing.web.forms import ContainerForm, PackForm, PackingFilter, PackingForm, PackingHeadForm
from youju.trade.packing.web.telling import TONES, named
from youju.trade.parties.countries import country_name

if TYPE_CHECKING:
    from youju.trade.packing.models import Packing


def label_of(row: Packing) -> str:
    """The state in words."""
    return PACKING_FLOW.state(row.state).label


def _badge(row: Packing) -> SafeString:
    return format_html('<span class="badge badge-{}">{}</span>', TONES[row.state], label_of(row))


COLUMNS = (
    Column("number", "装箱单号", sort="number", narrow="title",
           href=lambda row: reverse("packing:packing", args=[row.number])),
    Column("state", "状态", sort="state", value=label_of, draw=_badge),
    Column("packed_on", "装箱日期", sort="packed_on"),
    Column("country", "运抵国（地区）", sort="country", value=lambda row: country_name(row.country, "zh")),
    Column("bill_of_lading", "提运单号", sort="bill_of_lading", narrow="hide"),
    Column("containers", "箱数", value="containers_count", numeric=True),
    Column("packages", "件数", numeric=True),
    Column("gross", "毛重（千克）", value="gross_weight", numeric=True),
    Column("volume", "体积（立方米）", numeric=True, narrow="hide"),
    Column("opened", "建立时间", value="created_at", sort="created_at", narrow="hide"),
)  # fmt: skip
_WORDS: dict[str, Any] = {
    "name": "packings",
    "title": "装箱单",
    "columns": COLUMNS,
    "order": "-opened",
    "tie": ("-pk",),
    "filter_form": PackingFilter,
    "export_name": "装箱单清单",
    "empty": "还没有装箱单。",
}
LISTING = Listing(**_WORDS, next_step=("开一张装箱单", "/packing/packings/new/"))
READING = Listing(**_WORDS)


@require_safe
@permission_required(permissions.VIEW)
def packing_list(request: HttpRequest) -> HttpResponseBase:
    """The packings that the user's organisation takes part in: filter, sort, export."""
    actor = permissions.actor_of(request)
    may_edit = allowed(actor, permissions.EDIT)
    return render_listing(
        request,
        LISTING if may_edit else READING,
        lambda wish: selectors.packings(
            actor=actor,
            text=wish.get("text") or "",
            state=wish.get("state") or "",
            since=wish.get("since"),
            until=wish.get("until"),
        ),
        template="packing/packings.html",
        context={
            "may_edit": may_edit,
            "import_code": LOADS.code if allowed(actor, permissions.IMPORT) else "",
        },
        may_export=allowed(actor, permissions.EXPORT),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(permissions.EDIT)
def new(request: HttpRequest) -> HttpResponse:
    """Open a packing; a consolidation that leads here names agent and country in the address."""
    begun: dict[str, str] = {}
    if request.method != "POST":
        own = selectors.own_agent(actor=permissions.actor_of(request))
        begun = {"agent": request.GET.get("agent", own), "country": request.GET.get("country", "")}
    form = PackingForm(request.POST if request.method == "POST" else None, initial=begun)
    if request.method == "POST" and form.is_valid():
        try:
            row = services.open_packing(
                actor=permissions.actor_of(request), wish=PackingWish(**form.cleaned_data)
            )
        except InputError as error:
            form.add_error(None, str(error))
        else:
            return HttpResponseRedirect(reverse("packing:packing", args=[row.number]))
    context = {
        "form": form,
        "title": "开装箱单",
        "list_url": reverse("packing:packings"),
        "list_name": "装箱",
    }
    return render(request, "packing/new.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(permissions.EDIT)
def edit(request: HttpRequest, number: str) -> HttpResponse:
    """Change the head of a packing."""
    actor = permissions.actor_of(request)
    page = selectors.packing_page(actor=actor, number=number)
    if page is None:
        raise Http404("没有这张装箱单，或您的单位没有参与。")
    row = page.row
    names = ("packed_on", "country", "bill_of_lading", "transport_mode", "port", "note", "revision")
    initial = {name: getattr(row, name) for name in names} | {
        "warehouse": page.parties.get("warehouse", ("", ""))[0]
    }
    form = PackingHeadForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        expected = values.pop("revision")
        try:
            services.revise_packing(actor=actor, number=number, wish=HeadWish(**values), expected=expected)
        except InputError as error:
            form.add_error(None, str(error))
        else:
            return HttpResponseRedirect(reverse("packing:packing", args=[number]))
    context = {
        "form": form,
        "title": "修改装箱单",
        "action": "保存",
        "list_url": reverse("packing:packing", args=[number]),
        "list_name": f"装箱单 {number}",
    }
    return render(request, "packing/new.html", context, status=422 if form.errors else 200)


@require_safe
@permission_required(permissions.VIEW)
def packing(request: HttpRequest, number: str) -> HttpResponse:
    """One packing: its containers as pictures with the table behind, what waits to be packed, documents, history."""
    actor = permissions.actor_of(request)
    page = selectors.packing_page(actor=actor, number=number)
    if page is None:
        raise Http404("没有这张装箱单，或您的单位没有参与。")
    row = page.row
    facts = [
        *named(page.parties, (("agent", "外贸代理"), ("warehouse", "监管场站"))),
        ("装箱日期", row.packed_on.isoformat()),
        ("运抵国（地区）", country_name(row.country, "zh")),
        ("提运单号", row.bill_of_lading),
        ("运输方式", TRANSPORT_MODES.get(row.transport_mode, row.transport_mode)),
        ("出境口岸", row.port),
        ("备注", row.note),
    ]  # fmt: skip
    context = {
        "page": page,
        "row": row,
        "kind": PACKING_KIND,
        "state": _badge(row),
        "facts": [(label, value) for label, value in facts if value],
        "boxes": [
            (box, fill(box), percent(box.volume_share), percent(box.weight_share)) for box in page.containers
        ],
        "container": ContainerForm(),
        "part": PackForm(),
        "see_orders": allowed(actor, permissions.ORDERS),
        "may_export": allowed(actor, permissions.EXPORT),
        "may_declare": allowed(actor, permissions.DECLARED),
    }
    return render(request, "packing/packing.html", context)
