"""Filling in the header and changing a line."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from youju.foundation.identity.web.guards import permission_required
from youju.foundation.kernel.errors import InputError
from youju.foundation.shell.deeds import revision
from youju.trade.declarations import permissions, selectors, services
from youju.trade.declarations.web.forms import HeaderForm, LineForm


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(permissions.PLAN)
def header(request: HttpRequest, key: str) -> HttpResponse:
    """The header as a form; what is unfinished is kept."""
    page = _page(request, key)
    initial = dict(page.row.header) | {"broker": page.parties.get("broker", ("", ""))[0]}
    form = HeaderForm(
        request.POST if request.method == "POST" else None,
        initial=initial,
        editable_plan=page.row.plan_id is not None,
    )
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        broker, whole = given.pop("broker").strip(), bool(given.pop("whole_plan", False))
        try:
            rows = services.fill_header(
                actor=permissions.actor_of(request),
                key=page.key,
                values={name: str(value).replace("\r\n", " ") for name, value in given.items()},
                broker=broker,
                expected=revision(request),
                whole_plan=whole,
            )
        except InputError as error:
            form.add_error(None, str(error))
        else:
            more = f"，连同另外 {len(rows) - 1} 票" if len(rows) > 1 else ""
            messages.success(request, f"表头已保存{more}。")
            return HttpResponseRedirect(reverse("declarations:declaration", args=[page.key]))
    context = {"page": page, "row": page.row, "form": form}
    return render(request, "declarations/header.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(permissions.PLAN)
def line(request: HttpRequest, key: str, g_no: int) -> HttpResponse:
    """Declaration elements and statutory quantities of a line."""
    page = _page(request, key)
    found = next((each for each in page.lines if each.row.g_no == g_no), None)
    if found is None:
        raise Http404("没有这一项。")
    names = ("model", "quantity1", "unit1", "quantity2", "unit2")
    form = LineForm(
        request.POST if request.method == "POST" else None,
        initial={name: getattr(found.row, name) for name in names},
    )
    if request.method == "POST" and form.is_valid():
        given: dict[str, Any] = form.cleaned_data
        try:
            services.edit_line(
                actor=permissions.actor_of(request),
                key=page.key,
                g_no=g_no,
                wish=services.LineWish(**given),
                expected=revision(request),
            )
        except InputError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"第 {g_no} 项已保存。")
            return HttpResponseRedirect(reverse("declarations:declaration", args=[page.key]))
    context = {"page": page, "row": page.row, "line": found, "form": form}
    return render(request, "declarations/line.html", context, status=422 if form.errors else 200)


def _page(request: HttpRequest, key: str) -> selectors.DeclarationPage:
    page = selectors.declaration_page(actor=permissions.actor_of(request), key=key)
    if page is None:
        raise Http404("没有这票报关单，或您的单位没有参与。")
    return page
