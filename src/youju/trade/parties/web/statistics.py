"""Statistics of filings: every figure opens the rows that it was counted from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from youju.foundation.identity.permissions import allowed
from youju.foundation.identity.web.guards import permission_required
from youju.foundation.shell.listing import Column, Listing, render_listing
from youju.rules.trade.parties.lifecycle import PARTY_FLOW
from youju.rules.trade.parties.roles import PartyRole
from youju.trade.parties import addresses, permissions, selectors


@dataclass(frozen=True, slots=True)
class Division:
    """One picture with its table: (label, address of the rows, figure)."""

    name: str
    title: str
    svg: SafeString
    rows: tuple[tuple[SafeString, int], ...]


class RowFilter(forms.Form):
    """What narrows the rows: the divisions of the statistics, and words."""

    q = forms.CharField(
        label="查找",
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": "名称、备案号、信用代码"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in selectors.DIMENSIONS.items():
            choices = [("", "全部"), *selectors.slice_choices(name)]
            self.fields[name] = forms.ChoiceField(label=label, required=False, choices=choices)


class StepFilter(forms.Form):
    """In time or late, in a period (this year so far, unless said)."""

    kept = forms.ChoiceField(
        label="按期", required=False, choices=[("", "全部"), ("yes", "按期"), ("no", "逾期")]
    )
    since = forms.DateField(label="从", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(label="到", required=False, widget=forms.DateInput(attrs={"type": "date"}))


ROWS = Listing(
    name="filed",
    title="主体",
    columns=(
        Column("name", "名称", sort="name", narrow="title", href=lambda row: addresses.party(str(row.pk))),
        Column("number", "备案号", sort="number"),
        Column("roles", "主体类型", value=lambda row: [PartyRole(each).label for each in row.roles]),
        Column("state", "状态", value=lambda row: PARTY_FLOW.state(row.state).label, sort="state"),
        Column("country", "国别（地区）", sort="country"),
        Column("approved_at", "备案时间", sort="approved_at"),
        Column("valid_to", "有效期至", sort="valid_to"),
    ),
    order="name",
    filter_form=RowFilter,
    export_name="备案统计明细",
    empty="还没有备案的主体。",
)

STEPS = Listing(
    name="steps",
    title="办理步骤",
    columns=(
        Column("label", "事项", value="case.label", sort="case__label", narrow="title"),
        Column("by_name", "办理人", sort="by_name"),
        Column("at", "办理时间", sort="at"),
        Column("due_on", "限办日期", sort="due_on"),
        Column("working_days", "用了几个工作日", sort="working_days", numeric=True),
        Column("within_limit", "按期", sort="within_limit"),
    ),
    order="-at",
    filter_form=StepFilter,
    export_name="备案承诺期限明细",
    empty="这段时间没有办过有承诺期限的步骤。",
)


@require_safe
@permission_required(permissions.VIEW)
def statistics(request: HttpRequest) -> HttpResponse:
    """All divisions as pictures, with the tables behind them."""
    found = selectors.statistics()
    divisions = [_division(name, found.by[name]) for name in selectors.DIMENSIONS]
    return render(
        request,
        "parties/statistics.html",
        {"found": found, "divisions": divisions, "headings": ("分组", "户")},
    )


@require_safe
@permission_required(permissions.VIEW)
def rows(request: HttpRequest) -> HttpResponseBase:
    """The filings behind a figure."""
    return render_listing(
        request,
        ROWS,
        lambda wish: selectors.filed_rows(
            text=wish.get("q") or "", **{name: wish.get(name) or "" for name in selectors.DIMENSIONS}
        ),
        template="parties/statistics_rows.html",
        may_export=allowed(request.user, permissions.EXPORT),
    )


@require_safe
@permission_required(permissions.VIEW)
def steps(request: HttpRequest) -> HttpResponseBase:
    """The steps behind the promised days."""
    today = timezone.localdate()

    def found(wish: Any) -> Any:
        kept = {"yes": True, "no": False}.get(wish.get("kept") or "")
        since, until = wish.get("since") or date(today.year, 1, 1), wish.get("until") or today
        return selectors.step_rows(since=since, until=until, kept=kept)

    return render_listing(
        request,
        STEPS,
        found,
        template="parties/statistics_rows.html",
        may_export=allowed(request.user, permissions.EXPORT),
    )


def _division(name: str, slices: tuple[selectors.Slice, ...]) -> Division:
    title = selectors.DIMENSIONS[name]
    address = reverse("parties:statistics-rows")
    shown = tuple((each.label, each.count, f"{address}?{urlencode({name: each.key})}") for each in slices)
    table = tuple((format_html('<a href="{}">{}</a>', href, label), count) for label, count, href in shown)
    return Division(name, title, _picture(title, shown[:20]) if shown else SafeString(""), table)


# Drawing is cached on disk by content; the definition itself costs tens of milliseconds, which these spare.
@lru_cache(maxsize=64)
def _picture(title: str, shown: tuple[tuple[str, int, str], ...]) -> SafeString:
    from youju.foundation.documents.widths import in_two_widths
    from youju.trade.parties.charts import NARROW, WIDE, Bar, bars

    rows = [Bar(*each) for each in shown]
    return in_two_widths(*(bars(rows, title=title, width=width) for width in (WIDE, NARROW)))
