"""Granting a change request, refusing it, taking it back: the filing changes in the same transaction or not at all."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from youju.foundation.audit.services import record
from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.foundation.policies import law_on
from youju.foundation.workflow import services as workflow
from youju.rules.trade.parties.changes import (
    IDENTIFIERS,
    LABELS,
    RENEWAL,
    ChangeFacts,
    judge,
    prolonged,
)
from youju.rules.trade.parties.lifecycle import CHANGE_FLOW
from youju.trade.parties import events, permissions
from youju.trade.parties.file_facts import plain, worded
from youju.trade.parties.models import ChangeRequest, Identifier, Party
from youju.trade.parties.services.refusing import locked_party, refuse
from youju.trade.parties.services.reminding import refresh_reminders

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

STEPS = {"approve": permissions.REVIEW, "return": permissions.REVIEW, "withdraw": permissions.FILE}


@transaction.atomic
def decide_change(
    *, actor: User, change_id: int, transition: str, reason: str = "", expected: str = ""
) -> ChangeRequest:
    """Take a step with a change request: ``approve`` applies it, ``return`` refuses it, ``withdraw`` takes it back.

    Args:
        actor: who decides; never who asked, to approve.
        change_id: the request.
        transition: the step.
        reason: in words; needed to refuse.
        expected: the state that the actor saw.

    Raises:
        InputError: no such request or step, somebody was faster (409), or a rule PTY-101, 103, 106…108 says no (409).
        PermissionDenied: no permission for the step.
    """
    if transition not in STEPS:
        raise InputError(f"没有“{transition[:40]}”这个步骤", how="请刷新页面后重试")
    require(actor, STEPS[transition])
    found = ChangeRequest.objects.filter(pk=change_id).values_list("party_id", flat=True).first()
    if found is None:
        raise InputError("没有这件变更申请", how="请从变更申请列表重新选择", status=404)
    # The party first, then its request: everybody who touches both locks in this order.
    party = locked_party(found)
    change = ChangeRequest.objects.select_for_update(of=("self",)).select_related("party").get(pk=change_id)
    workflow.advance(
        flow=CHANGE_FLOW,
        subject=events.change_subject(change),
        transition=transition,
        actor=actor,
        reason=reason,
        expected=expected,
    )
    if transition == "approve":
        _apply(actor, party, change)
    change.state = CHANGE_FLOW.transition(transition).target
    change.decided_by, change.decided_at = actor.username, timezone.now()
    change.decision_reason = reason.replace("\0", "").strip()
    change.save(update_fields=["state", "decided_by", "decided_at", "decision_reason"])
    return change


def _apply(actor: User, party: Party, change: ChangeRequest) -> None:
    today = timezone.localdate()
    law = law_on(today)
    after: dict[str, Any] = dict(change.after)
    facts = ChangeFacts(
        day=today,
        kind=change.kind,
        deciding=True,
        state=party.state,
        merged=party.merged_into_id is not None,
        valid_to=party.valid_to,
        fields=() if change.kind == RENEWAL else tuple(after),
        revision=party.revision,
        asked_revision=change.party_revision,
        changed_since=_changed_since(party, change),
        requester=change.requested_by,
        decider=actor.username,
    )
    refuse(judge(facts, law))
    if change.kind == RENEWAL:
        # The law of the day on which it is granted says how far.
        after["valid_to"] = plain(prolonged(party.valid_to, today, law))
        change.after = after
        change.save(update_fields=["after"])
    fields = [name for name in after if name not in IDENTIFIERS]
    before = {LABELS[name]: worded(name, plain(getattr(party, name))) for name in fields}
    for name in fields:
        setattr(party, name, date.fromisoformat(after[name]) if name == "valid_to" else after[name])
    for name in set(after) - set(fields):
        before[LABELS[name]] = _replace_number(party, name, after[name])
    party.revision += 1
    party.save(update_fields=[*fields, "revision"])
    record(
        events.CHANGED,
        events.party_subject(party),
        before,
        {LABELS[name]: worded(name, value) for name, value in after.items()},
        reason=change.reason,
    )
    refresh_reminders(party)


def _replace_number(party: Party, name: str, number: dict[str, str]) -> str:
    """Put a sealed number in the place of the one before; what that one looked like, masked."""
    kind, _, holder = name.partition(".")
    former = Identifier.objects.filter(party=party, kind=kind, holder=holder).first()
    Identifier.objects.update_or_create(
        party=party,
        kind=kind,
        holder=holder,
        defaults={
            "sealed": number["sealed"],
            "fingerprint": number["fingerprint"],
            "masked": number["masked"],
            "changed_at": timezone.now(),
        },
    )
    return former.masked if former else ""


def _changed_since(party: Party, change: ChangeRequest) -> tuple[str, ...]:
    """What is no longer as the request found it, in Chinese; empty where other fields were changed."""
    return tuple(
        LABELS[name]
        for name, value in change.before.items()
        if name not in IDENTIFIERS and plain(getattr(party, name)) != value
    )
