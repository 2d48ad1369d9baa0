"""Lanes and the days' draws."""

from __future__ import annotations

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from youju.foundation.identity.permissions import Permission, allowed
from youju.foundation.identity.web.guards import permission_required
from youju.foundation.shell.listing import Column, Listing, render_listing
from youju.rules.trade.risk.judging import LANES as NAMES
from youju.trade.risk import addresses, events, permissions, selectors, services
from youju.trade.risk.web import columns
from youju.trade.risk.web.forms import LaneFilter
from youju.trade.risk.web.tabs import tabs_for

LANES = Listing(
    name="lanes",
    title="报关单",
    columns=(
        Column("number", "申报单号", sort="number", narrow="title"),
        Column("declared_on", "申报日期", sort="declared_on"),
        Column(
            "lane",
            "通道",
            lambda row: NAMES[row.lane],
            sort=("lane", "id"),
            draw=lambda row: columns.lane(row.lane),
        ),
        Column("points", "风险分", sort="points", numeric=True),
        Column("rules", "命中的规则"),
        Column("drawn", "抽中", sort="drawn"),
        Column("share", "抽查比例（%）", sort="share", numeric=True, narrow="hide"),
        Column(
            "draw",
            "抽签日",
            lambda row: row.draw.day,
            href=lambda row: addresses.draw(row.draw.day.isoformat()),
        ),
        Column("decided_at", "定通道时间", sort="id", narrow="hide"),
    ),
    order="-decided_at",
    filter_form=LaneFilter,
    export_name="通道",
    empty="还没有报关单定过通道：做成报关单以后几分钟内会定。",
)
DRAWS = Listing(
    name="draws",
    title="抽签日",
    columns=(
        Column(
            "day", "日期", sort="day", narrow="title", href=lambda row: addresses.draw(row.day.isoformat())
        ),
        Column("commitment", "承诺值", draw=lambda row: columns.short(row.commitment)),
        Column("committed_at", "承诺时间", sort="committed_at"),
        Column(
            "revealed",
            "种子",
            lambda row: row.revealed or "当天过后公布",
            draw=lambda row: columns.short(row.revealed),
        ),
        Column("revealed_at", "公布时间", sort="revealed_at", narrow="hide"),
        Column("count", "报关单", sort="count", numeric=True),
        Column("hit", "抽中", sort="hit", numeric=True),
    ),
    order="-day",
    export_name="抽签",
    empty="还没有抽签日：每天零点公布当天和第二天的承诺值。",
)


@require_safe
@permission_required(permissions.VIEW)
def lanes(request: HttpRequest) -> HttpResponseBase:
    """The lanes of declarations."""
    actor = permissions.actor_of(request)
    return render_listing(
        request,
        LANES,
        lambda wish: selectors.lanes(
            actor=actor, lane=wish.get("lane") or "", text=wish.get("q") or "", drawn=bool(wish.get("drawn"))
        ),
        template="risk/lanes.html",
        context={"tabs": tabs_for(request)},
        may_export=allowed(actor, permissions.EXPORT),
    )


@require_safe
@permission_required(permissions.VIEW)
def draws(request: HttpRequest) -> HttpResponseBase:
    """The days' draws."""
    actor = permissions.actor_of(request)
    return render_listing(
        request,
        DRAWS,
        lambda _wish: selectors.draws(actor=actor),
        template="risk/draws.html",
        context={"tabs": tabs_for(request)},
        may_export=allowed(actor, permissions.EXPORT),
    )


@require_safe
@permission_required(permissions.VIEW)
def draw(request: HttpRequest, day: str) -> HttpResponse:
    """One day's draw, checked anew while one looks."""
    actor = permissions.actor_of(request)
    found = _day(day)
    row = selectors.draw_of(actor=actor, day=found) if found else None
    if row is None or found is None:
        raise Http404("这一天没有抽签。")
    context = {
        "row": row,
        "checked": services.verify_draw(found) if row.revealed else None,
        "kind": events.DRAW_KIND,
        "key": day,
        "lanes_url": f"{reverse('risk:lanes')}?drawn=on",
        "sees_trail": allowed(actor, Permission.AUDIT_VIEW),
        "tabs": tabs_for(request),
    }
    return render(request, "risk/draw.html", context)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
