"""Where one begins: the month to be filed, months before, what waits for the tax office."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from youju.foundation.identity.permissions import allowed
from youju.foundation.identity.web.guards import permission_required
from youju.foundation.kernel.errors import InputError
from youju.foundation.shell.deeds import told
from youju.trade.exemptions import permissions, selectors, services
from youju.trade.exemptions.web.listings import filing_badge


@require_safe
@permission_required(permissions.VIEW)
def home(request: HttpRequest) -> HttpResponse:
    """Own months for whoever files; queue and late list for the tax office; all of it to read for the centre."""
    actor = permissions.actor_of(request)
    found = selectors.home(actor)
    return render(
        request,
        "exemptions/home.html",
        {
            "home": found,
            "current": found.current,
            "own": [(row, filing_badge(row.state)) for row in found.own],
            "may_import": allowed(actor, permissions.IMPORT),
        },
    )


@require_POST
@permission_required(permissions.FILE)
def prepare(request: HttpRequest) -> HttpResponse:
    """Make the drafts of a month now, without waiting for the night."""

    def deed() -> str:
        made = services.prepare(actor=permissions.actor_of(request), month=_month(request))
        return f"生成了 {made} 份待申报的草稿。" if made else "没有新的货物要申报。"

    return told(request, reverse("exemptions:home"), deed)


@require_POST
@permission_required(permissions.FILE)
def file_all(request: HttpRequest) -> HttpResponse:
    """File the whole month in a job."""

    def deed() -> str:
        services.ask_to_file_all(actor=permissions.actor_of(request), month=_month(request))
        return "已开始批量申报，办完后刷新本页看结果。"

    return told(request, reverse("exemptions:home"), deed)


def _month(request: HttpRequest) -> date:
    text = request.POST.get("month", "")
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError as error:
        raise InputError(f"没有月份“{text[:10]}”", where="出口月份", how="请照 2023-06 这样写") from error
