"""Part of a subsidy paid before it is decided (预拨): where the policy says how much, to parties of a good credit level."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from decimal import ROUND_DOWN, Decimal
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from youju.foundation.audit.services import record
from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.foundation.policies import law_on
from youju.funds.payments.selectors import state_of_origin
from youju.funds.payments.services import Origin, request_payment
from youju.funds.subsidies import claim_events, permissions
from youju.funds.subsidies.models import Application
from youju.funds.subsidies.selectors.claims import claim_of
from youju.funds.subsidies.selectors.texts import text_of
from youju.funds.subsidies.services.paying import GONE, PREPAID, TAG, payee_of, project_of
from youju.funds.subsidies.services.refusing import ClaimRefusedError
from youju.rules.funds.claims.lifecycle import LISTED, PASSED, PUBLICISED
from youju.rules.law import whole
from youju.rules.trade.credit.facts import PrepaymentFacts
from youju.rules.trade.credit.judging import judge
from youju.trade.parties.selectors import credit_level

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

STATES = (PASSED, LISTED, PUBLICISED)
"""Reviewed twice, and not decided yet."""
_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Prepaid:
    """The payment that was asked for: its number and amount, CNY."""

    number: str
    amount: Decimal


def may_be_prepaid(application: Application) -> bool:
    """Whether the button is worth showing: reviewed, not decided, the policy names a share."""
    return application.state in STATES and text_of(application.text).prepaid is not None


@transaction.atomic
def request_prepayment(*, actor: User, number: str) -> Prepaid:
    """Ask for the policy's share of what was computed; the payment of the award is less by it.

    Raises:
        PermissionDenied: the actor may not request payments.
        InputError: no such application (404), it is not reviewed or decided already, or was prepaid already (409).
        ClaimRefusedError: CRD-015, CRD-016.
    """
    require(actor, permissions.REQUEST_PAYMENT)
    row = Application.objects.select_for_update().get(pk=claim_of(actor, number).pk)
    if row.state not in STATES:
        raise InputError("只有复核通过、还没有决定的申请可以预拨", where=number, how="请刷新页面", status=409)
    there = state_of_origin(PREPAID, row.number)
    if there is not None and there.state not in GONE:
        raise InputError(
            f"已经提出过预拨（付款 {there.number}）", where=number, how="请看这笔付款", status=409
        )
    today = timezone.localdate()
    law, share = law_on(today), text_of(row.text).prepaid
    facts = PrepaymentFacts(today, credit_level(row.party_id), share is not None, row.party_name)
    ClaimRefusedError.unless_clear(judge(facts, law))
    amount = (row.amount * (share or Decimal(0))).quantize(_CENT, ROUND_DOWN)
    if amount <= 0:
        raise InputError("算出的补贴是零，没有可以预拨的", where=number, how="请等决定", status=409)
    payment = request_payment(
        project_id=project_of(row),
        payee=payee_of(row),
        amount=amount,
        purpose=f"{row.policy_title} {row.number} 预拨"[:200],
        due_on=today + timedelta(days=whole(law, "funds.claims.payment_days")),
        origin=Origin(PREPAID, row.number),
        tags=(TAG,),
        explanation=f"信用等级 {facts.level}，按政策预拨 {share}",
        by=actor,
    )
    record(
        claim_events.PREPAYMENT_ASKED,
        claim_events.claim_subject(row),
        None,
        {"payment": payment.number, "amount": amount},
    )
    return Prepaid(payment.number, amount)
