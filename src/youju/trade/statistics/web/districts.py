"""District statistics of all modes of trade: the figures imported, their growth."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from youju.foundation.identity.permissions import allowed
from youju.foundation.identity.web.guards import permission_required
from youju.foundation.shell.listing import Column, Listing, render_listing
from youju.rules.trade.statistics.modes import TRADE_MODES
from youju.trade.statistics import permissions, selectors
from youju.trade.statistics.imports.districts import CODE
from youju.trade.statistics.web import figures
from youju.trade.statistics.web.tabs import tabs_for


class DistrictFilter(forms.Form):
    """District, mode, year."""

    district = forms.ChoiceField(label="地区", required=False)
    mode = forms.ChoiceField(label="贸易方式", required=False, choices=[("", "全部"), *TRADE_MODES.items()])
    year = forms.IntegerField(label="年份", required=False, min_value=1990, max_value=2100)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["district"]
        field.choices = [("", "全部"), *((name, name) for name in selectors.district_names())]


LIST = Listing(
    name="districts",
    title="全口径统计",
    columns=(
        Column(
            "month",
            "月份",
            lambda row: f"{row.month:%Y-%m}",
            sort=("month", "district", "mode"),
            narrow="title",
        ),
        Column("district", "地区", sort="district"),
        Column("mode", "贸易方式", lambda row: TRADE_MODES.get(row.mode, row.mode), sort="mode"),
        Column("value_cny", "出口额（元）", sort="value_cny", numeric=True),
        Column("value_usd", "出口额（美元）", sort="value_usd", numeric=True),
        Column("source", "来源", narrow="hide"),
        Column("entered_at", "录入时间", sort="entered_at", narrow="hide"),
    ),
    order="-month",
    filter_form=DistrictFilter,
    export_name="全口径统计",
    empty="还没有导入全口径统计。从海关取得月度统计表，按模板导入。",
)


@require_safe
@permission_required(permissions.OVERSEE)
def districts(request: HttpRequest) -> HttpResponseBase:
    """The list under its head."""
    actor = permissions.actor_of(request)
    form = DistrictFilter(request.GET)
    form.is_valid()
    wish = getattr(form, "cleaned_data", {})
    head = selectors.district_head(actor=actor, district=wish.get("district") or "", year=wish.get("year"))
    return render_listing(
        request,
        LIST,
        lambda wish: selectors.figures(
            actor=actor,
            district=wish.get("district") or "",
            mode=wish.get("mode") or "",
            year=wish.get("year"),
        ),
        template="statistics/districts.html",
        context={
            "tabs": tabs_for(request),
            "head": head,
            "value": figures.wan(head.value),
            "market": figures.wan(head.market),
            "growth": figures.change(head.growth),
            "import_url": reverse("imports:upload", args=[CODE])
            if allowed(actor, permissions.IMPORT)
            else "",
        },
        may_export=allowed(actor, permissions.EXPORT),
    )
