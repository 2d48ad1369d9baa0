"""Hits at duplicates: the list, one with both records side by side and what people decide, a look at all on demand."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from youju.foundation.identity.permissions import allowed
from youju.foundation.identity.web.guards import permission_required
from youju.foundation.kernel.errors import InputError
from youju.foundation.shell.listing import Column, Listing, render_listing
from youju.funds.subsidies import addresses_duplicates, duplicate_events, permissions
from youju.funds.subsidies.selectors import duplicates as selectors
from youju.funds.subsidies.services.duplicate_decisions import decide
from youju.funds.subsidies.services.duplicates import look_now


class HitFilter(forms.Form):
    """State, rule, evidence, words."""

    q = forms.CharField(
        label="查找",
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": "申请人、申请编号"}),
    )
    state = forms.ChoiceField(
        label="判断",
        required=False,
        choices=[("", "待核对、待复核"), *selectors.STATES.items(), ("all", "全部")],
    )
    rule = forms.ChoiceField(label="规则", required=False)
    evidence = forms.ChoiceField(label="证据", required=False, choices=[("", "全部"), ("hard", "只看硬证据")])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rule: Any = self.fields["rule"]
        rule.choices = [("", "全部"), *selectors.rule_choices()]


class DecisionForm(forms.Form):
    """How it was looked into, and which application gets nothing."""

    why = forms.CharField(
        label="怎样核对的",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "请写明看了什么、怎样核对的。"},
    )
    against = forms.ChoiceField(
        label="确认重复时，不予补助的",
        required=False,
        choices=list(selectors.AGAINST.items()),
        initial=selectors.Against.SECOND.value,
    )


def _policies(row: Any) -> str:
    titles = dict.fromkeys((row.first.policy_title, row.second.policy_title))
    return "、".join(titles)


LIST = Listing(
    name="duplicate-hits",
    title="重复线索",
    columns=(
        Column(
            "first",
            "先申请的",
            value="first.name",
            sort="first__name",
            narrow="title",
            href=lambda row: addresses_duplicates.hit(str(row.pk)),
        ),
        Column("first_number", "申请编号", value="first.number", narrow="hide"),
        Column("second", "后申请的", value="second.name", sort="second__name"),
        Column("second_number", "申请编号（后）", value="second.number", narrow="hide"),
        Column("policies", "政策", value=_policies, narrow="hide"),
        Column(
            "reasons", "为什么", value=lambda row: "；".join(selectors.rule_title(each) for each in row.rules)
        ),
        Column("hard", "证据", value=lambda row: "硬证据" if row.hard else "相似", sort="hard"),
        Column("weight", "分数", sort="weight", numeric=True),
        Column("state", "判断", value=lambda row: row.get_state_display(), sort="state"),
        Column("decided_by", "判断人", narrow="hide"),
        Column("why", "判断的理由", narrow="hide"),
        Column("found_at", "发现时间", sort="found_at", narrow="hide"),
    ),
    order="-hard",
    filter_form=HitFilter,
    export_name="重复线索",
    empty="没有等待判断的重复线索。申请提交时比对一次，以后每天夜里比对全部申请。",
)


@require_safe
@permission_required(permissions.VIEW_CLAIMS)
def hits(request: HttpRequest) -> HttpResponseBase:
    """The hits that wait, hard evidence first."""
    actor = permissions.actor_of(request)
    return render_listing(
        request,
        LIST,
        lambda wish: selectors.hits(
            actor=actor,
            state=wish.get("state") or "",
            rule=wish.get("rule") or "",
            text=wish.get("q") or "",
            hard=wish.get("evidence") == "hard",
        ),
        template="duplicates/hits.html",
        context={"may_look": allowed(actor, permissions.RECHECK)},
        may_export=allowed(actor, permissions.EXPORT_CLAIMS),
    )


@require_POST
@permission_required(permissions.RECHECK)
def look(request: HttpRequest) -> HttpResponse:
    """Compare all now."""
    found = look_now(actor=permissions.actor_of(request))
    messages.success(
        request,
        f"比对了 {found['compared']} 份申请：线索 {found['hits']} 条，新发现 {found['new']} 条，不再相似 {found['gone']} 条。",
    )
    return HttpResponseRedirect(reverse("duplicates:hits"))


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(permissions.VIEW_CLAIMS)
def hit(request: HttpRequest, number: int) -> HttpResponse:
    """One hit, both records side by side; a POST judges it."""
    actor = permissions.actor_of(request)
    form = DecisionForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                row = decide(
                    actor=actor,
                    hit=number,
                    verdict=request.POST.get("verdict", ""),
                    why=form.cleaned_data["why"],
                    against=form.cleaned_data["against"],
                    expected=request.POST.get("expected", "")[:9],
                )
            except PermissionDenied as error:
                form.add_error(None, str(error))
                status = 403
            except InputError as error:
                form.add_error(None, str(error))
                status = error.status
            else:
                messages.success(request, f"已记下：{row.get_state_display()}。")
                return HttpResponseRedirect(reverse("duplicates:hit", args=[number]))
    page = selectors.hit_page(actor=actor, hit=number)
    if page is None:
        raise Http404("没有这条重复线索。")
    context = {"page": page, "form": form, "kind": duplicate_events.HIT_KIND}
    return render(request, "duplicates/hit.html", context, status=status)
