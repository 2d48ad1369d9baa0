"""Receipts come in: by hand, by a bank's program, by file. The reference of the bank makes each one happen once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils import timezone

from youju.foundation.audit.services import record_many
from youju.foundation.files.services import attach
from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.foundation.kernel.refusals import RefusedError
from youju.foundation.policies import law_on
from youju.rules.findings import Finding as Said
from youju.rules.findings import stopping
from youju.rules.registry import REGISTRY
from youju.rules.trade.declarations.money import in_cny
from youju.rules.trade.settlement.checks import SINCE
from youju.rules.trade.settlement.facts import Known, ReceiptFacts
from youju.trade.parties.selectors.partners import Partner, partners
from youju.trade.settlement import events, permissions
from youju.trade.settlement.facts import ReceiptWish
from youju.trade.settlement.models import Receipt
from youju.trade.settlement.selectors.rates import Quoted, quoted
from youju.trade.settlement.services.finding_faults import keep_findings
from youju.trade.settlement.services.locking import next_numbers, of_receipt
from youju.trade.settlement.services.matching import match_by_itself

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

PAYEES = frozenset({"merchant", "agent"})


@transaction.atomic
def record_receipt(*, actor: User, wish: ReceiptWish, source: str = "hand") -> Receipt:
    """Record one receipt; where it names a declaration that fits, it is written off at once.

    Raises:
        PermissionDenied: the actor may not record receipts.
        RefusedError: no rate of the day, a day to come, a reference that was used.
    """
    require(actor, permissions.RECORD)
    if permissions.is_bank(actor) and actor.organisation:
        wish = replace(wish, bank=actor.organisation.code)
    if not wish.bank:
        raise InputError("没有写是哪家银行", where="银行", how="请写银行名称", status=422)
    return store_receipts(actor=actor, wishes=[wish], source=source)[0]


@transaction.atomic
def record_with_picture(*, actor: User, wish: ReceiptWish, picture: tuple[str, str] | None = None) -> Receipt:
    """As :func:`record_receipt`, with a kept picture of the bank's slip: (sha256, name).

    Raises:
        PermissionDenied: the actor may not record receipts.
        RefusedError: as above.
    """
    row = record_receipt(actor=actor, wish=wish)
    if picture:
        attach(sha256=picture[0], subject=of_receipt(row), name=picture[1], role="picture")
    return row


def store_receipts(
    *, actor: User, wishes: Sequence[ReceiptWish], source: str, batch: str = ""
) -> list[Receipt]:
    """Write receipts that are not there yet, in their order, and write off those that name their declaration.

    The caller has judged the permission. What the rules stop stops all of them.
    """
    found = judged(actor, wishes)
    for each in found:
        RefusedError.unless_clear(each.findings)
        if each.fault:
            raise each.fault
    rates = quoted((wish.currency, wish.received_on) for wish in wishes)
    payees = partners(wish.payee for wish in wishes)
    rows = [
        _row(
            actor, wish, number, source, batch, rates[wish.currency, wish.received_on], payees.get(wish.payee)
        )
        for wish, number in zip(
            wishes, next_numbers("settlement_receipt_number", len(wishes) or 1), strict=False
        )
    ]
    try:
        with transaction.atomic():
            Receipt.objects.bulk_create(rows)
    except IntegrityError as error:
        if "settlement_receipt_once" not in str(error):
            raise
        raise InputError(
            "同一业务编号刚刚被登记", where="银行业务编号", how="请刷新后核对", status=409
        ) from error
    record_many(events.RECORDED, [(of_receipt(row), None, _told(row)) for row in rows])
    for row, each in zip(rows, found, strict=True):
        keep_findings(each.findings, receipt=row)
    for row in rows:
        if row.hint:
            match_by_itself(actor=actor, row=row)
    # What the database counted: money left, state.
    fresh = {row.pk: row for row in Receipt.objects.filter(pk__in=[row.pk for row in rows])}
    return [fresh[row.pk] for row in rows]


@dataclass(frozen=True, slots=True)
class Judged:
    """A wish with what the rules say of it; ``fault``: why no rule can judge it, ``field``: of which field.

    Its payee is nobody whom the money could be for, or it came before there were rules.
    """

    wish: ReceiptWish
    findings: list[Said]
    fault: InputError | None
    field: str = "payee"

    @property
    def stops(self) -> list[Said]:
        """What has to be mended first."""
        return stopping(self.findings)


def judged(actor: User, wishes: Sequence[ReceiptWish]) -> list[Judged]:
    """What the rules say of receipts as they come, each beside those that are there. Three queries."""
    rates = quoted((wish.currency, wish.received_on) for wish in wishes)
    near: dict[object, list[Known]] = {}
    for each in _others(wishes):
        near.setdefault((each.bank, each.reference), []).append(each)
        near.setdefault((each.payer_name, each.amount), []).append(each)
    payees = partners(wish.payee for wish in wishes)
    found = []
    for wish in wishes:
        if wish.received_on < SINCE:
            found.append(Judged(wish, [], _too_early(), "received_on"))
            continue
        others = [*near.get((wish.bank, wish.reference), ()), *near.get((wish.payer_name, wish.amount), ())]
        said = _judge(wish, tuple(dict.fromkeys(others)), rates.get((wish.currency, wish.received_on)))
        found.append(Judged(wish, said, _payee(actor, wish, payees.get(wish.payee))))
    return found


def known(wishes: Sequence[ReceiptWish]) -> dict[tuple[str, str], Known]:
    """Receipts that are there already under the same bank and reference. One query."""
    return {(each.bank, each.reference): each for each in _others(wishes, by_reference_alone=True)}


def same_receipt(wish: ReceiptWish, there: Known) -> bool:
    """Whether a wish under a used reference is the very same receipt, sent again."""
    return (wish.currency, wish.amount, wish.received_on, wish.payer_name) == (
        there.currency,
        there.amount,
        there.received_on,
        there.payer_name,
    )


def _judge(wish: ReceiptWish, others: tuple[Known, ...], rate: Quoted | None) -> list[Said]:
    facts = ReceiptFacts(
        bank=wish.bank,
        reference=wish.reference,
        currency=wish.currency,
        amount=wish.amount,
        received_on=wish.received_on,
        payer_name=wish.payer_name,
        asked_on=timezone.localdate(),
        rate_on=rate.day if rate else None,
        others=others,
    )
    return REGISTRY.judge(
        facts, law_on(wish.received_on), day=wish.received_on, scope="receipt", prefix="SET-"
    )


def _too_early() -> InputError:
    return InputError(
        f"收汇日期早于 {SINCE}，那时还没有收结汇的规定", where="收汇日期", how="请核对年份", status=422
    )


def _payee(actor: User, wish: ReceiptWish, found: Partner | None) -> InputError | None:
    # Not rules of settlement: there is nobody whom the money could be for.
    if not wish.payee:
        return None
    name = wish.payee[:24]
    if found is None or not found.roles & PAYEES:
        return InputError(f"没有备案号为 {name} 的经营户或外贸代理", where="收款人", how="请核对备案号")
    if permissions.inside(actor) or permissions.is_bank(actor) or found.organisation == actor.organisation_id:
        return None
    return InputError("收款人不是您的单位", where=name, how="请登记自己单位的收汇", status=403)


def _others(wishes: Sequence[ReceiptWish], *, by_reference_alone: bool = False) -> list[Known]:
    if not wishes:
        return []
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT * FROM settlement_known(%s, %s, %s, %s)",
            [
                [wish.bank for wish in wishes],
                [wish.reference for wish in wishes],
                [] if by_reference_alone else [wish.payer_name for wish in wishes],
                [] if by_reference_alone else [wish.amount for wish in wishes],
            ],
        )
        return [Known(*row) for row in cursor.fetchall()]


def _row(  # noqa: PLR0917 - one receipt
    actor: User, wish: ReceiptWish, number: int, source: str, batch: str, rate: Quoted, payee: Partner | None
) -> Receipt:
    taking = {actor.organisation_id} if not permissions.inside(actor) else set()
    if payee and payee.organisation:
        taking.add(payee.organisation)
    return Receipt(
        number=f"SH{timezone.localdate():%y%m%d}{number:06d}",
        bank=wish.bank,
        reference=wish.reference,
        source=source,
        received_on=wish.received_on,
        currency=wish.currency,
        amount=wish.amount,
        rate=rate.rate,
        amount_cny=in_cny(wish.amount, rate.rate),
        payer_name=wish.payer_name,
        payer_country=wish.payer_country,
        payee_id=payee.id if payee else None,
        payee_name=payee.name if payee else "",
        hint=wish.hint,
        remark=wish.remark,
        third_party=wish.third_party,
        applied=Decimal(0),
        returned=Decimal(0),
        organisations=sorted(each for each in taking if each),
        batch=batch,
        recorded_by=actor.username,
    )


def _told(row: Receipt) -> dict[str, object]:
    return {
        "bank": row.bank,
        "reference": row.reference,
        "received_on": row.received_on,
        "currency": row.currency,
        "amount": row.amount,
        "payer": row.payer_name,
        "payee": row.payee_name,
        "hint": row.hint,
        "source": row.source,
    }
