"""Chains for programs."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse
from ninja import Query, Router

from youju.foundation.identity.web.api_guard import Needs
from youju.trade.tracing import permissions, selectors, services
from youju.trade.tracing.addresses import public_base
from youju.trade.tracing.epcis.documents import MEDIA_TYPE
from youju.trade.tracing.schemas import TraceOut, TraceRefusedOut
from youju.trade.tracing.telling import told

router = Router(tags=["tracing"])
Offset = Annotated[int, Query(ge=0, le=100_000_000)]
Limit = Annotated[int, Query(ge=1, le=500)]


@router.get(
    "/{number}",
    response={200: TraceOut, 404: TraceRefusedOut, 409: TraceRefusedOut},
    auth=Needs(permissions.VIEW),
    summary="货物的来源和去向",
)
def trace(request: HttpRequest, number: str, *, offset: Offset = 0, limit: Limit = 50) -> dict[str, Any]:
    """The chain of a declaration, order, packing, container, stall, merchant or code; ``next`` is the next ``offset``."""
    actor = permissions.actor_of(request)
    origin = selectors.look_up(actor=actor, text=number)
    page = selectors.chain_page(actor=actor, kind=origin.kind, number=origin.number)
    return told(page, offset=offset, limit=limit)


@router.get(
    "/{number}/epcis",
    response={404: TraceRefusedOut, 409: TraceRefusedOut},
    auth=Needs(permissions.EXPORT),
    summary="货物的来源和去向（EPCIS 2.0）",
    openapi_extra={
        "responses": {
            200: {
                "description": "An EPCIS 2.0 document",
                "content": {MEDIA_TYPE: {"schema": {"type": "object"}}},
            }
        }
    },
)
def trace_epcis(request: HttpRequest, number: str) -> HttpResponseBase:
    """The same chain as an EPCIS 2.0 document, streamed."""
    actor = permissions.actor_of(request)
    origin = selectors.look_up(actor=actor, text=number)
    base = public_base(request.build_absolute_uri("/"))
    made = services.export_epcis(actor=actor, kind=origin.kind, number=origin.number, base=base)
    return StreamingHttpResponse(made, content_type=MEDIA_TYPE)
