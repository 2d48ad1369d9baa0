"""The register from a spreadsheet: written as one, taken back as one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db import transaction

from youju.foundation.audit.services import record_many
from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.office.contracts import events, permissions
from youju.office.contracts.models import Contract
from youju.office.contracts.services.registering import ContractWish, put, told

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


@transaction.atomic
def store_batch(*, actor: User, batch: str, wishes: Sequence[ContractWish]) -> int:
    """Write contracts that a sheet's checks let through; how many.

    Raises:
        PermissionDenied: the actor imports no contracts.
    """
    require(actor, permissions.IMPORT)
    rows = []
    for wish in wishes:
        row = Contract(created_by=actor.username, batch=batch)
        put(row, wish)
        rows.append(row)
    made = Contract.objects.bulk_create(rows, batch_size=1_000)
    record_many(events.REGISTERED, [(events.subject_of(row), None, told(row)) for row in made])
    return len(made)


@transaction.atomic
def remove_batch(*, batch: str) -> int:
    """Take a batch's contracts away; how many. Who may is asked by the imports room.

    Raises:
        InputError: something hangs on one of them (409); then all of them stay.
    """
    rows = list(Contract.objects.select_for_update().filter(batch=batch).order_by("pk"))
    for row in rows:
        if row.revision or any(part.exists() for part in (row.deliverables, row.instalments, row.opinions)):
            raise InputError(
                "这一批的合同已经有人用到", where=row.number, how="请逐份作废不要的合同", status=409
            )
    subjects = [events.subject_of(row) for row in rows]
    Contract.objects.filter(pk__in=[row.pk for row in rows]).delete()
    record_many(events.REMOVED, [(each, {"batch": batch}, None) for each in subjects])
    return len(rows)
