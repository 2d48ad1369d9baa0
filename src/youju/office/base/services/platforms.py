"""Platform projects: milestones, and the steps from planning to acceptance by another person."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from youju.foundation.audit.services import record
from youju.foundation.files.selectors import attachments
from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.foundation.workflow.services import advance
from youju.office.base import events, permissions
from youju.office.base.facts import facts_of
from youju.office.base.models import Milestone, Platform
from youju.office.base.registers import REGISTERS
from youju.office.base.selectors.pages import EVIDENCE
from youju.office.base.services.refusing import checked
from youju.office.base.services.registering import locked
from youju.rules.office.base.kinds import PLATFORMS
from youju.rules.office.base.lifecycle import OPEN, PLATFORM_FLOW

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

_MOST = 50


@transaction.atomic
def add_milestone(*, actor: User, record_id: int, title: str, due_on: date) -> Milestone:
    """Agree a milestone.

    Raises:
        PermissionDenied: the actor registers nothing of the base.
        InputError: no such project (404), it is delivered or has ended (409), no name, a day outside its time.
    """
    require(actor, permissions.EDIT)
    row = _open(actor, record_id)
    words = title.replace("\0", "").strip()[:100]
    if not words:
        raise InputError("“节点”不能空", where="节点", how="请填写")
    if not row.starts_on <= due_on <= row.due_on:
        raise InputError(
            "节点的期限不在项目期内", where="期限", how=f"应在 {row.starts_on} 至 {row.due_on} 之间"
        )
    last = row.milestones.order_by("-place").first()
    if last and last.place >= _MOST:
        raise InputError("节点太多", where="节点", how=f"至多 {_MOST} 个")
    made = Milestone.objects.create(
        platform=row, place=last.place + 1 if last else 1, title=words, due_on=due_on
    )
    told = {"milestone": made.title, "due_on": due_on}
    record(events.MILESTONE, REGISTERS[PLATFORMS].subject(row), None, told)
    return made


@transaction.atomic
def finish_milestone(*, actor: User, record_id: int, place: int, done_on: date | None) -> None:
    """Note on which day a milestone was done; without a day it is no longer wanted and is taken away.

    Raises:
        PermissionDenied: the actor registers nothing of the base.
        InputError: no such project or milestone (404), the project is delivered or has ended (409), a day to come.
    """
    require(actor, permissions.EDIT)
    row = _open(actor, record_id)
    milestone = row.milestones.filter(place=place).first()
    if milestone is None:
        raise InputError("没有这个节点", where=row.number, how="请刷新页面", status=404)
    subject = REGISTERS[PLATFORMS].subject(row)
    if done_on is None:
        milestone.delete()
        record(events.MILESTONE, subject, {"milestone": milestone.title, "due_on": milestone.due_on}, None)
        return
    if not row.starts_on <= done_on <= timezone.localdate():
        raise InputError("完成的日子不对", where="完成日期", how=f"应在 {row.starts_on} 至今天之间")
    milestone.done_on, milestone.done_by = done_on, actor.username
    milestone.save(update_fields=["done_on", "done_by"])
    record(events.MILESTONE_DONE, subject, None, {"milestone": milestone.title, "done_on": done_on})


@transaction.atomic
def take_platform_step(
    *, actor: User, record_id: int, step: str, reason: str = "", expected: str = ""
) -> Platform:
    """Take one step with a platform project.

    Args:
        actor: who takes it.
        record_id: of the project.
        step: ``begin``, ``deliver``, ``accept``, ``refuse``, ``take_back`` or ``stop``.
        reason: where the step needs one.
        expected: the state that the actor saw.

    Raises:
        PermissionDenied: no permission for the step, or two-person control bars the actor.
        InputError: none of the kind (404), the step does not lead on from here (409), a reason is missing.
        BaseRefusedError: the rules stop it: no evidence, milestones open, the same person.
    """
    require(actor, permissions.VIEW)
    row: Platform = locked(actor, PLATFORMS, record_id)
    subject, today = REGISTERS[PLATFORMS].subject(row), timezone.localdate()
    if step == "deliver":
        checked(facts_of(PLATFORMS, row, "deliver", today))
    elif step == "accept":
        proofs = len(attachments(subject, EVIDENCE))
        checked(facts_of(PLATFORMS, row, "accept", today, actor.username, proofs))
    case = advance(
        flow=PLATFORM_FLOW, subject=subject, transition=step, actor=actor, reason=reason, expected=expected
    )
    row.state = case.state
    if step == "deliver":
        row.delivered_on, row.delivered_by, row.refused_why = today, actor.username, ""
    elif step == "accept":
        row.accepted_on, row.accepted_by, row.accepted_name = today, actor.username, actor.display_name
    elif step == "refuse":
        row.refusals, row.refused_why = row.refusals + 1, reason.strip()
    elif step == "take_back":
        row.delivered_on, row.delivered_by = None, ""
    row.save()
    return row


def _open(actor: User, record_id: int) -> Platform:
    row: Platform = locked(actor, PLATFORMS, record_id)
    if row.state not in OPEN:
        raise InputError(f"{row.number} 已经提交验收或结束", how="不能再改", status=409)
    return row
