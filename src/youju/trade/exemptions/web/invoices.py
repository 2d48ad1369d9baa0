"""Invoices: list, entry by hand, removal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from youju.foundation.identity.permissions import allowed
from youju.foundation.identity.web.guards import permission_required
from youju.foundation.kernel.errors import InputError
from youju.foundation.shell.deeds import told
from youju.foundation.shell.listing import render_listing
from youju.trade.exemptions import permissions, selectors, services
from youju.trade.exemptions.services import ExemptionRefusedError, InvoiceWish
from youju.trade.exemptions.web.forms import InvoiceForm
from youju.trade.exemptions.web.listings import INVOICES


@require_safe
@permission_required(permissions.VIEW)
def invoice_list(request: HttpRequest) -> HttpResponseBase:
    """All invoices in reach."""
    actor = permissions.actor_of(request)

    def rows(wish: Mapping[str, Any]) -> Any:
        return selectors.invoices(actor, text=wish.get("text") or "")

    context = {
        "may_invoice": allowed(actor, permissions.FILE),
        "may_import_invoices": allowed(actor, permissions.IMPORT),
    }
    return render_listing(
        request, INVOICES, rows, template="exemptions/list.html", context=context,
        may_export=allowed(actor, permissions.EXPORT),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(permissions.FILE)
def new(request: HttpRequest) -> HttpResponse:
    """Enter an invoice."""
    form = InvoiceForm(request.POST if request.method == "POST" else None, initial=request.GET.dict())
    if form.is_valid():
        try:
            done = services.enter_invoice(
                actor=permissions.actor_of(request), wish=InvoiceWish(**form.cleaned_data)
            )
        except ExemptionRefusedError as error:
            form.refuse(error)
        except InputError as error:
            form.add_error(None, str(error))
        else:
            said = "".join(each.told for each in done.findings)
            messages.success(request, f"已登记发票 {done.row.number}。{said}")
            return HttpResponseRedirect(reverse("exemptions:invoices"))
    context = {
        "form": form,
        "title": "登记发票",
        "back": reverse("exemptions:invoices"),
        "back_label": "发票",
        "verb": "登记",
    }
    return render(request, "exemptions/form.html", context, status=422 if form.errors else 200)


@require_POST
@permission_required(permissions.FILE)
def remove(request: HttpRequest, number: int) -> HttpResponse:
    """Take an invoice away."""

    def deed() -> str:
        return f"已删去发票 {services.remove_invoice(actor=permissions.actor_of(request), invoice_id=number).number}。"

    return told(request, reverse("exemptions:invoices"), deed)
