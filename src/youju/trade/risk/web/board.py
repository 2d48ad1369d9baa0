"""The board, the rules, peers' statistics, scans."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from youju.foundation.documents.widths import in_two_widths
from youju.foundation.identity.permissions import allowed
from youju.foundation.identity.web.guards import permission_required
from youju.foundation.shell.deeds import told, valid
from youju.foundation.shell.listing import Column, Listing, render_listing
from youju.rules.trade.risk.judging import LANES
from youju.trade.risk import charts, permissions, selectors, services
from youju.trade.risk.web.forms import MonthsForm, PeerFilter
from youju.trade.risk.web.tabs import tabs_for

SCANS = Listing(
    name="scans",
    title="扫描",
    columns=(
        Column("window", "业务日期", lambda row: f"{row.since} 至 {row.until}（不含）", narrow="title"),
        Column(
            "state", "状态", lambda row: "已完成" if row.state == "done" else "排队或进行中", sort="state"
        ),
        Column("lines", "货物行", sort="lines", numeric=True),
        Column("found", "命中", sort="found", numeric=True),
        Column("new", "其中新的", sort="new", numeric=True),
        Column("skipped", "没有数据、没有查的规则", narrow="hide"),
        Column("seconds", "用时（秒）", sort="seconds", numeric=True),
        Column("asked_by", "发起人", lambda row: row.asked_by or "每夜", sort="asked_by"),
        Column("done_at", "完成时间", sort="done_at"),
    ),
    order="-done_at",
    export_name="风险扫描",
    empty="还没有扫描过。每天凌晨扫描最近的业务，也可以在上面对历史扫描。",
)
PEERS = Listing(
    name="peers",
    title="同类",
    columns=(
        Column(
            "hs6",
            "HS 六位编码",
            sort="hs6",
            narrow="title",
            href=lambda row: reverse("risk:peer", args=[row.hs6]),
        ),
        Column(
            "basis",
            "依据",
            lambda row: "每千克" if row.basis == "kg" else f"每{row.unit}",
            sort=("basis", "unit"),
        ),
        Column("peers", "行数", sort="peers", numeric=True),
        Column(
            "median",
            "中位数（美元）",
            lambda row: f"{selectors.peer_view(row).median:.4g}",
            sort="median",
            numeric=True,
        ),
        Column("low", "低于此偏低（美元）", lambda row: f"{selectors.peer_view(row).low:.4g}", numeric=True),
        Column(
            "high", "高于此偏高（美元）", lambda row: f"{selectors.peer_view(row).high:.4g}", numeric=True
        ),
        Column("spread", "稳健标准差（对数）", sort="spread", numeric=True, narrow="hide"),
    ),
    order="-peers",
    filter_form=PeerFilter,
    export_name="同类统计",
    empty="还没有同类统计：扫描一次就有了。",
)


@require_safe
@permission_required(permissions.VIEW)
def board(request: HttpRequest) -> HttpResponse:
    """Counts by rule, month and lane, with pictures; ``year`` in the address picks one."""
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) == 4 else None
    page = selectors.board(actor=permissions.actor_of(request), year=year)
    rules = [(f"{each.rule} {each.title}", each.found, each.confirmed) for each in page.rules if each.found]
    context = {
        "page": page,
        "year": year,
        "years": sorted({int(month[:4]) for month, _, _ in page.months}, reverse=True),
        "lanes": [(code, LANES[code], count, drawn) for code, count, drawn in page.lanes],
        "tabs": tabs_for(request),
        "month_picture": _both(charts.by_month, page.months),
        "month_head": ["月份", "预警", "其中属实"],
        "month_rows": [list(each) for each in page.months],
        "rule_picture": _both(charts.by_rule, rules),
        "rule_head": ["规则", "预警", "其中属实"],
        "rule_rows": [list(each) for each in rules],
        "shown": [each for each in page.rules if each.found],
    }
    return render(request, "risk/board.html", context)


def _both(draw: Any, data: Any) -> str:
    if not data:
        return ""
    return in_two_widths(*(draw(data, width=width) for width in (charts.WIDE, charts.NARROW)))


@require_safe
@permission_required(permissions.VIEW)
def rules(request: HttpRequest) -> HttpResponse:
    """Every rule with its parameters and hit rate."""
    context = {
        "rules": selectors.rules_page(actor=permissions.actor_of(request), day=timezone.localdate()),
        "may_try": allowed(request.user, permissions.RUN),
        "tabs": tabs_for(request),
    }
    return render(request, "risk/rules.html", context)


@require_safe
@permission_required(permissions.VIEW)
def peers(request: HttpRequest) -> HttpResponseBase:
    """The newest peers' statistics."""
    actor = permissions.actor_of(request)
    version, _ = selectors.peers(actor=actor)
    return render_listing(
        request,
        PEERS,
        lambda wish: selectors.peers(actor=actor, hs6=wish.get("q") or "")[1],
        template="risk/peers.html",
        context={"version": version, "tabs": tabs_for(request)},
        may_export=allowed(actor, permissions.EXPORT),
    )


@require_safe
@permission_required(permissions.VIEW)
def peer(request: HttpRequest, hs6: str) -> HttpResponse:
    """One code through the last versions."""
    history = selectors.peer_history(actor=permissions.actor_of(request), hs6=hs6)
    context = {"hs6": hs6, "history": history, "tabs": tabs_for(request)}
    return render(request, "risk/peer.html", context)


@require_safe
@permission_required(permissions.VIEW)
def scans(request: HttpRequest) -> HttpResponseBase:
    """Scans done, and a form for another one."""
    actor = permissions.actor_of(request)
    may = allowed(actor, permissions.RUN)
    return render_listing(
        request,
        SCANS,
        lambda _wish: selectors.scans(actor=actor),
        template="risk/scans.html",
        context={"tabs": tabs_for(request), "form": MonthsForm() if may else None},
        may_export=allowed(actor, permissions.EXPORT),
    )


@require_POST
@permission_required(permissions.RUN)
def scan(request: HttpRequest) -> HttpResponse:
    """Ask for a scan of months."""

    def deed() -> str:
        given: dict[str, Any] = valid(MonthsForm(request.POST))
        row = services.ask_for_scan(
            actor=permissions.actor_of(request), since=given["since"], until=given["until"]
        )
        return f"已排队扫描 {row}，完成后在这里看结果。"

    return told(request, reverse("risk:scans"), deed)
