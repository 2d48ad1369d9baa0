"""The catalogue: every metric, and the documented tables that they read."""

from __future__ import annotations

from collections.abc import Iterable

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from youju.analytics.metrics import Metric
from youju.analytics.tables import analytic_tables
from youju.foundation.identity.web.guards import permission_required
from youju.foundation.metrics import permissions, selectors
from youju.foundation.shell.listing import Column, Listing, render_listing


class CatalogueFilter(forms.Form):
    """What narrows the list."""

    text = forms.CharField(label="编码、名称或定义", required=False, max_length=60)


def _named(row: Metric) -> SafeString:
    return format_html('{}<br><span class="muted">{}</span>', row.label, row.label_en)


LISTING = Listing(
    name="metrics",
    title="指标目录",
    columns=(
        Column("code", "编码", href=lambda row: reverse("metrics:metric", args=[row.code]), narrow="title"),
        Column("label", "指标", draw=_named),
        Column("unit", "单位"),
        Column("direction", "方向", value=lambda row: row.direction.label, narrow="hide"),
        Column("definition", "定义"),
        Column("formula", "公式", value=lambda row: row.combination.formula),
        Column("grain", "依据行", narrow="hide"),
        Column("tables", "数据表", value=lambda row: "、".join(row.tables), narrow="hide"),
    ),
    filter_form=CatalogueFilter,
    export_name="指标目录",
    empty="目录里没有这样的指标。",
)


@require_safe
@permission_required(permissions.VIEW)
def catalogue(request: HttpRequest) -> HttpResponseBase:
    """Every metric: what it means, how it is computed, of which rows."""
    actor = permissions.actor_of(request)
    return render_listing(
        request,
        LISTING,
        lambda wish: selectors.catalogue(actor=actor, text=str(wish.get("text") or "")),
        template="metrics/catalogue.html",
        context={"tables": list(analytic_tables().values())},
    )


@require_safe
@permission_required(permissions.VIEW)
def table(request: HttpRequest, name: str) -> HttpResponse:
    """A documented table: one row's meaning, and its columns."""
    found = analytic_tables().get(name)
    if found is None:
        raise Http404("没有这张数据表。")
    readers: Iterable[Metric] = [
        metric for metric in selectors.catalogue(actor=permissions.actor_of(request)) if name in metric.tables
    ]
    return render(request, "metrics/table.html", {"table": found, "readers": readers})
