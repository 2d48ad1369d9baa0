"""Payments for programs: list, read, ask, and how far spending has come."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Router

from youju.foundation.identity.refusals import REFUSED, RefusedOut
from youju.foundation.identity.web.api_guard import Needs
from youju.foundation.identity.web.idempotency import IdempotencyKey, once
from youju.foundation.identity.web.parameters import Limit, Word
from youju.foundation.kernel.errors import InputError
from youju.foundation.shell.paging import page_of
from youju.funds.payments import permissions, selectors, services
from youju.funds.payments.facts import PayeeIn
from youju.funds.payments.schemas import (
    PaymentListOut,
    PaymentOut,
    PaymentRequestIn,
    PaymentStateOut,
    SpendingOut,
)
from youju.funds.projects.selectors import by_code

if TYPE_CHECKING:
    from youju.funds.payments.models import Payment

router = Router(tags=["payments"])


@router.get("/", response=PaymentListOut, auth=Needs(permissions.VIEW), summary="付款清单")
def payment_list(
    request: HttpRequest, *, q: Word = "", state: Word = "", cursor: Word = "", limit: Limit = 100
) -> dict[str, Any]:
    """Newest first; ``next`` of an answer is the ``cursor`` of the next one."""
    rows = selectors.payments(actor=permissions.actor_of(request), text=q, state=state)
    page = page_of(rows, cursor=cursor, limit=limit)
    return {"items": [_line(row) for row in page.rows], "next": page.next}


@router.post(
    "/", response={201: PaymentStateOut, **REFUSED}, auth=Needs(permissions.REQUEST), summary="申请付款"
)
def payment_request(
    request: HttpRequest, wish: PaymentRequestIn, idempotency_key: IdempotencyKey = ""
) -> HttpResponse:
    """Ask for a payment; it then waits for the section's review."""

    def work() -> tuple[int, Any]:
        project = by_code(wish.project, wish.year)
        if project is None:
            raise InputError(
                f"{wish.year} 年没有编码为“{wish.project[:40]}”的项目",
                where="project",
                how="请核对编码和年度",
                status=404,
            )
        row = services.request_payment(
            project_id=project.id,
            payee=PayeeIn(
                wish.payee.name, wish.payee.credit_code or None, wish.payee.account, wish.payee.bank
            ),
            amount=wish.amount,
            purpose=wish.purpose,
            due_on=wish.due_on,
            batch_id=wish.batch,
            contract_id=wish.contract,
            tags=wish.tags,
            explanation=wish.explanation,
            by=permissions.actor_of(request),
        )
        return 201, {"number": row.number, "state": row.state, "revision": row.revision}

    return once(request, idempotency_key, work)


@router.get(
    "/progress/{int:year}", response=list[SpendingOut], auth=Needs(permissions.PROGRESS), summary="支出进度"
)
def payment_progress(request: HttpRequest, year: int, *, day: date | None = None) -> list[dict[str, Any]]:
    """Each project of a year against plan and time at the end of a day, today unless said."""
    if not 2000 <= year <= 2100:
        raise Http404("没有这一年。")
    found = selectors.board(
        actor=permissions.actor_of(request),
        year=year,
        day=day or min(timezone.localdate(), date(year, 12, 31)),
    )
    return [
        {
            "project": line.project.code if line.project else "",
            "name": line.project.name if line.project else "",
            "budget": line.budget,
            "paid": line.paid,
            "reserved": line.reserved,
            "planned": line.planned,
            "executed_rate": line.executed,
            "expected_rate": line.expected,
            "forecast": line.forecast,
            "colour": line.colour,
        }
        for line in found.lines
    ]


@router.get(
    "/{number}", response={200: PaymentOut, 404: RefusedOut}, auth=Needs(permissions.VIEW), summary="一笔付款"
)
def payment_detail(request: HttpRequest, number: str) -> dict[str, Any]:
    """A payment with its attempts at the bank."""
    page = selectors.payment_page(actor=permissions.actor_of(request), number=number)
    if page is None:
        raise Http404("没有这笔付款。")
    attempts = [
        {"reference": each.reference, "file": each.file.number, "state": each.state, "amount": each.amount,
         "answered_on": each.answered_on, "reason": each.reason}
        for each in page.attempts
    ]  # fmt: skip
    return {**_line(page.row, page.project.code), "attempts": attempts}


def _line(row: Payment, project: str = "") -> dict[str, Any]:
    names = ("number", "state", "revision", "bank", "amount", "purpose", "due_on", "paid_on", "return_reason", "outcome",
             "requested_at")  # fmt: skip
    told = {name: getattr(row, name) for name in names}
    return {
        **told,
        "project": project or row.project.code,
        "payee": row.payee_name,
        "account": row.account_masked,
    }
