"""Contracts, deliverables and due payments for lists."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet
from django.utils import timezone

from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.foundation.policies import law_on
from youju.office.contracts import permissions
from youju.office.contracts.models import Contract, Deliverable, Instalment
from youju.rules.law import whole
from youju.rules.office.contracts.lifecycle import (
    CONTRACT_STATES,
    DELIVERED,
    IN_FORCE,
    PENDING,
    REFUSED,
)

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

_LARGEST = 2**63 - 1
STATES = {**CONTRACT_STATES, "expired": "已到期"}
"""States as people read them: a contract in force whose last day has passed has expired."""


@dataclass(frozen=True, slots=True)
class ContractFilter:
    """What narrows the list; ``only``: ``ending`` (soon), ``waiting`` (something to accept), ``refused``."""

    text: str = ""
    state: str = ""
    tag: str = ""
    project: str = ""
    only: str = ""


def standing(row: Contract) -> str:
    """The state as people read it."""
    if row.state == IN_FORCE and row.valid_to < timezone.localdate():
        return STATES["expired"]
    return STATES[row.state]


def contracts(actor: User, wish: ContractFilter | None = None) -> QuerySet[Contract]:
    """The register; ``wish`` narrows it.

    Raises:
        PermissionDenied: the actor sees no contracts.
    """
    require(actor, permissions.VIEW)
    wish, rows, today = wish or ContractFilter(), Contract.objects.all(), timezone.localdate()
    for word in wish.text.replace("\0", "").split():
        rows = rows.filter(Q(number__icontains=word) | Q(title__icontains=word) | Q(party__icontains=word))
    if wish.state == "expired":
        rows = rows.filter(state=IN_FORCE, valid_to__lt=today)
    elif wish.state == IN_FORCE:
        rows = rows.filter(state=IN_FORCE, valid_to__gte=today)
    elif wish.state:
        rows = rows.filter(state=wish.state)
    if wish.tag:
        rows = rows.filter(tags__contains=[wish.tag])
    if wish.project:
        rows = rows.filter(project=wish.project)
    if wish.only == "ending":
        until = today + timedelta(days=whole(law_on(today), "office.contracts.expiry_days"))
        rows = rows.filter(state=IN_FORCE, valid_to__gte=today, valid_to__lte=until)
    elif wish.only in ("waiting", "refused"):
        state = DELIVERED if wish.only == "waiting" else REFUSED
        rows = rows.filter(pk__in=Deliverable.objects.filter(state=state).values("contract"))
    return rows


def deliverables(
    actor: User, *, text: str = "", state: str = "", late: bool = False
) -> QuerySet[Deliverable]:
    """Deliverables with their contracts; ``late``: due and not accepted.

    Raises:
        PermissionDenied: the actor sees no contracts.
    """
    require(actor, permissions.VIEW)
    rows = Deliverable.objects.select_related("contract")
    for word in text.replace("\0", "").split():
        rows = rows.filter(
            Q(title__icontains=word)
            | Q(contract__number__icontains=word)
            | Q(contract__party__icontains=word)
        )
    if state:
        rows = rows.filter(state=state)
    if late:
        rows = rows.filter(due_on__lt=timezone.localdate(), state__in=[PENDING, DELIVERED, REFUSED])
    return rows


def instalments(actor: User, *, project: str = "") -> QuerySet[Instalment]:
    """Due payments of contracts that are not void, with contract and deliverable.

    Raises:
        PermissionDenied: the actor sees no contracts.
    """
    require(actor, permissions.VIEW)
    rows = Instalment.objects.select_related("contract", "after").exclude(contract__state="void")
    return rows.filter(contract__project=project) if project else rows


def one_of(actor: User, contract_id: int) -> Contract:
    """A contract.

    Raises:
        PermissionDenied: the actor sees no contracts.
        InputError: there is none (404).
    """
    require(actor, permissions.VIEW)
    found = Contract.objects.filter(pk=contract_id).first() if contract_id <= _LARGEST else None
    if found is None:
        raise InputError("没有这份合同", how="请回到合同列表", status=404)
    return found


def deliverable_of(actor: User, deliverable_id: int) -> Deliverable:
    """A deliverable with its contract.

    Raises:
        PermissionDenied: the actor sees no contracts.
        InputError: there is none (404).
    """
    require(actor, permissions.VIEW)
    rows = Deliverable.objects.select_related("contract")
    found = rows.filter(pk=deliverable_id).first() if deliverable_id <= _LARGEST else None
    if found is None:
        raise InputError("没有这项成果", how="请回到合同列表", status=404)
    return found
