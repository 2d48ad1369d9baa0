"""Auditing targets: the system's marks computed and kept, the auditor's beside them, the opinion."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from youju.foundation.audit.services import record
from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.foundation.policies import law_on, policy_hash
from youju.foundation.workflow.services import advance, start
from youju.performance.measures.selectors import measured_rows
from youju.performance.proposals import events, permissions
from youju.performance.proposals.facts import mark_facts
from youju.performance.proposals.models import Audit, AuditMark
from youju.performance.proposals.selectors.auditing import audit_of
from youju.performance.proposals.selectors.judging import audited
from youju.performance.proposals.services.refusing import ProposalRefusedError
from youju.performance.targets.selectors import active_set, set_of
from youju.rules.performance.proposals.judging import judge
from youju.rules.performance.proposals.lifecycle import AUDIT_FLOW, CONCLUDED, OPEN
from youju.rules.performance.proposals.marks import band_of

if TYPE_CHECKING:
    from youju.foundation.identity.models import User
    from youju.performance.targets.models import TargetSet
    from youju.rules.performance.proposals.facts import AuditCase
    from youju.rules.performance.proposals.marks import Audited


@transaction.atomic
def open_audit(*, actor: User, target_set_id: int, results: Mapping[str, str] | None = None) -> Audit:
    """Begin the audit of a version of targets: any version, also this year's. The system's marks are kept as they are now.

    Args:
        actor: who audits.
        target_set_id: which version.
        results: last year's grades by project code; those that rooms registered where left out.

    Raises:
        PermissionDenied: the actor audits no targets.
        InputError: no such version (404), or an audit of it is open (409).
    """
    require(actor, permissions.AUDIT)
    kept = set_of(target_set_id) if target_set_id < 2**63 else None
    if kept is None:
        raise InputError("没有这一版绩效目标", where="绩效目标", how="请从列表里选择", status=404)
    if Audit.objects.filter(target_set=kept.pk, state=OPEN).exists():
        raise InputError(
            "这一版正在审核", where=str(kept.fiscal_year), how="请在原来的审核上办理", status=409
        )
    former = active_set(year=kept.fiscal_year - 1, unit=kept.unit_key)
    before = measured_rows(actor=actor, target_set=former) if former is not None else None
    case, done = audited(kept, results=results, former=before)
    row = store_audit(
        kept, case, done, number=number_of(kept.fiscal_year), by=(actor.username, actor.display_name)
    )
    subject = events.audit_subject(row)
    start(flow=AUDIT_FLOW, subject=subject, actor=actor, organisation=actor.organisation.code)
    record(
        events.OPENED, subject, None, {"version": kept.version, "total": str(done.total), "band": done.band}
    )
    return row


@transaction.atomic
def store_audit(
    kept: TargetSet,
    case: AuditCase,
    done: Audited,
    *,
    number: str,
    by: tuple[str, str],
    is_demo: bool = False,
) -> Audit:
    """Write an audit with the system's marks. Inner step: callers check permissions."""
    row = Audit.objects.create(
        number=number, year=kept.fiscal_year, target_set=kept.pk, target_version=kept.version, unit_key=kept.unit_key,
        unit_name=kept.unit_name or "", total=done.total, band=done.band, results=dict(case.results),
        policy_hash=policy_hash(), as_of=case.day, made_by=by[0], made_name=by[1], is_demo=is_demo,
    )  # fmt: skip
    AuditMark.objects.bulk_create(
        AuditMark(
            audit=row, place=place, item=each.code, full=each.full, score=each.score, reason=each.reason
        )
        for place, each in enumerate(done.items, 1)
    )
    return row


@transaction.atomic
def mark_item(
    *, actor: User, number: str, item: str, mark: Decimal | None, why: str, revision: int | None = None
) -> AuditMark:
    """Give an item the auditor's own mark (``None``: the system's stands).

    Raises:
        PermissionDenied: the actor audits no targets.
        InputError: no such item (404); the audit is concluded, or the mark was changed meanwhile (409).
        ProposalRefusedError: beyond its points, or different without a reason.
    """
    require(actor, permissions.AUDIT)
    held = _open(actor, number)
    row = held.marks.select_for_update().filter(item=item.replace("\0", "")[:20]).first()
    if row is None:
        raise InputError("没有这个小项", where=number[:20], how="请回到审核页面", status=404)
    if revision is not None and revision != row.revision:
        raise InputError("这个小项刚才有改动", where=held.number, how="请刷新页面，看过再改", status=409)
    before = {"mark": row.mark, "why": row.why}
    row.mark, row.why = mark, why.strip()
    today = timezone.localdate()
    ProposalRefusedError.unless_clear(judge(mark_facts(row, today), law_on(today)))
    row.revision += 1
    row.save()
    record(
        events.MARKED,
        events.audit_subject(held),
        before,
        {"item": row.item, "mark": row.mark, "why": row.why},
    )
    return row


@transaction.atomic
def conclude_audit(*, actor: User, number: str, opinion: str, expected: str = "") -> Audit:
    """Give the opinion: the auditor's total is the sum of own marks, the system's where there is none.

    Raises:
        PermissionDenied: the actor audits no targets.
        InputError: no such audit (404), it is concluded (409), no opinion.
    """
    require(actor, permissions.AUDIT)
    row = _open(actor, number)
    if not opinion.strip():
        raise InputError("没有写审核意见", where="审核意见", how="请写一两句话")
    advance(
        flow=AUDIT_FLOW,
        subject=events.audit_subject(row),
        transition="conclude",
        actor=actor,
        expected=expected,
    )
    settle(row, opinion.strip(), by=(actor.username, actor.display_name), on=timezone.localdate())
    told = {"total": str(row.marked), "band": row.marked_band, "opinion": row.opinion}
    record(events.CONCLUDED, events.audit_subject(row), None, told)
    return row


def settle(row: Audit, opinion: str, *, by: tuple[str, str], on: date) -> None:
    """Write the auditor's total, band and opinion. Inner step: callers lead the case to its end."""
    marks = list(row.marks.all())
    row.marked = sum((each.score if each.mark is None else each.mark for each in marks), Decimal(0))
    row.marked_band = band_of(row.marked, law_on(on))
    row.state, row.opinion = CONCLUDED, opinion
    row.concluded_by, row.concluded_name, row.concluded_on = *by, on
    row.save()


@transaction.atomic
def drop_audit(*, actor: User, number: str, reason: str, expected: str = "") -> Audit:
    """Give an audit up.

    Raises:
        PermissionDenied: the actor audits no targets.
        InputError: no such audit (404), it is concluded (409), no reason.
    """
    require(actor, permissions.AUDIT)
    row = _open(actor, number)
    case = advance(
        flow=AUDIT_FLOW, subject=events.audit_subject(row), transition="drop", actor=actor, reason=reason, expected=expected
    )  # fmt: skip
    row.state = case.state
    row.save(update_fields=["state"])
    return row


def number_of(year: int) -> str:
    """The number of the next audit of a year's targets."""
    return f"SH{year}-{Audit.objects.filter(number__startswith=f'SH{year}-').count() + 1}"


def _open(actor: User, number: str) -> Audit:
    row = Audit.objects.select_for_update().get(pk=audit_of(actor, number).pk)
    if row.state != OPEN:
        raise InputError("这份审核已经办结", where=row.number, how="要再审，请另开一份", status=409)
    return row
