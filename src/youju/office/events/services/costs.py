"""What an event cost, by kind, with the number of the payment that paid it."""

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
from youju.office.events import events, permissions
from youju.office.events.facts import event_facts
from youju.office.events.models import Cost, Event
from youju.office.events.services.planning import locked
from youju.office.events.services.refusing import checked
from youju.rules.findings import Finding
from youju.rules.office.events.kinds import COST_KINDS
from youju.rules.office.events.lifecycle import OPEN

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

PAYMENT = "payments.payment"
"""What a reference names: payments lie above this room, which knows a number and no more."""


@dataclass(frozen=True, slots=True)
class CostWish:
    """A cost in CNY; ``reference`` is the number of the payment, empty where nobody has paid yet."""

    kind: str
    amount: Decimal
    spent_on: date
    reference: str = ""
    note: str = ""


@transaction.atomic
def add_cost(*, actor: User, event_id: int, wish: CostWish) -> list[Finding]:
    """Enter a cost; what the rules said besides.

    Raises:
        PermissionDenied: the actor enters no events.
        InputError: no such event (404), it is reported or over (409), an unknown kind, a day to come.
    """
    require(actor, permissions.EDIT)
    event = locked(actor, event_id)
    _open(event)
    if wish.kind not in COST_KINDS:
        raise InputError("没有这一类费用", where="费用类别", how="请从列表里选择")
    if wish.spent_on > timezone.localdate():
        raise InputError("费用的日期还没有到", where="日期", how="请写今天或以前的日子")
    reference = wish.reference.replace("\0", "").strip()[:60]
    row = Cost.objects.create(
        event=event,
        kind=wish.kind,
        amount=wish.amount,
        spent_on=wish.spent_on,
        reference_kind=PAYMENT if reference else "",
        reference=reference,
        note=wish.note.replace("\0", "").strip()[:200],
        written_by=actor.username,
    )
    told = {"kind": row.kind, "amount": row.amount, "spent_on": row.spent_on, "reference": reference or None}
    record(events.COST, events.subject_of(event), None, told)
    return checked(event_facts(event, "cost", timezone.localdate(), actor=actor.username))


@transaction.atomic
def remove_cost(*, actor: User, event_id: int, cost_id: int) -> None:
    """Take a wrongly entered cost away.

    Raises:
        PermissionDenied: the actor enters no events.
        InputError: no such event or cost (404), the event is reported or over (409).
    """
    require(actor, permissions.EDIT)
    event = locked(actor, event_id)
    _open(event)
    row = event.costs.filter(pk=cost_id).first()
    if row is None:
        raise InputError("没有这笔费用", where=event.number, how="请刷新页面", status=404)
    told = {"kind": row.kind, "amount": row.amount, "spent_on": row.spent_on}
    row.delete()
    record(events.COST, events.subject_of(event), told, None)


def _open(event: Event) -> None:
    if event.state not in OPEN:
        raise InputError(f"{event.number} 已经提交结果或结束", how="不能再改费用", status=409)
