"""One card: entered, changed, moved, disposed of, its payments; and the link that its label leads to."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from youju.foundation.identity.selectors import colleagues
from youju.foundation.identity.web.guards import permission_required
from youju.foundation.kernel.errors import InputError
from youju.foundation.shell.deeds import revision
from youju.funds.assets import permissions, selectors, services
from youju.funds.assets.services import AssetRefusedError
from youju.funds.assets.web.forms import AssetForm, DisposeForm, LinkForm, MoveForm
from youju.funds.assets.web.lists import DISPOSAL_STATES, MOVE_STATES, STEP_TONES, TONES
from youju.rules.findings import Finding
from youju.rules.funds.assets.counting import RESULTS, number_of
from youju.rules.funds.assets.lifecycle import ASSET_KIND, MOVES, WAYS

_FIELDS = {"资产编号": "number", "科室": "section", "保管人": "keeper", "原值": "cost"}


def people_of(request: HttpRequest) -> list[tuple[str, str]]:
    """The colleagues, for a list."""
    rows = colleagues(actor=permissions.actor_of(request))
    return [(each.username, each.display_name) for each in rows]


def tell(request: HttpRequest, findings: Iterable[Finding]) -> None:
    """Say what the rules said without stopping it."""
    for each in findings:
        messages.warning(request, each.told)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(permissions.EDIT)
def new(request: HttpRequest) -> HttpResponse:
    """Enter a card by hand."""
    form = AssetForm(request.POST if request.method == "POST" else None, people=people_of(request))
    if request.method == "POST" and form.is_valid():
        try:
            made = services.register_asset(actor=permissions.actor_of(request), wish=form.wish)
        except AssetRefusedError as error:
            form.refuse(error)
        except InputError as error:
            form.add_error(_FIELDS.get(error.where or ""), str(error))
        else:
            tell(request, made.findings)
            messages.success(request, f"已登记资产 {made.asset.number}。")
            return HttpResponseRedirect(reverse("assets:asset", args=[made.asset.pk]))
    return render(request, "assets/form.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(permissions.EDIT)
def edit(request: HttpRequest, number: int) -> HttpResponse:
    """Put a card right."""
    actor = permissions.actor_of(request)
    row = selectors.one_of(actor, number)
    form = AssetForm(
        request.POST if request.method == "POST" else None,
        changing=True,
        initial={
            **{name: getattr(row, name) for name in AssetForm.base_fields if name != "idle"},
            "idle": row.state == "idle",
        },
    )
    if request.method == "POST" and form.is_valid():
        seen = revision(request)
        try:
            made = services.change_asset(
                actor=actor, asset_id=number, wish=form.wish, revision=-1 if seen is None else seen
            )
        except AssetRefusedError as error:
            form.refuse(error)
        except InputError as error:
            if error.status in (404, 409):
                raise
            field = _FIELDS.get(error.where or "")
            form.add_error(field if field in form.fields else None, str(error))
        else:
            tell(request, made.findings)
            messages.success(request, "已保存。")
            return HttpResponseRedirect(reverse("assets:asset", args=[number]))
    context = {"form": form, "row": row}
    return render(request, "assets/form.html", context, status=422 if form.errors else 200)


@require_safe
@permission_required(permissions.VIEW)
def asset(request: HttpRequest, number: int) -> HttpResponse:
    """One card."""
    return _show(request, number)


@require_safe
@permission_required(permissions.VIEW)
def code(request: HttpRequest, number: str) -> HttpResponse:
    """What a label leads to: the card."""
    found = selectors.by_number(permissions.actor_of(request), number_of(number))
    if found is None:
        raise InputError(
            "没有这个编号的资产", where=number[:30], how="请核对标签，或在台账里查找", status=404
        )
    return HttpResponseRedirect(reverse("assets:asset", args=[found.pk]))


@require_POST
@permission_required(permissions.EDIT)
def move(request: HttpRequest, number: int) -> HttpResponse:
    """Offer it to a colleague."""
    form = MoveForm(request.POST, people=people_of(request), back=request.POST.get("kind") == "back")

    def work() -> str:
        made = services.offer_move(actor=permissions.actor_of(request), asset_id=number, wish=form.wish)
        return f"已提交，等 {made.to_keeper_name} 接收。"

    return _done(request, number, "move", form, work)


@require_POST
@permission_required(permissions.DISPOSE)
def dispose(request: HttpRequest, number: int) -> HttpResponse:
    """Ask that it may leave."""
    form = DisposeForm(request.POST)

    def work() -> str:
        services.request_disposal(actor=permissions.actor_of(request), asset_id=number, **form.cleaned_data)
        return "已提交处置申请。"

    return _done(request, number, "dispose", form, work)


@require_POST
@permission_required(permissions.EDIT)
def link(request: HttpRequest, number: int) -> HttpResponse:
    """Say that a payment paid for it."""
    form = LinkForm(request.POST)

    def work() -> str:
        services.link_payment(actor=permissions.actor_of(request), asset_id=number, **form.cleaned_data)
        return "已关联付款。"

    return _done(request, number, "link", form, work)


def _done(
    request: HttpRequest, number: int, name: str, form: forms.Form, work: Callable[[], str]
) -> HttpResponse:
    """Do what a form asks for and go back to its part of the page, or show the form with what was wrong."""
    selectors.one_of(permissions.actor_of(request), number)
    if form.is_valid():
        try:
            messages.success(request, work())
            return HttpResponseRedirect(reverse("assets:asset", args=[number]) + f"#{name}")
        except AssetRefusedError as error:
            for finding in error.findings:
                field = str(finding.at.get("field", ""))
                form.add_error(field if field in form.fields else None, finding.told)
        except InputError as error:
            if error.status == 409:
                raise
            form.add_error(None, str(error))
    return _show(request, number, {name: form})


def _show(request: HttpRequest, number: int, refused: dict[str, forms.Form] | None = None) -> HttpResponse:
    page = selectors.asset_page(permissions.actor_of(request), number)
    shown: dict[str, Any] = {"dispose": DisposeForm(), "link": LinkForm()}
    if page.may_move or page.may_return:
        shown["move"] = MoveForm(people=people_of(request), back=page.may_return)
    context = {
        "page": page,
        "row": page.asset,
        "kind": ASSET_KIND,
        "tone": TONES[page.asset.state],
        "forms": shown | (refused or {}),
        "refused": next(iter((refused or {}).values()), None),
        "moves": [
            (
                each,
                MOVES[each.kind],
                MOVE_STATES.get(each.state, each.state),
                STEP_TONES.get(each.state, "plain"),
            )
            for each in page.moves
        ],
        "disposals": [
            (
                each,
                WAYS[each.way],
                DISPOSAL_STATES.get(each.state, each.state),
                STEP_TONES.get(each.state, "plain"),
            )
            for each in page.disposals
        ],
        "counts": [(each, RESULTS[each.result]) for each in page.counts],
    }
    return render(request, "assets/card.html", context, status=422 if refused else 200)
