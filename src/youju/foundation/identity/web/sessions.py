"""Ending sessions: one, all others, or those of a user."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST

from youju.foundation.identity import selectors, services
from youju.foundation.identity.permissions import Permission
from youju.foundation.identity.web.guards import permission_required
from youju.foundation.kernel.errors import InputError

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


@permission_required(Permission.ACCOUNT_OWN)
@require_POST
def end_one(request: HttpRequest) -> HttpResponse:
    """End one of my sessions."""
    services.end_session(actor=cast("User", request.user), handle=request.POST.get("session", ""))
    messages.success(request, "已结束那个登录。")
    return HttpResponseRedirect(reverse("identity:account"))


@permission_required(Permission.ACCOUNT_OWN)
@require_POST
def end_others(request: HttpRequest) -> HttpResponse:
    """Log me out everywhere; here too with ``here``."""
    user = cast("User", request.user)
    if request.POST.get("here"):
        services.end_sessions(actor=user, user=user)
        logout(request)
        return HttpResponseRedirect(reverse("identity:login") + "?reason=everywhere")
    count = services.end_sessions(actor=user, user=user, but=request.session.session_key or "")
    messages.success(request, f"已在其他 {count} 处退出登录。" if count else "没有别处的登录。")
    return HttpResponseRedirect(reverse("identity:account"))


@permission_required(Permission.USERS_MANAGE)
@require_POST
def end_of_user(request: HttpRequest, user_id: int) -> HttpResponse:
    """Log a user out everywhere."""
    actor = cast("User", request.user)
    subject = get_object_or_404(selectors.users(actor=actor), pk=user_id)
    count = services.end_sessions(actor=actor, user=subject)
    messages.success(request, f"已结束 {subject.username} 的 {count} 个登录。")
    return HttpResponseRedirect(reverse("identity:user-edit", args=[user_id]))


@permission_required(Permission.USERS_MANAGE)
@require_POST
def reset_factor(request: HttpRequest, user_id: int) -> HttpResponse:
    """Take a lost device away from an account."""
    actor = cast("User", request.user)
    subject = get_object_or_404(selectors.users(actor=actor), pk=user_id)
    try:
        services.reset_factor(actor=actor, user=subject, reason=request.POST.get("reason", ""))
    except InputError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"已重置 {subject.username} 的两步验证；其下次登录后重新启用。")
    return HttpResponseRedirect(reverse("identity:user-edit", args=[user_id]))
