"""API keys: list, issue, revoke."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from youju.foundation.identity import selectors, services
from youju.foundation.identity.permissions import Permission
from youju.foundation.identity.web.forms import KeyForm
from youju.foundation.identity.web.guards import permission_required
from youju.foundation.kernel.errors import InputError
from youju.foundation.shell.listing import Column, Listing, render_listing

if TYPE_CHECKING:
    from youju.foundation.identity.models import ApiKey, User


class KeyFilter(forms.Form):
    """What narrows the list."""

    state = forms.ChoiceField(
        label="状态", required=False, choices=[("", "全部"), ("open", "有效"), ("ended", "已到期或吊销")]
    )


def _state(key: ApiKey) -> str:
    if key.revoked_at:
        return "已吊销"
    return "已到期" if key.expires_on < timezone.localdate() else "有效"


def _draw(key: ApiKey) -> SafeString:
    word = _state(key)
    return format_html(
        '<span class="badge badge-{}">{}</span>', "plain" if word == "有效" else "warning", word
    )


def key_listing() -> Listing:
    """The list, made when asked for: its empty state links to the form."""
    return Listing(
        name="api-keys",
        title="接口密钥",
        columns=(
            Column(
                "name",
                "用途",
                sort="name",
                href=lambda key: reverse("identity:api-key", args=[key.pk]),
                narrow="title",
            ),
            Column("prefix", "密钥", value=lambda key: f"yj_{key.prefix}…"),
            Column("organisation", "单位", value="organisation.name", sort="organisation__name"),
            Column("owner", "以谁的身份", value="owner.display_name", sort="owner__display_name"),
            Column("expires", "有效期至", value="expires_on", sort="expires_on"),
            Column("used", "最近使用", value="last_used_at", sort="last_used_at"),
            Column("state", "状态", value=_state, draw=_draw),
        ),
        order="-expires",
        filter_form=KeyFilter,
        export_name="接口密钥",
        empty="还没有接口密钥。别的系统要取数或报送时，在这里签发一把。",
        next_step=("签发密钥", reverse("identity:api-key-new")),
    )


@permission_required(Permission.API_KEYS_MANAGE)
@require_safe
def key_list(request: HttpRequest) -> HttpResponseBase:
    """Every key with its owner, scope and last use."""
    actor = cast("User", request.user)
    return render_listing(
        request,
        key_listing(),
        lambda wish: selectors.api_keys(actor=actor, state=str(wish.get("state") or "")),
        template="identity/api_keys.html",
    )


@permission_required(Permission.API_KEYS_MANAGE)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new_key(request: HttpRequest) -> HttpResponse:
    """Issue a key; it is shown once."""
    actor = cast("User", request.user)
    form = KeyForm(request.POST or None, owners=selectors.key_owners(actor=actor))
    if request.method == "POST" and form.is_valid():
        try:
            issued = services.create_key(actor=actor, **form.cleaned_data)
        except InputError as error:
            form.add_error(None, str(error))
        else:
            return render(request, "identity/api_key_secret.html", {"issued": issued})
    return render(request, "identity/api_key_form.html", {"form": form}, status=422 if form.errors else 200)


@permission_required(Permission.API_KEYS_MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def one_key(request: HttpRequest, key_id: int) -> HttpResponse:
    """One key and its history; a POST revokes it."""
    actor = cast("User", request.user)
    if request.method == "POST":
        try:
            key = services.revoke_key(actor=actor, key_id=key_id, reason=request.POST.get("reason", ""))
        except InputError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, f"已吊销“{key.name}”。")
        return HttpResponseRedirect(reverse("identity:api-keys"))
    found = selectors.api_keys(actor=actor).filter(pk=key_id).first()
    if found is None:
        raise InputError("没有这把接口密钥", how="请回到列表", status=404)
    known = {permission.value: permission.label for permission in Permission}
    labels = [known.get(scope, scope) for scope in found.scopes]
    return render(request, "identity/api_key.html", {"key": found, "labels": labels, "state": _state(found)})
