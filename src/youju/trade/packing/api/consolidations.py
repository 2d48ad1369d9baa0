"""Consolidations for programs: list, open, read, add, remove, step."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Router

from youju.foundation.identity.refusals import REFUSED, RefusedOut
from youju.foundation.identity.web.api_guard import Needs
from youju.foundation.identity.web.idempotency import IdempotencyKey, once
from youju.foundation.identity.web.parameters import Limit, Word
from youju.foundation.shell.paging import page_of
from youju.trade.packing import permissions, selectors, services
from youju.trade.packing.facts import ConsolidationWish, PartWish
from youju.trade.packing.schemas import (
    AddIn,
    ConsolidationIn,
    ConsolidationOut,
    ConsolidationsOut,
    KeysIn,
    PackingStateOut,
    PackingStepIn,
)

router = Router(tags=["packing"])


@router.get("/", response=ConsolidationsOut, auth=Needs(permissions.VIEW), summary="组货单清单")
def consolidation_list(
    request: HttpRequest,
    *,
    q: Word = "",
    state: Word = "",
    unpacked: bool = False,
    cursor: Word = "",
    limit: Limit = 100,
) -> dict[str, Any]:
    """Newest first; ``next`` of an answer is the ``cursor`` of the next one."""
    actor = permissions.actor_of(request)
    rows = selectors.consolidations(actor=actor, text=q, state=state, unpacked=unpacked)
    page = page_of(rows, cursor=cursor, limit=limit)
    return {"items": page.rows, "next": page.next}


@router.post(
    "/",
    response={201: PackingStateOut, **REFUSED},
    auth=Needs(permissions.EDIT),
    summary="开组货单",
)
def consolidation_open(
    request: HttpRequest, head: ConsolidationIn, idempotency_key: IdempotencyKey = ""
) -> HttpResponse:
    """Open a consolidation."""

    def work() -> tuple[int, Any]:
        wish = ConsolidationWish(**head.model_dump())
        return 201, state_of(services.open_consolidation(actor=permissions.actor_of(request), wish=wish))

    return once(request, idempotency_key, work)


@router.get(
    "/{number}",
    response={200: ConsolidationOut, 404: RefusedOut},
    auth=Needs(permissions.VIEW),
    summary="一张组货单",
)
def consolidation_detail(request: HttpRequest, number: str) -> dict[str, Any]:
    """A consolidation with its lines and what of them is not packed."""
    page = selectors.consolidation_page(actor=permissions.actor_of(request), number=number)
    if page is None:
        raise Http404("没有这张组货单。")
    names = ("number", "state", "revision", "country", "currency", "truck", "note")
    head = {name: getattr(page.row, name) for name in names}
    parties = {role: list(pair) for role, pair in page.parties.items()}
    return head | {"parties": parties, "lines": list(page.lines), "total": page.total}


@router.post(
    "/{number}/add",
    response={200: PackingStateOut, **REFUSED},
    auth=Needs(permissions.EDIT),
    summary="组入交易单或其中的行",
)
def consolidation_add(
    request: HttpRequest, number: str, wish: AddIn, idempotency_key: IdempotencyKey = ""
) -> HttpResponse:
    """Take orders, lines or parts of lines in: all of it, or nothing."""

    def work() -> tuple[int, Any]:
        return 200, state_of(
            services.add_lines(
                actor=permissions.actor_of(request),
                number=number,
                wishes=[PartWish(**part.model_dump()) for part in wish.parts],
                expected=wish.revision,
            )
        )

    return once(request, idempotency_key, work)


@router.post(
    "/{number}/remove",
    response={200: PackingStateOut, **REFUSED},
    auth=Needs(permissions.EDIT),
    summary="移出",
)
def consolidation_remove(
    request: HttpRequest, number: str, wish: KeysIn, idempotency_key: IdempotencyKey = ""
) -> HttpResponse:
    """Take lines out."""

    def work() -> tuple[int, Any]:
        return 200, state_of(
            services.remove_lines(
                actor=permissions.actor_of(request), number=number, lines=wish.lines, expected=wish.revision
            )
        )

    return once(request, idempotency_key, work)


@router.post(
    "/{number}/step",
    response={200: PackingStateOut, **REFUSED},
    auth=Needs(permissions.EDIT),
    summary="完成、重开、作废",
)
def consolidation_take_step(
    request: HttpRequest, number: str, wish: PackingStepIn, idempotency_key: IdempotencyKey = ""
) -> HttpResponse:
    """Close, reopen or cancel."""

    def work() -> tuple[int, Any]:
        return 200, state_of(
            services.step_consolidation(
                actor=permissions.actor_of(request),
                number=number,
                step=wish.step,
                reason=wish.reason,
                expected=wish.revision,
            )
        )

    return once(request, idempotency_key, work)


def state_of(row: Any) -> dict[str, Any]:
    """How a record stands."""
    return {"number": row.number, "state": row.state, "revision": row.revision}
