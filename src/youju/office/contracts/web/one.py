"""One contract: its terms, what it delivers, due payments, opinions, files; its end."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from youju.foundation.files.sending import file_response
from youju.foundation.identity.web.guards import permission_required
from youju.foundation.kernel.errors import InputError
from youju.office.contracts import permissions, selectors, services
from youju.office.contracts.services import ContractRefusedError
from youju.office.contracts.web.forms import (
    DeliverableForm,
    EndForm,
    FileForm,
    InstalmentForm,
    OpinionForm,
)
from youju.office.contracts.web.lists import PART_TONES
from youju.office.contracts.web.registering import tell
from youju.rules.office.contracts.lifecycle import CONTRACT_KIND


@require_safe
@permission_required(permissions.VIEW)
def contract(request: HttpRequest, number: int) -> HttpResponse:
    """One contract."""
    return _show(request, number)


@require_POST
@permission_required(permissions.EDIT)
def end(request: HttpRequest, number: int) -> HttpResponse:
    """End it before its day, or declare the entry void."""

    def work(given: dict[str, Any]) -> str:
        services.end_contract(
            actor=permissions.actor_of(request),
            contract_id=number,
            ended_on=given["ended_on"],
            void=bool(given["void"]),
            reason=given["reason"],
        )
        return "已作废。" if given["void"] else "已终止。"

    return _done(request, number, "end", EndForm(request.POST), work)


@require_POST
@permission_required(permissions.EDIT)
def add_deliverable(request: HttpRequest, number: int) -> HttpResponse:
    """Enter what it is to deliver."""
    form = DeliverableForm(request.POST)

    def work(_: dict[str, Any]) -> str:
        made = services.add_deliverable(
            actor=permissions.actor_of(request), contract_id=number, wish=form.wish
        )
        tell(request, made.findings)
        return "已登记这项成果。"

    return _done(request, number, "deliverable", form, work)


@require_POST
@permission_required(permissions.EDIT)
def add_instalment(request: HttpRequest, number: int) -> HttpResponse:
    """Enter a payment that it agrees."""
    page = selectors.contract_page(permissions.actor_of(request), number)
    form = InstalmentForm(request.POST, parts=_choices(page))

    def work(_: dict[str, Any]) -> str:
        services.add_instalment(actor=permissions.actor_of(request), contract_id=number, wish=form.wish)
        return "已登记这一期付款。"

    return _done(request, number, "instalment", form, work)


@require_POST
@permission_required(permissions.EDIT)
def remove_instalment(request: HttpRequest, number: int, place: int) -> HttpResponse:
    """Take a wrongly entered payment away."""
    services.remove_instalment(actor=permissions.actor_of(request), contract_id=number, place=place)
    messages.info(request, "已删去这一期付款约定。")
    return HttpResponseRedirect(reverse("contracts:contract", args=[number]) + "#instalment")


@require_POST
@permission_required(permissions.EDIT)
def add_opinion(request: HttpRequest, number: int) -> HttpResponse:
    """Enter an opinion of counsel."""
    form = OpinionForm(request.POST)

    def work(_: dict[str, Any]) -> str:
        services.add_opinion(actor=permissions.actor_of(request), contract_id=number, wish=form.wish)
        return "已登记这份法律意见。"

    return _done(request, number, "opinion", form, work)


@require_POST
@permission_required(permissions.EDIT)
def add_paper(request: HttpRequest, number: int) -> HttpResponse:
    """Take a file in."""

    def work(given: dict[str, Any]) -> str:
        services.add_paper(
            actor=permissions.actor_of(request),
            contract_id=number,
            content=given["file"].file,
            name=given["file"].name,
        )
        return "已上传。"

    return _done(request, number, "paper", FileForm(request.POST, request.FILES), work)


@require_safe
@permission_required(permissions.VIEW)
def paper(request: HttpRequest, number: int, file: int) -> HttpResponseBase:
    """A file of it."""
    found = services.hand_out_paper(actor=permissions.actor_of(request), contract_id=number, file_id=file)
    response = file_response(request, found.kept, name=found.name, inline=True)
    response["Cache-Control"] = "no-store, private"
    return response


def _done(
    request: HttpRequest, number: int, name: str, form: forms.Form, work: Callable[[dict[str, Any]], str]
) -> HttpResponse:
    """Do what a form asks for and go back to its part of the page, or show the form with what was wrong."""
    if form.is_valid():
        try:
            said = work(form.cleaned_data)
        except ContractRefusedError as error:
            form.refuse(error)  # type: ignore[attr-defined]
        except InputError as error:
            if error.status in (404, 409):
                raise
            form.add_error(None, str(error))
        else:
            messages.success(request, said)
            return HttpResponseRedirect(reverse("contracts:contract", args=[number]) + f"#{name}")
    return _show(request, number, {name: form})


def _show(request: HttpRequest, number: int, refused: dict[str, forms.Form] | None = None) -> HttpResponse:
    page = selectors.contract_page(permissions.actor_of(request), number)
    shown: dict[str, forms.Form] = {
        "end": EndForm(),
        "deliverable": DeliverableForm(),
        "instalment": InstalmentForm(parts=_choices(page)),
        "opinion": OpinionForm(),
        "paper": FileForm(),
    } | (refused or {})
    context = {
        "page": page,
        "row": page.contract,
        "kind": CONTRACT_KIND,
        "tones": [(part, PART_TONES.get(part.row.state, "plain")) for part in page.parts],
        "forms": shown,
        "refused": next(iter((refused or {}).values()), None),
    }
    return render(request, "contracts/contract.html", context, status=422 if refused else 200)


def _choices(page: selectors.ContractPage) -> list[tuple[int, str]]:
    return [(part.row.place, part.row.title) for part in page.parts]
