"""The register of contracts: entered, changed, ended before its day, void."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from youju.foundation.audit.encoding import changes
from youju.foundation.audit.services import record
from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.office.contracts import events, permissions
from youju.office.contracts.facts import facts_of
from youju.office.contracts.models import Contract
from youju.office.contracts.selectors.lists import one_of
from youju.office.contracts.services.refusing import checked
from youju.rules.findings import Finding
from youju.rules.office.contracts.lifecycle import ACCEPTED, ENDED, IN_FORCE, VOID

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

_NAMES = (
    "number", "title", "party", "party_code", "amount", "signed_on", "valid_from", "valid_to", "project", "note",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ContractWish:
    """A contract as it is to stand in the register. ``amount`` in CNY; days both included."""

    number: str
    title: str
    party: str
    amount: Decimal
    signed_on: date
    valid_from: date
    valid_to: date
    party_code: str = ""
    tags: tuple[str, ...] = ()
    project: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Registered:
    """The contract, and what the rules said besides."""

    contract: Contract
    findings: Sequence[Finding]


@transaction.atomic
def register_contract(*, actor: User, wish: ContractWish) -> Registered:
    """Enter a signed contract.

    Raises:
        PermissionDenied: the actor registers no contracts.
        InputError: the number is there already (409), a tag that cannot be kept.
        ContractRefusedError: what the rules found.
    """
    require(actor, permissions.EDIT)
    row = Contract(created_by=actor.username)
    put(row, wish)
    if Contract.objects.filter(number=row.number).exists():
        raise InputError(f"已有编号为 {row.number} 的合同", where="合同编号", how="请核对编号", status=409)
    found = checked(facts_of(row, "register", timezone.localdate()))
    row.save(force_insert=True)
    record(events.REGISTERED, events.subject_of(row), None, told(row))
    return Registered(row, found)


@transaction.atomic
def change_contract(*, actor: User, contract_id: int, wish: ContractWish, revision: int) -> Registered:
    """Put a contract right, or enter what a supplementary agreement changed.

    Raises:
        PermissionDenied: the actor registers no contracts.
        InputError: none of the kind (404), it has ended or was changed meanwhile, or the number is another's (409).
        ContractRefusedError: what the rules found.
    """
    require(actor, permissions.EDIT)
    row = locked(actor, contract_id)
    _still(row, revision)
    before = told(row)
    put(row, wish)
    if Contract.objects.filter(number=row.number).exclude(pk=row.pk).exists():
        raise InputError(f"已有编号为 {row.number} 的合同", where="合同编号", how="请核对编号", status=409)
    found = checked(facts_of(row, "register", timezone.localdate()))
    gone, new = changes(before, told(row))
    if gone or new:
        row.revision += 1
        row.reminded_on = None
        row.save()
        record(events.CHANGED, events.subject_of(row), gone, new)
    return Registered(row, found)


@transaction.atomic
def end_contract(*, actor: User, contract_id: int, ended_on: date, void: bool, reason: str) -> Contract:
    """End a contract before its day, or declare an entry void; with a reason.

    Raises:
        PermissionDenied: the actor registers no contracts.
        InputError: none of the kind (404), it has ended (409), no reason, a day outside its term, something accepted.
    """
    require(actor, permissions.EDIT)
    row = locked(actor, contract_id)
    _still(row, row.revision)
    if not reason.strip():
        raise InputError("终止或作废须写明理由", where="理由", how="请写一句话")
    if void and row.deliverables.filter(state=ACCEPTED).exists():
        raise InputError("已有验收过的成果，不能作废", where=row.number, how="请改为终止", status=409)
    if not void and not row.signed_on <= ended_on <= row.valid_to:
        raise InputError(
            "终止的日子不对", where="终止日期", how=f"应在 {row.signed_on} 至 {row.valid_to} 之间"
        )
    row.state, row.ended_on = (VOID if void else ENDED), ended_on
    row.revision += 1
    row.save(update_fields=["state", "ended_on", "revision"])
    told_ = {"state": row.state, "ended_on": ended_on}
    record(events.ENDED, events.subject_of(row), {"state": IN_FORCE}, told_, reason=reason.strip())
    return row


def locked(actor: User, contract_id: int) -> Contract:
    """A contract under lock.

    Raises:
        InputError: there is none (404).
    """
    seen = one_of(actor, contract_id)
    return Contract.objects.select_for_update().get(pk=seen.pk)


def put(row: Contract, wish: ContractWish) -> None:
    """Write a wish into a row.

    Raises:
        InputError: a tag that cannot be kept.
    """
    for name in _NAMES:
        value = getattr(wish, name)
        setattr(row, name, value.strip() if isinstance(value, str) else value)
    for tag in wish.tags:
        if not tag.strip() or len(tag) > 20 or "|" in tag:
            raise InputError(f"标签“{tag[:30]}”不能用", where="标签", how="至多 20 个字，不含竖线")
    row.tags = list(dict.fromkeys(tag.strip() for tag in wish.tags))


def told(row: Contract) -> dict[str, Any]:
    """A contract for the trail."""
    return {name: value for name in (*_NAMES, "tags") if (value := getattr(row, name)) not in ("", [], None)}


def _still(row: Contract, revision: int) -> None:
    if row.state != IN_FORCE:
        raise InputError(f"合同 {row.number} 已经终止或作废", how="不能再改", status=409)
    if row.revision != revision:
        raise InputError(f"合同 {row.number} 刚被改过", how="请刷新页面，看过最新内容再改", status=409)
