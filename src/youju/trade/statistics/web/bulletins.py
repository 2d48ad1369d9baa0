"""Bulletins: the months that have one, its files, making and handing out."""

from __future__ import annotations

import re
import uuid
from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from youju.foundation.files.sending import file_response
from youju.foundation.identity.permissions import allowed
from youju.foundation.identity.web.guards import permission_required
from youju.foundation.kernel.errors import InputError
from youju.foundation.shell.listing import Column, Listing, render_listing
from youju.trade.statistics import addresses, permissions, selectors, services
from youju.trade.statistics.web import figures
from youju.trade.statistics.web.forms import MonthForm
from youju.trade.statistics.web.tabs import tabs_for

_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
LIST = Listing(
    name="bulletins",
    title="月报",
    columns=(
        Column("month", "月份", lambda row: f"{row.month.year}年{row.month.month}月", sort="month", narrow="title",
               href=lambda row: addresses.bulletin(f"{row.month:%Y-%m}")),
        Column("value_cny", "出口额（万元）", "value_cny", sort="value_cny", numeric=True,
               draw=lambda row: figures.safe(figures.wan(row.value_cny))),
        Column("requested_by", "最近编写人", sort="requested_by"),
        Column("requested_at", "最近编写时间", sort="requested_at"),
    ),
    order="-month",
    export_name="月报目录",
    empty="还没有编过月报；在上面选一个月，点“编月报”。",
)  # fmt: skip


@require_safe
@permission_required(permissions.OVERSEE)
def bulletins(request: HttpRequest) -> HttpResponseBase:
    """The list, with the form that makes one."""
    actor = permissions.actor_of(request)
    return render_listing(
        request,
        LIST,
        selectors.bulletins(actor=actor),
        template="statistics/bulletins.html",
        context={
            "tabs": tabs_for(request),
            "form": MonthForm(initial={"month": f"{selectors.last_month():%Y-%m}"}),
            "may_make": allowed(actor, permissions.MANAGE),
        },
        may_export=allowed(actor, permissions.EXPORT),
    )


@require_http_methods(["POST"])
@permission_required(permissions.MANAGE)
def make(request: HttpRequest) -> HttpResponse:
    """Ask for the bulletin of a month."""
    form = MonthForm(request.POST)
    if not form.is_valid():
        messages.error(request, "月份没有填对：请写成 2023-06 的样子。")
        return HttpResponseRedirect(reverse("statistics:bulletins"))
    month = form.first()
    try:
        asked = services.request_bulletin(actor=permissions.actor_of(request), month=month)
    except InputError as error:
        messages.error(request, str(error))
        return HttpResponseRedirect(reverse("statistics:bulletins"))
    done = (
        "数字没有变，沿用已有的文件。"
        if asked.reused and asked.run is None
        else "正在生成，几秒钟后可以下载。"
    )
    messages.success(request, f"{month.year}年{month.month}月月报：{done}")
    return HttpResponseRedirect(reverse("statistics:bulletin", args=[f"{month:%Y-%m}"]))


@require_safe
@permission_required(permissions.OVERSEE)
def bulletin(request: HttpRequest, month: str) -> HttpResponse:
    """One month's bulletin: its files."""
    if not _MONTH.fullmatch(month):
        raise Http404("没有这个月的月报。")
    page = selectors.bulletin_page(
        actor=permissions.actor_of(request), month=date.fromisoformat(f"{month}-01")
    )
    if page is None:
        raise Http404("这个月还没有编月报。")
    files = page.files
    context = {
        "page": page,
        "month": month,
        "tabs": tabs_for(request),
        "value": figures.wan(page.row.value_cny),
        "kind": selectors.BULLETIN_KIND,
        "waiting": any(not each.ready and not each.error for each in files),
        "list_url": reverse("statistics:bulletins"),
        "rows_url": f"{reverse('statistics:overview')}?period={month}",
    }
    if request.headers.get("HX-Request") and request.headers.get("HX-Target") == "bulletin-files":
        return render(request, "statistics/_files.html", context)
    return render(request, "statistics/bulletin.html", context)


@require_safe
@permission_required(permissions.OVERSEE)
def download(request: HttpRequest, document: uuid.UUID) -> HttpResponseBase:
    """A file that was made."""
    found, kept = services.hand_out_bulletin(actor=permissions.actor_of(request), document_id=document)
    return file_response(request, kept, name=found.name)
