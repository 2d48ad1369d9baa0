"""The one call that a view makes: page, region or file."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render

from youju.foundation.shell.events import note_export
from youju.foundation.shell.listing.exporting import export
from youju.foundation.shell.listing.listing import Listing
from youju.foundation.shell.listing.showing import RowSource, show


def render_listing(
    request: HttpRequest,
    listing: Listing,
    rows: RowSource,
    *,
    template: str = "shell/listing/page.html",
    context: dict[str, Any] | None = None,
    may_export: bool = True,
) -> HttpResponseBase:
    """Answer a listing's address.

    The template gets ``listing`` (a :class:`Shown`), ``title`` and whatever stands in ``context``. ``export=csv`` and
    ``export=xlsx`` answer with every row of the filter, whatever page is shown.

    Raises:
        PermissionDenied: an export is asked for and ``may_export`` is false.
    """
    shown = show(request, listing, rows, may_export=may_export)
    kind = request.GET.get("export", "")
    if kind in listing.export_kinds:
        if not may_export:
            raise PermissionDenied("您的账号没有导出这份列表的权限，如工作需要请联系系统管理员。")
        note_export(listing, kind, request.GET.urlencode())
        return export(shown, kind)
    if request.headers.get("HX-Request") and request.headers.get("HX-Target") == listing.region:
        return render(request, "shell/listing/region.html", {"listing": shown})
    return render(request, template, {"title": listing.title, "listing": shown, **(context or {})})
