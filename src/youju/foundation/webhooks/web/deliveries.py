"""One endpoint with what was sent to it, and one event."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from youju.foundation.identity.web.guards import permission_required
from youju.foundation.kernel.context import reaching_all
from youju.foundation.kernel.errors import InputError
from youju.foundation.shell.listing import Column, Listing, render_listing
from youju.foundation.webhooks import kinds, permissions, selectors, services

_TONES = {"pending": "hint", "failed": "error"}
_DONE = {"pause": "已暂停；这段时间的通知会留着，恢复后补发。", "resume": "已恢复。", "remove": "已删除。"}


class DeliveryFilter(forms.Form):
    """What narrows the list."""

    state = forms.ChoiceField(
        label="发送状态", required=False, choices=[("", "全部"), *selectors.DELIVERY_STATES.items()]
    )


def _state(row: Any) -> str:
    return selectors.DELIVERY_STATES[row.state]


def _draw(row: Any) -> SafeString:
    return format_html('<span class="badge badge-{}">{}</span>', _TONES.get(row.state, "plain"), _state(row))


def _listing(endpoint_id: int) -> Listing:
    return Listing(
        name="webhook-deliveries",
        title="发送记录",
        columns=(
            Column(
                "type",
                "事项",
                value=lambda row: kinds.words_of([row.type])[0],
                href=lambda row: reverse("webhooks:delivery", args=[endpoint_id, row.pk]),
                narrow="title",
            ),
            Column("number", "单号"),
            Column("occurred", "发生时间", value="occurred_at", sort="pk"),
            Column("attempts", "次数", numeric=True),
            Column("status", "回答", numeric=True),
            Column("next", "下次发送", value="next_try_at"),
            Column("state", "发送状态", value=_state, draw=_draw),
        ),
        order="-occurred",
        filter_form=DeliveryFilter,
        export_name="状态通知发送记录",
        empty="还没有通知。发一条测试通知，看看接收程序是否收得到。",
    )


@permission_required(permissions.MANAGE)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def one_endpoint(request: HttpRequest, endpoint_id: int) -> HttpResponseBase:
    """An endpoint with its events; a POST pauses, resumes, removes, rotates the secret or sends a test."""
    actor = permissions.actor_of(request)
    found = selectors.endpoint(actor=actor, endpoint=endpoint_id)
    if found is None:
        raise Http404("没有这个接收地址。")
    if request.method == "POST":
        return _deed(request, endpoint_id)
    with (
        reaching_all()
    ):  # the rows are read while the page is drawn; the selector has asked for the permission
        return render_listing(
            request,
            _listing(endpoint_id),
            lambda wish: selectors.deliveries(
                actor=actor, endpoint=endpoint_id, state=str(wish.get("state") or "")
            ),
            template="webhooks/endpoint.html",
            context={"endpoint": found},
        )


def _deed(request: HttpRequest, endpoint_id: int) -> HttpResponse:
    actor, deed = permissions.actor_of(request), request.POST.get("do", "")
    here = reverse("webhooks:endpoint", args=[endpoint_id])
    try:
        if deed == "rotate":
            issued = services.rotate_secret(actor=actor, endpoint=endpoint_id)
            return render(request, "webhooks/secret.html", {"issued": issued, "rotated": True})
        if deed == "test":
            services.send_test(actor=actor, endpoint=endpoint_id)
            messages.success(request, "测试通知已排队，几秒内发出；请刷新页面看结果。")
        else:
            services.step_endpoint(actor=actor, endpoint=endpoint_id, step=deed)
            messages.success(request, _DONE[deed])
            here = reverse("webhooks:endpoints") if deed == "remove" else here
    except InputError as error:
        messages.error(request, str(error))
    return HttpResponseRedirect(here)


@permission_required(permissions.MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def one_delivery(request: HttpRequest, endpoint_id: int, delivery_id: int) -> HttpResponse:
    """What was sent and what came of it; a POST sends it once more."""
    actor = permissions.actor_of(request)
    if request.method == "POST":
        try:
            services.redeliver(actor=actor, endpoint=endpoint_id, delivery=delivery_id)
            messages.success(request, "已排队重发，编号不变。")
        except InputError as error:
            messages.error(request, str(error))
            return HttpResponseRedirect(reverse("webhooks:endpoint", args=[endpoint_id]))
        return HttpResponseRedirect(request.path)
    endpoint = selectors.endpoint(actor=actor, endpoint=endpoint_id)
    row = selectors.delivery(actor=actor, endpoint=endpoint_id, delivery=delivery_id)
    if endpoint is None or row is None:
        raise Http404("没有这条通知；它可能已按保留期限清理。")
    context = {
        "endpoint": endpoint,
        "row": row,
        "words": kinds.words_of([row.type])[0],
        "state": _state(row),
        "body": selectors.body_shown(row),
    }
    return render(request, "webhooks/delivery.html", context)
