"""What somebody should be reminded of on a day: payments that are due, points of the plan, steps of procurement."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from youju.foundation.identity.permissions import require
from youju.foundation.kernel.subjects import Subject
from youju.foundation.policies import law_on
from youju.foundation.workflow.selectors import CaseView, case
from youju.funds.payments import permissions
from youju.funds.payments.models import Payment
from youju.funds.projects.selectors import late_steps, of_year
from youju.rules.funds.payments.lifecycle import FLOW, REMINDER_KIND, RESERVING, SENT
from youju.rules.funds.payments.plans import end_of
from youju.rules.law import whole

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


@dataclass(frozen=True, slots=True)
class Reminder:
    """One thing: its key (fixed for the thing), the words, by when (``None``: past), where it stands."""

    key: str
    label: str
    due_on: date | None


def reminder(*, actor: User, key: str) -> CaseView | None:
    """A reminder as it stands, or ``None``.

    Raises:
        PermissionDenied: the actor may not see payments.
    """
    require(actor, permissions.VIEW)
    return case(Subject(REMINDER_KIND, key))


def reminders(day: date) -> list[Reminder]:
    """Everything to be reminded of on a day. Four queries."""
    ahead = day + timedelta(days=whole(law_on(day), "funds.payments.remind_days"))
    return [*_payments(day, ahead), *_plans(day, ahead), *_steps(day)]


def _payments(day: date, ahead: date) -> Iterator[Reminder]:
    rows = Payment.objects.filter(state__in=RESERVING - {SENT}, due_on__lte=ahead).order_by("pk")
    for row in rows:
        told = f"{row.number} {row.payee_name} {row.amount:,.2f} 元，应付日期 {row.due_on}，还在“{FLOW.state(row.state).label}”"
        yield Reminder(f"due-{row.number}", told, row.due_on if row.due_on >= day else None)


def _plans(day: date, ahead: date) -> Iterator[Reminder]:
    for project in of_year(day.year):
        for month, planned in sorted(project.plan.items()):
            last = end_of(day.year, int(month))
            if planned is None or not day <= last <= ahead or project.paid >= planned:
                continue
            told = f"{project.code}：{int(month)} 月底计划累计支出 {planned:,.2f} 元，已付 {project.paid:,.2f} 元"
            yield Reminder(f"plan-{project.id}-{day.year}{month}", told, last)


def _steps(day: date) -> Iterator[Reminder]:
    for step in late_steps(day):
        told = f"{step.code}：{step.label}计划 {step.planned_on} 完成，还没有登记"
        yield Reminder(f"step-{step.project_id}-{step.id}", told, None)
