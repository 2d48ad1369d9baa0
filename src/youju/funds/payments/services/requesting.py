"""Asking for a payment, asking again after it came back, correcting it after the bank returned it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import connection, transaction
from django.utils import timezone

from youju.foundation.audit.encoding import changes
from youju.foundation.audit.services import record
from youju.foundation.files.selectors import attachments
from youju.foundation.files.services import attach
from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.foundation.workflow.services import advance, start
from youju.funds.payments import events, permissions
from youju.funds.payments.facts import Origin, PayeeIn, PaymentIn
from youju.funds.payments.models import Payment
from youju.funds.payments.services.accounts import keep_account, tidy
from youju.funds.payments.services.holding import (
    hands_of,
    held_payment,
    in_words,
    next_number,
    saved,
    subject_of,
)
from youju.funds.payments.services.judging import Judged, check
from youju.funds.payments.services.listening import tell
from youju.funds.projects.services import lock_ledgers
from youju.rules.funds.payments.lifecycle import DRAFT, FLOW, GONE, RETURNED

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

Evidence = Sequence["str | tuple[str, str]"]
_ROLE = "evidence"


@transaction.atomic
def request_payment(
    *,
    project_id: int,
    payee: PayeeIn,
    amount: Decimal,
    purpose: str,
    due_on: date,
    origin: Origin | None = None,
    batch_id: int | None = None,
    contract_id: int | None = None,
    tags: Sequence[str] = (),
    explanation: str = "",
    evidence: Evidence = (),
    by: User,
) -> Payment:
    """Ask for a payment; it waits for the section's review, its amount set aside of the project's budget.

    Args:
        project_id: the project whose money it is.
        payee: to whom.
        amount: CNY, to the cent.
        purpose: what for, as it stands on the bank's file.
        due_on: by when it is to be paid.
        origin: the record of another room that it pays. A record has one payment that was not rejected or cancelled: a second
            request for the same amount and account gives the first one back.
        batch_id: the disbursement batch.
        contract_id: the contract.
        tags: such as ``wages``, for metrics by kind.
        explanation: answers the warnings of the rules; without one a warning refuses the request.
        evidence: kept files: sha256, or (sha256, name).
        by: who asks.

    Raises:
        PermissionDenied: the asker may not request payments.
        InputError: budget, plan, contract, account or duplicate checks refuse it (422, ``RefusedPayment``); no such project,
            batch, contract or file (404); the record has another payment (409).
    """
    require(by, permissions.REQUEST)
    wish = _tidied(
        PaymentIn(project_id, payee, amount, purpose, due_on, batch_id, contract_id, tuple(tags), explanation)
    )
    if origin is not None:
        _one_at_a_time(origin)
    lock_ledgers([project_id])
    if origin is not None and (there := _of_origin(origin)) is not None:
        return _same(there, wish)
    judged = check(wish, evidence=len(evidence), of_record=origin is not None)
    row = Payment(
        number=next_number("payments_payment_number", "FK", f"{timezone.localtime():%y%m%d}"),
        origin_kind=origin.kind if origin else "",
        origin_key=origin.key if origin else "",
    )
    _fill(row, wish, judged)
    with in_words(row.number), transaction.atomic():
        row.save(force_insert=True)
    start(flow=FLOW, subject=subject_of(row), actor=by)
    _attach(row, evidence)
    _asked(row, by)
    record(events.ASKED, subject_of(row), None, told_of(row))
    tell(row, "requested")
    return row


@transaction.atomic
def revise_payment(
    *, actor: User, number: str, wish: PaymentIn, evidence: Evidence = (), expected: int | None = None
) -> Payment:
    """Ask again for a payment that was sent back before its approval, with what has changed.

    Raises:
        PermissionDenied: the actor may not request payments.
        InputError: there is none (404), it was not sent back or changed meanwhile (409), the rules refuse it (422).
    """
    require(actor, permissions.VIEW)
    row = held_payment(number, expected, also=wish.project_id)
    if row.state != DRAFT:
        raise InputError("这笔付款不在修改中", where=row.number, how="请刷新页面", status=409)
    if row.origin_kind and (wish.amount != row.amount or wish.project_id != row.project_id):
        raise InputError(
            "按决定付款的，金额和项目不能改", where=row.number, how="请取消后由来源重新提出", status=409
        )
    wish = _tidied(wish)
    _attach(row, evidence)
    held = len(attachments(subject_of(row), _ROLE))
    judged = check(wish, evidence=held, of_record=bool(row.origin_kind), own=row)
    before = told_of(row)
    _fill(row, wish, judged)
    saved(row)
    _asked(row, actor)
    record(events.REVISED, subject_of(row), *changes(before, told_of(row)))
    tell(row, "requested")
    return row


@transaction.atomic
def correct_payment(
    *,
    actor: User,
    number: str,
    payee: PayeeIn,
    due_on: date,
    reason: str,
    explanation: str = "",
    evidence: Evidence = (),
    expected: int | None = None,
) -> Payment:
    """Ask again for a payment that the bank returned, to another account; its amount stays and it is reviewed and approved anew.

    Raises:
        PermissionDenied: the actor may not request payments.
        InputError: there is none (404), the bank did not return it or it changed (409), no reason or the rules refuse it (422).
    """
    require(actor, permissions.VIEW)
    row = held_payment(number, expected)
    if row.state != RETURNED:
        raise InputError("这笔付款没有被银行退回", where=row.number, how="请刷新页面", status=409)
    wish = _tidied(
        PaymentIn(
            row.project_id, payee, row.amount, row.purpose, due_on, row.batch_id, row.contract_id,
            tuple(row.tags), explanation or reason,
        )
    )  # fmt: skip
    _attach(row, evidence)
    held = len(attachments(subject_of(row), _ROLE))
    judged = check(wish, evidence=held, of_record=bool(row.origin_kind), own=row)
    before = told_of(row)
    view = advance(flow=FLOW, subject=subject_of(row), transition="correct", actor=actor, reason=reason)
    _fill(row, wish, judged)
    row.state = view.state
    row.requested_by, row.section_by, row.finance_by, row.approved_by = (
        hands_of(subject_of(row), actor),
        [],
        [],
        [],
    )
    row.approved_at = row.sent_at = None
    saved(row)
    record(events.CORRECTED, subject_of(row), *changes(before, told_of(row)), reason=reason)
    tell(row, "requested")
    return row


def told_of(row: Payment) -> dict[str, object]:
    """What the trail keeps of a payment that was asked for."""
    return {
        "project": row.project_id,
        "amount": row.amount,
        "purpose": row.purpose,
        "due_on": row.due_on,
        "payee": row.payee_name,
        "account": row.account_masked,
        "bank": row.bank,
        "explanation": row.explanation,
        "batch": row.batch_id,
        "contract": row.contract_id,
        "tags": list(row.tags),
        "origin": f"{row.origin_kind}:{row.origin_key}" if row.origin_kind else "",
    }


def _asked(row: Payment, actor: User) -> None:
    """Take the step of asking; the amount is set aside with it."""
    view = advance(flow=FLOW, subject=subject_of(row), transition="request", actor=actor)
    row.state, row.requested_by, row.requested_at = (
        view.state,
        hands_of(subject_of(row), actor),
        timezone.now(),
    )
    row.section_by, row.finance_by, row.approved_by = [], [], []
    saved(row)


def _fill(row: Payment, wish: PaymentIn, judged: Judged) -> None:
    account = keep_account(wish.payee.account)
    row.project_id, row.batch_id, row.contract_id = wish.project_id, wish.batch_id, wish.contract_id
    row.amount, row.purpose, row.due_on = wish.amount, wish.purpose, wish.due_on
    row.tags = sorted(set(wish.tags))
    row.payee_name, row.payee_credit_code = wish.payee.name, wish.payee.credit_code or ""
    row.payee_party, row.bank = wish.payee.party_id, wish.payee.bank
    row.account_sealed, row.account_fingerprint, row.account_masked = (
        account.sealed, account.fingerprint, account.masked,
    )  # fmt: skip
    row.explanation, row.findings = wish.explanation, judged.kept


def _tidied(wish: PaymentIn) -> PaymentIn:
    def plain(text: str, longest: int, what: str) -> str:
        found = text.replace("\0", "").strip()
        if len(found) > longest:
            raise InputError(f"{what}有 {len(found)} 个字，至多 {longest} 个", where=what, how="请写短一些")
        return found

    if not wish.amount.is_finite():
        raise InputError("金额不是数", where="金额", how="请填金额（元）")
    purpose = plain(wish.purpose, 200, "用途")
    if not purpose:
        raise InputError("用途没有填", where="用途", how="请写明付的是什么")
    payee = replace(
        wish.payee,
        name=plain(wish.payee.name, 100, "收款人"),
        credit_code=plain(wish.payee.credit_code or "", 18, "信用代码").upper() or None,
        account=tidy(wish.payee.account),
        bank=plain(wish.payee.bank, 100, "开户银行"),
    )
    tags = tuple(plain(each, 20, "标记") for each in wish.tags if each.strip())
    return replace(
        wish, payee=payee, purpose=purpose, tags=tags, explanation=plain(wish.explanation, 400, "说明")
    )


def _one_at_a_time(origin: Origin) -> None:
    """Two requests for one record follow one another: the second finds what the first one made."""
    if not origin.kind or not origin.key:
        raise InputError("付款的来源没有写明", how="请从来源的页面提出付款")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"payments {origin.kind} {origin.key}"]
        )


def _of_origin(origin: Origin) -> Payment | None:
    rows = Payment.objects.filter(origin_kind=origin.kind, origin_key=origin.key)
    return rows.exclude(state__in=GONE).first()


def _same(there: Payment, wish: PaymentIn) -> Payment:
    if there.amount != wish.amount or there.project_id != wish.project_id:
        raise InputError(
            f"这项决定已有付款 {there.number}，金额 {there.amount} 元，与这次的 {wish.amount} 元不同",
            how="请先取消原来的付款",
            status=409,
        )
    return there


def _attach(row: Payment, evidence: Evidence) -> None:
    for place, each in enumerate(evidence, start=1):
        sha256, name = (each, f"凭证{place}") if isinstance(each, str) else each
        attach(sha256=sha256, subject=subject_of(row), name=name, role=_ROLE)
