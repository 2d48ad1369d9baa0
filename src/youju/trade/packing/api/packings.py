"""Packings for programs: list, open, read, containers, pack, unpack, step."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Router

from youju.foundation.identity.refusals import REFUSED, RefusedOut
from youju.foundation.identity.web.api_guard import Needs
from youju.foundation.identity.web.idempotency import IdempotencyKey, once
from youju.foundation.identity.web.parameters import Limit, Word
from youju.foundation.shell.paging import page_of
from youju.trade.packing import permissions, selectors, services
from youju.trade.packing.api.consolidations import state_of
from youju.trade.packing.facts import HeadWish, PackingWish, PackWish
from youju.trade.packing.schemas import (
    ContainerIn,
    ContainerMadeOut,
    KeysIn,
    PackAllIn,
    PackedAllOut,
    PackIn,
    PackingHeadIn,
    PackingIn,
    PackingOut,
    PackingsOut,
    PackingStateOut,
    PackingStepIn,
)

router = Router(tags=["packing"])


@router.get("/", response=PackingsOut, auth=Needs(permissions.VIEW), summary="装箱单清单")
def packing_list(
    request: HttpRequest,
    *,
    q: Word = "",
    state: Word = "",
    since: date | None = None,
    until: date | None = None,
    cursor: Word = "",
    limit: Limit = 100,
) -> dict[str, Any]:
    """Newest first; ``next`` of an answer is the ``cursor`` of the next one."""
    actor = permissions.actor_of(request)
    rows = selectors.packings(actor=actor, text=q, state=state, since=since, until=until)
    page = page_of(rows, cursor=cursor, limit=limit)
    return {"items": page.rows, "next": page.next}


@router.post(
    "/",
    response={201: PackingStateOut, **REFUSED},
    auth=Needs(permissions.EDIT),
    summary="开装箱单",
)
def packing_open(request: HttpRequest, head: PackingIn, idempotency_key: IdempotencyKey = "") -> HttpResponse:
    """Open a packing."""

    def work() -> tuple[int, Any]:
        wish = PackingWish(**head.model_dump())
        return 201, state_of(services.open_packing(actor=permissions.actor_of(request), wish=wish))

    return once(request, idempotency_key, work)


@router.get(
    "/{number}",
    response={200: PackingOut, 404: RefusedOut},
    auth=Needs(permissions.VIEW),
    summary="一张装箱单",
)
def packing_detail(request: HttpRequest, number: str) -> dict[str, Any]:
    """A packing with its containers and what stands in them."""
    page = selectors.packing_page(actor=permissions.actor_of(request), number=number)
    if page is None:
        raise Http404("没有这张装箱单。")
    names = (
        "number",
        "state",
        "revision",
        "packed_on",
        "country",
        "bill_of_lading",
        "transport_mode",
        "port",
        "note",
    )
    boxes = [
        {name: getattr(box, name) for name in ("volume_share", "weight_share", "load")}
        | {
            "id": box.row.pk,
            "number": box.row.number,
            "kind": box.row.kind,
            "seal": box.row.seal,
            "lines": list(box.lines),
        }
        for box in page.containers
    ]
    parties = {role: list(pair) for role, pair in page.parties.items()}
    head = {name: getattr(page.row, name) for name in names}
    return head | {"parties": parties, "containers": boxes, "total": page.total}


@router.post(
    "/{number}/head",
    response={200: PackingStateOut, **REFUSED},
    auth=Needs(permissions.EDIT),
    summary="改装箱单的单头",
)
def packing_revise(
    request: HttpRequest, number: str, head: PackingHeadIn, idempotency_key: IdempotencyKey = ""
) -> HttpResponse:
    """Change date, warehouse, bill of lading, way of transport, port, country or note, while nothing of it is declared."""

    def work() -> tuple[int, Any]:
        values = head.model_dump()
        expected = values.pop("revision")
        actor = permissions.actor_of(request)
        row = services.revise_packing(actor=actor, number=number, wish=HeadWish(**values), expected=expected)
        return 200, state_of(row)

    return once(request, idempotency_key, work)


@router.post(
    "/{number}/containers",
    response={201: ContainerMadeOut, **REFUSED},
    auth=Needs(permissions.EDIT),
    summary="加箱子",
)
def container_add(
    request: HttpRequest, number: str, box: ContainerIn, idempotency_key: IdempotencyKey = ""
) -> HttpResponse:
    """Add an empty container."""

    def work() -> tuple[int, Any]:
        made = services.add_container(
            actor=permissions.actor_of(request),
            number=number,
            container=box.number,
            kind=box.kind,
            seal=box.seal,
            expected=box.revision,
        )
        return 201, {"id": made.pk, "number": made.number}

    return once(request, idempotency_key, work)


@router.post(
    "/{number}/containers/{int:container}/remove",
    response={200: PackingStateOut, **REFUSED},
    auth=Needs(permissions.EDIT),
    summary="去掉空箱",
)
def container_remove(
    request: HttpRequest, number: str, container: int, idempotency_key: IdempotencyKey = ""
) -> HttpResponse:
    """Take an empty container away."""

    def work() -> tuple[int, Any]:
        actor = permissions.actor_of(request)
        return 200, state_of(services.remove_container(actor=actor, number=number, container=container))

    return once(request, idempotency_key, work)


@router.post(
    "/{number}/pack",
    response={200: PackingStateOut, **REFUSED},
    auth=Needs(permissions.EDIT),
    summary="装入一个箱子",
)
def packing_pack(
    request: HttpRequest, number: str, wish: PackIn, idempotency_key: IdempotencyKey = ""
) -> HttpResponse:
    """Put consolidated lines, or parts of them, into a container: all of it, or nothing."""

    def work() -> tuple[int, Any]:
        return 200, state_of(
            services.pack(
                actor=permissions.actor_of(request),
                number=number,
                container=wish.container,
                wishes=[PackWish(**part.model_dump()) for part in wish.parts],
                expected=wish.revision,
            )
        )

    return once(request, idempotency_key, work)


@router.post(
    "/{number}/pack-all",
    response={200: PackedAllOut, **REFUSED},
    auth=Needs(permissions.EDIT),
    summary="全部装入，依次装满",
)
def packing_pack_all(
    request: HttpRequest, number: str, wish: PackAllIn, idempotency_key: IdempotencyKey = ""
) -> HttpResponse:
    """Put a consolidation into the containers, first fit; what found no room is told."""

    def work() -> tuple[int, Any]:
        over = services.pack_all(
            actor=permissions.actor_of(request),
            number=number,
            consolidation=wish.consolidation,
            expected=wish.revision,
        )
        return 200, {"over": [{"line": key, "left": asdict(left)} for key, left in over.items()]}

    return once(request, idempotency_key, work)


@router.post(
    "/{number}/unpack",
    response={200: PackingStateOut, **REFUSED},
    auth=Needs(permissions.EDIT),
    summary="卸下",
)
def packing_unpack(
    request: HttpRequest, number: str, wish: KeysIn, idempotency_key: IdempotencyKey = ""
) -> HttpResponse:
    """Take packed lines out of their containers."""

    def work() -> tuple[int, Any]:
        actor = permissions.actor_of(request)
        return 200, state_of(
            services.unpack(actor=actor, number=number, lines=wish.lines, expected=wish.revision)
        )

    return once(request, idempotency_key, work)


@router.post(
    "/{number}/step",
    response={200: PackingStateOut, **REFUSED},
    auth=Needs(permissions.EDIT),
    summary="完成、重开、作废",
)
def packing_take_step(
    request: HttpRequest, number: str, wish: PackingStepIn, idempotency_key: IdempotencyKey = ""
) -> HttpResponse:
    """Close, reopen or cancel."""

    def work() -> tuple[int, Any]:
        return 200, state_of(
            services.step_packing(
                actor=permissions.actor_of(request),
                number=number,
                step=wish.step,
                reason=wish.reason,
                expected=wish.revision,
            )
        )

    return once(request, idempotency_key, work)
