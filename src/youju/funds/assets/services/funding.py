"""Cards from payments: one payment becomes several cards, a card is linked to one more payment, a part is no asset."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import connection, transaction
from django.utils import timezone

from youju.foundation.audit.services import record
from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.foundation.kernel.subjects import Subject
from youju.foundation.policies import law_on
from youju.funds.assets import events, permissions
from youju.funds.assets.facts import facts_of, used_of
from youju.funds.assets.models import Asset, Expensed, Funding
from youju.funds.assets.selectors.funding import PaymentView, payment_of
from youju.funds.assets.services.refusing import checked
from youju.funds.assets.services.registering import AssetWish, locked, put, told
from youju.rules.findings import Finding
from youju.rules.funds.assets.lifecycle import DISPOSED
from youju.rules.law import whole

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


@dataclass(frozen=True, slots=True)
class FromPayment:
    """The cards that were made, and what the rules said besides."""

    assets: Sequence[Asset]
    findings: Sequence[Finding]


@transaction.atomic
def register_from_payment(
    *,
    actor: User,
    payment: str,
    wish: AssetWish,
    copies: int = 1,
    serials: Sequence[str] = (),
    line: str = "",
) -> FromPayment:
    """Make cards of a paid payment: ``copies`` of equal things, each at the wish's cost.

    Args:
        actor: who does it.
        payment: its number.
        wish: what each card says; its project is the payment's unless said.
        copies: how many; ``serials`` of the maker are given to them in order.
        serials: at most as many as copies.
        line: which line of the payment's list they are.

    Raises:
        PermissionDenied: the actor keeps no register, or may not see payments.
        InputError: no such paid payment (404), too many at once, more serial numbers than copies.
        AssetRefusedError: what the rules found, the sum over the payment among them; then no card is made.
    """
    require(actor, permissions.EDIT)
    found = _taken(actor, payment)
    most = whole(law_on(timezone.localdate()), "funds.assets.split_most")
    if not 1 <= copies <= most:
        raise InputError(f"一次拆成 1 至 {most} 张卡片", where="数量", how="更多的请用批量导入")
    if len(serials) > copies:
        raise InputError("出厂编号比数量多", where="出厂编号", how=f"至多 {copies} 个，一行一个")
    today, said, made = timezone.localdate(), {}, []
    over = _over(found, used_of(found.id) + wish.cost * copies)
    for place in range(copies):
        row = Asset(created_by=actor.username)
        put(row, wish, actor)
        row.project = row.project or found.project
        row.serial = serials[place].strip() if place < len(serials) else wish.serial
        for finding in checked(facts_of(row, "register", today, left=False, overdrawn=over), row.acquired_on):
            said[finding.rule] = finding
        row.save(force_insert=True)
        Funding.objects.create(asset=row, payment_id=found.id, amount=wish.cost, line=line.strip())
        record(events.REGISTERED, events.subject_of(row), None, told(row) | {"payment": found.number})
        made.append(row)
    return FromPayment(made, list(said.values()))


@transaction.atomic
def link_payment(*, actor: User, asset_id: int, payment: str, amount: Decimal, line: str = "") -> Funding:
    """Say that a payment paid for (a part of) a card that is there already.

    Raises:
        PermissionDenied: the actor keeps no register, or may not see payments.
        InputError: no such card or paid payment (404), linked already or the card has left (409), more than the card costs.
        AssetRefusedError: the sum over the payment.
    """
    require(actor, permissions.EDIT)
    row = locked(actor, asset_id)
    found = _taken(actor, payment)
    if row.state == DISPOSED:
        raise InputError(f"资产 {row.number} 已经处置", how="不能再改", status=409)
    if row.fundings.filter(payment_id=found.id).exists():
        raise InputError(f"付款 {found.number} 已经关联", where=row.number, how="请刷新页面", status=409)
    if amount <= 0 or sum((each.amount for each in row.fundings.all()), amount) > row.cost:
        raise InputError("各笔付款合计超过原值", where="金额", how=f"原值是 {row.cost} 元")
    over = _over(found, used_of(found.id) + amount)
    checked(facts_of(row, "register", timezone.localdate(), overdrawn=over), row.acquired_on)
    made = Funding.objects.create(asset=row, payment_id=found.id, amount=amount, line=line.strip())
    record(events.LINKED, events.subject_of(row), None, {"payment": found.number, "amount": amount})
    return made


@transaction.atomic
def expense_rest(*, actor: User, payment: str, amount: Decimal, note: str) -> Expensed:
    """Say which part of a payment is no asset and why; said again, the new amount holds. Zero takes it back.

    Raises:
        PermissionDenied: the actor keeps no register, or may not see payments.
        InputError: no such paid payment (404), no note, more than is left of it.
    """
    require(actor, permissions.EDIT)
    found = _taken(actor, payment)
    if not note.strip():
        raise InputError("费用化部分须写说明", where="说明", how="例如：安装服务费，不计入资产")
    row = Expensed.objects.filter(payment_id=found.id).first()
    before = row.amount if row else Decimal(0)
    left = found.amount - used_of(found.id) + before
    if not 0 <= amount <= left:
        raise InputError("费用化部分超过付款的余额", where="金额", how=f"至多 {left} 元")
    row = row or Expensed(payment_id=found.id)
    row.amount, row.note, row.written_by = amount, note.strip(), actor.username
    if amount:
        row.save()
    elif row.pk:
        row.delete()
    subject = Subject(events.PAYMENT_KIND, found.number, found.number)
    record(events.EXPENSED, subject, {"amount": before}, {"amount": amount, "note": row.note})
    return row


def _taken(actor: User, number: str) -> PaymentView:
    """A paid payment; whoever else makes cards of it waits until this transaction is over.

    Raises:
        InputError: there is none (404).
    """
    found = payment_of(actor, number)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"assets payment {found.id}"]
        )
    return found


def _over(found: PaymentView, used: Decimal) -> list[tuple[str, Decimal, Decimal]]:
    return [(found.number, found.amount, used)] if used > found.amount else []
