"""Due payments, and opinions of legal counsel."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from youju.foundation.audit.services import record
from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.foundation.policies import law_on
from youju.office.contracts import events, permissions
from youju.office.contracts.facts import facts_of
from youju.office.contracts.models import Instalment, Opinion
from youju.office.contracts.services.delivering import in_force
from youju.office.contracts.services.refusing import checked
from youju.office.contracts.services.registering import locked
from youju.rules.law import text

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


@dataclass(frozen=True, slots=True)
class InstalmentWish:
    """A payment in CNY that falls due on a day, at the earliest once a deliverable (by its place) is accepted."""

    due_on: date
    amount: Decimal
    after: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class OpinionWish:
    """A legal opinion and the hours that it took."""

    given_on: date
    title: str
    counsel: str
    hours: Decimal


@transaction.atomic
def add_instalment(*, actor: User, contract_id: int, wish: InstalmentWish) -> Instalment:
    """Enter a payment that the contract agrees.

    Raises:
        PermissionDenied: the actor registers no contracts.
        InputError: no such contract (404), it has ended (409), no such deliverable.
        ContractRefusedError: what the rules found.
    """
    require(actor, permissions.EDIT)
    contract = locked(actor, contract_id)
    in_force(contract)
    after = contract.deliverables.filter(place=wish.after).first() if wish.after else None
    if wish.after and after is None:
        raise InputError("合同里没有这一项成果", where="验收后付款的成果", how="请从列表里选择")
    last = contract.instalments.order_by("-place").first()
    row = Instalment.objects.create(
        contract=contract,
        place=last.place + 1 if last else 1,
        due_on=wish.due_on,
        amount=wish.amount,
        after=after,
        note=wish.note.strip(),
    )
    checked(facts_of(contract, "register", timezone.localdate()))
    told = {"due_on": row.due_on, "amount": row.amount, "after": after.title if after else None}
    record(events.INSTALMENT, events.subject_of(contract), None, told)
    return row


@transaction.atomic
def remove_instalment(*, actor: User, contract_id: int, place: int) -> None:
    """Take a wrongly entered payment away; whoever has paid by it keeps its amount and day.

    Raises:
        PermissionDenied: the actor registers no contracts.
        InputError: no such contract or payment (404), the contract has ended (409).
    """
    require(actor, permissions.EDIT)
    contract = locked(actor, contract_id)
    in_force(contract)
    row = contract.instalments.filter(place=place).first()
    if row is None:
        raise InputError("没有这一期付款", where=contract.number, how="请刷新页面", status=404)
    row.delete()
    record(events.INSTALMENT, events.subject_of(contract), {"due_on": row.due_on, "amount": row.amount}, None)


@transaction.atomic
def add_opinion(*, actor: User, contract_id: int, wish: OpinionWish) -> Opinion:
    """Enter an opinion that legal counsel gave under an engagement.

    Raises:
        PermissionDenied: the actor registers no contracts.
        InputError: no such contract (404), no engagement of counsel, a day outside its term.
    """
    require(actor, permissions.EDIT)
    contract = locked(actor, contract_id)
    tag = text(law_on(timezone.localdate()), "office.contracts.counsel_tag")
    if tag not in contract.tags:
        raise InputError(f"这份合同没有“{tag}”的标签", where=contract.number, how="请先给合同加上标签")
    last = min(contract.ended_on or contract.valid_to, contract.valid_to, timezone.localdate())
    if not contract.valid_from <= wish.given_on <= last:
        raise InputError("出具的日子不对", where="出具日期", how=f"应在 {contract.valid_from} 至 {last} 之间")
    row = Opinion.objects.create(
        contract=contract,
        given_on=wish.given_on,
        title=wish.title.strip(),
        counsel=wish.counsel.strip(),
        hours=wish.hours,
        written_by=actor.username,
    )
    told = {"given_on": row.given_on, "title": row.title, "counsel": row.counsel, "hours": row.hours}
    record(events.OPINION, events.subject_of(contract), None, told)
    return row
