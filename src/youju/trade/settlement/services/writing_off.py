"""The one place where a receipt and lines meet: judged by the rules, written as movements; the ledger follows by itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import IntegrityError, transaction

from youju.foundation.audit.services import record
from youju.foundation.audit.verbs import Verb
from youju.foundation.kernel.context import current
from youju.foundation.kernel.errors import InputError
from youju.foundation.kernel.refusals import RefusedError
from youju.foundation.policies import law_on
from youju.rules.findings import Finding as Said
from youju.rules.registry import REGISTRY
from youju.rules.trade.declarations.money import in_cny
from youju.rules.trade.settlement.facts import WriteOffFacts
from youju.rules.trade.settlement.money import converted
from youju.rules.trade.settlement.names import Likeness, likeness
from youju.trade.parties.selectors.partners import names_of
from youju.trade.settlement import events
from youju.trade.settlement.models import Lot, Movement, Receipt, Reservation
from youju.trade.settlement.selectors.rates import quoted
from youju.trade.settlement.services.finding_faults import keep_findings
from youju.trade.settlement.services.locking import line_facts, line_name, of_receipt


@dataclass(frozen=True, slots=True)
class Part:
    """So much of a line (``amount``) by so much of the receipt (``money``)."""

    lot: Lot
    amount: Decimal
    money: Decimal


def worth(row: Receipt, money: Decimal, currency: str) -> Decimal:
    """Money of a receipt in another currency, at the rates of the day it came.

    Raises:
        InputError: there is no rate of that day (422).
    """
    if row.currency == currency:
        return money
    return converted(money, rate=row.rate, into=rate_of(currency, row))


def rate_of(currency: str, row: Receipt) -> Decimal:
    """CNY for one unit of a currency on the day of a receipt.

    Raises:
        InputError: there is none (422).
    """
    found = quoted([(currency, row.received_on)]).get((currency, row.received_on))
    if found is None:
        raise InputError(
            f"没有 {currency} 在 {row.received_on} 的汇率", where="汇率", how="请先导入当日汇率", status=422
        )
    return found.rate


def likeness_of(row: Receipt, lots: Sequence[Lot]) -> Likeness:
    """How like the payer is to the buyers of the lines' goods. One query."""
    names = names_of(buyer for lot in lots for buyer in lot.buyers)
    return likeness(row.payer_name, [name for _, name in names.values()], law_on(row.received_on))


def write_off(
    row: Receipt,
    parts: Sequence[Part],
    *,
    like: Likeness | None = None,
    reservation: Reservation | None = None,
    reason: str = "",
    left: Decimal = Decimal(0),
    named: bool = False,
    verb: Verb = events.MATCHED,
) -> list[Movement]:
    """Write parts of a locked receipt off against locked lines.

    Args:
        row: the receipt.
        parts: each line once, its amount above zero.
        like: payer and buyers, where they were compared before.
        reservation: held, for the one line; its amount is confirmed by the caller.
        reason: why, where a person said so.
        left: what of the receipt stays open though the declaration that it names is full.
        named: the receipt names this declaration.
        verb: what the trail says of it.

    Raises:
        RefusedError: more than the line has room for, or than the receipt holds.
    """
    like = like or likeness_of(row, [part.lot for part in parts])
    findings = _judge(row, parts, like, reservation, left, named)
    RefusedError.unless_clear(findings)
    actor = current().actor
    movements = [
        Movement(
            kind="match",
            receipt=row,
            lot_id=part.lot.pk,
            reservation=reservation,
            money=part.money,
            amount=part.amount,
            money_cny=in_cny(part.money, row.rate),
            day=row.received_on,
            payer=like.level,
            reason=reason[:400],
            made_by=actor,
        )
        for part in parts
    ]
    try:
        with transaction.atomic():
            made = Movement.objects.bulk_create(movements)
    except IntegrityError as error:
        # The rules have judged locked rows; this is the wall behind them.
        raise InputError(
            "核销后会超过申报额或收汇金额", where=row.number, how="请刷新后再试", status=409
        ) from error
    keep_findings(_once(findings), receipt=row)
    record(
        verb,
        of_receipt(row),
        None,
        {
            "line": "；".join(line_name(part.lot) for part in parts[:3]),
            "lines": len(parts),
            "amount": sum(part.amount for part in parts),
            "money": sum(part.money for part in parts),
            "currency": row.currency,
        },
        reason=reason,
    )
    return made


def _judge(  # noqa: PLR0917 - one write-off
    row: Receipt,
    parts: Sequence[Part],
    like: Likeness,
    reservation: Reservation | None,
    left: Decimal,
    named: bool,
) -> list[Said]:
    law = law_on(row.received_on)
    open_ = row.suspense
    findings: list[Said] = []
    for part in parts:
        facts = WriteOffFacts(
            line=line_facts(part.lot),
            receipt=row.number,
            money=part.money,
            money_currency=row.currency,
            amount=part.amount,
            suspense=open_,
            received_on=row.received_on,
            payer=row.payer_name,
            buyer=like.buyer,
            payer_like=like.level,
            explained=bool(row.third_party),
            reserved=reservation is not None,
            named=named,
            left=left,
        )
        findings += REGISTRY.judge(facts, law, day=row.received_on, scope="write_off", prefix="SET-")
        open_ -= part.money
    return findings


def _once(findings: Sequence[Said]) -> list[Said]:
    """The first of each rule: the receipt is what people look at, not each of its lines."""
    first: dict[str, Said] = {}
    for each in findings:
        first.setdefault(each.rule, each)
    return list(first.values())
