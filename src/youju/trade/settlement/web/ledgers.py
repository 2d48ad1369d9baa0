"""The overview with its picture, and the ledger of a declaration."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from itertools import zip_longest

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST, require_safe

from youju.foundation.documents.widths import in_two_widths
from youju.foundation.identity.permissions import allowed
from youju.foundation.identity.web.guards import permission_required
from youju.foundation.policies import law_on
from youju.foundation.shell.deeds import told, valid
from youju.rules.law import whole
from youju.rules.trade.settlement.accounts import ACCOUNTS, HELD, KINDS
from youju.rules.trade.settlement.ageing import LATE
from youju.trade.settlement import permissions, selectors, services
from youju.trade.settlement.charts import NARROW, WIDE, ageing
from youju.trade.settlement.events import LEDGER_KIND
from youju.trade.settlement.selectors import Band, DeclarationLedger
from youju.trade.settlement.web.forms import ExplainForm
from youju.trade.settlement.web.tabs import tabs_for
from youju.trade.settlement.web.telling import LINE_STATES, badge, line_state, payer_state, reservation_state

_WAN, _CENT = Decimal(10_000), Decimal("0.01")
# What a bank's first page shows of what it holds; the rest is a click away.
_HOLDING = 20
HEAD = ("放行后", "报关单", "商品项", "未收（万元）")


@require_safe
@permission_required(permissions.VIEW)
def overview(request: HttpRequest) -> HttpResponse:
    """How settlement stands: what is still to come and how long it has waited, what stands nowhere, what banks hold.

    A bank sees no ledger but by asking for a line: it begins with what it holds, the first to run out first.
    """
    actor = permissions.actor_of(request)
    found = selectors.overview(actor=actor)
    bank = permissions.is_bank(actor)
    late = whole(law_on(timezone.localdate()), LATE)
    context = {
        "found": found,
        "tabs": tabs_for(request),
        "late": late,
        "picture": _picture(found.bands, late),
        "head": HEAD,
        "rows": [
            (band.label, band.declarations, band.lines, f"{_wan(band.left_cny):,.2f}") for band in found.bands
        ],
        "bank": bank,
        "holding": list(selectors.reservations(actor=actor, state=HELD).order_by("expires_at")[:_HOLDING])
        if bank
        else [],
        "may_match": allowed(request.user, permissions.MATCH),
        "may_record": allowed(request.user, permissions.RECORD),
        "may_reserve": allowed(request.user, permissions.RESERVE),
    }
    return render(request, "settlement/overview.html", context)


@require_safe
@permission_required(permissions.VIEW)
def ledger(request: HttpRequest, key: str) -> HttpResponse:
    """A declaration: its lines, what moved them, and its accounts."""
    found = selectors.ledger_of_declaration(actor=permissions.actor_of(request), key=key)
    if found is None:
        raise Http404("没有这票报关单的台账。放行后自动开账。")
    late = whole(law_on(timezone.localdate()), LATE)
    days = (timezone.localdate() - found.released_on).days
    context = {
        "page": found,
        "tabs": tabs_for(request, home="settlement:lots"),
        "kind": LEDGER_KIND,
        "days": days,
        "late": days > late and found.declared > found.collected,
        "lines": [
            (
                line,
                badge(LINE_STATES[line_state(line.row)], line_state(line.row)),
                [(move, KINDS[move.kind], payer_state(move.payer)) for move in line.movements],
                [(held, reservation_state(held.state)) for held in line.reservations],
            )
            for line in found.lines
        ],
        "accounts": _accounts(found),
        "explain": ExplainForm(auto_id=False),
        "may_match": allowed(request.user, permissions.MATCH),
    }
    return render(request, "settlement/ledger.html", context)


@require_POST
@permission_required(permissions.MATCH)
def explain(request: HttpRequest, line: int) -> HttpResponse:
    """Say why the money for a line has not come."""
    found: list[str] = []

    def deed() -> str:
        words = valid(ExplainForm(request.POST))
        row = services.explain_line(
            actor=permissions.actor_of(request), line=line, explanation=str(words["explanation"])
        )
        found.append(f"{row.number}-{row.version}")
        return "说明已记下。"

    answer = told(request, reverse("settlement:lots"), deed)
    return HttpResponseRedirect(reverse("settlement:ledger", args=found)) if found else answer


_Side = tuple[date, str, int, Decimal]


def _accounts(
    page: DeclarationLedger,
) -> list[tuple[str, list[tuple[_Side | None, _Side | None]], str, Decimal]]:
    """Each account as rows of debit and credit side by side, and its balance with its side."""
    return [
        (
            ACCOUNTS[account.code],
            [(_told(debit), _told(credit)) for debit, credit in zip_longest(account.debits, account.credits)],
            "借" if account.balance > 0 else "贷" if account.balance < 0 else "平",
            abs(account.balance),
        )
        for account in page.accounts
    ]


def _told(side: _Side | None) -> _Side | None:
    return (side[0], KINDS[side[1]], side[2], side[3]) if side else None


def _picture(bands: tuple[Band, ...], late: int) -> SafeString:
    data = [(band.label, float(_wan(band.left_cny)), band.low >= late) for band in bands]
    return in_two_widths(*(ageing(data, width=width) for width in (WIDE, NARROW)))


def _wan(value: Decimal) -> Decimal:
    return (value / _WAN).quantize(_CENT, ROUND_HALF_UP)
