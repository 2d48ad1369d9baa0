"""A receipt is written off: by itself where it names its declaration, or by a person; undone where that was wrong."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Sum

from youju.foundation.audit.services import record
from youju.foundation.identity.permissions import require
from youju.foundation.kernel.context import acting, current
from youju.foundation.kernel.errors import InputError
from youju.foundation.policies import law_on
from youju.rules.law import whole
from youju.rules.trade.settlement.matching import Candidate, suggestions
from youju.rules.trade.settlement.money import money_for, spread
from youju.rules.trade.settlement.names import UNLIKE
from youju.trade.parties.selectors.partners import organisations_of
from youju.trade.settlement import events, permissions
from youju.trade.settlement.models import Lot, Movement, Receipt
from youju.trade.settlement.selectors.hints import lots_named, named_in
from youju.trade.settlement.services.locking import (
    locked_lots,
    locked_receipt,
    of_receipt,
    shown_to,
    told_movement,
)
from youju.trade.settlement.services.writing_off import Part, likeness_of, rate_of, worth, write_off

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

AUTOMATIC = "trade.settlement.match_automatic"


@transaction.atomic
def match_declaration(*, actor: User, number: str, declaration: str, reason: str = "") -> list[Movement]:
    """Write what is open of a receipt off against the lines of a declaration, in their order, as far as they have room.

    Raises:
        PermissionDenied: the actor may not match receipts.
        InputError: no such receipt or declaration in reach (404), nothing open or no room (409), lines of two currencies (422).
    """
    require(actor, permissions.MATCH)
    names = named_in(declaration)
    lots = list(lots_named(names)) if names else []
    if not lots:
        raise InputError(
            f"没有报关单 {declaration[:24]} 的台账",
            where="报关单",
            how="请核对编号，放行后才有台账",
            status=404,
        )
    return _spread_over(number, lots, reason=reason, named=False)


@transaction.atomic
def match_line(
    *, actor: User, number: str, line: int, amount: Decimal | None = None, reason: str = ""
) -> Movement:
    """Write part of a receipt off against one line.

    Args:
        actor: who does it.
        number: the receipt's.
        line: id of the line in the ledger.
        amount: in the line's currency; None: as much as fits.
        reason: why, optional.

    Raises:
        PermissionDenied: the actor may not match receipts.
        InputError: no such receipt or line in reach (404), nothing open or no room (409).
        RefusedError: more than there is.
    """
    require(actor, permissions.MATCH)
    lot = Lot.objects.filter(pk=line, live=True).first()
    if lot is None:
        raise InputError("没有这个商品项的台账", where="商品项", how="请刷新页面", status=404)
    if amount is None:
        return _spread_over(number, [lot], reason=reason, named=False)[0]
    lot = locked_lots([line])[line]
    row = locked_receipt(number)
    money = amount
    if row.currency != lot.currency:
        money = money_for(amount, rate=rate_of(lot.currency, row), into=row.rate, most=row.suspense)
    return write_off(row, [Part(lot, amount, money)], reason=reason)[0]


def match_by_itself(*, actor: User, row: Receipt) -> list[Movement]:
    """Write a new receipt off against the declaration that it names, where that is certain enough; else it waits for people.

    A bank does not see the lines of the ledger: for it the product looks. Everybody else reaches only what is theirs.
    """
    names = named_in(row.hint, row.remark)
    if not names:
        return []
    reach = acting(reads="all", writes="all") if permissions.is_bank(actor) else nullcontext()
    with reach:
        lots = [
            lot
            for lot in lots_named(names)
            if row.payee_id is None or row.payee_id in {lot.merchant_id, lot.agent_id}
        ]
        if not lots or len({(lot.declaration_id, lot.currency) for lot in lots}) > 1:
            return []
        like = likeness_of(row, lots)
        if like.level == UNLIKE and not row.third_party:
            return []
        available = sum((lot.available for lot in lots), Decimal(0))
        declared = sum((lot.declared for lot in lots), Decimal(0))
        if available <= 0:
            return []
        first = lots[0]
        candidate = Candidate(
            key=f"{first.number}-{first.version}",
            available=available,
            declared=declared,
            released_on=first.released_on,
            payer_like=like.level,
            named=True,
            payee=row.payee_id is not None,
            same_currency=row.currency == first.currency,
        )
        law = law_on(row.received_on)
        points = suggestions(worth(row, row.amount, first.currency), row.received_on, [candidate], law)
        if not points or points[0].points < whole(law, AUTOMATIC):
            return []
        made = _spread_over(row.number, lots, reason="", named=True)
        if permissions.is_bank(actor):
            shown_to(row, (body for body in organisations_of([first.agent_id]).values() if body))
        return made


def _spread_over(number: str, lots: Sequence[Lot], *, reason: str, named: bool) -> list[Movement]:
    if len({lot.currency for lot in lots}) > 1:
        raise InputError("报关单的币种不一致", where="商品项", how="请逐项核销", status=422)
    places = [lot.pk for lot in lots]
    held = locked_lots(places)
    row = locked_receipt(number)
    rows = [held[place] for place in places if held[place].live]
    if row.suspense <= 0:
        raise InputError("这笔收汇已经核销完", where=row.number, how="请刷新页面", status=409)
    value = worth(row, row.suspense, lots[0].currency)
    shares = spread(row.suspense, value, [lot.available for lot in rows])
    parts = [Part(lot, amount, money) for lot, (amount, money) in zip(rows, shares, strict=True) if amount]
    if not parts:
        raise InputError("这些商品项没有可收额", where=row.number, how="请核对报关单", status=409)
    left = row.suspense - sum(part.money for part in parts)
    return write_off(row, parts, reason=reason, left=left, named=named or bool(row.hint))


@transaction.atomic
def undo_match(*, actor: User, movement: int, reason: str) -> Movement:
    """Take a write-off back, what is left of it: the money stands unmatched again.

    Raises:
        PermissionDenied: the actor may not match receipts.
        InputError: no such write-off in reach (404), no reason (422), nothing left of it (409).
    """
    require(actor, permissions.MATCH)
    if not (words := reason.replace("\0", "").strip()):
        raise InputError("没有写原因", where="原因", how="请写明为什么撤销", status=422)
    whole_row, lot, row = held_match(movement)
    back = left_of(whole_row)
    if back.amount <= 0 or back.money <= 0:
        raise InputError("这笔核销已经全部撤销或退汇", where=row.number, how="请刷新页面", status=409)
    made = Movement.objects.create(
        kind="undo",
        receipt=row,
        lot=lot,
        of=whole_row,
        money=back.money,
        amount=back.amount,
        money_cny=back.cny,
        day=row.received_on,
        payer=whole_row.payer,
        reason=words[:400],
        made_by=current().actor,
    )
    record(events.UNDONE, of_receipt(row), told_movement(made, lot), None, reason=words)
    return made


class Left:
    """What is left of a write-off after undoing and refunds."""

    __slots__ = ("amount", "cny", "money")

    def __init__(self, amount: Decimal, money: Decimal, cny: Decimal) -> None:
        self.amount, self.money, self.cny = amount, money, cny


def held_match(movement: int) -> tuple[Movement, Lot, Receipt]:
    """A write-off in the actor's reach with its line and its receipt, both locked.

    Raises:
        InputError: there is none (404).
    """
    found = Movement.objects.filter(pk=movement, kind="match").select_related("receipt").first()
    if found is None or found.lot_id is None:
        raise InputError("没有这笔核销", how="请刷新页面", status=404)
    lot = locked_lots([found.lot_id])[found.lot_id]
    return found, lot, locked_receipt(found.receipt.number)


def left_of(row: Movement) -> Left:
    """What was not taken back yet of a write-off whose receipt is locked. One query."""
    back = Movement.objects.filter(of=row).aggregate(
        amount=Sum("amount", default=Decimal(0)),
        money=Sum("money", default=Decimal(0)),
        cny=Sum("money_cny", default=Decimal(0)),
    )
    return Left(row.amount - back["amount"], row.money - back["money"], row.money_cny - back["cny"])
