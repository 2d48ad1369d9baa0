"""The exchange for programs: messages, sending, customs' steps, replies of a gateway, what was refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Path, Query, Router

from youju.foundation.identity.web.api_guard import Needs
from youju.foundation.identity.web.idempotency import IdempotencyKey, once
from youju.foundation.shell.paging import page_of
from youju.trade.declarations import permissions, services
from youju.trade.declarations.api.exchange_schemas import (
    CustomsIn,
    CustomsStateOut,
    ExchangeMessagesOut,
    ExchangeRefusedOut,
    PutBackOut,
    ReplyIn,
    ReplyOut,
    SendIn,
)
from youju.trade.declarations.selectors import exchange as selectors

if TYPE_CHECKING:
    from youju.trade.declarations.models import Declaration

router = Router(tags=["declarations"])
Word = Annotated[str, Query(max_length=100, pattern=r"^[^\x00]*$")]
Limit = Annotated[int, Query(ge=1, le=500)]
Identity = Annotated[int, Path(ge=1, le=9_000_000_000_000_000_000)]
REFUSED: dict[int, Any] = {404: ExchangeRefusedOut, 409: ExchangeRefusedOut, 422: ExchangeRefusedOut}


@router.get(
    "/exchange/messages", response=ExchangeMessagesOut, auth=Needs(permissions.VIEW), summary="报文和回执清单"
)
def exchange_messages(
    request: HttpRequest,
    *,
    q: Word = "",
    state: Word = "",
    direction: Word = "",
    problems: bool = False,
    cursor: Word = "",
    limit: Limit = 100,
) -> dict[str, Any]:
    """Newest first; ``next`` of an answer is the ``cursor`` of the next one."""
    actor = permissions.actor_of(request)
    rows = selectors.messages(actor=actor, text=q, state=state, way=direction, problems=problems)
    return _page(rows, cursor, limit)


@router.get(
    "/exchange/poison", response=ExchangeMessagesOut, auth=Needs(permissions.VIEW), summary="异常回执"
)
def exchange_poison(request: HttpRequest, *, cursor: Word = "", limit: Limit = 100) -> dict[str, Any]:
    """Replies that could not be read, were about nothing of ours, or contradict what is known; ``text`` says why."""
    return _page(selectors.poison(actor=permissions.actor_of(request)), cursor, limit)


@router.post(
    "/exchange/poison/{message}/put-back",
    response={200: PutBackOut, **REFUSED},
    auth=Needs(permissions.SUPERVISE),
    summary="放回异常回执",
)
def exchange_put_back(
    request: HttpRequest, message: Identity, idempotency_key: IdempotencyKey = ""
) -> HttpResponse:
    """Have a refused reply read, or judged, again."""

    def work() -> tuple[int, Any]:
        return 200, {"state": services.put_back(actor=permissions.actor_of(request), message=message)}

    return once(request, idempotency_key, work)


@router.post(
    "/exchange/replies",
    response={200: ReplyOut, 413: ExchangeRefusedOut, **REFUSED},
    auth=Needs(permissions.REPLY),
    summary="递交海关回执",
)
def exchange_reply(request: HttpRequest, reply: ReplyIn) -> dict[str, Any]:
    """Hand in a reply. It counts once by what it says, so it needs no idempotency key: handing it in again does nothing."""
    receipt = services.hand_in_reply(actor=permissions.actor_of(request), content=reply.content.encode())
    return {
        "message": receipt.message,
        "state": receipt.state,
        "repeated": receipt.repeated,
        "text": receipt.text,
    }


@router.get(
    "/{key}/messages",
    response={200: ExchangeMessagesOut, 404: ExchangeRefusedOut},
    auth=Needs(permissions.VIEW),
    summary="一票报关单的报文和回执",
)
def declaration_messages(request: HttpRequest, key: str) -> dict[str, Any]:
    """All of them, newest first. ``key`` is number and version, ``D230601000001-1``."""
    page = selectors.exchange_page(actor=permissions.actor_of(request), key=key)
    if page is None:
        raise Http404("没有这票报关单，或您的单位没有参与。")
    return {"items": [_message(row, page.key) for row in page.rows], "next": None}


@router.post(
    "/{key}/send",
    response={200: CustomsStateOut, **REFUSED},
    auth=Needs(permissions.SEND),
    summary="发送申报",
)
def declaration_send(
    request: HttpRequest, key: str, wish: SendIn, idempotency_key: IdempotencyKey = ""
) -> HttpResponse:
    """Send a declaration that is in pre-entry."""

    def work() -> tuple[int, Any]:
        actor = permissions.actor_of(request)
        return 200, _state(services.send_declaration(actor=actor, key=key, expected=wish.revision))

    return once(request, idempotency_key, work)


@router.post(
    "/{key}/customs",
    response={200: CustomsStateOut, **REFUSED},
    auth=Needs(permissions.SUPERVISE),
    summary="登记海关办理结果",
)
def declaration_customs(
    request: HttpRequest, key: str, wish: CustomsIn, idempotency_key: IdempotencyKey = ""
) -> HttpResponse:
    """Register what customs did, where no reply comes."""

    def work() -> tuple[int, Any]:
        at = wish.at
        row = services.record_customs(
            actor=permissions.actor_of(request),
            key=key,
            step=wish.step,
            entry_number=wish.entry_number,
            reason=wish.reason,
            at=timezone.make_aware(at) if at is not None and at.tzinfo is None else at,
            expected=wish.revision,
        )
        return 200, _state(row)

    return once(request, idempotency_key, work)


def _page(rows: Any, cursor: str, limit: int) -> dict[str, Any]:
    page = page_of(rows, cursor=cursor, limit=limit)
    return {"items": [_message(row, row.client) for row in page.rows], "next": page.next}


def _message(row: Any, client: str) -> dict[str, Any]:
    names = (
        "id", "direction", "kind", "state", "text", "name", "sha256", "attempts", "position", "created_at", "done_at",
    )  # fmt: skip
    return {"declaration": client, **{name: getattr(row, name) for name in names}}


def _state(row: Declaration) -> dict[str, Any]:
    return {
        "key": str(row),
        "state": row.state,
        "revision": row.revision,
        "entry_number": row.entry_number,
    }
