"""The order of a payment as a file: asked for, made in a job, handed out."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from youju.foundation.audit.services import record
from youju.foundation.documents.selectors import DocumentView, document_of
from youju.foundation.documents.services import Requested, request_document
from youju.foundation.files.selectors import Kept
from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.foundation.workflow.selectors import log_of
from youju.funds.payments import events, permissions
from youju.funds.payments.documents.capitals import capital
from youju.funds.payments.documents.orders import CODE
from youju.funds.payments.models import Payment
from youju.funds.payments.selectors import payment_page
from youju.funds.payments.selectors.pages import PaymentPage
from youju.funds.payments.services.holding import subject_of
from youju.rules.funds.payments.lifecycle import KIND

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


@transaction.atomic
def request_order(*, actor: User, number: str, format: str) -> Requested:
    """Ask for the order of a payment as it stands now; the account is masked.

    Raises:
        PermissionDenied: the actor may not export.
        InputError: no such payment (404) or format (400).
    """
    require(actor, permissions.EXPORT)
    page = payment_page(actor=actor, number=number)
    if page is None:
        raise InputError(f"没有付款“{number[:40]}”", how="请核对付款编号", status=404)
    return request_document(
        actor=actor,
        template=CODE,
        format=format,
        context=order_context(page),
        subject=subject_of(page.row),
        name=f"付款审批单{page.row.number}",
    )


@transaction.atomic
def hand_out_order(*, actor: User, document_id: uuid.UUID) -> tuple[DocumentView, Kept]:
    """An order that was made; the download is on the trail.

    Raises:
        PermissionDenied: the actor may not export.
        InputError: there is none, or it is not made yet (404).
    """
    require(actor, permissions.EXPORT)
    found = document_of(document_id)
    row = (
        Payment.objects.filter(number=found.subject.key).first()
        if found and found.subject.kind == KIND
        else None
    )
    if found is None or found.kept is None or row is None:
        raise InputError("没有这份审批单，或者它还没有生成好", how="请回到付款页面", status=404)
    record(events.PAPER_DOWNLOADED, subject_of(row), None, {"file": found.name})
    return found, found.kept


def order_context(page: PaymentPage) -> dict[str, Any]:
    """Plain data: what the order prints."""
    row, project = page.row, page.project
    rows = [
        ("项目", f"{project.code} {project.name}"),
        (
            "调整后预算",
            f"{project.budget:,.2f} 元，已付 {project.paid:,.2f} 元，可用 {project.available:,.2f} 元",
        ),
        ("收款人", row.payee_name),
        ("信用代码", row.payee_credit_code),
        ("收款账号", row.account_masked),
        ("开户银行", row.bank),
        ("用途", row.purpose),
        ("合同", page.contract.number if page.contract else ""),
        ("应付日期", row.due_on.isoformat()),
        ("说明", row.explanation),
    ]
    log = log_of(subject_of(row))
    return {
        "number": row.number,
        "as_of": timezone.localdate(log[-1].at if log else row.requested_at).isoformat(),
        "amount": f"{row.amount:,.2f}",
        "capital": capital(row.amount),
        "rows": [[label, value] for label, value in rows if value],
        "signatures": [
            [step.label, _who(step), f"{timezone.localtime(step.at):%Y-%m-%d %H:%M}", step.reason]
            for step in log[1:]
        ],
    }


def _who(step: Any) -> str:
    return f"{step.by_name}（代{step.on_behalf_of_name}）" if step.on_behalf_of_name else step.by_name
