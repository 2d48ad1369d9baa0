"""User administration."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from youju.foundation.identity import lockout, selectors, services
from youju.foundation.identity.permissions import Permission, allowed
from youju.foundation.identity.web.forms import UserForm
from youju.foundation.identity.web.guards import permission_required
from youju.foundation.identity.web.tables import user_listing
from youju.foundation.kernel.errors import InputError
from youju.foundation.shell.listing import render_listing

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


@permission_required(Permission.USERS_VIEW)
@require_safe
def user_list(request: HttpRequest) -> HttpResponseBase:
    """Every account, found by name, organisation, role and state."""
    actor = cast("User", request.user)
    may_manage = allowed(actor, Permission.USERS_MANAGE)
    return render_listing(
        request,
        user_listing(locked=lockout.locked_usernames(), may_manage=may_manage),
        lambda wish: selectors.users(actor=actor, **{name: value or "" for name, value in wish.items()}),
        template="identity/users.html",
        context={"may_manage": may_manage},
    )


@permission_required(Permission.USERS_MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def new_user(request: HttpRequest) -> HttpResponse:
    """Open an account; the initial password is shown once."""
    actor = cast("User", request.user)
    form = UserForm(request.POST or None, organisations=selectors.organisations(actor=actor))
    if request.method == "POST" and form.is_valid():
        try:
            change = services.create_user(actor=actor, **form.cleaned_data)
        except InputError as error:
            form.add_error(None, str(error))
        else:
            if change.secret:
                return _secret(request, change, "账号已建立")
            messages.success(
                request, f"已建立服务账号 {change.subject.username}；请到“接口密钥”页为它签发密钥。"
            )
            return HttpResponseRedirect(reverse("identity:users"))
    return render(request, "identity/user_form.html", {"form": form}, status=422 if form.errors else 200)


@permission_required(Permission.USERS_MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def edit_user(request: HttpRequest, user_id: int) -> HttpResponse:
    """Change an account's name, organisation, roles and whether it is open."""
    actor = cast("User", request.user)
    subject = get_object_or_404(selectors.users(actor=actor), pk=user_id)
    form = UserForm(request.POST or None, organisations=selectors.organisations(actor=actor), user=subject)
    if request.method == "POST" and form.is_valid():
        try:
            services.update_user(actor=actor, user_id=user_id, **form.cleaned_data)
        except InputError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"已保存 {subject.username} 的账号。")
            return HttpResponseRedirect(reverse("identity:users"))
    locks = lockout.locked_until(subject.username, None), selectors.codes_closed_until(subject)
    locked_until = max((lock for lock in locks if lock), default=None)
    context = {
        "form": form,
        "subject": subject,
        "locked_until": locked_until,
        "has_factor": selectors.has_second_factor(subject),
    }
    return render(request, "identity/user_form.html", context, status=422 if form.errors else 200)


@permission_required(Permission.USERS_MANAGE)
@require_POST
def unlock(request: HttpRequest, user_id: int) -> HttpResponse:
    """Open a lock early."""
    actor = cast("User", request.user)
    subject = get_object_or_404(selectors.users(actor=actor), pk=user_id)
    services.unlock_user(actor=actor, user_id=subject.pk)
    messages.success(request, f"{subject.username} 已解锁，可以马上登录。")
    return HttpResponseRedirect(reverse("identity:user-edit", args=[user_id]))


@permission_required(Permission.USERS_MANAGE)
@require_POST
def reset_password(request: HttpRequest, user_id: int) -> HttpResponse:
    """Give a new initial password, shown once."""
    actor = cast("User", request.user)
    subject = get_object_or_404(selectors.users(actor=actor), pk=user_id)
    try:
        change = services.reset_password(actor=actor, user_id=subject.pk)
    except InputError as error:
        messages.error(request, str(error))
        return HttpResponseRedirect(reverse("identity:user-edit", args=[user_id]))
    return _secret(request, change, "密码已重置")


def _secret(request: HttpRequest, change: services.Change, what: str) -> HttpResponse:
    # Answered at once instead of after a redirect: a redirect would have to keep the password somewhere.
    return render(request, "identity/secret.html", {"change": change, "what": what})
