"""For the officers: explanations that wait, and which rules refuse how many goods."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from youju.foundation.identity.permissions import allowed
from youju.foundation.identity.web.guards import permission_required
from youju.foundation.shell.listing import Column, Listing, render_listing
from youju.trade.goods import permissions, selectors
from youju.trade.goods.web.pictures import bars
from youju.trade.goods.web.recognition import rule_links

if TYPE_CHECKING:
    from youju.trade.goods.models import Decision


class WaitingFilter(forms.Form):
    """What narrows the queue."""

    q = forms.CharField(
        label="查找",
        required=False,
        max_length=50,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": "品名、编号、经营户"}),
    )


WAITING = Listing(
    name="waiting",
    title="待确认的说明",
    columns=(
        Column(
            "name",
            "品名",
            value="good.name",
            narrow="title",
            href=lambda row: reverse("goods:good-decision", args=[row.good.number]),
        ),
        Column("party", "经营户", value="party_name", sort="party_name"),
        Column("hs_code", "商品编码", value="good.hs_code", sort="good__hs_code"),
        Column("rules", "规则", value="rule_ids", draw=lambda row: rule_links(row.rule_ids)),
        Column("explanation", "说明"),
        Column("decided_at", "提交时间", sort="decided_at"),
    ),
    order="decided_at",
    filter_form=WaitingFilter,
    export_name="待确认的商品说明",
    empty="没有等待确认的说明。",
)
REFUSALS = Listing(
    name="refusals",
    title="规则",
    columns=(
        Column("rule", "规则", sort="rule", href=lambda row: reverse("portal:rule", args=[row.rule])),
        Column("title", "内容", sort="title", narrow="title"),
        Column("refused", "不予认定的商品", sort="refused", numeric=True, href=lambda row: _goods(row.rule)),
        Column("explain", "须说明的商品", sort="explain", numeric=True, href=lambda row: _goods(row.rule)),
    ),
    order="-refused",
    export_name="按规则统计的认定意见",
    empty="没有商品被规则提出意见。",
)


def _goods(rule: str) -> str:
    return reverse("goods:recognition") + "?" + urlencode({"rule": rule})


@require_safe
@permission_required(permissions.OVERSEE)
def waiting(request: HttpRequest) -> HttpResponseBase:
    """Explanations that wait for an officer, oldest first."""

    def rows(wish: Mapping[str, Any]) -> QuerySet[Decision]:
        return selectors.waiting(text=wish.get("q") or "")

    return render_listing(
        request,
        WAITING,
        rows,
        template="goods/waiting.html",
        may_export=allowed(request.user, permissions.EXPORT),
    )


@require_safe
@permission_required(permissions.OVERSEE)
def refusals(request: HttpRequest) -> HttpResponseBase:
    """The rules that speak against goods now, as a picture and as a table."""
    counts = selectors.refusals_by_rule(timezone.localdate())
    refused = [
        (f"{each.rule} {each.title}", each.refused, _goods(each.rule)) for each in counts if each.refused
    ]
    explain = [
        (f"{each.rule} {each.title}", each.explain, _goods(each.rule)) for each in counts if each.explain
    ]
    return render_listing(
        request,
        REFUSALS,
        counts,
        template="goods/refusals.html",
        context={
            "refused": bars(refused, caption="不予认定的商品，按规则", headings=("规则", "商品数")),
            "explain": bars(explain, caption="须说明的商品，按规则", headings=("规则", "商品数")),
        },
        may_export=allowed(request.user, permissions.EXPORT),
    )
