"""Findings from a spreadsheet, written as one. What a batch wrote is withdrawn finding by finding, each with its reason."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db import transaction

from youju.foundation.audit.services import record_many
from youju.foundation.identity.permissions import require
from youju.foundation.workflow.services import start_many
from youju.funds.internal_audits import events, permissions
from youju.funds.internal_audits.models import Finding
from youju.funds.internal_audits.services.finding import FindingWish, put, told
from youju.funds.internal_audits.services.numbering import FINDINGS, next_numbers
from youju.funds.internal_audits.services.telling import tell_payments
from youju.rules.findings import Finding as Said
from youju.rules.funds.internal_audits.lifecycle import FINDING_FLOW

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


def judge_wish(*, actor: User, wish: FindingWish) -> list[Said]:
    """What the rules say of a finding that is not written yet, without stopping it.

    Raises:
        PermissionDenied: the actor carries out no internal supervision.
        InputError: as for registering.
        AuditRefusedError: what the rules found.
    """
    require(actor, permissions.FIND)
    return put(actor, Finding(), wish)


@transaction.atomic
def store_batch(*, actor: User, batch: str, wishes: Sequence[FindingWish]) -> list[str]:
    """Write findings that a sheet's checks let through; their numbers.

    Raises:
        PermissionDenied: the actor carries out no internal supervision.
        InputError: one of them cannot be registered any more; then none is.
    """
    require(actor, permissions.FIND)
    rows = []
    for wish in wishes:
        row = Finding(found_by=actor.username, found_name=actor.display_name, batch=batch)
        put(actor, row, wish)
        rows.append(row)
    for year in sorted({row.found_on.year for row in rows}):
        some = [row for row in rows if row.found_on.year == year]
        for row, number in zip(some, next_numbers(FINDINGS, year, len(some)), strict=True):
            row.number = number
    made = Finding.objects.bulk_create(rows, batch_size=1_000)
    subjects = [events.finding_subject(row) for row in made]
    whose = {each.key: actor.organisation.code for each in subjects}
    start_many(flow=FINDING_FLOW, subjects=subjects, actor=actor, organisations=whose)
    record_many(events.FOUND, [(each, None, told(row)) for each, row in zip(subjects, made, strict=True)])
    for row in made:
        tell_payments(row, actor, is_open=True)
    return [row.number for row in made]
