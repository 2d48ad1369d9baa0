"""Suspending, resuming and cancelling a filing, with what that touches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from youju.foundation.audit.services import record
from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.foundation.policies import law_on
from youju.foundation.workflow import services as workflow
from youju.rules.trade.parties.lifecycle import PARTY_FLOW
from youju.rules.trade.parties.merging import CANCEL, MergeFacts, judge
from youju.trade.parties import events, file_facts, permissions
from youju.trade.parties.models import Party
from youju.trade.parties.services.refusing import locked_party, refuse

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

STEPS = ("suspend", "resume", "cancel")


@transaction.atomic
def change_standing(*, actor: User, party_id: int, transition: str, reason: str, expected: str = "") -> Party:
    """Suspend, resume or cancel a filing. From that moment ``selectors.may_act`` answers accordingly.

    Args:
        actor: who decides.
        party_id: the filing.
        transition: one of ``STEPS``.
        reason: in words; the party sees it.
        expected: the state that the actor saw; another one now is refused.

    Raises:
        InputError: no such filing or step, merged already, no reason, open changes before a cancellation (PTY-123), or
            somebody was faster (409).
        PermissionDenied: no permission.
    """
    require(actor, permissions.SUSPEND)
    if transition not in STEPS:
        raise InputError(f"没有“{transition[:40]}”这个步骤", how="请刷新页面后重试")
    party = locked_party(party_id)
    if party.merged_into_id is not None:
        raise InputError("这个备案已并入他户", how="请在保留的备案上办理", status=409)
    today = timezone.localdate()
    if transition == "cancel":
        refuse(judge(MergeFacts(today, CANCEL, file_facts.side(party)), law_on(today)))
    before = PARTY_FLOW.state(party.state).label
    case = workflow.advance(
        flow=PARTY_FLOW,
        subject=events.party_subject(party),
        transition=transition,
        actor=actor,
        reason=reason,
        expected=expected or party.state,
    )
    party.state = case.state
    # No revision: what is on file has not changed, and a change asked before stays good.
    party.save(update_fields=["state"])
    record(
        events.PARTY_STATE,
        events.party_subject(party),
        {"state": before},
        {"state": case.state_label},
        reason=reason,
    )
    return party
