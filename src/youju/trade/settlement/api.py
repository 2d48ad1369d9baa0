"""The room of settlement for programs: a bank asks, reserves, confirms, releases; receipts are recorded and listed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from django.http import Http404, HttpRequest, HttpResponse
from ninja import P, QueryEx, Router

from youju.foundation.identity.refusals import REFUSED, RefusedOut
from youju.foundation.identity.web.api_guard import Needs
from youju.foundation.identity.web.idempotency import IdempotencyKey, once
from youju.foundation.identity.web.parameters import Limit, Word
from youju.foundation.shell.paging import page_of
from youju.trade.settlement import permissions, selectors, services
from youju.trade.settlement.facts import ConfirmWish, ReceiptWish
from youju.trade.settlement.schemas import (
    SettlementConfirmIn,
    SettlementLineOut,
    SettlementReceiptIn,
    SettlementReceiptOut,
    SettlementReceiptsOut,
    SettlementReleaseIn,
    SettlementReservationOut,
    SettlementReservationsOut,
    SettlementReserveIn,
)

if TYPE_CHECKING:
    from youju.trade.settlement.models import Receipt, Reservation

router = Router(tags=["settlement"])
ItemNumber: TypeAlias = QueryEx[int, P(ge=1, le=999)]


@router.get(
    "/lines", response=list[SettlementLineOut], auth=Needs(permissions.RESERVE), summary="查询商品项的可收额"
)
def settlement_lines(request: HttpRequest, declaration: Word, g_no: ItemNumber) -> list[dict[str, Any]]:
    """The lines of a declaration (our number or customs') under an item number, one for each consignor, whose name is masked."""
    found = selectors.look(actor=permissions.actor_of(request), number=declaration, g_no=g_no)
    return [{name: getattr(each, name) for name in SettlementLineOut.model_fields} for each in found]


@router.get(
    "/reservations",
    response=SettlementReservationsOut,
    auth=Needs(permissions.RESERVE),
    summary="本行的占用清单",
)
def settlement_reservations(
    request: HttpRequest, *, q: Word = "", state: Word = "", cursor: Word = "", limit: Limit = 100
) -> dict[str, Any]:
    """The bank's own, newest first; ``next`` of an answer is the ``cursor`` of the next one."""
    rows = selectors.reservations(actor=permissions.actor_of(request), text=q, state=state)
    page = page_of(rows, cursor=cursor, limit=limit)
    return {"items": [_reservation(row) for row in page.rows], "next": page.next}


@router.post(
    "/reservations",
    response={201: SettlementReservationOut, **REFUSED},
    auth=Needs(permissions.RESERVE),
    summary="占用可收额",
)
def settlement_reserve(
    request: HttpRequest, wish: SettlementReserveIn, idempotency_key: IdempotencyKey = ""
) -> HttpResponse:
    """Hold an amount of a line. The same request under the same key holds once, however often it is sent."""

    def work() -> tuple[int, Any]:
        row = services.reserve(
            actor=permissions.actor_of(request),
            line=wish.line,
            amount=wish.amount,
            hours=wish.hours,
            reference=wish.reference,
        )
        return 201, _reservation(row)

    return once(request, idempotency_key, work)


@router.get(
    "/reservations/{number}",
    response={200: SettlementReservationOut, 404: RefusedOut},
    auth=Needs(permissions.RESERVE),
    summary="一笔占用",
)
def settlement_reservation(request: HttpRequest, number: str) -> dict[str, Any]:
    """A reservation of the bank's own, with the receipt once it was confirmed."""
    found = selectors.reservation_page(actor=permissions.actor_of(request), number=number)
    if found is None:
        raise Http404("没有这笔占用。")
    row, moves = found
    return _reservation(row, next((move.receipt for move in moves), None))


@router.post(
    "/reservations/{number}/confirm",
    response={200: SettlementReservationOut, **REFUSED},
    auth=Needs(permissions.RESERVE),
    summary="确认收汇",
)
def settlement_confirm(
    request: HttpRequest, number: str, wish: SettlementConfirmIn, idempotency_key: IdempotencyKey = ""
) -> HttpResponse:
    """Collect on a reservation: what was reserved beyond the amount is available again, what came beyond it stands unmatched."""

    def work() -> tuple[int, Any]:
        row, receipt = services.confirm(
            actor=permissions.actor_of(request), number=number, wish=ConfirmWish(**vars(wish))
        )
        return 200, _reservation(row, receipt)

    return once(request, idempotency_key, work)


@router.post(
    "/reservations/{number}/release",
    response={200: SettlementReservationOut, **REFUSED},
    auth=Needs(permissions.RESERVE),
    summary="释放占用",
)
def settlement_release(
    request: HttpRequest, number: str, wish: SettlementReleaseIn, idempotency_key: IdempotencyKey = ""
) -> HttpResponse:
    """Let a reservation go."""

    def work() -> tuple[int, Any]:
        row = services.release(actor=permissions.actor_of(request), number=number, reason=wish.reason)
        return 200, _reservation(row)

    return once(request, idempotency_key, work)


@router.get("/receipts", response=SettlementReceiptsOut, auth=Needs(permissions.VIEW), summary="收汇清单")
def settlement_receipts(
    request: HttpRequest, *, q: Word = "", state: Word = "", cursor: Word = "", limit: Limit = 100
) -> dict[str, Any]:
    """Receipts in reach, newest first; ``next`` of an answer is the ``cursor`` of the next one."""
    rows = selectors.receipts(actor=permissions.actor_of(request), text=q, state=state)
    page = page_of(rows, cursor=cursor, limit=limit)
    return {"items": [_receipt(row) for row in page.rows], "next": page.next}


@router.post(
    "/receipts",
    response={201: SettlementReceiptOut, **REFUSED},
    auth=Needs(permissions.RECORD),
    summary="登记一笔收汇",
)
def settlement_record(
    request: HttpRequest, wish: SettlementReceiptIn, idempotency_key: IdempotencyKey = ""
) -> HttpResponse:
    """Record a receipt; one that names a declaration that fits is written off at once."""

    def work() -> tuple[int, Any]:
        row = services.record_receipt(
            actor=permissions.actor_of(request), wish=ReceiptWish(**vars(wish)), source="api"
        )
        return 201, _receipt(row)

    return once(request, idempotency_key, work)


def _reservation(row: Reservation, receipt: Receipt | None = None) -> dict[str, Any]:
    names = (
        "number",
        "state",
        "declaration",
        "g_no",
        "currency",
        "amount",
        "confirmed",
        "reference",
        "expires_at",
    )
    told = {name: getattr(row, name) for name in names}
    return told | {
        "receipt": receipt.number if receipt else "",
        "suspense": receipt.suspense if receipt else None,
    }


def _receipt(row: Receipt) -> dict[str, Any]:
    return {name: getattr(row, name) for name in SettlementReceiptOut.model_fields}
