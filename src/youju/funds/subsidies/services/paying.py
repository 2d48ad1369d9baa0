"""Paying awards through payments: one payment for one award, however often it is asked for; the bank's word comes back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from youju.foundation.audit.services import record
from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.foundation.kernel.sealing import unseal
from youju.foundation.policies import law_on
from youju.foundation.workflow.services import follow
from youju.funds.payments.selectors import state_of_origin
from youju.funds.payments.services import Origin, PayeeIn, PaymentEvent, correct_payment, request_payment
from youju.funds.subsidies import claim_events, permissions
from youju.funds.subsidies.models import Application, Award, AwardRound
from youju.funds.subsidies.selectors.money import project_that_pays
from youju.funds.subsidies.selectors.rounds import round_label, round_of
from youju.funds.subsidies.selectors.texts import text_of
from youju.funds.subsidies.services.certifying import codes_of
from youju.rules.funds.claims.lifecycle import AWARDED, BANK_RETURNED, CLAIM_FLOW, PAID
from youju.rules.law import whole

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

ORIGIN, PREPAID = "subsidies.award", "subsidies.prepayment"
GONE = ("rejected", "cancelled")
TAG = "subsidy"
"""How payments mark what is a subsidy (``payments.total_cost`` and others by tag)."""
BANK = "银行回单"


@dataclass(slots=True)
class PaymentsAsked:
    """What came of asking: how many were asked for now, how many stood before, and why some were refused."""

    asked: int = 0
    there: int = 0
    refused: list[str] = field(default_factory=list)


def request_payments(*, actor: User, number: str, applications: Sequence[str] = ()) -> PaymentsAsked:
    """Ask for the payment of each award of a round (of the named applications alone, where some are named).

    Each award is a transaction of its own: one that is refused leaves the others. Asking again asks for nothing twice; what the
    bank has sent back is asked for anew once the applicant has corrected the account.

    Raises:
        PermissionDenied: the actor may not request payments.
        InputError: no such round (404), or it is not decided (409).
    """
    require(actor, permissions.REQUEST_PAYMENT)
    row = round_of(actor, number)
    if row.state != AWARDED:
        raise InputError(f"批次 {number} 的状态是“{round_label(row)}”", how="决定以后才能付款", status=409)
    awards = row.awards.filter(state=AWARDED).select_related("application").order_by("pk")
    if applications:
        awards = awards.filter(application__number__in=list(applications))
    done = PaymentsAsked()
    for award in awards:
        try:
            if _request_one(actor, row, award.pk):
                done.asked += 1
            else:
                done.there += 1
        except InputError as error:
            done.refused.append(f"{award.application.number}：{error}")
    return done


@transaction.atomic
def _request_one(actor: User, round_row: AwardRound, award_id: int) -> bool:
    award = Award.objects.select_for_update().get(pk=award_id)
    application = Application.objects.get(pk=award.application_id)
    there = state_of_origin(ORIGIN, application.number)
    payee = payee_of(application)
    amount = award.amount - prepaid_of(application)
    if amount <= 0:
        raise InputError(
            "预拨的金额已不少于决定的补贴", where="金额", how="请核对预拨，多付的请申请人退回", status=409
        )
    today = timezone.localdate()
    due = today + timedelta(days=whole(law_on(today), "funds.claims.payment_days"))
    told = f"按补贴决定 {round_row.number}（{award.decided_on}）付款，申请 {application.number}"
    if there is not None and there.state == "returned":
        payment = correct_payment(
            actor=actor,
            number=there.number,
            payee=payee,
            due_on=due,
            reason="申请人更正了收款账户",
            explanation=told,
        )
    elif there is not None and there.state not in ("rejected", "cancelled"):
        return False
    else:
        payment = request_payment(
            project_id=project_of(application),
            payee=payee,
            amount=amount,
            purpose=f"{application.policy_title} {application.number}"[:200],
            due_on=due,
            origin=Origin(ORIGIN, application.number),
            tags=(TAG,),
            explanation=told,
            by=actor,
        )
    award.payment = payment.number
    award.save(update_fields=["payment"])
    record(
        claim_events.PAYMENT_ASKED,
        claim_events.claim_subject(application),
        None,
        {"payment": payment.number, "amount": amount},
    )
    return True


def payee_of(application: Application) -> PayeeIn:
    """Whom the payment of an application goes to."""
    return PayeeIn(
        application.account_name,
        application.credit_code or None,
        unseal(application.account_sealed),
        application.bank,
        application.party_id,
    )


def prepaid_of(application: Application) -> Decimal:
    """What was asked to be paid of an application before the decision and still stands, CNY."""
    there = state_of_origin(PREPAID, application.number)
    return there.amount if there is not None and there.state not in (*GONE, "returned") else Decimal(0)


def hear_of_payment(event: PaymentEvent) -> None:
    """What became of the payment of an award, in the transaction in which the bank's answer is read."""
    if event.origin is None or event.origin.kind != ORIGIN:
        return
    award = Award.objects.select_for_update().filter(application__number=event.origin.key).first()
    if award is None:
        return
    if event.happening in ("rejected", "cancelled"):
        award.payment = ""
        award.save(update_fields=["payment"])
        return
    if event.happening not in ("paid", "returned"):
        return
    application = Application.objects.select_for_update().get(pk=award.application_id)
    if event.happening == "paid" and award.state == AWARDED:
        award.state, award.paid_on, award.paid_amount, award.bank_reason = PAID, event.on, award.amount, ""
        _follow(application, award, "pay", f"付款 {event.number}")
    elif event.happening == "returned" and award.state in (AWARDED, PAID):
        award.state, award.paid_on, award.paid_amount = BANK_RETURNED, None, Decimal(0)
        award.bank_reason = event.reason[:500]
        _follow(application, award, "bounce", event.reason or "银行没有写明原因")


def _follow(application: Application, award: Award, step: str, reason: str) -> None:
    award.save()
    application.state = award.state
    application.save(update_fields=["state"])
    follow(
        flow=CLAIM_FLOW,
        subject=claim_events.claim_subject(application),
        transition=step,
        source=BANK,
        reason=reason,
        waits_at=codes_of(application) if award.state == BANK_RETURNED else None,
    )


def project_of(application: Application) -> int:
    """The budget project that pays: of this year, else of the year of the policy's window.

    Raises:
        InputError: there is none of the code (409).
    """
    found = project_that_pays(application.project, text_of(application.text).window.start)
    if found is not None:
        return found.id
    raise InputError(
        f"没有编码为 {application.project or '（空）'} 的资金项目",
        where="承担项目",
        how="先建立资金项目",
        status=409,
    )
