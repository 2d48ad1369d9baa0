"""A filing is filed, taken in or sent back, let in late, corrected."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from youju.foundation.audit.services import record
from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.foundation.policies import law_on, policy_hash
from youju.foundation.workflow.services import advance, start
from youju.rules.findings import Finding
from youju.rules.law import names, whole
from youju.rules.trade.exemptions.lifecycle import (
    ACCEPTED,
    FILING_FLOW,
    OPEN,
    REPLACED,
    TOLD,
)
from youju.rules.workflow import add_working_days
from youju.trade.exemptions import events, permissions
from youju.trade.exemptions.facts import filing_facts
from youju.trade.exemptions.models import Filing, FilingLine
from youju.trade.exemptions.selectors.lists import filing_of
from youju.trade.exemptions.services.preparing import fill
from youju.trade.exemptions.services.refusing import checked
from youju.trade.parties.selectors.partners import organisations_of

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

_LONGEST = 500
_BY_TAX = ("accept", "return", "admit")


@dataclass(frozen=True, slots=True)
class Filed:
    """A filing after a step, with what the rules say of it without stopping it."""

    row: Filing
    findings: list[Finding]


def take_step(*, actor: User, filing_id: int, step: str, reason: str = "", expected: str = "") -> Filed:
    """Take one step with a filing: ``file``, ``correct`` by its filer; ``accept``, ``return``, ``admit`` by the tax office.

    Args:
        actor: who takes it.
        filing_id: of the filing.
        step: its code.
        reason: where the step needs one.
        expected: the state that the actor saw; another one now is refused.

    Raises:
        PermissionDenied: no permission, or the filing is another one's to file.
        InputError: there is none (404), the step does not lead on from here (409), a reason is missing.
        ExemptionRefusedError: the rules stop it.
    """
    if step == "file":
        return file(actor=actor, filing_id=filing_id, expected=expected)
    if step == "correct":
        return correct(actor=actor, filing_id=filing_id, reason=reason, expected=expected)
    if step in _BY_TAX:
        return decide(actor=actor, filing_id=filing_id, step=step, reason=reason, expected=expected)
    raise InputError("没有这个步骤", how="请刷新页面后重试")


@transaction.atomic
def file(*, actor: User, filing_id: int, expected: str = "") -> Filed:
    """File a month: its lines are put right from what is released now, then the tax office has it.

    Raises:
        PermissionDenied: the actor files nothing, or the filing is another one's to file.
        InputError: there is none (404), or it is not open (409).
        ExemptionRefusedError: nothing to file, too early, too late.
    """
    require(actor, permissions.FILE)
    row = locked(actor, filing_id)
    own(actor, row)
    today = timezone.localdate()
    if row.state in OPEN:
        fill([row], row.month)
        row.refresh_from_db()
        found = checked(filing_facts(row, "file", today))
    else:
        found = []
    case = advance(
        flow=FILING_FLOW, subject=events.subject_of(row), transition="file", actor=actor, expected=expected
    )
    told_as_filed(row, actor.username, today, case.state)
    row.save()
    record(
        events.FILED,
        events.subject_of(row),
        None,
        {"lines": row.lines_count, "amount": row.amount_cny, "month": f"{row.month:%Y-%m}"},
    )
    return Filed(row, found)


def told_as_filed(row: Filing, by: str, day: date, state: str) -> None:
    """What a filing says of itself once it is filed; whether it was on time is said once and for all."""
    row.state, row.filed_on, row.filed_by = state, day, by
    row.decided_on, row.decided_by, row.reason = None, "", ""
    if row.on_time is None:
        row.on_time = day <= row.period_due


@transaction.atomic
def decide(*, actor: User, filing_id: int, step: str, reason: str = "", expected: str = "") -> Filed:
    """The tax office takes a filing in (``accept``), sends it back (``return``), or lets a missed one be filed (``admit``).

    Raises:
        PermissionDenied: the actor is not of the tax office.
        InputError: there is none (404), it does not lead on from here (409), a reason is missing.
    """
    require(actor, permissions.CERTIFY)
    row = locked(actor, filing_id)
    waits = None if step == "accept" else _code_of(row)
    case = advance(
        flow=FILING_FLOW,
        subject=events.subject_of(row),
        transition=step,
        actor=actor,
        reason=reason,
        expected=expected,
        waits_at=waits,
    )
    row.state = case.state
    row.decided_on, row.reason = timezone.localdate(), reason.strip()[:_LONGEST]
    row.decided_by = actor.username if case.state == ACCEPTED else ""
    if case.state in OPEN and case.due_on:
        row.due_on = case.due_on
    row.save()
    return Filed(row, [])


@transaction.atomic
def correct(*, actor: User, filing_id: int, reason: str, expected: str = "") -> Filed:
    """Take a filing's place by a next version, made of what is released now; the old one stays to be read.

    Raises:
        PermissionDenied: the actor files nothing, or the filing is another one's to file.
        InputError: there is none (404), it was never filed (409), no reason.
    """
    require(actor, permissions.FILE)
    old = locked(actor, filing_id)
    own(actor, old)
    if old.state not in TOLD:
        raise InputError("没有申报过的不用更正", where=str(old), how="请直接申报", status=409)
    advance(
        flow=FILING_FLOW,
        subject=events.subject_of(old),
        transition="correct",
        actor=actor,
        reason=reason,
        expected=expected,
    )
    FilingLine.objects.filter(filing=old).update(live=False)
    old.state = REPLACED
    old.save(update_fields=["state"])
    row = Filing.objects.create(
        **{name: getattr(old, name) for name in _CARRIED},
        version=old.version + 1,
        replaces=old,
        due_on=correction_due(timezone.localdate()),
        policy_hash=policy_hash(),
    )
    fill([row], row.month)
    row.refresh_from_db()
    start(
        flow=FILING_FLOW,
        subject=events.subject_of(row),
        actor=actor,
        organisation=actor.organisation.code,
        due=row.due_on,
    )
    told = {"version": row.version, "lines": row.lines_count, "amount": row.amount_cny}
    before = {"version": old.version, "lines": old.lines_count, "amount": old.amount_cny}
    record(events.CORRECTED, events.subject_of(row), before, told, reason=reason)
    return Filed(row, [])


_CARRIED = (
    "number", "consignor_id", "consignor_name", "tax_id", "filer_id", "filer_name", "mode", "month", "period_due", "on_time",
    "organisations", "sections",
)  # fmt: skip


def correction_due(day: date) -> date:
    """By when a correction that is begun on a day is to be filed."""
    law = law_on(day)
    fixed = frozenset(names(law, "foundation.workflow.fixed_holidays"))
    return add_working_days(day, whole(law, "trade.exemptions.correct_days"), fixed).day


def locked(actor: User, filing_id: int) -> Filing:
    """A filing that the actor may see, under lock.

    Raises:
        InputError: there is none (404).
    """
    seen = filing_of(actor, filing_id)
    return Filing.objects.select_for_update().get(pk=seen.pk)


def own(actor: User, row: Filing) -> None:
    """Refuse whoever is not of the filer's organisation.

    Raises:
        PermissionDenied: somebody else files it.
    """
    if (
        actor.organisation_id is None
        or organisations_of([row.filer_id]).get(row.filer_id) != actor.organisation_id
    ):
        raise PermissionDenied(f"这份申报由“{row.filer_name}”办理，您的单位不能代为申报。")


def _code_of(row: Filing) -> list[str]:
    from youju.foundation.identity.selectors import organisation_codes

    body = organisations_of([row.filer_id]).get(row.filer_id)
    return list(organisation_codes([body] if body else []).values())
