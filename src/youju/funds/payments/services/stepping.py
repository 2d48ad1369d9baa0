"""Taking a payment on its way: reviews, approval, sending back, refusing, cancelling, and what the bank said by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.foundation.kernel.subjects import Subject
from youju.foundation.workflow.selectors import Available, available
from youju.foundation.workflow.services import advance
from youju.funds.payments import permissions
from youju.funds.payments.models import Payment
from youju.funds.payments.services.holding import hands_of, held_payment, saved, subject_of
from youju.funds.payments.services.judging import refuse_held
from youju.funds.payments.services.listening import tell
from youju.rules.funds.payments.lifecycle import (
    APPROVED,
    BY_HAND,
    CANCELLED,
    CHECKED,
    DRAFT,
    FLOW,
    KIND,
    REJECTED,
    REVIEWED,
)

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

_SIGNS = {REVIEWED: "section_by", CHECKED: "finance_by", APPROVED: "approved_by"}


@transaction.atomic
def step_payment(
    *, actor: User, number: str, step: str, reason: str = "", expected: str = "", revision: int | None = None
) -> Payment:
    """Take one of the steps ``BY_HAND``; who may is judged by the workflow, substitutes included, and again by the database.

    Args:
        actor: who takes it.
        number: of the payment.
        step: its code.
        reason: in words, where the step needs one.
        expected: the state that the actor saw.
        revision: the revision that the actor saw: a reviewer signs what was read.

    Raises:
        PermissionDenied: no permission, or the actor had a hand in an earlier step (two-person control).
        InputError: no such payment or step (404); moved or changed meanwhile (409); a reason is missing (422).
        RefusedPayment: it is to be approved while its project is held (422).
    """
    require(actor, permissions.VIEW)
    if step not in BY_HAND:
        raise InputError(f"没有“{step[:40]}”这个步骤", how="请刷新页面后重试", status=404)
    row = held_payment(number, revision)
    if FLOW.transition(step).target == APPROVED:
        refuse_held([row])
    view = advance(
        flow=FLOW, subject=subject_of(row), transition=step, actor=actor, reason=reason, expected=expected
    )
    row.state = view.state
    fields = ["state"]
    if view.state in _SIGNS:
        setattr(row, _SIGNS[view.state], hands_of(subject_of(row), actor))
        fields.append(_SIGNS[view.state])
    if view.state == APPROVED:
        row.approved_at = timezone.now()
        fields.append("approved_at")
    if view.state == DRAFT:
        row.section_by, row.finance_by, row.approved_by, row.approved_at = [], [], [], None
        fields += ["section_by", "finance_by", "approved_by", "approved_at"]
    saved(row, *fields)
    if view.state in (REJECTED, CANCELLED):
        tell(row, view.state, reason=reason)
    return row


def steps_for(*, actor: User, number: str) -> tuple[Available, ...]:
    """The steps ``BY_HAND`` that lead on from where a payment stands, with why the actor may not take some.

    Raises:
        PermissionDenied: the actor may not see payments.
    """
    require(actor, permissions.VIEW)
    return tuple(each for each in available(Subject(KIND, number), actor) if each.code in BY_HAND)
