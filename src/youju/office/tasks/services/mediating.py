"""Mediation of disputes, and the contact of whoever brought a matter."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from youju.foundation.audit.services import record
from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.foundation.kernel.sealing import unseal
from youju.office.tasks import events, permissions
from youju.office.tasks.models import Matter, Mediation
from youju.office.tasks.selectors.lists import one_of
from youju.office.tasks.services.changing import locked
from youju.rules.office.tasks.kinds import TaskKind
from youju.rules.office.tasks.lifecycle import OPEN

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


@transaction.atomic
def add_mediation(*, actor: User, task_id: int, held_on: date, text: str, shown: bool) -> Mediation:
    """Write down a step of mediation; the applicant sees it where ``shown``.

    Raises:
        PermissionDenied: the actor does no tasks.
        InputError: no such dispute (404), it is not open (409), a day to come or before the receipt, no words.
    """
    require(actor, permissions.DO)
    row = locked(actor, task_id)
    if row.kind != TaskKind.DISPUTE:
        raise InputError("只有纠纷投诉才有调解", where=row.number, how="其他任务请写完成情况")
    if row.state not in OPEN:
        raise InputError(f"{row.number} 已经提交或结束，不能再记调解", how="请刷新页面", status=409)
    if not row.received_on <= held_on <= timezone.localdate():
        raise InputError("调解日期不对", where="日期", how=f"应在 {row.received_on} 至今天之间")
    words = text.replace("\0", "").strip()
    if not words:
        raise InputError("没有写经过", where="经过", how="请写一两句话")
    made = Mediation.objects.create(
        task=row,
        held_on=held_on,
        text=words[:1000],
        shown=shown,
        written_by=actor.username,
        written_name=actor.display_name,
    )
    record(events.MEDIATED, events.subject_of(row), None, {"held_on": held_on, "text": made.text})
    return made


@transaction.atomic
def unmask_contact(*, actor: User, task_id: int) -> tuple[str, str]:
    """Name and telephone of whoever brought a matter; the look stands on the trail.

    Raises:
        PermissionDenied: the actor may not.
        InputError: there is none (404).
    """
    require(actor, permissions.UNMASK)
    row = one_of(actor, task_id)
    matter = Matter.objects.filter(pk=row.pk).first()
    if matter is None or not matter.contact:
        raise InputError("这件任务没有联系方式", how="请回到任务页面", status=404)
    record(events.UNMASKED, events.subject_of(row), None, None)
    name, phone = json.loads(unseal(matter.contact))
    return str(name), str(phone)
