"""Adjusting a budget: proposed by one, decided by another; the ledger follows the approval in its own statement."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils import timezone

from youju.foundation.audit.services import record
from youju.foundation.files.services import attach
from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.foundation.kernel.subjects import Subject
from youju.foundation.workflow.services import advance, start
from youju.funds.projects import events, permissions
from youju.funds.projects.models import Adjustment
from youju.funds.projects.services.creating import money
from youju.funds.projects.services.locking import (
    hands_of,
    held_project,
    next_number,
    refuse_unless_active,
    refused_by_ledger,
    subject_of,
)
from youju.rules.funds.projects.lifecycle import ADJUSTMENT_FLOW, ADJUSTMENT_KIND, APPROVED, SOURCES

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


@transaction.atomic
def propose_adjustment(
    *,
    actor: User,
    project_id: int,
    source: str,
    amount: Decimal,
    document_number: str,
    reason: str,
    evidence: Sequence[tuple[str, str]] = (),
) -> Adjustment:
    """Propose to add to a source of a project's money, or to take away from it.

    Args:
        actor: who proposes.
        project_id: the project.
        source: a key of ``SOURCES``.
        amount: in CNY, negative to take away.
        document_number: of the document it stands on.
        reason: in words.
        evidence: (sha256, name) of kept files.

    Raises:
        PermissionDenied: the actor may not manage projects.
        InputError: no such project (404), closed (409), no document, reason, source or amount (422).
    """
    require(actor, permissions.MANAGE)
    row = held_project(project_id)
    refuse_unless_active(row)
    if source not in SOURCES:
        raise InputError("没有这种资金来源", where="来源", how=f"可选 {'、'.join(SOURCES.values())}")
    if not amount or not money(abs(amount), "增减额"):
        raise InputError("增减额是零", where="增减额", how="增加填正数，减少填负数")
    document_number, reason = document_number.replace("\0", "").strip(), reason.replace("\0", "").strip()
    if not document_number or not reason:
        raise InputError("预算调整要有文号和理由", how="请填写批准调整的文件编号和理由")
    now = timezone.localtime()
    made = Adjustment.objects.create(
        project=row,
        number=next_number("projects_adjustment_number", "TZ", f"{now:%y%m%d}"),
        source=source,
        amount=amount,
        document_number=document_number[:60],
        reason=reason[:400],
    )
    subject = adjustment_subject(made)
    start(flow=ADJUSTMENT_FLOW, subject=subject, actor=actor)
    for sha256, name in evidence:
        attach(sha256=sha256, subject=subject, name=name, role="document")
    return _stepped(made, "propose", actor=actor, reason=reason)


@transaction.atomic
def step_adjustment(
    *, actor: User, number: str, step: str, reason: str = "", expected: str = ""
) -> Adjustment:
    """Approve, refuse or withdraw a proposed adjustment.

    Raises:
        PermissionDenied: no permission, or the actor proposed it.
        InputError: none of the number, or no such step (404); in another state, or the budget would not cover what is
            spent (409).
    """
    require(actor, permissions.VIEW)
    found = Adjustment.objects.filter(number=number.replace("\0", "")).first()
    if found is None or step not in {"approve", "refuse", "withdraw"}:
        raise InputError("没有这项预算调整或这个步骤", how="请回到项目页面", status=404)
    project = held_project(found.project_id)
    made = Adjustment.objects.select_for_update().get(pk=found.pk)
    made.project = project
    return _stepped(made, step, actor=actor, reason=reason, expected=expected)


def adjustment_subject(row: Adjustment) -> Subject:
    """How an adjustment is named on the trail."""
    return Subject(ADJUSTMENT_KIND, row.number, f"{row.number} 预算调整")


def _stepped(row: Adjustment, step: str, *, actor: User, reason: str, expected: str = "") -> Adjustment:
    subject = adjustment_subject(row)
    view = advance(
        flow=ADJUSTMENT_FLOW, subject=subject, transition=step, actor=actor, reason=reason, expected=expected
    )
    hands = hands_of(subject, actor)
    row.state = view.state
    if step == "propose":
        row.proposed_by = hands
    elif step in {"approve", "refuse"}:
        row.decided_by, row.decided_at = hands, timezone.now()
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise refused_by_ledger(error, row.project) from error
    if view.state == APPROVED:
        row.project.ledger.refresh_from_db()
        record(
            events.ADJUSTED,
            subject_of(row.project),
            None,
            {
                "amount": row.amount,
                "document_number": row.document_number,
                "budget": row.project.ledger.budget,
            },
            reason=row.reason,
        )
    return row
