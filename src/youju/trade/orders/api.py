"""The orders room for programs: register one or many, read, confirm, send back, cancel."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from ninja import Router

from youju.foundation.identity.refusals import REFUSED, RefusedOut
from youju.foundation.identity.web.api_guard import Needs
from youju.foundation.identity.web.idempotency import IdempotencyKey, address_of, answer_of, once
from youju.foundation.identity.web.parameters import Limit, Word
from youju.foundation.shell.paging import page_of
from youju.rules.trade.orders.kinds import OrderKind
from youju.trade.orders import permissions, selectors, services
from youju.trade.orders.facts import LineWish, OrderWish
from youju.trade.orders.schemas import (
    OrderIn,
    OrderOut,
    OrderPageOut,
    OrderStateOut,
    OrderStepIn,
    RegisteredOut,
)
from youju.trade.orders.services import bulk

if TYPE_CHECKING:
    pass

router = Router(tags=["orders"])


def wish_of(order: OrderIn) -> OrderWish:
    """An order as it was sent, as the services take it."""
    named = vars(order) | {
        "kind": OrderKind(order.kind),
        "lines": [LineWish(**vars(line)) for line in order.lines],
        "explanations": {(each.rule, each.line): each.text for each in order.explanations},
    }
    return OrderWish(**named)


@router.post(
    "/", response={201: RegisteredOut, **REFUSED}, auth=Needs(permissions.EDIT), summary="登记一张交易单"
)
def register(request: HttpRequest, order: OrderIn, idempotency_key: IdempotencyKey = "") -> HttpResponse:
    """Register an order; the same request under the same key registers one, however often it is sent."""
    given = services.register_answered(
        actor=permissions.actor_of(request),
        key=idempotency_key,
        address=address_of(request),
        body=request.body,
        wish=wish_of(order),
    )
    return answer_of(*given)


_NDJSON = {"content": {"application/x-ndjson": {"schema": {"$ref": "#/components/schemas/OrderIn"}}}}


@router.post(
    "/bulk",
    auth=Needs(permissions.EDIT),
    summary="登记许多交易单（NDJSON，每行一张，各带 key）",
    openapi_extra={"requestBody": {**_NDJSON, "required": True}},
)
def register_many(request: HttpRequest) -> StreamingHttpResponse:
    """One order a line, each with a ``key`` of its own; one answer a line, in the same order.

    Each order is judged and answered for itself: ``status`` 201, or why not; what is refused harms no other. Orders
    are written in groups of up to a hundred, so their answers come in such groups.
    """
    answers = bulk.answers(request, permissions.actor_of(request), OrderIn, wish_of)
    return StreamingHttpResponse(answers, content_type="application/x-ndjson")


@router.get("/", response=OrderPageOut, auth=Needs(permissions.VIEW), summary="交易单清单")
def order_list(
    request: HttpRequest,
    *,
    q: Word = "",
    state: Word = "",
    kind: Word = "",
    cursor: Word = "",
    limit: Limit = 100,
) -> dict[str, Any]:
    """Newest first; ``next`` of an answer is the ``cursor`` of the next one."""
    rows = selectors.orders(actor=permissions.actor_of(request), text=q, state=state, kind=kind)
    page = page_of(rows, cursor=cursor, limit=limit)
    return {"items": page.rows, "next": page.next}


@router.get(
    "/{number}", response={200: OrderOut, 404: RefusedOut}, auth=Needs(permissions.VIEW), summary="一张交易单"
)
def order_detail(request: HttpRequest, number: str) -> dict[str, Any]:
    """An order with its lines and what was said of it."""
    found = selectors.order_page(actor=permissions.actor_of(request), number=number)
    if found is None:
        raise Http404("没有这张交易单。")
    head = {name: getattr(found.order, name) for name in OrderOut.model_fields if hasattr(found.order, name)}
    return head | {
        "parties": {role: {"number": number, "name": name} for role, (number, name) in found.parties.items()},
        "lines": list(found.lines),
        "findings": [
            {
                "rule": each.rule,
                "severity": each.severity,
                "line": each.line_no,
                "field": each.field,
                "message": each.message,
                "suggestion": each.suggestion,
            }
            for each in found.findings
        ],
    }


@router.post(
    "/{number}/confirm",
    response={200: OrderStateOut, **REFUSED},
    auth=Needs(permissions.CONFIRM),
    summary="确认",
)
def confirm(
    request: HttpRequest, number: str, step: OrderStepIn, idempotency_key: IdempotencyKey = ""
) -> HttpResponse:
    """Confirm for one's own side."""
    return once(
        request,
        idempotency_key,
        lambda: _state(
            services.confirm_order(actor=permissions.actor_of(request), number=number, expected=step.revision)
        ),
    )


@router.post(
    "/{number}/send-back",
    response={200: OrderStateOut, **REFUSED},
    auth=Needs(permissions.CONFIRM),
    summary="退回修改",
)
def send_back(
    request: HttpRequest, number: str, step: OrderStepIn, idempotency_key: IdempotencyKey = ""
) -> HttpResponse:
    """Send it back with a reason."""
    return once(
        request,
        idempotency_key,
        lambda: _state(
            services.send_back(
                actor=permissions.actor_of(request), number=number, reason=step.reason, expected=step.revision
            )
        ),
    )


@router.post(
    "/{number}/cancel", response={200: OrderStateOut, **REFUSED}, auth=Needs(permissions.EDIT), summary="作废"
)
def cancel(
    request: HttpRequest, number: str, step: OrderStepIn, idempotency_key: IdempotencyKey = ""
) -> HttpResponse:
    """Cancel it with a reason."""
    return once(
        request,
        idempotency_key,
        lambda: _state(
            services.cancel_order(
                actor=permissions.actor_of(request), number=number, reason=step.reason, expected=step.revision
            )
        ),
    )


def _state(order: Any) -> tuple[int, Any]:
    return 200, {"number": order.number, "state": order.state, "revision": order.revision}
