"""The watch over operations: its alerts, one of them with its evidence, settling it, a round on demand."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_safe

from youju.foundation.identity.permissions import Permission, allowed
from youju.foundation.identity.web.guards import permission_required
from youju.foundation.kernel.errors import InputError
from youju.foundation.shell.listing import Column, Listing, render_listing
from youju.trade.declarations import addresses as declarations
from youju.trade.statistics import addresses, permissions, selectors, services
from youju.trade.statistics.web.forms import ConclusionForm
from youju.trade.statistics.web.tabs import tabs_for


class AlertFilter(forms.Form):
    """State, rule, words."""

    q = forms.CharField(
        label="查找", required=False, max_length=60, widget=forms.TextInput(attrs={"type": "search"})
    )
    state = forms.ChoiceField(label="状态", required=False)
    rule = forms.ChoiceField(label="规则", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        state: Any = self.fields["state"]
        rule: Any = self.fields["rule"]
        state.choices = [("", "全部"), *selectors.ALERT_STATES.items()]
        rule.choices = [("", "全部"), *selectors.rule_choices()]


LIST = Listing(
    name="alerts",
    title="提醒",
    columns=(
        Column(
            "message", "情况", sort="message", narrow="title", href=lambda row: addresses.alert(str(row.pk))
        ),
        Column("rule", "规则", sort="rule"),
        Column("label", "对象", sort="label"),
        Column("period", "期间", sort="period"),
        Column("state", "状态", lambda row: selectors.ALERT_STATES[row.state], sort="state"),
        Column("found_at", "发现时间", sort="found_at"),
        Column("handled_by", "处理人", sort="handled_by", narrow="hide"),
    ),
    order="-found_at",
    filter_form=AlertFilter,
    export_name="运行监测提醒",
    empty="没有提醒：出口平稳，口岸畅通，数据按时到达。每天夜里检查一次，也可以现在检查。",
)


@require_safe
@permission_required(permissions.OVERSEE)
def alerts(request: HttpRequest) -> HttpResponseBase:
    """The list."""
    actor = permissions.actor_of(request)
    return render_listing(
        request,
        LIST,
        lambda wish: selectors.alerts(
            actor=actor, state=wish.get("state") or "", rule=wish.get("rule") or "", text=wish.get("q") or ""
        ),
        template="statistics/alerts.html",
        context={"tabs": tabs_for(request), "may_watch": allowed(actor, permissions.MANAGE)},
        may_export=allowed(actor, permissions.EXPORT),
    )


@require_http_methods(["POST"])
@permission_required(permissions.MANAGE)
def watch(request: HttpRequest) -> HttpResponse:
    """A round now."""
    found = services.watch_now(actor=permissions.actor_of(request))
    words = f"新发现 {found.new} 条" if found.new else "没有新的情况"
    messages.success(request, f"检查完毕：{words}，{found.known} 条以前已经提醒过。")
    return HttpResponseRedirect(f"{reverse('statistics:alerts')}?state=open")


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(permissions.OVERSEE)
def alert(request: HttpRequest, number: int) -> HttpResponse:
    """One alert; a POST settles it."""
    actor = permissions.actor_of(request)
    page = selectors.alert_page(actor=actor, alert=number)
    if page is None:
        raise Http404("没有这条提醒。")
    form = ConclusionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            services.handle_alert(actor=actor, alert=number, conclusion=form.cleaned_data["conclusion"])
        except InputError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "已处理。")
            return HttpResponseRedirect(reverse("statistics:alert", args=[number]))
    sees = allowed(actor, Permission.DECLARATIONS_VIEW)
    context = {
        "page": page,
        "form": form,
        "tabs": tabs_for(request),
        "kind": selectors.ALERT_KIND,
        "list_url": reverse("statistics:alerts"),
        "rows_url": f"{reverse('statistics:lines')}?{urlencode(page.query)}" if page.query else "",
        "declarations": [
            (key, day, declarations.declaration(key) if sees else None) for key, day in page.declarations
        ],
    }
    return render(request, "statistics/alert.html", context, status=422 if form.errors else 200)
