"""Money goes back to the payer: of what was written off (退汇), or of what stood nowhere (退回待核销款)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction

from youju.foundation.audit.services import record
from youju.foundation.identity.permissions import require
from youju.foundation.kernel.context import current
from youju.foundation.kernel.errors import InputError
from youju.foundation.kernel.refusals import RefusedError
from youju.foundation.policies import law_on
from youju.rules.registry import REGISTRY
from youju.rules.trade.declarations.money import in_cny
from youju.rules.trade.settlement.facts import RefundFacts
from youju.rules.trade.settlement.money import part_of
from youju.trade.settlement import events, permissions
from youju.trade.settlement.models import Movement
from youju.trade.settlement.services.locking import locked_receipt, of_receipt, told_movement
from youju.trade.settlement.services.matching import held_match, left_of

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


@transaction.atomic
def refund(*, actor: User, movement: int, amount: Decimal, on: date, reason: str) -> Movement:
    """Part of a write-off goes back to the buyer; the line may be collected again.

    Args:
        actor: who records it.
        movement: the write-off.
        amount: in the line's currency.
        on: the day the money went back.
        reason: why.

    Raises:
        PermissionDenied: the actor may not record receipts.
        InputError: no such write-off in reach (404), no reason (422).
        RefusedError: more than was collected, too late, or before it came.
    """
    require(actor, permissions.RECORD)
    words = _reason(reason)
    whole, lot, row = held_match(movement)
    left = left_of(whole)
    facts = RefundFacts(amount, left.amount, lot.currency, on, row.received_on)
    RefusedError.unless_clear(REGISTRY.judge(facts, law_on(on), day=on, scope="refund", prefix="SET-"))
    if amount <= 0:
        raise InputError("金额应大于零", where="金额", how="请写退汇金额", status=422)
    money = part_of(amount, left.amount, left.money)
    if money <= 0:
        raise InputError("金额太小，折不成收汇币种的一分", where="金额", how="请合并退汇", status=422)
    made = Movement.objects.create(
        kind="refund",
        receipt=row,
        lot=lot,
        of=whole,
        money=money,
        amount=amount,
        money_cny=left.cny if amount == left.amount else min(in_cny(money, row.rate), left.cny),
        day=on,
        payer=whole.payer,
        reason=words,
        made_by=current().actor,
    )
    record(events.REFUNDED, of_receipt(row), None, told_movement(made, lot), reason=words)
    return made


@transaction.atomic
def return_suspense(*, actor: User, number: str, amount: Decimal, on: date, reason: str) -> Movement:
    """Money of a receipt that stands nowhere goes back to the payer (over-collection).

    Raises:
        PermissionDenied: the actor may not record receipts.
        InputError: no such receipt (404), no reason, or more than stands open (422).
    """
    require(actor, permissions.RECORD)
    words = _reason(reason)
    row = locked_receipt(number)
    if not 0 < amount <= row.suspense:
        raise InputError(
            f"待核销款是 {row.suspense:,} {row.currency}",
            where="金额",
            how="退回的金额应大于零，不超过待核销款",
            status=422,
        )
    facts = RefundFacts(amount, row.suspense, row.currency, on, row.received_on)
    RefusedError.unless_clear(REGISTRY.judge(facts, law_on(on), day=on, scope="refund", prefix="SET-"))
    made = Movement.objects.create(
        kind="return",
        receipt=row,
        money=amount,
        amount=Decimal(0),
        money_cny=in_cny(amount, row.rate),
        day=on,
        reason=words,
        made_by=current().actor,
    )
    record(events.RETURNED, of_receipt(row), None, {"money": amount, "currency": row.currency}, reason=words)
    return made


def _reason(reason: str) -> str:
    words = reason.replace("\0", "").strip()[:400]
    if not words:
        raise InputError("没有写原因", where="原因", how="请写明为什么退回", status=422)
    return words
