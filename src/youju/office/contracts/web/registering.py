"""Entering a contract, and putting one right."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from youju.foundation.identity.web.guards import permission_required
from youju.foundation.kernel.errors import InputError
from youju.office.contracts import permissions, selectors, services
from youju.office.contracts.services import ContractRefusedError
from youju.office.contracts.web.forms import ContractForm
from youju.rules.findings import Finding

_FIELDS = {"合同编号": "number", "标签": "tags"}


def tell(request: HttpRequest, findings: Iterable[Finding]) -> None:
    """Say what the rules said without stopping it."""
    for each in findings:
        messages.warning(request, each.told)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(permissions.EDIT)
def new(request: HttpRequest) -> HttpResponse:
    """Enter a contract."""
    form = ContractForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.register_contract(actor=permissions.actor_of(request), wish=form.wish)
        except ContractRefusedError as error:
            form.refuse(error)
        except InputError as error:
            form.add_error(_FIELDS.get(error.where), str(error))
        else:
            tell(request, made.findings)
            messages.success(request, "已登记。接着登记要交付的成果和各期付款。")
            return HttpResponseRedirect(reverse("contracts:contract", args=[made.contract.pk]))
    return render(request, "contracts/form.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(permissions.EDIT)
def edit(request: HttpRequest, number: int) -> HttpResponse:
    """Put a contract right."""
    actor = permissions.actor_of(request)
    row = selectors.one_of(actor, number)
    first = {name: getattr(row, name) for name in ContractForm.base_fields if name != "tags"}
    form = ContractForm(
        request.POST if request.method == "POST" else None, initial=first | {"tags": "、".join(row.tags)}
    )
    if request.method == "POST" and form.is_valid():
        seen = request.POST.get("revision", "")
        revision = int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 10 else -1
        try:
            made = services.change_contract(
                actor=actor, contract_id=number, wish=form.wish, revision=revision
            )
        except ContractRefusedError as error:
            form.refuse(error)
        except InputError as error:
            if error.where not in _FIELDS:
                raise
            form.add_error(_FIELDS[error.where], str(error))
        else:
            tell(request, made.findings)
            messages.success(request, "已保存。")
            return HttpResponseRedirect(reverse("contracts:contract", args=[number]))
    context = {"form": form, "row": row}
    return render(request, "contracts/form.html", context, status=422 if form.errors else 200)
