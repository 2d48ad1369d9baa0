"""The webhooks room for programs: endpoints, their secrets, and what was sent to them."""

from __future__ import annotations

import json
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Router

from youju.foundation.identity.refusals import REFUSED, RefusedOut
from youju.foundation.identity.web.api_guard import Needs
from youju.foundation.identity.web.idempotency import IdempotencyKey, once
from youju.foundation.identity.web.parameters import Key, Limit, Word
from youju.foundation.kernel.context import reaching_all
from youju.foundation.shell.paging import page_of
from youju.foundation.webhooks import kinds, permissions, selectors, services
from youju.foundation.webhooks.schemas import (
    DeliveryOut,
    DeliveryPageOut,
    EndpointChangeIn,
    EndpointIn,
    EndpointOut,
    EndpointSecretOut,
    EndpointStepIn,
    EventTypeOut,
)
from youju.foundation.webhooks.selectors import EndpointView

router = Router(tags=["webhooks"])
MANAGE = Needs(permissions.MANAGE)


@router.get("/types", response=list[EventTypeOut], auth=MANAGE, summary="可以通知的事项")
def webhook_types(request: HttpRequest) -> list[dict[str, str]]:  # noqa: ARG001
    """Every type of event."""
    return [{"type": code, "label": words} for code, words in kinds.types().items()]


@router.get("/", response=list[EndpointOut], auth=MANAGE, summary="接收地址清单")
def webhook_list(request: HttpRequest, state: Word = "") -> list[EndpointView]:
    """Every endpoint, newest first."""
    return selectors.endpoints(actor=permissions.actor_of(request), state=state)


@router.post("/", response={201: EndpointSecretOut, **REFUSED}, auth=MANAGE, summary="登记接收地址")  # fmt: skip
def webhook_register(
    request: HttpRequest, endpoint: EndpointIn, idempotency_key: IdempotencyKey = ""
) -> HttpResponse:
    """Register an endpoint; its secret is given once."""
    actor = permissions.actor_of(request)

    def work() -> services.Issued:
        found = selectors.organisation_of_code(actor=actor, code=endpoint.organisation)
        named = endpoint.model_dump(exclude={"organisation"})
        return services.register_endpoint(actor=actor, organisation=found or 0, **named)

    return _secret_once(request, idempotency_key, 201, work)


@router.get("/{endpoint}", response={200: EndpointOut, 404: RefusedOut}, auth=MANAGE, summary="一个接收地址")  # fmt: skip
def webhook_detail(request: HttpRequest, endpoint: Key) -> EndpointView:
    """One endpoint."""
    return _found(request, endpoint)


@router.patch("/{endpoint}", response={200: EndpointOut, **REFUSED}, auth=MANAGE, summary="修改接收地址")  # fmt: skip
def webhook_change(request: HttpRequest, endpoint: Key, change: EndpointChangeIn) -> EndpointView:
    """Change what is named; the rest stays."""
    there = _found(request, endpoint)
    values: dict[str, Any] = {name: getattr(there, name) for name in EndpointChangeIn.model_fields}
    values |= change.model_dump(exclude_none=True)
    services.change_endpoint(actor=permissions.actor_of(request), endpoint=endpoint, **values)
    return _found(request, endpoint)


@router.delete("/{endpoint}", response={204: None, **REFUSED}, auth=MANAGE, summary="删除接收地址")  # fmt: skip
def webhook_remove(request: HttpRequest, endpoint: Key) -> HttpResponse:
    """Remove an endpoint; what waits for it is forgotten."""
    services.step_endpoint(actor=permissions.actor_of(request), endpoint=endpoint, step="remove")
    return HttpResponse(status=204)


@router.post("/{endpoint}/step", response={200: EndpointOut, **REFUSED}, auth=MANAGE, summary="暂停、恢复或删除")  # fmt: skip
def webhook_take_step(
    request: HttpRequest, endpoint: Key, step: EndpointStepIn, idempotency_key: IdempotencyKey = ""
) -> HttpResponse:
    """Pause, resume or remove."""

    def work() -> tuple[int, Any]:
        there = _found(request, endpoint)
        row = services.step_endpoint(
            actor=permissions.actor_of(request), endpoint=endpoint, step=step.step, reason=step.reason
        )
        told = EndpointOut.model_validate(there).model_dump(mode="json")
        return 200, told | {"state": row.state, "failing_since": None}

    return once(request, idempotency_key, work)


@router.post("/{endpoint}/rotate", response={200: EndpointSecretOut, **REFUSED}, auth=MANAGE, summary="更换签名密钥")  # fmt: skip
def webhook_rotate(request: HttpRequest, endpoint: Key, idempotency_key: IdempotencyKey = "") -> HttpResponse:
    """A new secret; the present one signs as well for a while."""
    actor = permissions.actor_of(request)
    return _secret_once(
        request, idempotency_key, 200, lambda: services.rotate_secret(actor=actor, endpoint=endpoint)
    )


@router.post("/{endpoint}/test", response={201: DeliveryOut, **REFUSED}, auth=MANAGE, summary="发送测试通知")  # fmt: skip
def webhook_test(request: HttpRequest, endpoint: Key, idempotency_key: IdempotencyKey = "") -> HttpResponse:
    """A test event, sent within seconds."""
    actor = permissions.actor_of(request)
    return once(
        request, idempotency_key, lambda: (201, _told(services.send_test(actor=actor, endpoint=endpoint)))
    )


@router.get("/{endpoint}/deliveries", response={200: DeliveryPageOut, **REFUSED}, auth=MANAGE, summary="发送记录")  # fmt: skip
def webhook_deliveries(
    request: HttpRequest, endpoint: Key, *, state: Word = "", cursor: Word = "", limit: Limit = 100
) -> dict[str, Any]:
    """Newest first; ``next`` of an answer is the ``cursor`` of the next one."""
    _found(request, endpoint)
    with reaching_all():
        rows = selectors.deliveries(actor=permissions.actor_of(request), endpoint=endpoint, state=state)
        page = page_of(rows, cursor=cursor, limit=limit)
    return {"items": page.rows, "next": page.next}


@router.post("/{endpoint}/deliveries/{delivery}/redeliver", response={200: DeliveryOut, **REFUSED}, auth=MANAGE,
             summary="重发一条通知")  # fmt: skip
def webhook_redeliver(
    request: HttpRequest, endpoint: Key, delivery: Key, idempotency_key: IdempotencyKey = ""
) -> HttpResponse:
    """Send it once more under the same id."""
    actor = permissions.actor_of(request)
    return once(
        request,
        idempotency_key,
        lambda: (200, _told(services.redeliver(actor=actor, endpoint=endpoint, delivery=delivery))),
    )


def _found(request: HttpRequest, endpoint: int) -> EndpointView:
    found = selectors.endpoint(actor=permissions.actor_of(request), endpoint=endpoint)
    if found is None:
        raise Http404("没有这个接收地址。")
    return found


def _told(row: Any) -> dict[str, Any]:
    return DeliveryOut.model_validate(row, from_attributes=True).model_dump(mode="json")


def _secret_once(request: HttpRequest, key: str, status: int, issue: Any) -> HttpResponse:
    """The secret goes into this one answer, not into what is kept for a repeated request."""
    secrets: list[str] = []

    def work() -> tuple[int, Any]:
        issued = issue()
        secrets.append(issued.secret)
        return status, {"id": issued.endpoint.pk, "secret": None}

    response = once(request, key, work)
    if secrets:
        told = json.loads(response.content) | {"secret": secrets[-1]}
        response.content = json.dumps(told, ensure_ascii=False).encode()
    return response
