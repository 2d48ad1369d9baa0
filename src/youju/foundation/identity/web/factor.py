"""The second factor on one's own account."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import segno
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from youju.foundation.identity import selectors, services
from youju.foundation.identity.permissions import Permission
from youju.foundation.identity.web.forms import CodeForm
from youju.foundation.identity.web.guards import permission_required
from youju.foundation.kernel.errors import InputError

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def _factor(request: HttpRequest) -> HttpResponse:
    """Set a device up: scan, type a code, keep the recovery codes; or what is set up already."""
    user = cast("User", request.user)
    if selectors.has_second_factor(user):
        context = {"state": selectors.factor_state(user), "form": CodeForm()}
        return render(request, "identity/factor_state.html", context)
    form = CodeForm(request.POST or None)
    form.fields["code"].help_text = "扫码后，验证器显示的六位数。"
    if request.method == "POST" and form.is_valid():
        try:
            codes = services.confirm_factor(actor=user, code=form.cleaned_data["code"])
        except InputError as error:
            form.add_error("code", str(error))
        else:
            return _codes(request, codes)
    try:
        secret, address = services.begin_factor(actor=user)
    except InputError as error:
        messages.error(request, str(error))
        return HttpResponseRedirect(reverse("identity:account"))
    picture = segno.make(address, error="m").svg_inline(
        scale=4, omitsize=False, svgclass="qr", lineclass=None, title="两步验证的二维码"
    )
    groups = [secret[at : at + 4] for at in range(0, len(secret), 4)]
    context = {"form": form, "qr": mark_safe(picture), "groups": groups}  # noqa: S308 - drawn by segno from our own address
    return render(request, "identity/factor_begin.html", context, status=422 if form.errors else 200)


factor = permission_required(Permission.ACCOUNT_OWN)(_factor)
cast(Any, factor).before_password = True


@permission_required(Permission.ACCOUNT_OWN)
@sensitive_post_parameters("code")
@require_POST
def renew_codes(request: HttpRequest) -> HttpResponse:
    """New recovery codes, shown once."""
    try:
        codes = services.renew_codes(actor=cast("User", request.user), code=request.POST.get("code", ""))
    except InputError as error:
        messages.error(request, str(error))
        return HttpResponseRedirect(reverse("identity:factor"))
    return _codes(request, codes)


@permission_required(Permission.ACCOUNT_OWN)
@sensitive_post_parameters("code")
@require_POST
def remove(request: HttpRequest) -> HttpResponse:
    """Switch the second factor off."""
    try:
        services.remove_factor(actor=cast("User", request.user), code=request.POST.get("code", ""))
    except InputError as error:
        messages.error(request, str(error))
        return HttpResponseRedirect(reverse("identity:factor"))
    messages.success(request, "两步验证已停用。")
    return HttpResponseRedirect(reverse("identity:account"))


def _codes(request: HttpRequest, codes: list[str]) -> HttpResponse:
    # Answered at once: a redirect would have to keep the codes somewhere.
    return render(request, "identity/recovery_codes.html", {"codes": codes})
