"""What a contract delivers: agreed, delivered, accepted or refused by another person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from youju.foundation.audit.services import record
from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.foundation.workflow.services import advance, start
from youju.office.contracts import events, permissions
from youju.office.contracts.facts import facts_of
from youju.office.contracts.models import Contract, Deliverable
from youju.office.contracts.selectors.lists import deliverable_of
from youju.office.contracts.services.refusing import checked
from youju.office.contracts.services.registering import locked
from youju.rules.findings import Finding
from youju.rules.office.contracts.lifecycle import DELIVERABLE_FLOW, IN_FORCE

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


@dataclass(frozen=True, slots=True)
class DeliverableWish:
    """What is to be delivered by a day, for a price in CNY."""

    title: str
    due_on: date
    price: Decimal


@dataclass(frozen=True, slots=True)
class Added:
    """The deliverable, and what the rules said besides."""

    deliverable: Deliverable
    findings: Sequence[Finding]


@transaction.atomic
def add_deliverable(*, actor: User, contract_id: int, wish: DeliverableWish) -> Added:
    """Enter what a contract is to deliver.

    Raises:
        PermissionDenied: the actor registers no contracts.
        InputError: no such contract (404), it has ended (409).
        ContractRefusedError: what the rules found.
    """
    require(actor, permissions.EDIT)
    contract = locked(actor, contract_id)
    in_force(contract)
    last = contract.deliverables.order_by("-place").first()
    row = Deliverable.objects.create(
        contract=contract,
        place=last.place + 1 if last else 1,
        title=wish.title.strip(),
        due_on=wish.due_on,
        price=wish.price,
    )
    # Judged with the new one in place; what stops it takes it back with the transaction.
    found = checked(facts_of(contract, "register", timezone.localdate()))
    subject = events.deliverable_subject(row, contract.number)
    start(flow=DELIVERABLE_FLOW, subject=subject, actor=actor, organisation=actor.organisation.code)
    told = {"title": row.title, "due_on": row.due_on, "price": row.price}
    record(events.DELIVERABLE, events.subject_of(contract), None, told)
    return Added(row, found)


@transaction.atomic
def take_deliverable_step(
    *,
    actor: User,
    deliverable_id: int,
    step: str,
    reason: str = "",
    expected: str = "",
    on: date | None = None,
) -> Deliverable:
    """Take one step with a deliverable.

    Args:
        actor: who takes it.
        deliverable_id: of the deliverable.
        step: ``deliver``, ``accept``, ``refuse``, ``take_back`` or ``drop``.
        reason: where the step needs one.
        expected: the state that the actor saw.
        on: for ``deliver``: the day on which it came, today unless said.

    Raises:
        PermissionDenied: no permission for the step, or two-person control bars the actor.
        InputError: none of the kind (404), the step does not lead on from here (409), a reason is missing, a day to come.
        ContractRefusedError: the rules stop it.
    """
    require(actor, permissions.VIEW)
    seen = deliverable_of(actor, deliverable_id)
    contract = locked(actor, seen.contract_id)
    in_force(contract)
    row = Deliverable.objects.select_for_update().get(pk=seen.pk)
    today = timezone.localdate()
    if step == "accept":
        checked(facts_of(contract, "accept", today, delivered_by=row.delivered_by, actor=actor.username))
    if step == "deliver" and not contract.signed_on <= (on or today) <= today:
        raise InputError("交付的日子不对", where="交付日期", how=f"应在 {contract.signed_on} 至今天之间")
    case = advance(
        flow=DELIVERABLE_FLOW,
        subject=events.deliverable_subject(row, contract.number),
        transition=step,
        actor=actor,
        reason=reason,
        expected=expected,
    )
    row.state = case.state
    if step == "deliver":
        row.delivered_on, row.delivered_by, row.refused_why = on or today, actor.username, ""
    elif step == "accept":
        row.accepted_on, row.accepted_by, row.accepted_name = today, actor.username, actor.display_name
    elif step == "refuse":
        row.refusals, row.refused_why = row.refusals + 1, reason.strip()
    elif step == "take_back":
        row.delivered_on, row.delivered_by = None, ""
    row.save()
    return row


def in_force(contract: Contract) -> None:
    """Stop what is done to a contract that has ended.

    Raises:
        InputError: it has (409).
    """
    if contract.state != IN_FORCE:
        raise InputError(f"合同 {contract.number} 已经终止或作废", how="不能再办理", status=409)
