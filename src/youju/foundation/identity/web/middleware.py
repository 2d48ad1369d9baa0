"""What holds for every page: sessions end, initial passwords are changed, unmarked views stay closed."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth import SESSION_KEY, logout
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, JsonResponse
from django.urls import reverse

from youju.foundation.identity import selectors, services
from youju.foundation.identity.web import clock
from youju.foundation.identity.web.gate import is_api, to_login
from youju.foundation.identity.web.naming import who
from youju.foundation.kernel.context import acting
from youju.foundation.shell.circumstances import streamed_as_now

log = logging.getLogger(__name__)

Next = Callable[[HttpRequest], HttpResponseBase]
_WHY = {"idle": "一段时间没有操作", "lifetime": "已到一次登录的最长时间"}


class SessionClock:
    """Log out a session that rested or lived too long; the guard then asks for a new login and says why."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer a request."""
        if SESSION_KEY in request.session:
            reason = clock.check(request.session)
            if reason:
                if request.user.is_authenticated:
                    services.note_timeout(
                        user=request.user, key=request.session.session_key or "", why=_WHY[reason]
                    )
                logout(request)
                request.session_ended = reason  # type: ignore[attr-defined]
        return self.get_response(request)


class Acting:
    """Name who acts in the context, for the trail and the logs."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer a request. A visitor without a session costs no query."""
        if SESSION_KEY not in request.session or not request.user.is_authenticated:
            return self.get_response(request)
        with acting(**who(request.user)):
            return streamed_as_now(self.get_response(request))


class FactorFirst:
    """Lead a user whose role asks for a second factor, and who has none, to the page where it is set up.

    Only in an installation for real data: beside demo data and before the first account there is nothing to guard.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer a request."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, *_: Any) -> HttpResponse | None:
        """Send to the set-up, but for that page itself and public ones."""
        open_to_all = getattr(view, "is_public", False) or getattr(view, "before_password", False)
        if (
            open_to_all
            or not request.user.is_authenticated
            or not selectors.lacks_second_factor(request.user)
        ):
            return None
        if is_api(request):
            return JsonResponse(
                {"detail": "请先启用两步验证。"}, status=403, json_dumps_params={"ensure_ascii": False}
            )
        page = reverse("identity:factor")
        if "HX-Request" in request.headers:
            return HttpResponse(status=403, headers={"HX-Redirect": page})
        messages.warning(request, "您的角色须使用两步验证，请先在手机上启用。")
        return HttpResponseRedirect(page)


class PasswordFirst:
    """Keep a user with an initial password on the page where it is changed."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer a request."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, *_: Any) -> HttpResponse | None:
        """Send to the change of password, but for that page itself and public ones."""
        open_to_all = getattr(view, "is_public", False) or getattr(view, "before_password", False)
        if open_to_all or not request.user.is_authenticated or not request.user.must_change_password:
            return None
        if is_api(request):
            return JsonResponse(
                {"detail": "请先修改初始密码。"}, status=403, json_dumps_params={"ensure_ascii": False}
            )
        page = reverse("identity:password")
        if "HX-Request" in request.headers:
            return HttpResponse(status=403, headers={"HX-Redirect": page})
        messages.warning(request, "请先把初始密码改成您自己的密码。")
        return HttpResponseRedirect(page)


class ClosedByDefault:
    """Refuse a view that carries no mark of ``guards``, and keep guarded pages out of shared and disk caches.

    Endpoints of the API are guarded one by one by ``api_guard``; the walk test checks that none is left out.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer a request."""
        response = self.get_response(request)
        if getattr(request, "is_guarded", False):
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    def process_view(self, request: HttpRequest, view: Any, *_: Any) -> HttpResponse | None:
        """Let marked views pass."""
        if hasattr(view, "required_permission"):
            request.is_guarded = True  # type: ignore[attr-defined]
            return None
        match = request.resolver_match
        if getattr(view, "is_public", False) or (match is not None and match.app_names[:1] == ["ninja"]):
            return None
        log.error("view %s carries no guard and stays closed", getattr(view, "__qualname__", view))
        if not request.user.is_authenticated:
            return to_login(request)
        raise PermissionDenied("这个页面没有声明谁可以打开，请告知系统管理员。")
