"""What enterprises bring: a logistics request or a dispute, by themselves or written down by staff for them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from youju.foundation.audit.services import record
from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.foundation.kernel.sealing import seal
from youju.foundation.policies import law_on
from youju.foundation.workflow.services import start_many
from youju.office.tasks import events, permissions
from youju.office.tasks.models import Matter, Task
from youju.office.tasks.services.numbering import next_numbers
from youju.office.tasks.services.refusing import checked
from youju.rules.law import names, whole
from youju.rules.office.tasks.facts import TaskFacts
from youju.rules.office.tasks.kinds import FROM_OUTSIDE, TOPICS
from youju.rules.office.tasks.lifecycle import TASK_FLOW
from youju.rules.workflow import add_working_days

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

LIMITS = {"dispute": "office.tasks.dispute_days", "request": "office.tasks.request_days"}


@dataclass(frozen=True, slots=True)
class MatterWish:
    """A request or dispute as it is brought. ``amount`` in CNY; ``applicant`` only where staff write for somebody."""

    kind: str
    title: str
    topic: str
    details: str = ""
    contact_name: str = ""
    contact_phone: str = ""
    other_side: str = ""
    other_code: str = ""
    reference: str = ""
    amount: Decimal | None = None
    applicant: str = ""
    applicant_code: str = ""


@transaction.atomic
def bring_matter(*, actor: User, wish: MatterWish) -> Task:
    """Bring a request or dispute in the name of the actor's organisation, which alone sees it besides the centre.

    Raises:
        PermissionDenied: the actor may not.
        InputError: an unknown kind or topic, a contact missing.
        TaskRefusedError: what the rules found.
    """
    require(actor, permissions.OWN)
    body = actor.organisation
    return _write(actor, wish, body.name, body.credit_code or body.code, body.pk)


@transaction.atomic
def receive_matter(*, actor: User, wish: MatterWish) -> Task:
    """Write down what somebody brought by telephone or at the counter.

    Raises:
        PermissionDenied, InputError, TaskRefusedError: as :func:`bring_matter`.
    """
    require(actor, permissions.PLAN)
    if not wish.applicant.strip():
        raise InputError("没有写明是谁提出的", where="申请方", how="请写申请方的名称")
    return _write(actor, wish, wish.applicant.strip(), wish.applicant_code.strip(), None)


def _write(actor: User, wish: MatterWish, applicant: str, code: str, organisation: int | None) -> Task:
    if wish.kind not in FROM_OUTSIDE or wish.topic not in TOPICS[wish.kind]:
        raise InputError("没有这个事由", where="事由", how="请从列表里选择")
    if not wish.contact_name.strip() or not wish.contact_phone.strip():
        raise InputError("没有联系人或电话", where="联系方式", how="请写一位能联系上的人和电话")
    today = timezone.localdate()
    law = law_on(today)
    fixed = frozenset(names(law, "foundation.workflow.fixed_holidays"))
    due_on = add_working_days(today, whole(law, LIMITS[wish.kind]), fixed).day
    checked(
        TaskFacts(
            moment="plan",
            day=today,
            kind=wish.kind,
            title=wish.title,
            starts_on=today,
            due_on=due_on,
            actor=actor.username,
            applicant=applicant,
            other_side=wish.other_side,
        ),
        today,
    )
    row = Task(
        number=next_numbers(wish.kind, today.year)[0],
        kind=wish.kind,
        title=wish.title,
        details=wish.details,
        received_on=today,
        starts_on=today,
        due_on=due_on,
        organisation=organisation,
        created_by=actor.username,
    )
    row.save(force_insert=True)
    Matter(
        task=row,
        topic=wish.topic,
        applicant=applicant,
        applicant_code=code,
        contact=seal(json.dumps([wish.contact_name.strip(), wish.contact_phone.strip()])),
        other_side=wish.other_side.strip(),
        other_code=wish.other_code.strip(),
        reference=wish.reference.strip(),
        amount=wish.amount,
    ).save(force_insert=True)
    subject = events.subject_of(row)
    start_many(
        flow=TASK_FLOW,
        subjects=[subject],
        actor=actor,
        organisations={subject.key: actor.organisation.code},
        due={subject.key: due_on},
    )
    told = {
        "number": row.number,
        "kind": row.kind,
        "topic": wish.topic,
        "applicant": applicant,
        "due_on": due_on,
    }
    record(events.BROUGHT, subject, None, told)
    return row
