"""Coming in and going out."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth import authenticate, login, logout
from django.contrib.auth.signals import user_login_failed
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from youju.foundation.identity import demo, selectors, services
from youju.foundation.identity.lockout import locked_until
from youju.foundation.identity.web import clock
from youju.foundation.identity.web.addresses import client_address
from youju.foundation.identity.web.forms import CodeForm, LoginForm
from youju.foundation.identity.web.gate import safe_next
from youju.foundation.identity.web.guards import public

SECOND = "second_step"
REASONS = {
    "idle": "您有一段时间没有操作，为了安全已自动退出，请重新登录；登录后回到刚才的页面。",
    "lifetime": "这次登录已到最长时间，请重新登录；登录后回到刚才的页面。",
    "out": "您已退出登录。",
    "everywhere": "您已在所有地方退出登录。",
}


@public
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def login_page(request: HttpRequest) -> HttpResponse:
    """Ask for username and password; go on to ``next`` if it lies on this site."""
    if request.method == "GET":
        if request.user.is_authenticated:
            return HttpResponseRedirect(_onward(request))
        return _page(request, LoginForm(), status=200)
    form = LoginForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    username = form.cleaned_data["username"]
    was_locked = locked_until(username, client_address(request)) is not None
    user = authenticate(request, **form.cleaned_data)
    if user is not None:
        return _enter(request, user)
    until = locked_until(username, client_address(request))
    services.note_refusal(
        username=username,
        what="登录已锁定" if was_locked else "用户名或密码不对",
        locked_until=None if was_locked else until,
    )
    if until is None:
        form.add_error(None, "用户名或密码不正确，请检查大小写后再试。")
        return _page(request, form, status=422)
    return _locked(request, form, until)


@public
@never_cache
@require_POST
def demo_login(request: HttpRequest, role: str) -> HttpResponse:
    """Come in as the demo account of a role, beside demo data only."""
    user = demo.find(role)
    if user is None:
        raise Http404("没有这个演示账号")
    return _enter(request, user)


@public
@require_POST
def log_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    if request.user.is_authenticated:
        services.note_logout(user=request.user, key=request.session.session_key or "")
    logout(request)
    return HttpResponseRedirect(reverse("identity:login") + "?reason=out")


def locked_out(_: HttpRequest, response: HttpResponse | None, *__: Any) -> HttpResponse:
    """For ``AXES_LOCKOUT_CALLABLE``: ``login_page`` has said already when to try again."""
    return response or HttpResponse("登录失败次数过多，请稍后再试。", status=429)


@public
@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "POST"])
def second_step(request: HttpRequest) -> HttpResponse:
    """Ask for the one-time password of a login whose password was right a moment ago."""
    waiting = request.session.get(SECOND)
    user = selectors.login_waiting(waiting)
    if user is None:
        request.session.pop(SECOND, None)
        return HttpResponseRedirect(reverse("identity:login"))
    form = CodeForm(request.POST or None)
    if request.method == "GET" or not form.is_valid():
        return render(
            request, "identity/second_step.html", {"form": form}, status=422 if form.errors else 200
        )
    until = _closed(request, user)
    if until is None and services.check_second(user=user, code=form.cleaned_data["code"]):
        del request.session[SECOND]
        return _admit(request, user, safe_next(request, (waiting or {}).get("next", "")) or "/")
    if until is None:
        # Wrong codes count like wrong passwords: guessing on ends in the same lock.
        user_login_failed.send(sender=__name__, credentials={"username": user.username}, request=request)
        until = _closed(request, user)
        services.note_refusal(username=user.username, what="第二步的验证码不对", locked_until=until)
    if until is None:
        form.add_error("code", "验证码不对；请输入验证器现在显示的六位数，或一个没有用过的备用码。")
        return render(request, "identity/second_step.html", {"form": form}, status=422)
    request.session.pop(SECOND, None)
    return _locked(request, None, until)


def _closed(request: HttpRequest, user: Any) -> datetime | None:
    """Until when the account takes no code here: locked by failed logins, or by wrong codes from anywhere."""
    ends = locked_until(user.username, client_address(request)), selectors.codes_closed_until(user)
    return max((end for end in ends if end), default=None)


def _enter(request: HttpRequest, user: Any) -> HttpResponse:
    """The password was right: in, or on to the second step."""
    if not selectors.has_second_factor(user):
        return _admit(request, user, _onward(request))
    request.session.cycle_key()
    request.session[SECOND] = {
        "user": user.pk,
        "at": timezone.now().isoformat(),
        "next": _onward(request),
        "hash": user.get_session_auth_hash(),
    }
    return HttpResponseRedirect(reverse("identity:second-step"))


def _admit(request: HttpRequest, user: Any, onward: str) -> HttpResponse:
    login(request, user, backend="youju.foundation.identity.backends.PasswordBackend")
    clock.start(request.session)
    services.note_login(
        user=user,
        key=request.session.session_key or "",
        address=client_address(request),
        agent=request.headers.get("User-Agent", ""),
    )
    return HttpResponseRedirect(onward)


def _locked(request: HttpRequest, form: LoginForm | None, until: datetime) -> HttpResponse:
    # Rounded up to the next minute: at the minute that the page names, the lock is open.
    opens = timezone.localtime(until) + timedelta(minutes=1)
    told = f"登录失败次数过多，已暂时锁定；请在 {opens:%H:%M} 以后再试，或请系统管理员解锁。"
    if form is None:
        return _page(request, LoginForm(), status=429, reason=told)
    form.add_error(None, told)
    return _page(request, form, status=429)


def _onward(request: HttpRequest) -> str:
    wish = request.POST.get("next", "") or request.GET.get("next", "")
    return safe_next(request, wish) or "/"


def _page(request: HttpRequest, form: LoginForm, *, status: int, reason: str = "") -> HttpResponse:
    context = {
        "form": form,
        "next": safe_next(request, request.POST.get("next", "") or request.GET.get("next", "")),
        "reason": reason or REASONS.get(request.GET.get("reason", ""), ""),
        "demo_accounts": demo.accounts_to_show(),
        "no_user_yet": not selectors.any_user(),
    }
    return render(request, "identity/login.html", context, status=status)
