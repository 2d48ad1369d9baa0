"""Freezings: the list, one of them, and making one."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from youju.foundation.identity.permissions import allowed
from youju.foundation.identity.web.guards import permission_required
from youju.foundation.kernel.errors import InputError
from youju.foundation.shell.deeds import told as done
from youju.foundation.shell.listing import Column, Listing, render_listing
from youju.performance.measures import permissions, services
from youju.performance.measures.selectors import frozen_measures, pages, until_named
from youju.performance.measures.selectors.frozen import freezes as all_freezes
from youju.performance.measures.web.tabs import tabs_for
from youju.performance.measures.web.telling import told
from youju.rules.performance.measures.lifecycle import FREEZE_KIND

FREEZES = Listing(
    name="freezes",
    title="冻结",
    columns=(
        Column(
            "pk",
            "冻结号",
            sort="pk",
            href=lambda row: reverse("measures:freeze", args=[row.pk]),
            narrow="title",
        ),
        Column("fiscal_year", "年度"),
        Column("until", "截至", sort=("until", "pk")),
        Column("purpose", "用途"),
        Column("frozen_name", "冻结人"),
        Column("frozen_at", "冻结时间", sort="frozen_at"),
        Column("content_hash", "内容校验值", page=False),
    ),
    order="-pk",
    export_name="计量冻结",
    empty="还没有冻结过。",
)


@require_safe
@permission_required(permissions.VIEW)
def freezes(request: HttpRequest) -> HttpResponseBase:
    """All of them, newest first."""
    actor = permissions.actor_of(request)
    return render_listing(
        request,
        FREEZES,
        lambda _wish: all_freezes(actor=actor),
        template="measures/list.html",
        context={"tabs": tabs_for(request), "which": "freezes"},
        may_export=allowed(actor, permissions.EXPORT),
    )


@require_safe
@permission_required(permissions.VIEW)
def freeze(request: HttpRequest, number: int) -> HttpResponse:
    """The rows as they were, each with its frozen figures."""
    try:
        found = frozen_measures(actor=permissions.actor_of(request), number=number)
    except InputError as error:
        raise Http404(str(error)) from error
    context = {
        "found": found,
        "kind": FREEZE_KIND,
        "rows": [
            (each, found.figures.get((each.row.project_code, each.row.row), ())) for each in told(found.rows)
        ],
    }
    return render(request, "measures/freeze.html", context)


@require_POST
@permission_required(permissions.FREEZE)
def make(request: HttpRequest) -> HttpResponse:
    """Freeze all rows as they are now."""
    actor = permissions.actor_of(request)

    def deed() -> str:
        text = request.POST.get("year", "")
        target_set = pages.set_of_year(int(text) if text.isdecimal() and len(text) == 4 else None)
        until = until_named(request.POST.get("until", "")[:20], target_set.fiscal_year)
        kept = services.freeze_rows(
            actor=actor, target_set=target_set, until=until, purpose=request.POST.get("purpose", "")
        )
        return f"已冻结 {len(kept.rows)} 行，冻结号 {kept.number}。以后的数据变化不会改动它。"

    return done(request, reverse("measures:freezes"), deed)
