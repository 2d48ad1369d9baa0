"""The customs rates by month."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from youju.foundation.identity.web.guards import permission_required
from youju.foundation.shell.listing import Column, Listing, render_listing
from youju.trade.orders import permissions, selectors
from youju.trade.orders.imports import RATES


class RateFilter(forms.Form):
    """What narrows the list; the names are those of ``selectors.rates``."""

    currency = forms.RegexField(r"^[A-Za-z]{3}$", label="币种", required=False,
                                error_messages={"invalid": "币种是三个字母，例如 USD。"})  # fmt: skip
    month = forms.DateField(label="月份", required=False, input_formats=["%Y-%m"],
                            error_messages={"invalid": "请写成 2023-06 的样子。"},
                            widget=forms.DateInput(attrs={"type": "month"}, format="%Y-%m"))  # fmt: skip


LISTING = Listing(
    name="rates",
    title="海关汇率",
    columns=(
        Column("month", "月份", value=lambda row: f"{row.month:%Y-%m}", sort="month", narrow="title"),
        Column("currency", "币种", sort="currency"),
        Column(
            "rate",
            "1 单位外币折人民币（元）",
            value=lambda row: row.rate.normalize(),
            sort="rate",
            numeric=True,
        ),
        Column("source", "来源"),
        Column("entered", "录入时间", value="entered_at", sort="entered_at", narrow="hide"),
        Column("by", "录入人", value="entered_by", narrow="hide"),
    ),
    order="-month",
    tie=("currency",),
    filter_form=RateFilter,
    export_name="海关汇率",
    empty="还没有海关汇率，没有当月汇率时不能登记交易单。",
    next_step=("导入海关汇率", f"/imports/new/{RATES.code}/"),
)


@require_safe
@permission_required(permissions.RATES)
def rate_list(request: HttpRequest) -> HttpResponseBase:
    """The rates, newest month first."""
    return render_listing(
        request,
        LISTING,
        lambda wish: selectors.rates(actor=permissions.actor_of(request), **wish),
        template="orders/rates.html",
        context={"import_code": RATES.code},
    )
