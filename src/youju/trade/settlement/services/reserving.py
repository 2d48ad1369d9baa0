"""A bank reserves, confirms, releases. The line is locked first: of two banks that race for it one waits and then judges anew."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from youju.foundation.audit.services import record, record_many
from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.foundation.kernel.refusals import RefusedError
from youju.foundation.policies import law_on
from youju.rules.law import whole
from youju.rules.registry import REGISTRY
from youju.rules.trade.settlement.accounts import CONFIRMED, HELD, RELEASED, RESERVATION_STATES
from youju.rules.trade.settlement.checks import HOURS
from youju.rules.trade.settlement.facts import ReserveFacts
from youju.rules.trade.settlement.money import converted, money_for
from youju.trade.settlement import events, permissions
from youju.trade.settlement.facts import ConfirmWish, ReceiptWish
from youju.trade.settlement.models import Lot, Receipt, Reservation
from youju.trade.settlement.services.locking import (
    line_facts,
    line_name,
    locked_lots,
    locked_receipt,
    next_numbers,
    of_reservation,
    reservation_in_reach,
    shown_to,
)
from youju.trade.settlement.services.receiving import known, store_receipts
from youju.trade.settlement.services.writing_off import Part, rate_of, write_off

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


@transaction.atomic
def reserve(
    *,
    actor: User,
    line: int,
    amount: Decimal,
    hours: int | None = None,
    reference: str = "",
    now: datetime | None = None,
) -> Reservation:
    """Hold an amount of a line for the actor's bank.

    Args:
        actor: who asks for the bank.
        line: id of the line, as :func:`look` gives it.
        amount: in the line's currency.
        hours: how long; None: as long as the policy allows.
        reference: the bank's own.
        now: for tests.

    Raises:
        PermissionDenied: the actor may not reserve.
        InputError: the actor belongs to no bank, or no such line (404).
        RefusedError: not enough is available, or too long (422).
    """
    require(actor, permissions.RESERVE)
    if actor.organisation_id is None:
        raise InputError("您的账号不属于任何银行", how="请联系系统管理员", status=403)
    moment = now or timezone.now()
    lot = locked_lots([line], now=moment).get(line)
    if lot is None or not lot.live:
        raise InputError("没有这个商品项的台账", where="商品项", how="请重新查询", status=404)
    day = timezone.localdate(moment)
    law = law_on(day)
    wanted = hours if hours is not None else whole(law, HOURS)
    facts = ReserveFacts(line_facts(lot), amount, wanted, day)
    RefusedError.unless_clear(REGISTRY.judge(facts, law, day=day, scope="reservation", prefix="SET-"))
    (number,) = next_numbers("settlement_reservation_number")
    row = Reservation.objects.create(
        number=f"ZY{day:%y%m%d}{number:06d}",
        lot_id=lot.pk,
        declaration=f"{lot.number}-{lot.version}",
        g_no=lot.g_no,
        currency=lot.currency,
        organisation_id=actor.organisation_id,
        amount=amount,
        reference=_clean(reference)[:64],
        expires_at=moment + timedelta(hours=wanted),
        created_by=actor.username,
        created_at=moment,
    )
    told = {"line": line_name(lot), "amount": amount, "currency": lot.currency, "expires_at": row.expires_at}
    record(events.RESERVED, of_reservation(row), None, told)
    return row


@transaction.atomic
def confirm(
    *, actor: User, number: str, wish: ConfirmWish, now: datetime | None = None
) -> tuple[Reservation, Receipt]:
    """Collect on a held reservation: the receipt is recorded (or found by the bank's reference) and written off.

    What was reserved beyond that is available again, what came beyond the reservation stands unmatched.

    Raises:
        PermissionDenied: the actor may not reserve.
        InputError: no such reservation (404), it is not held any more (409), the money does not reach (422).
    """
    require(actor, permissions.RESERVE)
    lot, row = _held(number, actor, now or timezone.now())
    amount = wish.amount if wish.amount is not None else row.amount
    if not 0 < amount <= row.amount:
        raise InputError(
            f"占用的是 {row.amount:,} {lot.currency}",
            where="确认额",
            how="确认额应大于零，不超过占用额",
            status=422,
        )
    receipt = _receipt(actor, wish, lot, amount)
    money = amount
    if receipt.currency != lot.currency:
        money = money_for(
            amount, rate=rate_of(lot.currency, receipt), into=receipt.rate, most=receipt.suspense
        )
    if money > receipt.suspense:
        raise InputError(
            f"收汇 {receipt.number} 还没有核销的是 {receipt.suspense:,} {receipt.currency}",
            where="金额",
            how="请减少确认额",
            status=422,
        )
    shown_to(receipt, lot.organisations)
    left = receipt.suspense - money
    row.state, row.confirmed = CONFIRMED, amount
    row.decided_by, row.decided_at = actor.username, timezone.now()
    row.save(update_fields=["state", "confirmed", "decided_by", "decided_at"])
    write_off(
        receipt, [Part(lot, amount, money)], reservation=row, verb=events.CONFIRMED, named=True,
        left=left if amount == row.amount else Decimal(0),
    )  # fmt: skip
    record(
        events.CONFIRMED,
        of_reservation(row),
        {"amount": row.amount},
        {"amount": amount, "receipt": receipt.number},
    )
    receipt.refresh_from_db()
    return row, receipt


@transaction.atomic
def release(*, actor: User, number: str, reason: str = "", now: datetime | None = None) -> Reservation:
    """Let a held reservation go.

    Raises:
        PermissionDenied: the actor may not reserve.
        InputError: no such reservation (404), or it is not held any more (409).
    """
    require(actor, permissions.RESERVE)
    _, row = _held(number, actor, now or timezone.now())
    row.state, row.reason = RELEASED, _clean(reason)[:200]
    row.decided_by, row.decided_at = actor.username, timezone.now()
    row.save(update_fields=["state", "reason", "decided_by", "decided_at"])
    record(events.RELEASED, of_reservation(row), {"amount": row.amount}, None, reason=row.reason)
    return row


def expire(*, now: datetime | None = None, most: int = 1_000) -> int:
    """Let go what was reserved for too long, some at a time; how many. Each piece is a transaction of its own."""
    moment, count = now or timezone.now(), 0
    while True:
        with transaction.atomic():
            overdue = Reservation.objects.filter(state=HELD, expires_at__lte=moment).order_by("pk")
            rows = list(overdue[:most])
            if not rows:
                return count
            locked_lots([row.lot_id for row in rows], now=moment)
            record_many(events.EXPIRED, [(of_reservation(row), {"amount": row.amount}, None) for row in rows])
            count += len(rows)


def _held(number: str, actor: User, now: datetime) -> tuple[Lot, Reservation]:
    seen = reservation_in_reach(number)
    if seen.organisation_id != actor.organisation_id:
        raise InputError(f"没有占用 {number[:24]}", how="请核对占用编号", status=404)
    lot = locked_lots([seen.lot_id], now=now)[seen.lot_id]
    row = Reservation.objects.select_for_update().get(pk=seen.pk)
    if row.state != HELD:
        raise InputError(
            f"这笔占用{RESERVATION_STATES[row.state]}", where=row.number, how="请重新查询后再占用", status=409
        )
    return lot, row


def _receipt(actor: User, wish: ConfirmWish, lot: Lot, amount: Decimal) -> Receipt:
    """The receipt of a confirmation: the bank's own under that reference, or a new one."""
    bank = actor.organisation.code if actor.organisation else ""
    currency = wish.currency or lot.currency
    there = known([_as_receipt(wish, bank, currency, amount)]).get((bank, wish.reference))
    if there is not None:
        return locked_receipt(there.number)
    money = wish.money
    if money is None:
        money = amount
        if currency != lot.currency:
            at = Receipt(currency=currency, received_on=wish.received_on)
            money = converted(amount, rate=rate_of(lot.currency, at), into=rate_of(currency, at))
    new = _as_receipt(wish, bank, currency, money)
    return locked_receipt(store_receipts(actor=actor, wishes=[new], source="api")[0].number)


def _as_receipt(wish: ConfirmWish, bank: str, currency: str, money: Decimal) -> ReceiptWish:
    return ReceiptWish(
        bank=bank,
        reference=wish.reference,
        received_on=wish.received_on,
        currency=currency,
        amount=money,
        payer_name=wish.payer_name,
        payer_country=wish.payer_country,
        remark=wish.remark,
    )


def _clean(text: str) -> str:
    return text.replace("\0", "").strip()
