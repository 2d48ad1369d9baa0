"""One's own account."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from youju.foundation.identity import selectors, services
from youju.foundation.identity.passwords import LongEnough, NotRecent
from youju.foundation.identity.permissions import Permission, permissions_of
from youju.foundation.identity.web.forms import PasswordForm
from youju.foundation.identity.web.guards import permission_required
from youju.foundation.kernel.errors import InputError

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


@permission_required(Permission.ACCOUNT_OWN)
@require_safe
def account(request: HttpRequest) -> HttpResponse:
    """Who I am here and what I may do."""
    held = permissions_of(request.user)
    user = cast("User", request.user)
    context = {
        "held": [each.label for each in Permission if each in held],
        "factor": selectors.factor_state(user),
        "sessions": selectors.sessions(actor=user),
        "current": request.session.session_key,
    }
    return render(request, "identity/account.html", context)


@sensitive_post_parameters("old", "new", "again")
@require_http_methods(["GET", "HEAD", "POST"])
def _password(request: HttpRequest) -> HttpResponse:
    """Change my password; an initial one must be changed before anything else."""
    user = cast("User", request.user)
    form = PasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            change = services.change_own_password(
                actor=user,
                old=form.cleaned_data["old"],
                new=form.cleaned_data["new"],
                keep_session=request.session.session_key or "",
            )
        except ValidationError as error:
            form.add_error(None, error)
        except InputError as error:
            form.add_error(None, str(error))
        else:
            # This session goes on under a new key; all others end with the old password.
            old_key = request.session.session_key or ""
            update_session_auth_hash(request, change.subject)
            services.session_moved(old=old_key, new=request.session.session_key or "")
            messages.success(request, "密码已修改；在其他电脑上的登录已退出。")
            return HttpResponseRedirect("/" if user.must_change_password else reverse("identity:account"))
    hints = [
        LongEnough().get_help_text(),
        "不能全是数字，不能是常见的密码，也不能与用户名或姓名相近。",
        NotRecent().get_help_text(),
    ]
    return render(
        request,
        "identity/password.html",
        {"form": form, "hints": hints, "forced": user.must_change_password},
        status=422 if form.errors else 200,
    )


password = permission_required(Permission.ACCOUNT_OWN)(_password)
cast(Any, password).before_password = True
