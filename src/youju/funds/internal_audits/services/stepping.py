"""The way of a finding: the section is told, replies with evidence, somebody else verifies, it is closed, and opened again."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, BinaryIO

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from youju.foundation.audit.services import record
from youju.foundation.files.selectors import Attached, attachments
from youju.foundation.files.services import attach, keep
from youju.foundation.identity.limits import sections
from youju.foundation.identity.permissions import Permission, require
from youju.foundation.kernel.errors import InputError
from youju.foundation.policies import law_on
from youju.foundation.workflow.calendars import fixed_holidays
from youju.foundation.workflow.services import advance, set_due
from youju.funds.internal_audits import events, permissions
from youju.funds.internal_audits.facts import facts_of
from youju.funds.internal_audits.models import Finding, Reply
from youju.funds.internal_audits.selectors.lists import finding_of
from youju.funds.internal_audits.selectors.pages import answers_for, evidence_role
from youju.funds.internal_audits.services.finding import held_finding
from youju.funds.internal_audits.services.refusing import checked
from youju.funds.internal_audits.services.telling import tell_payments
from youju.rules.funds.internal_audits.lifecycle import FINDING_FLOW, RECTIFYING
from youju.rules.law import table
from youju.rules.workflow import add_working_days

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


@transaction.atomic
def step_finding(
    *,
    actor: User,
    number: str,
    step: str,
    reason: str = "",
    expected: str = "",
    due_on: date | None = None,
    text: str = "",
) -> Finding:
    """Take one step with a finding.

    Args:
        actor: who takes it.
        number: of the finding.
        step: ``notify``, ``reply``, ``verify``, ``close``, ``refuse``, ``take_back``, ``reopen`` or ``withdraw``.
        reason: where the step needs one.
        expected: the state that the actor saw.
        due_on: for ``notify``: a deadline in place of the one by policy.
        text: for ``reply``: what was done.

    Raises:
        PermissionDenied: no permission for the step, not of the responsible section, or two-person control bars the actor.
        InputError: none of the kind (404), the step does not lead on from here (409), words are missing.
        AuditRefusedError: the rules stop it.
    """
    require(actor, permissions.VIEW)
    seen = finding_of(actor, number)
    _may(actor, seen, step)
    row = held_finding(actor, number)
    subject, today = events.finding_subject(row), timezone.localdate()
    due = _judged(actor, row, step, due_on, text, today)
    case = advance(
        flow=FINDING_FLOW, subject=subject, transition=step, actor=actor, reason=reason, expected=expected, due=due
    )  # fmt: skip
    row.state = case.state
    row.revision += 1
    if step == "notify":
        row.noticed_on, row.due_on = today, due
    elif step == "reply":
        row.replied_on, row.replied_by = today, actor.username
        Reply.objects.create(
            finding=row, round=row.round, text=text.strip(), by=actor.username, by_name=actor.display_name
        )
    elif step == "take_back":
        row.replied_on, row.replied_by = None, ""
        if row.due_on:
            set_due(subject=subject, due=row.due_on)
    elif step == "verify":
        row.verified_by, row.verified_name = actor.username, actor.display_name
    elif step == "close":
        row.closed_on = today
    elif step in ("refuse", "reopen"):
        row.closed_on, row.replied_on, row.replied_by = None, None, ""
        row.verified_by, row.verified_name = "", ""
        row.round += 1
        row.due_on = case.due_on or row.due_on
        if step == "reopen":
            row.reopened, row.reopened_why = row.reopened + 1, reason.strip()
    row.save()
    if step in ("close", "withdraw"):
        tell_payments(row, actor, is_open=False)
    elif step == "reopen":
        tell_payments(row, actor, is_open=True)
    return row


def add_evidence(*, actor: User, number: str, content: bytes | BinaryIO, name: str) -> Attached:
    """Attach a file that proves what was put right, to the present round.

    Raises:
        PermissionDenied: the actor does not answer for the responsible section.
        InputError: none of the kind (404), it is not being put right (409), a file that cannot be taken.
    """
    require(actor, permissions.RECTIFY)
    seen = finding_of(actor, number)
    _of_section(actor, seen)
    kept = keep(content, name=name, purpose="evidence")
    with transaction.atomic():
        row = held_finding(actor, number)
        if row.state != RECTIFYING:
            raise InputError("这个问题不在整改中", where=row.number, how="请刷新页面", status=409)
        subject = events.finding_subject(row)
        found = attach(sha256=kept.sha256, subject=subject, name=kept.name, role=evidence_role(row.round))
        record(events.EVIDENCE, subject, None, {"file": found.name})
    return found


def hand_out_evidence(*, actor: User, number: str, file_id: int) -> Attached:
    """A file of a finding.

    Raises:
        PermissionDenied: the actor sees no internal supervision.
        InputError: there is none (404).
    """
    row = finding_of(actor, number)
    found = next((each for each in attachments(events.finding_subject(row)) if each.id == file_id), None)
    if found is None:
        raise InputError("没有这个文件", how="请回到问题页面", status=404)
    return found


def due_by_policy(seriousness: str, today: date) -> date:
    """Until when a finding of a seriousness must be put right, counted from the day after its notice."""
    days = int(str(table(law_on(today), "funds.internal_audits.rectify_days")[seriousness]))
    return add_working_days(today, days, fixed_holidays()).day


def _judged(  # noqa: PLR0917 - the whole step
    actor: User, row: Finding, step: str, due_on: date | None, text: str, today: date
) -> date | None:
    """What the rules say of a step; the deadline that it gives, where it gives one."""
    if step == "notify":
        due = due_on or due_by_policy(row.seriousness, today)
        checked(facts_of(row, "notify", today, noticed_on=today, due_on=due))
        return due
    if step == "reply":
        if not text.strip():
            raise InputError("没有写整改情况", where="整改情况", how="请写做了什么、结果怎样")
        role = evidence_role(row.round)
        files = sum(1 for each in attachments(events.finding_subject(row)) if each.role == role)
        checked(facts_of(row, "reply", today, evidence=files))
    elif step in ("verify", "close"):
        checked(facts_of(row, "verify", today, actor=actor.username))
    return None


def _may(actor: User, row: Finding, step: str) -> None:
    """Before the row is held: who may not write it cannot hold it."""
    try:
        needed = FINDING_FLOW.transition(step).permission
    except KeyError as error:
        raise InputError("没有这一步", where=row.number, how="请刷新页面", status=409) from error
    require(actor, Permission(needed))
    if needed == permissions.RECTIFY:
        _of_section(actor, row)


def _of_section(actor: User, row: Finding) -> None:
    if not answers_for(actor, row.section):
        name = sections().get(row.section, row.section)
        raise PermissionDenied(f"这个问题由{name}整改，您不在这个科室。")
