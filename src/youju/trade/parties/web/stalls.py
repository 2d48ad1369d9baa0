"""One stall: who holds it and held it, letting it, leaving it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from youju.foundation.identity.permissions import allowed
from youju.foundation.identity.web.guards import any_permission_required, permission_required
from youju.foundation.kernel.errors import InputError
from youju.trade.parties import addresses, permissions, selectors, services
from youju.trade.parties.web.changes import FILES
from youju.trade.parties.web.market_forms import LeaveForm, LetForm, StallForm


@require_safe
@any_permission_required(*FILES)
def stall(request: HttpRequest, number: int) -> HttpResponse:
    """A stall and everybody who held it."""
    return _page(request, number)


@require_POST
@permission_required(permissions.REVIEW)
def let(request: HttpRequest, number: int) -> HttpResponse:
    """Enter who holds it."""
    form = LetForm(request.POST)
    if form.is_valid():
        try:
            made = services.let_stall(
                actor=permissions.actor_of(request), stall_id=number, **form.cleaned_data
            )
        except InputError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"已登记：“{made.party.name}”从 {made.valid_from} 起承租。")
            return HttpResponseRedirect(reverse("parties:stall", args=[number]))
    return _page(request, number, let_form=form)


@require_POST
@permission_required(permissions.REVIEW)
def leave(request: HttpRequest, number: int) -> HttpResponse:
    """Enter that a tenancy ends; ``number`` is the tenancy's."""
    form = LeaveForm(request.POST)
    if not form.is_valid():
        raise InputError("退租日期没有填或写法不对", where="退租日期", how="请填年月日，例如 2026-12-01")
    made = services.end_tenancy(
        actor=permissions.actor_of(request), tenancy_id=number, on=form.cleaned_data["on"]
    )
    messages.success(request, f"已登记退租：{made.valid_to} 起不再承租。")
    return HttpResponseRedirect(reverse("parties:stall", args=[made.stall_id]))


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(permissions.REVIEW)
def new(request: HttpRequest, number: int) -> HttpResponse:
    """Enter a stall of a market."""
    return _form(request, StallForm(request.POST or None), market=selectors.market_of(number), stall_id=None)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(permissions.REVIEW)
def edit(request: HttpRequest, number: int) -> HttpResponse:
    """Change a stall's place or number."""
    found = selectors.stall_page(number).stall
    names = ("number", "floor", "row", "position")
    form = StallForm(request.POST or None, initial={name: getattr(found, name) for name in names})
    return _form(request, form, market=found.market, stall_id=number)


@require_POST
@permission_required(permissions.REVIEW)
def drop(request: HttpRequest, number: int) -> HttpResponse:
    """Take away a stall that nobody ever held."""
    market = selectors.stall_page(number).stall.market_id
    services.drop_stall(actor=permissions.actor_of(request), stall_id=number)
    messages.success(request, "摊位已删去。")
    return HttpResponseRedirect(reverse("parties:market", args=[market]))


def _form(request: HttpRequest, form: StallForm, *, market: Any, stall_id: int | None) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            made = services.save_stall(
                actor=permissions.actor_of(request),
                market_id=market.pk,
                stall_id=stall_id,
                **form.cleaned_data,
            )
        except InputError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"已保存：摊位 {made.number}。")
            return HttpResponseRedirect(reverse("parties:stall", args=[made.pk]))
    context = {"form": form, "market": market, "stall_id": stall_id}
    return render(request, "parties/stall_form.html", context, status=422 if form.errors else 200)


def _page(request: HttpRequest, number: int, let_form: LetForm | None = None) -> HttpResponse:
    page = selectors.stall_page(number)
    today = timezone.localdate()
    rows = [
        (row, name, addresses.party(str(row.party_id)) if reached else None)
        for row, name, reached in page.tenancies
    ]
    context = {
        "page": page,
        "rows": rows,
        "keeps": allowed(request.user, permissions.REVIEW),
        "may_trace": allowed(request.user, permissions.TRACE),
        "let_form": let_form or LetForm(initial={"since": today}),
        "leave_form": LeaveForm(initial={"on": today}),
    }
    return render(request, "parties/stall.html", context, status=422 if let_form else 200)
