"""Paid payments that no card was made of yet, and the page on which cards are made."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from youju.foundation.identity.permissions import allowed
from youju.foundation.identity.web.guards import permission_required
from youju.foundation.kernel.errors import InputError
from youju.foundation.shell.deeds import told, valid
from youju.foundation.shell.listing import Column, Listing, render_listing
from youju.funds.assets import permissions, selectors, services
from youju.funds.assets.services import AssetRefusedError
from youju.funds.assets.web.cards import people_of, tell
from youju.funds.assets.web.forms import ExpensedForm, PaymentForm
from youju.funds.assets.web.tabs import tabs_for


class PaymentFilterForm(forms.Form):
    """What narrows paid payments."""

    text = forms.CharField(
        label="查找", required=False, max_length=50,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": "付款编号、收款人或用途"}),
    )  # fmt: skip
    project = forms.CharField(label="项目编码", required=False, max_length=30)
    which = forms.ChoiceField(
        label="范围",
        required=False,
        choices=[("", "资本性的，没登记完"), ("capital", "资本性的，全部"), ("every", "所有已付的")],
    )


LISTING = Listing(
    name="paid",
    title="已付的付款",
    columns=(
        Column("number", "付款编号", value="number", narrow="title",
               href=lambda row: reverse("assets:payment", args=[row.number])),
        Column("paid", "付款日期", value="paid_on", sort=("paid_on", "pk")),
        Column("project", "项目", value="project.name", narrow="hide"),
        Column("payee", "收款人", value="payee_name", narrow="hide"),
        Column("purpose", "用途", value="purpose"),
        Column("amount", "金额（元）", value="amount", sort="amount", numeric=True),
        Column("cards", "卡片", value="cards", numeric=True),
        Column("registered", "已登记（元）", value="registered", numeric=True),
        Column("expensed", "费用化（元）", value="expensed", numeric=True, narrow="hide"),
        Column("rest", "未登记（元）", value="rest", numeric=True),
    ),
    order="-paid",
    filter_form=PaymentFilterForm,
    export_name="付款和资产登记",
    empty="没有要登记资产的付款。资本性付款都登记完了，或者还没有付成；别的付款可以在“范围”里选“所有已付的”。",
)  # fmt: skip


@require_safe
@permission_required(permissions.VIEW)
def payments(request: HttpRequest) -> HttpResponseBase:
    """Paid payments of capital kind that are not registered yet; the filter shows others too."""
    actor = permissions.actor_of(request)

    def rows(wish: Mapping[str, Any]) -> Any:
        which = wish.get("which") or ""
        return selectors.paid_payments(
            actor, text=wish.get("text") or "", project=wish.get("project") or "",
            every=which == "every", only_open=not which,
        )  # fmt: skip

    return render_listing(
        request,
        LISTING,
        rows,
        template="assets/list.html",
        context={"tabs": tabs_for(request), "which": "paid"},
        may_export=allowed(actor, permissions.EXPORT),
    )


@require_safe
@permission_required(permissions.VIEW)
def payment(request: HttpRequest, number: str) -> HttpResponse:
    """A payment, its cards, and the form that makes more of them, filled in beforehand."""
    return _show(request, number, None)


@require_POST
@permission_required(permissions.EDIT)
def make(request: HttpRequest, number: str) -> HttpResponse:
    """Make cards of a payment."""
    form = PaymentForm(request.POST, people=people_of(request))
    if form.is_valid():
        try:
            made = services.register_from_payment(
                actor=permissions.actor_of(request), payment=number, **form.split
            )
        except AssetRefusedError as error:
            form.refuse(error)
        except InputError as error:
            if error.status in (404, 409):
                raise
            form.add_error(None, str(error))
        else:
            tell(request, made.findings)
            messages.success(request, f"已登记 {len(made.assets)} 张卡片。")
            return HttpResponseRedirect(reverse("assets:payment", args=[number]))
    return _show(request, number, form)


def _show(request: HttpRequest, number: str, refused: PaymentForm | None) -> HttpResponse:
    actor = permissions.actor_of(request)
    found = selectors.payment_of(actor, number)
    first = {
        "name": found.purpose[:100],
        "cost": found.open if found.open > 0 else None,
        "acquired_on": found.paid_on,
        "project": found.project,
        "copies": 1,
    }
    context = {
        "payment": found,
        "cards": selectors.cards_of(actor, found.id),
        "form": refused or PaymentForm(people=people_of(request), initial=first),
        "expensed_form": ExpensedForm(
            initial={"amount": found.expensed or max(found.open, 0), "note": found.expensed_note}
        ),
        "may_edit": allowed(actor, permissions.EDIT),
    }
    return render(request, "assets/payment.html", context, status=422 if refused else 200)


@require_POST
@permission_required(permissions.EDIT)
def expense(request: HttpRequest, number: str) -> HttpResponse:
    """Say which part of a payment is no asset."""

    def deed() -> str:
        given: dict[str, Any] = valid(ExpensedForm(request.POST))
        services.expense_rest(actor=permissions.actor_of(request), payment=number, **given)
        return "已登记费用化部分。"

    return told(request, reverse("assets:payment", args=[number]), deed)
