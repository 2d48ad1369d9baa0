"""The one API of the product, at ``/api/v1``. Each room brings its router; errors are ``{"detail": "…"}``."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, include, path
from django.views.decorators.http import require_safe
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.operation import Operation

from youju.foundation.identity.web.limiter import TooOftenError, bearer
from youju.foundation.kernel.errors import InputError
from youju.foundation.metrics.api import router as metrics
from youju.foundation.webhooks.api import router as webhooks
from youju.foundation.workflow.api import router as work
from youju.funds.assets.api import router as assets
from youju.funds.internal_audits.api import router as internal_audits
from youju.funds.payments.api import router as payments
from youju.funds.projects.api import router as projects
from youju.funds.subsidies.api import router as subsidies
from youju.funds.subsidies.api.duplicates import router as duplicates
from youju.office.base.api import router as base
from youju.office.contracts.api import router as contracts
from youju.office.events.api import router as events
from youju.office.staff.api import router as staff
from youju.office.surveys.api import router as surveys
from youju.office.tasks.api import router as tasks
from youju.performance.disclosure.api import router as disclosure
from youju.performance.evaluation.api import router as evaluation
from youju.performance.measures.api import router as measures
from youju.performance.monitoring.api import router as monitoring
from youju.performance.proposals.api import router as proposals
from youju.performance.report_checks.api import router as report_checks
from youju.performance.targets.api import router as targets
from youju.trade.credit.api import router as credit
from youju.trade.declarations.api import router as declarations
from youju.trade.exemptions.api import router as exemptions
from youju.trade.goods.api import router as goods
from youju.trade.orders.api import router as orders
from youju.trade.packing.api import router as packing
from youju.trade.parties.api import router as parties
from youju.trade.risk.api import router as risk
from youju.trade.settlement.api import router as settlement
from youju.trade.statistics.api import router as statistics
from youju.trade.tracing.api import router as tracing


class OneAPI(NinjaAPI):
    """Ninja's API with operations that are called as programs would call them."""

    def get_openapi_operation_id(self, operation: Operation) -> str:
        """``orders_register``: the room and the function; unique, and no module's name that may change."""
        room = (operation.tags or ["api"])[0]
        return f"{room}_{operation.view_func.__name__}"


api = OneAPI(
    title="有据",
    version="1",
    description="金额和数量都是十进制数字文本，空白是 null。出错时返回 {“detail”: 一句话}。",
    urls_namespace="api",
    docs_url=None,  # ninja's pages fetch from elsewhere; docs/reference/openapi.json is the documentation
    openapi_url=None,
)
api.add_router("/assets", assets)
api.add_router("/audits", internal_audits)
api.add_router("/base", base)
api.add_router("/contracts", contracts)
api.add_router("/declarations", declarations)
api.add_router("/events", events)
api.add_router("/orders", orders)
api.add_router("/packing", packing)
api.add_router("/parties", parties)
api.add_router("/payments", payments)
api.add_router("/projects", projects)
api.add_router("/goods", goods)
api.add_router("/staff", staff)
api.add_router("/statistics", statistics)
api.add_router("/subsidies", subsidies)
api.add_router("/subsidies/duplicates", duplicates)
api.add_router("/surveys", surveys)
api.add_router("/targets", targets)
api.add_router("/tasks", tasks)
api.add_router("/tracing", tracing)
api.add_router("/webhooks", webhooks)
api.add_router("/metrics", metrics)
api.add_router("/work", work)
api.add_router("/measures", measures)
api.add_router("/monitoring", monitoring)
api.add_router("/evaluation", evaluation)
api.add_router("/proposals", proposals)
api.add_router("/report-checks", report_checks)
api.add_router("/disclosure", disclosure)
api.add_router("/settlement", settlement)
api.add_router("/exemptions", exemptions)
api.add_router("/risk", risk)
api.add_router("/credit", credit)


def mounted() -> tuple[Any, ...]:
    """What ``urls.py`` includes: the API, its root answering to GET alone."""
    patterns, app_name, namespace = api.urls
    for pattern in patterns:
        if isinstance(pattern, URLPattern) and pattern.name == "api-root":
            pattern.callback = require_safe(pattern.callback)
    return _by_room(patterns), app_name, namespace


def _by_room(patterns: list[Any]) -> list[Any]:
    """The same addresses, a room's behind one prefix: an address is compared with those of its room, not with a hundred."""
    rooms: dict[str, list[Any]] = {}
    for each in patterns:
        room, slash, rest = str(each.pattern).partition("/")
        inner = path(rest, each.callback, each.default_args, each.name) if slash else each
        rooms.setdefault(room + slash if slash else "", []).append(inner)
    return [path(room, include(inner)) for room, inner in rooms.items()]


def _answer(request: HttpRequest, detail: str, status: int) -> HttpResponse:
    return api.create_response(request, {"detail": detail}, status=status)


@api.exception_handler(InputError)
def input_error(request: HttpRequest, error: InputError) -> HttpResponse:
    """Bad input: its sentence under its status, and the findings of rules where they are the reason."""
    findings = getattr(error, "findings", None)
    if findings is None:
        return _answer(request, str(error), error.status)
    told = {"detail": str(error), "findings": [each.as_json() for each in findings]}
    return api.create_response(request, told, status=error.status)


@api.exception_handler(TooOftenError)
def too_often(request: HttpRequest, error: TooOftenError) -> HttpResponse:
    """A limit was passed: when to ask again."""
    answer = _answer(request, str(error), error.status)
    answer["Retry-After"] = str(error.wait)
    return answer


@api.exception_handler(AuthenticationError)
def not_logged_in(request: HttpRequest, _: AuthenticationError) -> HttpResponse:
    """A visitor, or a key that is unknown, expired, revoked or used from another address."""
    presented = bool(bearer(request))
    answer = _answer(
        request, "接口密钥无效、已到期、已吊销，或不能从这个地址使用。" if presented else "请先登录。", 401
    )
    answer["WWW-Authenticate"] = "Bearer"
    return answer


@api.exception_handler(PermissionDenied)
def not_allowed(request: HttpRequest, error: PermissionDenied) -> HttpResponse:
    """A user without the permission."""
    return _answer(request, str(error) or "您的账号没有这项权限。", 403)


@api.exception_handler(Http404)
def not_found(request: HttpRequest, error: Http404) -> HttpResponse:
    """A thing that is not stored."""
    return _answer(request, str(error) or "没有找到。", 404)


@api.exception_handler(HttpError)
def refused(request: HttpRequest, error: HttpError) -> HttpResponse:
    """What ninja itself refuses; its sentence on CSRF is put into Chinese."""
    detail = str(error)
    if error.status_code == 403 and "CSRF" in detail:
        detail = "请求缺少防伪令牌：请在 X-CSRFToken 标头里带上 csrf 令牌。"
    return _answer(request, detail, error.status_code)


@api.exception_handler(ValidationError)
def unreadable(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Parameters of another type; the names of those that are wrong."""
    names = "、".join(dict.fromkeys(str(each["loc"][-1]) for each in error.errors))
    return _answer(request, f"参数 {names} 不对；请对照 docs/reference/openapi.json。", 422)
