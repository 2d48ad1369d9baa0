"""The room of monitoring for programs: rounds read, orders read and replied to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import P, QueryEx, Router

from youju.foundation.identity.refusals import REFUSED, RefusedOut
from youju.foundation.identity.web.api_guard import Needs
from youju.foundation.identity.web.idempotency import IdempotencyKey, once
from youju.foundation.identity.web.parameters import Limit, Word
from youju.performance.monitoring import permissions, selectors, services
from youju.performance.monitoring.schemas import (
    MonitoringOrderOut,
    MonitoringOrdersOut,
    MonitoringReplyIn,
    MonitoringRoundOut,
    MonitoringRoundsOut,
)
from youju.performance.monitoring.selectors import OrderFilter, is_late

if TYPE_CHECKING:
    from youju.performance.monitoring.models import Order

router = Router(tags=["monitoring"])
Offset = QueryEx[int, P(ge=0, le=10**9)]


@router.get(
    "/rounds", response=MonitoringRoundsOut, auth=Needs(permissions.VIEW), summary="各轮运行监控，新的在前"
)
def monitoring_rounds(request: HttpRequest, *, offset: Offset = 0, limit: Limit = 100) -> dict[str, Any]:
    """Rounds with how many projects are warned of."""
    rows = selectors.rounds(permissions.actor_of(request)).order_by("-year", "-month", "-pk")
    names = ("number", "year", "month", "until", "state", "warned")
    items: list[dict[str, Any]] = [
        {name: getattr(row, name) for name in names}
        | {"projects": getattr(row, "count"), "open_orders": getattr(row, "open")}  # noqa: B009 - annotated
        for row in rows[offset : offset + limit]
    ]
    return {"total": rows.count(), "items": items}


@router.get(
    "/rounds/{number}",
    response={200: MonitoringRoundOut, 404: RefusedOut},
    auth=Needs(permissions.VIEW),
    summary="一轮运行监控：各项目、各行",
)
def monitoring_round(request: HttpRequest, number: str) -> dict[str, Any]:
    """A round with its projects and rows."""
    return selectors.whole_round(permissions.actor_of(request), number)


@router.get(
    "/orders", response=MonitoringOrdersOut, auth=Needs(permissions.VIEW), summary="整改通知，新的在前"
)
def monitoring_orders(
    request: HttpRequest,
    *,
    q: Word = "",
    state: Literal["", "issued", "replied", "verified", "withdrawn"] = "",
    section: Word = "",
    only: Literal["", "open", "late", "mine", "verify", "held"] = "",
    offset: Offset = 0,
    limit: Limit = 100,
) -> dict[str, Any]:
    """Rectification orders, found by words, state and section."""
    rows = selectors.orders(permissions.actor_of(request), OrderFilter(q, state, section, only))
    rows = rows.order_by("-issued_on", "-pk")
    return {"total": rows.count(), "items": [_line(row) for row in rows[offset : offset + limit]]}


@router.get(
    "/orders/{number}",
    response={200: MonitoringOrderOut, 404: RefusedOut},
    auth=Needs(permissions.VIEW),
    summary="一份整改通知",
)
def monitoring_order(request: HttpRequest, number: str) -> dict[str, Any]:
    """An order with its replies."""
    return _whole(request, number)


@router.post(
    "/orders/{number}/reply",
    response={200: MonitoringOrderOut, **REFUSED},
    auth=Needs(permissions.REPLY),
    summary="提交整改回复",
)
def monitoring_reply(
    request: HttpRequest, number: str, given: MonitoringReplyIn, idempotency_key: IdempotencyKey = ""
) -> HttpResponse:
    """Reply to an order; its evidence is there already. The same request under the same key replies once."""
    actor = permissions.actor_of(request)

    def work() -> tuple[int, dict[str, Any]]:
        services.step_order(actor=actor, number=number, step="reply", text=given.text, expected=given.state)
        return 200, _whole(request, number)

    return once(request, idempotency_key, work)


def _line(row: Order) -> dict[str, Any]:
    names = ("number", "title", "state", "section", "issued_on", "due_on")
    told = {"round": row.project.round.number, "project": row.project.code, "late": is_late(row)}
    return {name: getattr(row, name) for name in names} | told


def _whole(request: HttpRequest, number: str) -> dict[str, Any]:
    page = selectors.order_page(permissions.actor_of(request), number)
    row = page.row
    return _line(row) | {
        "row": row.row.place if row.row else None,
        "requirement": row.requirement,
        "replies": [{"turn": each.turn, "text": each.text, "by": each.by_name} for each, _ in page.replies],
        "held": any(each.lifted_at is None for each in page.suspensions),
    }
