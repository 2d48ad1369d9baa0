"""The reconciliation board: what lacks what by age, the rows behind it, one row explained."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from youju.foundation.identity.permissions import allowed
from youju.foundation.identity.web.guards import permission_required
from youju.foundation.shell.keeping import kept
from youju.foundation.shell.listing import render_listing
from youju.trade.exemptions import permissions, selectors
from youju.trade.exemptions.selectors import AgeClass, Ageing, BoardFilter
from youju.trade.exemptions.web.listings import BOARD, filing_badge

_WIDE = 100


@require_safe
@permission_required(permissions.VIEW)
@kept()
def board(request: HttpRequest) -> HttpResponseBase:
    """Ageing bars, and below them released lines with what was done about them."""
    actor = permissions.actor_of(request)

    def rows(wish: Mapping[str, Any]) -> Any:
        return selectors.board_lines(
            actor,
            BoardFilter(
                wish.get("text") or "", wish.get("lacks") or "", wish.get("since"), wish.get("until")
            ),
        )

    whole = not request.headers.get("HX-Request") and "export" not in request.GET
    context = {"ageings": _drawn(selectors.ageings(actor)) if whole else []}
    return render_listing(
        request, BOARD, rows, template="exemptions/board.html", context=context,
        may_export=allowed(actor, permissions.EXPORT),
    )  # fmt: skip


@require_safe
@permission_required(permissions.VIEW)
def line(request: HttpRequest, number: int) -> HttpResponse:
    """One released line: declared, filed, collected, invoiced, and why amounts differ."""
    found = selectors.board_line(permissions.actor_of(request), number)
    return render(
        request,
        "exemptions/line.html",
        {"found": found, "line": found.line, "badge": filing_badge(found.line.filing_state)},
    )


def _drawn(ageings: tuple[Ageing, ...]) -> list[tuple[Ageing, list[tuple[AgeClass, SafeString, str]]]]:
    most = max((each.value for kind in ageings for each in kind.classes), default=0) or 1
    return [
        (kind, [(each, _bar(int(each.value * _WIDE / most)), _address(kind, each)) for each in kind.classes])
        for kind in ageings
    ]


def _bar(width: int) -> SafeString:
    return format_html(
        '<svg class="age-bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">'
        '<rect width="{}" height="8"/></svg>',
        width,
    )


def _address(kind: Ageing, each: AgeClass) -> str:
    query = {"lacks": kind.code, "until": each.until.isoformat()}
    if each.since:
        query["since"] = each.since.isoformat()
    return f"{reverse('exemptions:board')}?{urlencode(query)}#listing-board"
