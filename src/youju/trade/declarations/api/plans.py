"""Plans for programs: ask for one, read it, move orders, accept, drop."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Router

from youju.foundation.identity.web.api_guard import Needs
from youju.foundation.identity.web.idempotency import IdempotencyKey, once
from youju.foundation.kernel.errors import InputError
from youju.rules.trade.declarations.facts import Declaration
from youju.rules.trade.declarations.money import amount_of, shown
from youju.rules.trade.declarations.moving import Cost
from youju.trade.declarations import permissions, selectors, services
from youju.trade.declarations.schemas import (
    AcceptedOut,
    AcceptIn,
    BrokerIn,
    BrokerOut,
    CostOut,
    DeclarationRefusedOut,
    MoveIn,
    PlanOut,
    PlanStateOut,
    PlanWishIn,
    RevisionIn,
)

if TYPE_CHECKING:
    from youju.trade.declarations.models import Plan

router = Router(tags=["declarations"])
REFUSED = dict.fromkeys((403, 404, 409, 422), DeclarationRefusedOut)


@router.post(
    "/packings/{number}/plan",
    response={201: PlanStateOut, **REFUSED},
    auth=Needs(permissions.PLAN),
    summary="为装箱单分票",
)
def packing_plan(
    request: HttpRequest, number: str, wish: PlanWishIn, idempotency_key: IdempotencyKey = ""
) -> HttpResponse:
    """Ask for a plan. ``state`` is ``planning`` while a job works on it, then ``proposed``; the same wish gives the same plan."""

    def work() -> tuple[int, Any]:
        actor = permissions.actor_of(request)
        return 201, _state(
            services.plan_packing(actor=actor, number=number, day=wish.day, broker=wish.broker)
        )

    return once(request, idempotency_key, work)


@router.post(
    "/packings/{number}/broker",
    response={200: BrokerOut, **REFUSED},
    auth=Needs(permissions.PLAN),
    summary="委托报关行",
)
def packing_broker(
    request: HttpRequest, number: str, wish: BrokerIn, idempotency_key: IdempotencyKey = ""
) -> HttpResponse:
    """Let a broker's people see a packing and declare it."""

    def work() -> tuple[int, Any]:
        found = services.name_broker(actor=permissions.actor_of(request), number=number, broker=wish.broker)
        return 200, {"number": found.number, "name": found.name}

    return once(request, idempotency_key, work)


@router.get(
    "/plans/{int:plan_id}",
    response={200: PlanOut, 404: DeclarationRefusedOut},
    auth=Needs(permissions.VIEW),
    summary="一个分票方案",
)
def plan_detail(request: HttpRequest, plan_id: int) -> dict[str, Any]:
    """A plan with its declarations, refused orders and proof."""
    page = selectors.plan_page(actor=permissions.actor_of(request), plan_id=plan_id)
    if page is None:
        raise Http404("没有这个分票方案。")
    row = page.row
    return _state(row) | {
        "packing": page.packing,
        "day": row.as_of,
        "broker": page.broker[0] if page.broker else "",
        "stale": page.stale,
        "declarations": [_planned(each) for each in page.declarations],
        "refused": list(page.refused),
        "proof": {name: value for name, value in row.proof.items() if name not in ("basis", "said")},
        "said": list(row.proof.get("said", ())),
        "moved": [{name: each[name] for name in ("order", "by", "at")} for each in row.moved],
    }


@router.post(
    "/plans/{int:plan_id}/move",
    response={200: CostOut, **REFUSED},
    auth=Needs(permissions.PLAN),
    summary="移动交易单，或只看代价",
)
def plan_move(
    request: HttpRequest, plan_id: int, wish: MoveIn, idempotency_key: IdempotencyKey = ""
) -> HttpResponse:
    """Move an order to another declaration or to one of its own; what breaks a hard rule is refused with it."""

    def work() -> tuple[int, Any]:
        actor = permissions.actor_of(request)
        if wish.try_only:
            page = selectors.plan_page(actor=actor, plan_id=plan_id, order=wish.order, to=wish.to)
            if page is None:
                raise Http404("没有这个分票方案。")
            if page.cost is None:
                raise InputError(page.no_move, where="分票方案", how="请核对交易单号和票号", status=422)
            return 200, _cost(page.cost, page.row)
        row, cost = services.move_order(
            actor=actor, plan_id=plan_id, order=wish.order, to=wish.to, expected=wish.revision
        )
        return 200, _cost(cost, row)

    return once(request, idempotency_key, work)


@router.post(
    "/plans/{int:plan_id}/undo",
    response={200: PlanStateOut, **REFUSED},
    auth=Needs(permissions.PLAN),
    summary="撤回上一次移动",
)
def plan_undo(
    request: HttpRequest, plan_id: int, wish: RevisionIn, idempotency_key: IdempotencyKey = ""
) -> HttpResponse:
    """Take the last move back."""

    def work() -> tuple[int, Any]:
        actor = permissions.actor_of(request)
        return 200, _state(services.undo_move(actor=actor, plan_id=plan_id, expected=wish.revision))

    return once(request, idempotency_key, work)


@router.post(
    "/plans/{int:plan_id}/accept",
    response={201: AcceptedOut, **REFUSED},
    auth=Needs(permissions.PLAN),
    summary="采用方案，做成报关单",
)
def plan_accept(
    request: HttpRequest, plan_id: int, wish: AcceptIn, idempotency_key: IdempotencyKey = ""
) -> HttpResponse:
    """Make the declarations of a plan. ``explanation`` is wanted where a finding of the plan is a warning."""

    def work() -> tuple[int, Any]:
        rows = services.accept_plan(
            actor=permissions.actor_of(request),
            plan_id=plan_id,
            expected=wish.revision,
            explanation=wish.explanation,
        )
        return 201, {"declarations": [str(each) for each in rows]}

    return once(request, idempotency_key, work)


@router.post(
    "/plans/{int:plan_id}/drop",
    response={200: PlanStateOut, **REFUSED},
    auth=Needs(permissions.PLAN),
    summary="放弃方案",
)
def plan_drop(
    request: HttpRequest, plan_id: int, wish: RevisionIn, idempotency_key: IdempotencyKey = ""
) -> HttpResponse:
    """Give an open plan up."""

    def work() -> tuple[int, Any]:
        actor = permissions.actor_of(request)
        return 200, _state(services.drop_plan(actor=actor, plan_id=plan_id, expected=wish.revision))

    return once(request, idempotency_key, work)


def _state(row: Plan) -> dict[str, Any]:
    return {"id": row.pk, "state": row.state, "revision": row.revision}


def _planned(each: selectors.PlannedDeclaration) -> dict[str, Any]:
    names = ("number", "currency", "lines", "merged", "hidden", "key", "state")
    orders = [
        {name: getattr(order, name) for name in ("number", "merchant", "lines", "packages")}
        | {"amount": amount_of(order.cents)}
        for order in each.orders
    ]
    amounts = {
        "amount": amount_of(each.cents),
        "cap": amount_of(each.cap) if each.cap is not None else None,
    }
    return {name: getattr(each, name) for name in names} | amounts | {"orders": orders}


def _cost(cost: Cost, row: Plan) -> dict[str, Any]:
    return {
        "order": cost.order,
        "source": cost.source,
        "target": cost.target,
        "opened": cost.opened,
        "declarations": list(cost.declarations),
        "lines": list(cost.lines),
        "before": [_touched(each) for each in cost.before],
        "after": [_touched(each) for each in cost.after],
        "findings": [each.as_json() for each in cost.findings],
        "broken": bool(cost.broken),
        "plan": _state(row),
    }


def _touched(made: Declaration) -> dict[str, Any]:
    return {
        "number": made.number,
        "amount": shown(made.cents),
        "lines": len(made.lines),
        "orders": list(made.orders),
    }
