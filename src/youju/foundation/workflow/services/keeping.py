"""What every move shares: the case under lock, its limit by policy, its line in the log."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.utils import timezone

from youju.foundation.kernel.errors import InputError
from youju.foundation.kernel.subjects import Subject
from youju.foundation.policies import law_on
from youju.foundation.workflow import flows
from youju.foundation.workflow.calendars import fixed_holidays
from youju.foundation.workflow.models import Case, Step
from youju.foundation.workflow.standing_in import Hat
from youju.rules.law import whole
from youju.rules.workflow import DueDay, Flow, State, add_working_days, working_days_between

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


def locked(subject: Subject, flow: Flow | None = None) -> Case:
    """The case of a record, locked until the transaction ends.

    Raises:
        InputError: it is in no flow, or in another one (404).
    """
    row = Case.objects.select_for_update().filter(subject_kind=subject.kind, subject_key=subject.key).first()
    if row is None or (flow is not None and row.flow != flow.code):
        raise InputError(f"“{subject.label or subject.key}”不在办理中", how="请刷新页面", status=404)
    return row


def table_of(row: Case) -> Flow:
    """The table under which the case was started.

    Raises:
        InputError: this program no longer knows it (409).
    """
    flow = flows.find(row.flow, row.flow_since)
    if flow is None:
        raise InputError(
            f"“{row.label}”是按 {row.flow_since} 版的流程“{row.flow}”办理的，本程序里已没有这一版",
            how="请联系系统管理员，换回有这一版流程的程序",
            status=409,
        )
    return flow


def worded(reason: str) -> str:
    """The reason as it is kept.

    Raises:
        InputError: it is longer than the policy allows.
    """
    reason = reason.replace("\0", "").strip()
    longest = whole(law_on(timezone.localdate()), "foundation.workflow.reason_length")
    if len(reason) > longest:
        raise InputError(
            f"理由有 {len(reason)} 个字，至多 {longest} 个",
            where="理由",
            how="请写短一些，详细的意见另附文件",
        )
    return reason


def limit_of(
    state: State, due: date | None, entered: date | None = None, standing: date | None = None
) -> DueDay | None:
    """By when a record that entered the state (today, unless said) must be moved on; ``due`` in place of the policy's days.

    ``standing``: the day that the record had before; it may be kept though it has passed.

    Raises:
        InputError: ``due`` is past (422).
    """
    today = timezone.localdate()
    if state.final or not state.permission:
        return None
    if due is not None:
        if due < today and due != standing:
            raise InputError("限办日期已经过去", where="限办日期", how="请写今天或以后的日子")
        return DueDay(due, provisional=False)
    if not state.deadline:
        return None
    day = entered or today
    return add_working_days(day, whole(law_on(day), state.deadline), fixed_holidays())


def enter(  # noqa: PLR0917 - where a case comes to stand
    row: Case,
    state: State,
    limit: DueDay | None,
    now: datetime,
    waits_at: Sequence[str] | None = None,
    assigned: User | None = None,
) -> None:
    """Let a locked case stand in a state, waiting for whoever the state and ``waits_at`` name (none of them: nobody).

    ``assigned``: for this one alone among them.
    """
    nobody = waits_at is not None and not waits_at
    row.state, row.entered_at = state.code, now
    row.waiting_for = "" if nobody else state.permission
    row.waits_at = sorted(waits_at or ())
    row.assigned_to, row.assigned_name = bound_to(assigned if row.waiting_for else None)
    row.due_on, row.due_provisional = (
        (limit.day, limit.provisional) if limit and not nobody else (None, False)
    )
    row.finished_at = now if state.final else None
    row.save()


def bound_to(user: User | None) -> tuple[str, str]:
    """The two columns that say for whom alone a case waits; empty for whoever may."""
    return (user.username, user.display_name) if user else ("", "")


def write_step(  # noqa: PLR0917 - one line of the log
    row: Case,
    hat: Hat | None,
    actor: User | None,
    code: str,
    before: str,
    after: State,
    reason: str,
    now: datetime,
    by_name: str = "",
) -> None:
    """Add a line to the log of a locked case that still stands where it stood before.

    Without an actor ``by_name`` did it, or the clock.
    """
    last = row.steps.order_by("-number").first()
    number = last.number + 1 if last else 1
    line_of(row, hat, actor, code, before, after, reason, now, number, by_name).save(force_insert=True)


def line_of(  # noqa: PLR0917 - one line of the log
    row: Case,
    hat: Hat | None,
    actor: User | None,
    code: str,
    before: str,
    after: State,
    reason: str,
    now: datetime,
    number: int,
    by_name: str = "",
) -> Step:
    """The line, unsaved, of a case that still stands where it stood before.

    Without an actor ``by_name`` did it, or the clock.
    """
    today = timezone.localdate(now)
    due_on = row.due_on if before else None
    used = working_days_between(timezone.localdate(row.entered_at), today, fixed_holidays()) if before else 0
    return Step(
        case=row,
        number=number,
        round=row.round,
        transition=code,
        from_state=before,
        to_state=after.code,
        by=actor.username if actor else "",
        by_name=actor.display_name if actor else by_name or "系统",
        on_behalf_of=hat.on_behalf_of if hat else "",
        on_behalf_of_name=hat.on_behalf_of_name if hat else "",
        at=now,
        reason=reason,
        due_on=due_on,
        working_days=used,
        within_limit=None if due_on is None else today <= due_on,
    )
