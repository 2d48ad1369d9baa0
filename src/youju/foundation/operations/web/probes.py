"""For machines that watch: does the process live, is it ready, what are its figures."""

from __future__ import annotations

import hmac
import os
from ipaddress import ip_address

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from youju.foundation.database import migrations
from youju.foundation.identity.permissions import Permission, allowed
from youju.foundation.identity.web.guards import public
from youju.foundation.operations import metrics, selectors
from youju.foundation.shell.addresses import client_address


@public
@never_cache
@require_safe
def healthz(_: HttpRequest) -> HttpResponse:
    """The process lives; nothing is asked of anybody else."""
    return HttpResponse("ok\n", content_type="text/plain")


@public
@never_cache
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """Ready to serve: the database answers and has every table. 503 otherwise. Details for those who may know."""
    checks = {"database": False, "migrations": False}
    try:
        checks["database"] = selectors.database_answers()
        checks["migrations"] = not migrations.pending()
    except Exception:  # noqa: S110 - whatever it is, the answer is: not ready
        pass
    ready = all(checks.values())
    body: dict[str, object] = {"ready": ready}
    if _may_know(request):
        body["checks"] = checks
    return JsonResponse(body, status=200 if ready else 503)


@public
@never_cache
@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """Prometheus metrics: for this machine, for who holds the token, or for who may see operations."""
    if not _may_know(request):
        return HttpResponse("需要令牌或权限。\n", status=403, content_type="text/plain; charset=utf-8")
    return HttpResponse(metrics.expose(), content_type="text/plain; version=0.0.4; charset=utf-8")


def _may_know(request: HttpRequest) -> bool:
    token = os.environ.get("YOUJU_METRICS_TOKEN", "")
    told = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if token and hmac.compare_digest(token, told):
        return True
    address = client_address(request)
    # A visitor that came through a proxy of ours is not this machine, whatever the socket says.
    if address and ip_address(address).is_loopback and "X-Forwarded-For" not in request.headers:
        return True
    return allowed(request.user, Permission.OPERATIONS_VIEW)
