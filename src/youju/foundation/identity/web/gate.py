"""The way to the login page and safely back."""

from __future__ import annotations

from urllib.parse import urlencode, urlsplit

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

API_PREFIX = "/api/"


def is_api(request: HttpRequest) -> bool:
    """Whether a program asked, which wants a status and JSON rather than a page."""
    return request.path_info.startswith(API_PREFIX)


def safe_next(request: HttpRequest, address: str) -> str:
    """The address if it lies on this site (path and query only), else an empty string."""
    if not address.startswith("/") or not url_has_allowed_host_and_scheme(
        address, allowed_hosts=None, require_https=request.is_secure()
    ):
        return ""
    return address


def _page_asked_for(request: HttpRequest) -> str:
    """The page to come back to: the one asked for, or the one that a form or htmx request was sent from."""
    if request.method == "GET" and "HX-Request" not in request.headers:
        return request.get_full_path()
    parts = urlsplit(request.headers.get("HX-Current-URL") or request.headers.get("Referer") or "")
    if parts.netloc != request.get_host():
        return ""
    return safe_next(request, parts.path + (f"?{parts.query}" if parts.query else ""))


def to_login(request: HttpRequest) -> HttpResponse:
    """Send a visitor to the login page: a redirect, ``HX-Redirect`` for htmx, 401 with JSON for the API.

    The page asked for becomes ``next``; why the session ended, if it did, becomes ``reason``.
    """
    if is_api(request):
        return JsonResponse({"detail": "请先登录。"}, status=401, json_dumps_params={"ensure_ascii": False})
    page = _page_asked_for(request)
    reason = getattr(request, "session_ended", "")
    wishes = {"next": page if page != "/" else "", "reason": reason}
    query = urlencode({key: value for key, value in wishes.items() if value})
    login = reverse("identity:login") + (f"?{query}" if query else "")
    if "HX-Request" in request.headers:
        return HttpResponse(status=401, headers={"HX-Redirect": login})
    return HttpResponseRedirect(login)
