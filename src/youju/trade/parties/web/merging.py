"""Pairs that may be one party, making two filings one, and taking that back."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from youju.foundation.identity.web.guards import permission_required
from youju.foundation.kernel.errors import InputError
from youju.foundation.shell.listing import Column, Listing, render_listing
from youju.trade.parties import addresses, permissions, selectors, services
from youju.trade.parties.web.change_forms import ReasonForm


class PairFilter(forms.Form):
    """What narrows the list of pairs."""

    q = forms.CharField(
        label="查找",
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": "主体名称、备案号"}),
    )
    state = forms.ChoiceField(
        label="判断", required=False, choices=[("", "待判断"), ("distinct", "已判断不是同一主体")]
    )


class MergeFilter(forms.Form):
    """What narrows the list of merges."""

    q = forms.CharField(
        label="查找", required=False, max_length=100, widget=forms.TextInput(attrs={"type": "search"})
    )
    only = forms.ChoiceField(
        label="情况", required=False, choices=[("", "全部"), ("standing", "合并着"), ("undone", "已撤销")]
    )


def _pair_url(row: Any) -> str:
    return f"{reverse('parties:merge')}?{urlencode({'kept': row.left_id, 'merged': row.right_id, 'pair': row.pk})}"


PAIRS = Listing(
    name="duplicates",
    title="疑似重复",
    columns=(
        Column("left", "先备案的", value="left.name", narrow="title", href=_pair_url),
        Column("left_number", "备案号", value="left.number", narrow="hide"),
        Column("right", "后备案的", value="right.name"),
        Column("right_number", "备案号（后）", value="right.number", narrow="hide"),
        Column("score", "分数", sort="score", numeric=True),
        Column("reasons", "为什么"),
        Column(
            "decided",
            "判断",
            value=lambda row: f"{row.decided_by}：{row.decision_reason}" if row.decided_by else "",
        ),
    ),
    order="-score",
    filter_form=PairFilter,
    export_name="疑似重复主体",
    empty="没有疑似重复的主体。系统每天夜里比对名称、证件、电话、法定代表人和地址。",
)

MERGES = Listing(
    name="merges",
    title="合并记录",
    columns=(
        Column(
            "merged",
            "被合并的",
            value="merged.name",
            narrow="title",
            href=lambda row: addresses.merge(str(row.pk)),
        ),
        Column("kept", "保留的", value="kept.name"),
        Column("merged_at", "合并时间", sort="merged_at"),
        Column("merged_by", "办理人"),
        Column("reason", "理由"),
        Column("undone_at", "撤销时间", sort="undone_at"),
    ),
    order="-merged_at",
    filter_form=MergeFilter,
    export_name="主体合并记录",
    empty="还没有合并过主体。",
)


@require_safe
@permission_required(permissions.MERGE)
def duplicates(request: HttpRequest) -> HttpResponseBase:
    """The pairs to look at, the most likely first."""
    return render_listing(
        request,
        PAIRS,
        lambda wish: selectors.pair_rows(state=wish.get("state") or "open", text=wish.get("q") or ""),
        template="parties/duplicates.html",
    )


@require_POST
@permission_required(permissions.MERGE)
def distinct(request: HttpRequest, number: int) -> HttpResponse:
    """Say that a pair is not one party, or put it back on the list."""
    away = request.POST.get("act") != "reopen"
    services.mark_pair(
        actor=permissions.actor_of(request),
        pair_id=number,
        distinct=away,
        reason=request.POST.get("reason", ""),
    )
    messages.success(request, "已记下：不是同一主体，以后不再提示。" if away else "已重新列为疑似重复。")
    return HttpResponseRedirect(reverse("parties:duplicates"))


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(permissions.MERGE)
def merge(request: HttpRequest) -> HttpResponse:
    """Choose, compare, confirm."""
    actor = permissions.actor_of(request)
    given = request.POST if request.method == "POST" else request.GET
    kept, merged = _number(given.get("kept")), _number(given.get("merged"))
    if not kept or not merged:
        text = given.get("q", "")[:100]
        context: dict[str, Any] = {"kept": kept, "q": text, "found": selectors.names_like(text)}
        return render(request, "parties/merge_choose.html", context)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.merge_parties(
                actor=actor,
                kept_id=kept,
                merged_id=merged,
                reason=form.cleaned_data["reason"],
                expected=given.get("stamp", ""),
            )
        except InputError as error:
            if error.status == 404:
                raise
            form.add_error(None, str(error))
        else:
            messages.success(request, f"“{made.merged.name}”已并入“{made.kept.name}”。")
            return HttpResponseRedirect(reverse("parties:merge-one", args=[made.pk]))
    page = services.preview_merge(actor=actor, kept_id=kept, merged_id=merged)
    context = {"page": page, "form": form, "pair": _number(given.get("pair"))}
    return render(request, "parties/merge.html", context, status=422 if form.errors else 200)


@require_safe
@permission_required(permissions.MERGE)
def merges(request: HttpRequest) -> HttpResponseBase:
    """Every merge, undone ones too."""
    return render_listing(
        request,
        MERGES,
        lambda wish: selectors.merge_rows(only=wish.get("only") or "", text=wish.get("q") or ""),
        template="parties/merges.html",
    )


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(permissions.MERGE)
def merge_one(request: HttpRequest, number: int) -> HttpResponse:
    """One merge: what moved, and taking it back."""
    actor = permissions.actor_of(request)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.undo_merge(actor=actor, merge_id=number, reason=form.cleaned_data["reason"])
        except InputError as error:
            if error.status == 404:
                raise
            form.add_error(None, str(error))
        else:
            messages.success(request, "合并已撤销，两个备案恢复到合并以前的样子。")
            return HttpResponseRedirect(reverse("parties:merge-one", args=[number]))
    found, lines, later = services.preview_undo(actor=actor, merge_id=number)
    context = {"merge": found, "lines": lines, "later": later, "form": form}
    return render(request, "parties/merge_one.html", context, status=422 if form.errors else 200)


def _number(text: object) -> int:
    words = str(text or "")
    return int(words) if words.isascii() and words.isdigit() and len(words) < 19 else 0
