"""Rounds of counting at a desk: opened, looked at, differences decided."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from youju.foundation.identity.permissions import allowed
from youju.foundation.identity.web.guards import permission_required
from youju.foundation.kernel.errors import InputError
from youju.foundation.shell.deeds import told, valid
from youju.foundation.shell.listing import Column, Listing, render_listing
from youju.foundation.shell.templatetags.shell import badge
from youju.funds.assets import addresses, permissions, selectors, services
from youju.funds.assets.services import AssetRefusedError
from youju.funds.assets.web.forms import DecisionForm, StocktakeForm
from youju.funds.assets.web.lists import STEP_TONES
from youju.rules.funds.assets.counting import DECISIONS, RESULTS
from youju.rules.funds.assets.lifecycle import STOCKTAKE_KIND

RESULT_TONES = {
    "": "plain",
    "found": "ink",
    "misplaced": "warning",
    "surplus": "warning",
    "missing": "error",
}
_CHOICES = [("", "全部"), ("-", "未盘"), *[(code, label) for code, label in RESULTS.items() if code],
            ("open", "待处理的差异"), ("conflict", "两个人都盘过")]  # fmt: skip


class ItemFilterForm(forms.Form):
    """What narrows the lines."""

    text = forms.CharField(
        label="查找", required=False, max_length=50, widget=forms.TextInput(attrs={"type": "search"})
    )
    result = forms.ChoiceField(label="结果", required=False, choices=_CHOICES)


def _result(row: Any) -> SafeString:
    extra = format_html(" {}", badge("两人盘过", "warning")) if row.conflict else ""
    return format_html("{}{}", badge(RESULTS[row.result], RESULT_TONES[row.result]), extra)


def _decision(row: Any) -> str:
    if row.decision:
        return f"{DECISIONS[row.result].get(row.decision, row.decision)}：{row.decided_why}"
    return "待处理" if row.result in DECISIONS else ""


ITEMS = Listing(
    name="items",
    title="盘点明细",
    columns=(
        Column("number", "资产编号", value="number", sort="number"),
        Column("name", "名称", value=lambda row: row.asset.name if row.asset else "（台账里没有）", narrow="title",
               href=lambda row: addresses.asset(str(row.asset_id)) if row.asset_id else None),
        Column("place", "账上地点", value="place", sort=("place", "number")),
        Column("keeper", "保管人", value="keeper_name", narrow="hide"),
        Column("result", "结果", value=lambda row: RESULTS[row.result], draw=_result, sort=("result", "number")),
        Column("found", "实际地点", value="found_place"),
        Column("by", "盘点人", value="counted_name"),
        Column("at", "盘点时间", value="counted_at", narrow="hide"),
        Column("conflict", "重复盘点", value="conflict", narrow="hide"),
        Column("note", "备注", value="note", narrow="hide"),
        Column("decision", "处理意见", value=_decision),
    ),
    order="number",
    filter_form=ItemFilterForm,
    export_name="盘点明细",
    empty="这次盘点没有明细。",
)  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(permissions.EDIT)
def new(request: HttpRequest) -> HttpResponse:
    """Open a round."""
    form = StocktakeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.open_stocktake(actor=permissions.actor_of(request), wish=form.wish)
        except AssetRefusedError as error:
            form.refuse(error)
        except InputError as error:
            form.add_error("due_on" if error.where == "期限" else None, str(error))
        else:
            messages.success(
                request, f"已开始盘点，应盘 {made.size} 件。用手机打开“去清点”，没有信号也能用。"
            )
            return HttpResponseRedirect(reverse("assets:stocktake", args=[made.pk]))
    return render(request, "assets/stocktake_form.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
@permission_required(permissions.VIEW)
def stocktake(request: HttpRequest, number: int) -> HttpResponseBase:
    """One round with its lines."""
    actor = permissions.actor_of(request)
    page = selectors.stocktake_page(actor, number)
    differences = (
        [(each, list(DECISIONS[each.result].items())) for each in selectors.items(actor, number, result="open")[:50]]
        if page.may_decide
        else []
    )  # fmt: skip
    context = {
        "page": page,
        "row": page.row,
        "kind": STOCKTAKE_KIND,
        "tone": STEP_TONES[page.row.state],
        "differences": differences,
        "counts": [
            (label, count, f"?result={code or '-'}", "error" if code == "missing" and count else "")
            for code, label, count in page.counts
        ],
        "results": RESULTS,
    }
    return render_listing(
        request,
        ITEMS,
        lambda wish: selectors.items(
            actor, number, result=wish.get("result") or "", text=wish.get("text") or ""
        ),
        template="assets/stocktake.html",
        context=context,
        may_export=allowed(actor, permissions.EXPORT),
    )


@require_POST
@permission_required(permissions.VIEW)
def step(request: HttpRequest, number: int) -> HttpResponse:
    """End the counting, go on, or confirm the result."""

    def deed() -> str:
        row = services.take_stocktake_step(
            actor=permissions.actor_of(request),
            stocktake_id=number,
            step=request.POST.get("transition", ""),
            reason=request.POST.get("reason", ""),
            expected=request.POST.get("state", ""),
        )
        return {
            "settling": "清点已结束，没盘到的记为盘亏，请逐件处理差异。",
            "closed": "盘点结果已确认。",
        }.get(row.state, "可以继续清点了。")

    return told(request, reverse("assets:stocktake", args=[number]), deed)


@require_POST
@permission_required(permissions.EDIT)
def decide(request: HttpRequest, number: int, item: int) -> HttpResponse:
    """Decide what is done about a difference."""

    def deed() -> str:
        given: dict[str, Any] = valid(DecisionForm(request.POST))
        row = services.decide(actor=permissions.actor_of(request), stocktake_id=number, item_id=item, **given)
        return f"{row.number} 已处理：{DECISIONS[row.result][row.decision]}。"

    return told(request, reverse("assets:stocktake", args=[number]) + "#differences", deed)
