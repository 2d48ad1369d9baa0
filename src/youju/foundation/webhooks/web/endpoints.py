"""Endpoints: list, new, edit."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from youju.foundation.identity.web.guards import permission_required
from youju.foundation.kernel.errors import InputError
from youju.foundation.shell.listing import Column, Listing, render_listing
from youju.foundation.webhooks import permissions, selectors, services
from youju.foundation.webhooks.selectors import EndpointView
from youju.foundation.webhooks.web.forms import EndpointForm

_SHOWN = [(code, label) for code, label in selectors.STATES.items() if code != "removed"]


class EndpointFilter(forms.Form):
    """What narrows the list."""

    state = forms.ChoiceField(label="状态", required=False, choices=[("", "全部"), *_SHOWN])


def draw_state(row: EndpointView) -> SafeString:
    """The state as a badge."""
    tone = {"active": "plain", "stopped": "error"}.get(row.state, "warning")
    return format_html('<span class="badge badge-{}">{}</span>', tone, row.state_label)


def _listing() -> Listing:
    """The list, made when asked for: its empty state links to the form."""
    return Listing(
        name="webhooks",
        title="状态通知",
        columns=(
            Column(
                "name", "用途", href=lambda row: reverse("webhooks:endpoint", args=[row.id]), narrow="title"
            ),
            Column("organisation", "单位", value="organisation_name"),
            Column("url", "接收地址"),
            Column("types", "事项数", value=lambda row: len(row.types), numeric=True),
            Column("waiting", "等待发送", numeric=True),
            Column("failed", "没有送到", numeric=True),
            Column("sent", "最近送到", value="sent_at"),
            Column("state", "状态", value="state_label", draw=draw_state),
        ),
        filter_form=EndpointFilter,
        export_name="接收地址",
        empty="还没有接收地址。单位的系统要及时知道交易单、装箱单、报关单的状态变化时，在这里登记它的地址。",
        next_step=("登记接收地址", reverse("webhooks:endpoint-new")),
    )


@permission_required(permissions.MANAGE)
@require_safe
def endpoint_list(request: HttpRequest) -> HttpResponseBase:
    """Every endpoint, with what waits for it."""
    actor = permissions.actor_of(request)
    return render_listing(
        request,
        _listing(),
        lambda wish: selectors.endpoints(actor=actor, state=str(wish.get("state") or "")),
        template="webhooks/endpoints.html",
    )


@permission_required(permissions.MANAGE)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new_endpoint(request: HttpRequest) -> HttpResponse:
    """Register an endpoint; its secret is shown once."""
    actor = permissions.actor_of(request)
    form = EndpointForm(request.POST or None, organisations=selectors.organisations(actor=actor))
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        try:
            issued = services.register_endpoint(
                actor=actor, organisation=int(values.pop("organisation")), **values
            )
        except InputError as error:
            form.add_error(None, str(error))
        else:
            return render(request, "webhooks/secret.html", {"issued": issued})
    status = 422 if form.errors else 200
    return render(request, "webhooks/form.html", {"form": form, "title": "登记接收地址"}, status=status)


@permission_required(permissions.MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def edit_endpoint(request: HttpRequest, endpoint_id: int) -> HttpResponse:
    """Change an endpoint."""
    actor = permissions.actor_of(request)
    found = selectors.endpoint(actor=actor, endpoint=endpoint_id)
    if found is None:
        raise Http404("没有这个接收地址。")
    there = {"name": found.name, "url": found.url, "types": list(found.types)}
    form = EndpointForm(request.POST or None, initial=there)
    if request.method == "POST" and form.is_valid():
        try:
            services.change_endpoint(actor=actor, endpoint=endpoint_id, **form.cleaned_data)
        except InputError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "已保存。")
            return HttpResponseRedirect(reverse("webhooks:endpoint", args=[endpoint_id]))
    context = {"form": form, "title": "修改接收地址", "endpoint": found}
    return render(request, "webhooks/form.html", context, status=422 if form.errors else 200)
