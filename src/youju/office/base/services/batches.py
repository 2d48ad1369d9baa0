"""A register from a spreadsheet: written as one, taken back as one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.db import transaction

from youju.foundation.audit.services import record_many
from youju.foundation.files.selectors import attachments
from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.foundation.workflow.services import advance_many, start_many
from youju.office.base import events, permissions
from youju.office.base.models import MODELS, Document
from youju.office.base.selectors.lists import register_of
from youju.office.base.services.registering import note_repeals
from youju.office.base.services.writing import put, repealing, told
from youju.rules.office.base.kinds import PLATFORMS
from youju.rules.office.base.lifecycle import PLANNED, PLATFORM_FLOW

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


@transaction.atomic
def store_batch(*, actor: User, register: str, batch: str, wishes: Sequence[Mapping[str, Any]]) -> int:
    """Write records that a sheet's checks let through; how many.

    Raises:
        PermissionDenied: the actor imports nothing of the base.
    """
    require(actor, permissions.IMPORT)
    declared = register_of(register)
    rows = []
    for wish in wishes:
        row = MODELS[register](created_by=actor.username, batch=batch)
        put(declared, row, wish)
        rows.append(row)
    made: list[Any] = MODELS[register]._default_manager.bulk_create(rows, batch_size=1_000)
    if register == PLATFORMS:
        subjects = [declared.subject(row) for row in made]
        whose = {each.key: actor.organisation.code for each in subjects}
        start_many(flow=PLATFORM_FLOW, subjects=subjects, actor=actor, organisations=whose)
    record_many(events.REGISTERED, [(declared.subject(row), None, told(declared, row)) for row in made])
    if repealing(declared):
        note_repeals(made)
    return len(made)


@transaction.atomic
def remove_batch(*, actor: User, register: str, batch: str) -> int:
    """Take a batch's records away; how many. Who may is asked by the imports room.

    Raises:
        InputError: one of them was changed, has files or has begun (409); then all of them stay.
    """
    declared = register_of(register)
    rows: list[Any] = list(
        MODELS[register]._default_manager.select_for_update().filter(batch=batch).order_by("pk")
    )
    for row in rows:
        begun = register == PLATFORMS and (row.state != PLANNED or row.milestones.exists())
        if row.revision or begun or attachments(declared.subject(row)):
            raise InputError("这一批的记录已经有人用到", where=row.number, how="请逐条改正", status=409)
    subjects = [declared.subject(row) for row in rows]
    numbers = [row.number for row in rows]
    if register == PLATFORMS and subjects:
        advance_many(
            flow=PLATFORM_FLOW, subjects=subjects, transition="stop", actor=actor, reason="随导入批次撤销"
        )
    MODELS[register]._default_manager.filter(pk__in=[row.pk for row in rows]).delete()
    if repealing(declared):
        Document.objects.filter(repealed_by__in=numbers).update(repealed_by="", repealed_on=None)
    record_many(events.REMOVED, [(each, {"batch": batch}, None) for each in subjects])
    return len(rows)
