"""The search box and the page of a chain."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
    StreamingHttpResponse,
)
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from youju.foundation.identity.permissions import allowed
from youju.foundation.identity.web.guards import permission_required
from youju.foundation.kernel.errors import InputError
from youju.foundation.shell.listing import render_listing, show
from youju.foundation.shell.listing.exporting import export
from youju.foundation.shell.listing.showing import EXPORTS
from youju.rules.trade.orders.kinds import OrderKind
from youju.rules.trade.orders.lifecycle import ORDER_FLOW
from youju.rules.trade.packing.amounts import Amounts
from youju.trade.orders.selectors.tracing import LaterLine
from youju.trade.tracing import permissions, selectors, services
from youju.trade.tracing.addresses import chain as chain_address
from youju.trade.tracing.addresses import public_base
from youju.trade.tracing.epcis.documents import MEDIA_TYPE
from youju.trade.tracing.web.columns import LINES, ROWS, plain
from youju.trade.tracing.web.drawing import flows, picture, stages_of
from youju.trade.tracing.web.leading import Leading

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

_STEPS = (
    ("ordered", "成交"), ("returned", "退货"), ("unconsolidated", "未组货"), ("unpacked", "已组货未装箱"), ("packed", "已装箱"),
    ("declared", "已报关"), ("undeclared", "已装箱未报关"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class BalanceRow:
    """One step of a balance in words."""

    label: str
    figures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BalanceTable:
    """The balance of one unit and currency."""

    caption: str
    rows: tuple[BalanceRow, ...]
    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LaterRow:
    """A return or correction in words."""

    order: str
    href: str
    kind: str
    about: str
    name: str
    quantity: str
    day: Any
    state: str
    depth: int


@require_safe
@permission_required(permissions.VIEW)
def search(request: HttpRequest) -> HttpResponse:
    """One box for any number; one hit opens its chain."""
    text = request.GET.get("number", "")
    error, status = "", 200
    several: list[tuple[str, str]] = []
    if text.strip():
        try:
            found = selectors.look_up(actor=permissions.actor_of(request), text=text)
        except InputError as refused:
            error, status = str(refused), refused.status
            if isinstance(refused, selectors.SeveralError):
                several = [
                    (f"{each.kind_label} {each.number}", chain_address(each.kind, each.number))
                    for each in refused.origins
                ]
        else:
            return HttpResponseRedirect(chain_address(found.kind, found.number))
    context = {"text": text, "error": error, "several": several, "kinds": selectors.KINDS.values(),
               "may_consent": allowed(request.user, permissions.CONSENT)}  # fmt: skip
    return render(request, "tracing/search.html", context, status=status)


@require_safe
@permission_required(permissions.VIEW)
def chain(request: HttpRequest, kind: str, number: str) -> HttpResponseBase:
    """The chain of a record: the picture, the balance, returns, the lines; ``export=csv|xlsx`` gives all of it."""
    actor = permissions.actor_of(request)
    if (wanted := request.GET.get("export", "")) in EXPORTS:
        rows = services.export_chain(actor=actor, kind=kind, number=number, format=wanted)
        return export(show(request, ROWS, rows), wanted)
    page = selectors.chain_page(actor=actor, kind=kind, number=number)
    if request.headers.get("HX-Target") == LINES.region:
        return render_listing(request, LINES, page.lines, may_export=False)
    # Of a hub's hundred thousand lines the first are there at once; what adds all of them up is asked for.
    drawn = page.at_once or request.GET.get("whole") == "1"
    context = {
        "page": page,
        "origin": page.origin,
        "drawn": drawn,
        "may_export": allowed(actor, permissions.EXPORT),
        "here": chain_address(page.origin.kind, page.origin.number),
    } | (_from_afar(page, actor) if drawn else {})
    return render_listing(
        request, LINES, page.lines, template="tracing/chain.html", context=context, may_export=False
    )


def _from_afar(page: selectors.ChainPage, actor: User) -> dict[str, Any]:
    """The picture, the balance, returns and corrections."""
    overview = page.overview
    stages = stages_of(overview, Leading(actor))
    return {
        "counts": overview.counts,
        "stages": stages,
        "picture": picture(overview, stages, f"{page.origin.label}的货物来源"),
        "flows": flows(overview, stages),
        "balances": [_balance(each) for each in overview.sums],
        "faults": [each.sentence for each in overview.differences],
        "later": [_later(each, actor) for each in overview.later],
    }


@require_safe
@permission_required(permissions.EXPORT)
def epcis(request: HttpRequest, kind: str, number: str) -> HttpResponseBase:
    """The chain as an EPCIS 2.0 document, streamed."""
    base = public_base(request.build_absolute_uri("/"))
    told = services.export_epcis(actor=permissions.actor_of(request), kind=kind, number=number, base=base)
    response = StreamingHttpResponse(told, content_type=MEDIA_TYPE)
    response["Content-Disposition"] = 'attachment; filename="epcis.jsonld"'
    response["Cache-Control"] = "no-store"
    return response


def _balance(each: selectors.Sum) -> BalanceTable:
    rows = []
    for name, label in _STEPS:
        amounts: Amounts = getattr(each.balance, name)
        if name in {"ordered", "packed", "declared"} or amounts.quantity or amounts.packages:
            figures = (
                amounts.quantity,
                amounts.packages,
                amounts.net_weight,
                amounts.gross_weight,
                amounts.amount,
            )
            rows.append(BalanceRow(label, tuple(plain(figure) for figure in figures)))
    caption = f"{each.lines:,} 行，单位 {each.unit}，币种 {each.currency}"
    return BalanceTable(caption, tuple(rows), tuple(found.sentence for found in each.imbalances))


def _later(each: LaterLine, actor: Any) -> LaterRow:
    return LaterRow(
        f"{each.order}/{each.line_no}",
        reverse("orders:order", args=[each.order]) if allowed(actor, permissions.ORDERS) else "",
        OrderKind(each.kind).label,
        each.about,
        each.name,
        f"{plain(each.amounts.quantity)} {each.unit}",
        each.ordered_on,
        ORDER_FLOW.state(each.state).label,
        each.depth,
    )
