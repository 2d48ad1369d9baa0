"""Rectification orders: issued from a project or a row, answered with evidence, verified by somebody else."""

from __future__ import annotations

from dataclasses import dataclass
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
from youju.foundation.workflow.services import advance, set_due, start
from youju.performance.monitoring import events, permissions
from youju.performance.monitoring.facts import order_facts
from youju.performance.monitoring.models import Order, Reply
from youju.performance.monitoring.selectors.lists import order_of, project_of
from youju.performance.monitoring.selectors.pages import answers_for, evidence_role
from youju.performance.monitoring.services.numbering import ORDERS, next_number
from youju.performance.monitoring.services.refusing import checked
from youju.performance.monitoring.services.suspending import lift_verified
from youju.rules.law import whole
from youju.rules.performance.monitoring.lifecycle import DROPPED, ISSUED, ORDER_FLOW
from youju.rules.workflow import add_working_days

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


@dataclass(frozen=True, slots=True)
class OrderWish:
    """An order as it is to be issued; without ``due_on`` the deadline of the policy, ``row`` the row's place or ``None``."""

    title: str
    requirement: str
    section: str
    due_on: date | None = None
    row: int | None = None


@transaction.atomic
def issue_order(*, actor: User, number: str, project: int, wish: OrderWish) -> Order:
    """Order a section to put something right; it stands in the section's to-do list with its deadline.

    Raises:
        PermissionDenied: the actor issues no orders.
        InputError: no such project or row (404), the round was dropped (409), an unknown section, words missing.
        MonitoringRefusedError: the deadline.
    """
    require(actor, permissions.ORDER)
    table = project_of(actor, number, project)
    if table.round.state == DROPPED:
        raise InputError("这一轮已作废", where=number[:20], how="请在有效的一轮里下达", status=409)
    row = table.rows.filter(place=wish.row).first() if wish.row is not None and wish.row < 2**15 else None
    if wish.row is not None and row is None:
        raise InputError("没有这一行", where=f"第 {wish.row} 行"[:40], how="请回到项目表", status=404)
    if wish.section not in sections():
        raise InputError("没有这个科室", where="责任科室", how="请从列表里选择")
    for text, label in ((wish.title, "问题"), (wish.requirement, "整改要求")):
        if not text.strip():
            raise InputError(f"没有写{label}", where=label, how="请写清楚")
    today = timezone.localdate()
    made = Order(
        project=table,
        row=row,
        title=wish.title.strip()[:100],
        requirement=wish.requirement.strip(),
        section=wish.section,
        issued_on=today,
        issued_by=actor.username,
        issued_name=actor.display_name,
        due_on=wish.due_on or due_by_policy(today),
    )
    checked(order_facts(made, "issue", today))
    made.number = next_number(ORDERS, today.year)
    made.save(force_insert=True)
    subject = events.order_subject(made)
    start(
        flow=ORDER_FLOW, subject=subject, actor=actor, organisation=actor.organisation.code, due=made.due_on
    )
    told = {"title": made.title, "section": made.section, "due_on": made.due_on, "code": table.code}
    record(events.ISSUED, subject, None, told | {"requirement": made.requirement})
    return made


@transaction.atomic
def step_order(
    *, actor: User, number: str, step: str, reason: str = "", expected: str = "", text: str = ""
) -> Order:
    """Take one step with an order: ``reply``, ``verify``, ``refuse``, ``take_back`` or ``withdraw``.

    A verified order lifts the suspension that was decided because of it.

    Args:
        actor: who takes it.
        number: of the order.
        step: its code.
        reason: where the step needs one.
        expected: the state that the actor saw.
        text: for ``reply``: what was done.

    Raises:
        PermissionDenied: no permission for the step, not of the responsible section, or two-person control bars the actor.
        InputError: none of the kind (404), the step does not lead on from here (409), words are missing.
        MonitoringRefusedError: the rules stop it.
    """
    require(actor, permissions.VIEW)
    seen = order_of(actor, number)
    _may(actor, seen, step)
    row = _held(seen)
    subject, today = events.order_subject(row), timezone.localdate()
    if step == "reply":
        if not text.strip():
            raise InputError("没有写整改情况", where="整改情况", how="请写做了什么、结果怎样")
        role = evidence_role(row.turn)
        checked(order_facts(row, "reply", today, sum(each.role == role for each in attachments(subject))))
    elif step == "verify":
        checked(order_facts(row, "verify", today, actor=actor.username))
    case = advance(
        flow=ORDER_FLOW, subject=subject, transition=step, actor=actor, reason=reason, expected=expected
    )
    row.state = case.state
    row.revision += 1
    if step == "reply":
        row.replied_on, row.replied_by = today, actor.username
        Reply.objects.create(
            order=row, turn=row.turn, text=text.strip(), by=actor.username, by_name=actor.display_name
        )
    elif step == "take_back":
        row.replied_on, row.replied_by = None, ""
        set_due(subject=subject, due=row.due_on)
    elif step == "refuse":
        row.replied_on, row.replied_by = None, ""
        row.turn += 1
        row.due_on = case.due_on or row.due_on
    elif step == "verify":
        row.verified_on, row.verified_by, row.verified_name = today, actor.username, actor.display_name
    row.save()
    if step in ("verify", "withdraw"):
        lift_verified(actor, row)
    return row


def add_evidence(*, actor: User, number: str, content: bytes | BinaryIO, name: str) -> Attached:
    """Attach a file that proves what was put right, to the present turn.

    Raises:
        PermissionDenied: the actor does not answer for the responsible section.
        InputError: none of the kind (404), it is not being put right (409), a file that cannot be taken.
    """
    require(actor, permissions.REPLY)
    seen = order_of(actor, number)
    _of_section(actor, seen)
    kept = keep(content, name=name, purpose="evidence")
    with transaction.atomic():
        row = _held(seen)
        if row.state != ISSUED:
            raise InputError("这份整改通知不在整改中", where=row.number, how="请刷新页面", status=409)
        subject = events.order_subject(row)
        found = attach(sha256=kept.sha256, subject=subject, name=kept.name, role=evidence_role(row.turn))
        record(events.EVIDENCE, subject, None, {"file": found.name})
    return found


def hand_out_evidence(*, actor: User, number: str, file_id: int) -> Attached:
    """A file of an order.

    Raises:
        PermissionDenied: the actor sees no monitoring.
        InputError: there is none (404).
    """
    row = order_of(actor, number)
    found = next((each for each in attachments(events.order_subject(row)) if each.id == file_id), None)
    if found is None:
        raise InputError("没有这个文件", how="请回到整改通知", status=404)
    return found


def due_by_policy(today: date) -> date:
    """Until when an order must be put right, counted from the day after it was issued."""
    days = whole(law_on(today), "performance.monitoring.rectify_days")
    return add_working_days(today, days, fixed_holidays()).day


def _held(seen: Order) -> Order:
    return Order.objects.select_for_update(of=("self",)).select_related("project").get(pk=seen.pk)


def _may(actor: User, row: Order, step: str) -> None:
    try:
        needed = ORDER_FLOW.transition(step).permission
    except KeyError as error:
        raise InputError("没有这一步", where=row.number, how="请刷新页面", status=409) from error
    if needed == permissions.REPLY:
        _of_section(actor, row)
    else:
        require(actor, Permission(needed))


def _of_section(actor: User, row: Order) -> None:
    if not answers_for(actor, row.section):
        name = sections().get(row.section, row.section)
        raise PermissionDenied(f"这份整改通知由{name}整改，您不在这个科室。")
