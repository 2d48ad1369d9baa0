"""Entering an event, and putting one right."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from youju.foundation.identity.web.guards import permission_required
from youju.foundation.kernel.errors import InputError
from youju.foundation.shell.deeds import revision
from youju.office.events import permissions, selectors, services
from youju.office.events.services import EventRefusedError
from youju.office.events.web.forms import EventForm
from youju.rules.findings import Finding
from youju.rules.office.events.kinds import KIND_NAMES

_FIELDS = {
    "负责科室": "section",
    "国家（地区）": "country",
    "开始日期": "starts_on",
    "结束日期": "ends_on",
}


def tell(request: HttpRequest, findings: Iterable[Finding]) -> None:
    """Say what the rules said without stopping it."""
    for each in findings:
        messages.warning(request, each.told)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(permissions.EDIT)
def new(request: HttpRequest, kind: str) -> HttpResponse:
    """Enter an event of a kind."""
    if kind not in KIND_NAMES:
        raise Http404("没有这一类活动。")
    form = EventForm(request.POST if request.method == "POST" else None, kind=kind)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.plan_event(actor=permissions.actor_of(request), wish=form.wish)
        except EventRefusedError as error:
            form.refuse(error)
        except InputError as error:
            form.add_error(_FIELDS.get(error.where), str(error))
        else:
            tell(request, made.findings)
            messages.success(request, f"已登记，编号 {made.event.number}。")
            return HttpResponseRedirect(reverse("events:event", args=[made.event.pk]))
    context = {"form": form, "kind_label": KIND_NAMES[kind]}
    return render(request, "events/form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(permissions.EDIT)
def edit(request: HttpRequest, number: int) -> HttpResponse:
    """Put an event right."""
    actor = permissions.actor_of(request)
    row = selectors.one_of(actor, number)
    first = {name: getattr(row, name) for name in EventForm.base_fields}
    form = EventForm(request.POST if request.method == "POST" else None, initial=first, kind=row.kind)
    if request.method == "POST" and form.is_valid():
        seen = revision(request)
        try:
            made = services.change_event(
                actor=actor, event_id=number, wish=form.wish, revision=-1 if seen is None else seen
            )
        except EventRefusedError as error:
            form.refuse(error)
        except InputError as error:
            if error.where not in _FIELDS:
                raise
            form.add_error(_FIELDS[error.where], str(error))
        else:
            tell(request, made.findings)
            messages.success(request, "已保存。")
            return HttpResponseRedirect(reverse("events:event", args=[number]))
    context = {"form": form, "row": row, "kind_label": KIND_NAMES[row.kind]}
    return render(request, "events/form.html", context, status=422 if form.errors else 200)
