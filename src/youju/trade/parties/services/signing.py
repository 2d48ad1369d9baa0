"""Signing an agency agreement, and every step of its life: offer, sign, refuse, drop, end; and what the clock does."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from youju.foundation.audit.services import record
from youju.foundation.kernel.context import current
from youju.foundation.kernel.errors import InputError
from youju.foundation.workflow.services import advance, call_on, lapse
from youju.rules.trade.parties.agreement_facts import PRINCIPAL, SIDE_NAMES
from youju.rules.trade.parties.lifecycle import (
    AGREEMENT_FLOW,
    CANCELLED,
    ENDED,
    IN_FORCE,
    REFUSED,
    SIGNING,
)
from youju.trade.parties import events
from youju.trade.parties.models import Agreement, Signature
from youju.trade.parties.selectors.agreements import deeds, remind_days, state_label
from youju.trade.parties.selectors.directory import directory
from youju.trade.parties.services.agreements import check, codes_of, locked

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

_STATES = {"offer": SIGNING, "refuse": REFUSED, "drop": CANCELLED, "end": ENDED}


@transaction.atomic
def take_agreement_step(
    *, actor: User, agreement_id: int, step: str, reason: str = "", expected: str = ""
) -> Agreement:
    """Offer, refuse, drop or end an agreement; signing is :func:`sign_agreement`.

    Who drafted it offers and drops it, the other side refuses it, either side ends what is in force.

    Args:
        actor: somebody of one of the two parties.
        agreement_id: of the agreement.
        step: ``offer``, ``refuse``, ``drop`` or ``end``.
        reason: in words; all but ``offer`` need one.
        expected: the state that the actor saw; another one now is refused (409).

    Raises:
        PermissionDenied: the actor may not sign for a side of it.
        InputError: no such agreement (404) or step (422), the step does not lead on from here or is the other side's (409).
        AgreementRefusedError: an offer that breaks a rule.
    """
    row, side = locked(actor, agreement_id)
    if step not in _STATES:
        raise InputError(f"没有“{step[:40]}”这个步骤", how="请刷新页面后重试")
    if step not in {each.code for each in deeds(row, side)}:
        label = AGREEMENT_FLOW.transition(step).label
        raise InputError(
            f"协议 {row.number} {state_label(row)}，{SIDE_NAMES[side]}现在不能{label}",
            how="请刷新页面，看过最新情况再办理",
            status=409,
        )
    waits_at: tuple[str, ...] | None = None
    if step == "offer":
        entries = directory([row.principal_id, row.agent_id])
        check(row, entries)
        waits_at = tuple(codes_of(entries).values())
    row.state = _STATES[step]
    if step == "end":
        row.ended_on = timezone.localdate()
    row.save(update_fields=["state", "ended_on"])
    advance(
        flow=AGREEMENT_FLOW,
        subject=events.agreement_subject(row),
        transition=step,
        actor=actor,
        reason=reason,
        expected=expected,
        waits_at=waits_at,
    )
    return row


@transaction.atomic
def sign_agreement(*, actor: User, agreement_id: int, text_hash: str) -> Agreement:
    """Sign an agreement for one's own organisation; the second signature brings it into force.

    Args:
        actor: somebody of one of the two parties.
        agreement_id: of the agreement.
        text_hash: sha256 of the text that the actor read; another text now is refused (409).

    Raises:
        PermissionDenied: the actor may not sign for a side of it.
        InputError: no such agreement (404); it waits for no signature, that side has signed, or the text has changed (409).
        AgreementRefusedError: a rule has something against it by now, such as a party that was suspended.
    """
    row, side = locked(actor, agreement_id)
    if row.state != SIGNING:
        raise InputError(f"协议 {row.number} {state_label(row)}，不能签署", how="请刷新页面", status=409)
    if text_hash != row.text_hash:
        raise InputError(
            f"协议 {row.number} 的文本与您看到的不同", how="请刷新页面，读过最新文本再签署", status=409
        )
    if row.signatures.filter(side=side, voided_at=None).exists():
        raise InputError(f"{SIDE_NAMES[side]}已经签署过", how="请等待对方签署", status=409)
    entries = directory([row.principal_id, row.agent_id])
    # It was sent out on its first day or before; only what has changed since can be against it.
    check(row, entries, offered_on=min(timezone.localdate(), row.valid_from))
    now = timezone.now()
    name = row.principal_name if side == PRINCIPAL else row.agent_name
    Signature.objects.create(
        agreement=row,
        side=side,
        party_name=name,
        username=actor.username,
        display_name=actor.display_name,
        address=current().address,
        text_hash=row.text_hash,
        signed_at=now,
    )
    setattr(row, f"{side}_signed_by", actor.username)
    setattr(row, f"{side}_signed_at", now)
    subject = events.agreement_subject(row)
    record(
        events.AGREEMENT_SIGNED,
        subject,
        None,
        {"side": side, "text_hash": row.text_hash, "address": current().address},
    )
    if row.principal_signed_at and row.agent_signed_at:
        row.state = IN_FORCE
        advance(flow=AGREEMENT_FLOW, subject=subject, transition="conclude", actor=actor, waits_at=())
    else:
        codes = codes_of(entries)
        other = row.agent_id if side == PRINCIPAL else row.principal_id
        call_on(flow=AGREEMENT_FLOW, subject=subject, organisations=[codes[other]])
    row.save()
    return row


@transaction.atomic
def expire_agreements() -> int:
    """End what ran out before today; how many. For the nightly job, which reaches every row."""
    today, done = timezone.localdate(), 0
    rows = Agreement.objects.select_for_update(skip_locked=True).filter(state=IN_FORCE, valid_to__lt=today)
    for row in rows.order_by("pk"):
        row.state, row.ended_on = ENDED, row.valid_to + timedelta(days=1)
        row.save(update_fields=["state", "ended_on"])
        lapse(
            flow=AGREEMENT_FLOW,
            subject=events.agreement_subject(row),
            transition="expire",
            reason=f"期限到 {row.valid_to.isoformat()} 届满",
        )
        done += 1
    return done


@transaction.atomic
def remind_of_agreements() -> int:
    """Put what ends soon onto the to-do lists of both sides, once; how many. For the nightly job.

    An agreement that another one of the same two follows is left in peace.
    """
    today, done = timezone.localdate(), 0
    rows = Agreement.objects.select_for_update(skip_locked=True).filter(
        state=IN_FORCE,
        reminded_on=None,
        valid_to__gte=today,
        valid_to__lte=today + timedelta(days=remind_days(today)),
    )
    for row in rows.order_by("pk"):
        followed = Agreement.objects.filter(
            principal_id=row.principal_id,
            agent_id=row.agent_id,
            state__in=[SIGNING, IN_FORCE],
            valid_to__gt=row.valid_to,
        )
        if followed.exists():
            continue
        row.reminded_on = today
        row.save(update_fields=["reminded_on"])
        subject = events.agreement_subject(row)
        codes = codes_of(directory([row.principal_id, row.agent_id]))
        call_on(flow=AGREEMENT_FLOW, subject=subject, organisations=list(codes.values()), due=row.valid_to)
        record(events.AGREEMENT_REMINDED, subject, None, {"valid_to": row.valid_to})
        done += 1
    return done
