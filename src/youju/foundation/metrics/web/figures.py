"""A figure: its value, what it is made of, the rows behind it, their export; freezing it and looking again."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from youju.analytics.metrics import Metric
from youju.foundation.identity.permissions import allowed
from youju.foundation.identity.web.guards import permission_required
from youju.foundation.kernel.errors import InputError
from youju.foundation.metrics import permissions, selectors, services
from youju.foundation.metrics.addresses import figure as address_of
from youju.foundation.metrics.asking import metric_named
from youju.foundation.metrics.choosing import LABELS, engines_on_offer
from youju.foundation.metrics.events import METRIC_KIND
from youju.foundation.metrics.web.telling import SHOWN_PARTS, bars, columns, number, period_choices
from youju.foundation.shell.listing.exporting import Export, handed_out

PAGE = 25
_LONGEST = 64


@require_safe
@permission_required(permissions.VIEW)
def metric(request: HttpRequest, code: str) -> HttpResponseBase:
    """A metric over a period, opened onto its rows."""
    asked = {name: request.GET.get(name, "")[:40] for name in ("period", "engine", "part")}
    try:
        known = metric_named(code)
    except InputError as error:
        raise Http404(str(error)) from error
    given = _parameters(known, request.GET)
    # Before the year has any release people look at the last one.
    asked["period"] = asked["period"] or str((timezone.localdate() - timedelta(days=31)).year)
    if request.GET.get("export") in {"csv", "xlsx"}:
        return _export(request, code, asked, given)
    page = max(1, int(request.GET.get("page", "1")[:9])) if request.GET.get("page", "1").isdecimal() else 1
    context: dict[str, Any] = {
        "metric": known,
        "kind": METRIC_KIND,
        "asked": {**asked, **given},
        "given": [(known.parameters[name], name, value) for name, value in given.items()],
        "engines": engines_on_offer(),
        "periods": period_choices(),
        "may_freeze": allowed(request.user, permissions.FREEZE),
        "may_export": allowed(request.user, permissions.EXPORT),
    }
    try:
        shown = selectors.show_metric(
            actor=permissions.actor_of(request),
            code=code,
            period=asked["period"],
            engine=asked["engine"],
            part=asked["part"],
            parameters=given,
            limit=PAGE,
            offset=(page - 1) * PAGE,
        )
    except InputError as error:
        return render(request, "metrics/metric.html", {**context, "refused": str(error)}, status=error.status)
    pages = max(1, -(-shown.row_count // PAGE))
    context |= {
        "shown": shown,
        "value": number(shown.answer.value, known.unit),
        "engine_label": LABELS[shown.answer.engine],
        "bars": bars(shown),
        "more_parts": max(0, len(shown.parts) - SHOWN_PARTS),
        "columns": columns(shown),
        "frozen": selectors.frozen_of(code, shown.period, shown.answer.scope.parameters)[:10],
        "page": page,
        "pages": pages,
        "previous": _page({**asked, **given}, page - 1) if page > 1 else "",
        "next": _page({**asked, **given}, page + 1) if page < pages else "",
        "query": urlencode({name: value for name, value in {**asked, **given}.items() if value}),
    }
    return render(request, "metrics/metric.html", context)


def _parameters(known: Metric, query: QueryDict) -> dict[str, str]:
    """Those of the metric's parameters that the address names."""
    given = {name: query.get(name, "").replace("\0", "")[:_LONGEST] for name in known.parameters}
    return {name: value for name, value in given.items() if value}


def _page(asked: dict[str, str], page: int) -> str:
    return (
        "?" + urlencode({**{name: value for name, value in asked.items() if value}, "page": page}) + "#rows"
    )


def _export(
    request: HttpRequest, code: str, asked: dict[str, str], given: dict[str, str]
) -> HttpResponseBase:
    """Every row behind the figure, as CSV or xlsx; it is on the trail."""
    form = request.GET["export"]
    exported = services.export_rows(
        actor=permissions.actor_of(request), code=code, form=form, parameters=given, **asked
    )
    table = Export(
        name=f"{code}_{asked['period']}_依据行",
        title="依据行",
        headings=exported.headings,
        rows=exported.rows,
        filters=exported.told,
        count=exported.count,
    )
    return handed_out(table, form)


@require_POST
@permission_required(permissions.FREEZE)
def freeze(request: HttpRequest, code: str) -> HttpResponse:
    """Keep the value as it is now."""
    asked = {name: request.POST.get(name, "")[:40] for name in ("period", "engine")}
    given: dict[str, str] = {}
    try:
        given = _parameters(metric_named(code), request.POST)
        kept = services.freeze_figure(
            actor=permissions.actor_of(request),
            code=code,
            period=asked["period"],
            engine=asked["engine"],
            parameters=given,
            purpose=request.POST.get("purpose", ""),
        )
    except InputError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"已冻结，冻结号 {kept.pk}。以后的数据变化不会改动它。")
    return HttpResponseRedirect(address_of(code, **asked, **given))


@require_safe
@permission_required(permissions.VIEW)
def frozen(request: HttpRequest, figure: int) -> HttpResponse:
    """A frozen figure as it was kept."""
    kept = selectors.frozen_figure(actor=permissions.actor_of(request), figure=figure)
    if kept is None:
        raise Http404("没有这个冻结值。")
    return _frozen(request, kept, None)


@require_POST
@permission_required(permissions.VIEW)
def compare(request: HttpRequest, figure: int) -> HttpResponse:
    """Compute it again and show what differs; the frozen one stays."""
    try:
        found = services.compare_frozen(actor=permissions.actor_of(request), figure=figure)
    except InputError as error:
        if error.status == 404:
            raise Http404(str(error)) from error
        messages.error(request, str(error))
        return HttpResponseRedirect(reverse("metrics:frozen", args=[figure]))
    return _frozen(request, found.figure, found)


def _frozen(request: HttpRequest, kept: Any, found: Any) -> HttpResponse:
    period = selectors.period_of(kept)
    try:
        label = metric_named(kept.code).label
    except InputError:
        label = kept.code
    context = {
        "kept": kept,
        "label": label,
        "period": period,
        "value": number(kept.value, kept.unit),
        "engine_label": LABELS.get(kept.engine, kept.engine),
        "found": found,
        "live": address_of(kept.code, str(period), **kept.parameters),
    }
    return render(request, "metrics/frozen.html", context)
