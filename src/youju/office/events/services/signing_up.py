"""Enterprises sign up, by themselves or written down by staff; the centre decides; whoever does not come takes it back."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils import timezone

from youju.foundation.audit.services import record
from youju.foundation.identity.permissions import allowed, require
from youju.foundation.kernel.errors import InputError
from youju.foundation.kernel.sealing import seal
from youju.foundation.workflow.services import advance, lapse, start
from youju.office.events import events, permissions
from youju.office.events.models import Event, Signup
from youju.office.events.selectors.lists import one_of, signup_of
from youju.office.events.services.promoting import constraint_of, hold, promote
from youju.office.events.services.refusing import checked
from youju.office.events.services.standing import is_suspended
from youju.rules.office.events.facts import SignupFacts
from youju.rules.office.events.kinds import WITH_SIGNUPS
from youju.rules.office.events.lifecycle import LIVE, OPEN, SIGNUP_FLOW, UNDER_WAY, WAITING

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

_ONCE = ("events_signup_once", "events_signup_firm_once")


@dataclass(frozen=True, slots=True)
class SignupWish:
    """How a firm wants to take part; ``firm`` and ``firm_code`` only where staff write it down."""

    wanted: int = 1
    products: str = ""
    contact_name: str = ""
    contact_phone: str = ""
    firm: str = ""
    firm_code: str = ""


@transaction.atomic
def sign_up(*, actor: User, event_id: int, wish: SignupWish) -> Signup:
    """Sign the actor's organisation up; where all places are held it waits (``state`` says which).

    Of two at once for the last place the database lets one hold it: see ``promoting.hold``.

    Raises:
        PermissionDenied: the actor may not sign up.
        InputError: no such event (404), it takes no sign-ups (409), a contact is missing.
        EventRefusedError: what the rules found.
    """
    require(actor, permissions.OWN)
    event = one_of(actor, event_id)
    body = actor.organisation
    return _write(actor, event, wish, (body.name, body.credit_code or body.code), body.pk)


@transaction.atomic
def write_down(*, actor: User, event_id: int, wish: SignupWish) -> Signup:
    """Sign a firm up that asked by telephone or at the counter, also after the last day.

    Raises:
        PermissionDenied, InputError, EventRefusedError: as :func:`sign_up`.
    """
    require(actor, permissions.EDIT)
    event = one_of(actor, event_id)
    if not wish.firm.strip():
        raise InputError("没有写明是哪家企业", where="企业名称", how="请写企业的名称")
    return _write(actor, event, wish, (wish.firm.strip(), wish.firm_code.strip()), None)


@transaction.atomic
def decide_signup(
    *, actor: User, signup_id: int, step: str, reason: str = "", expected: str = "", booth: str = ""
) -> Signup:
    """Let a firm in, refuse it, or take its own sign-up back; whoever waits moves up into freed places.

    Args:
        actor: staff, or for ``withdraw`` somebody of the enterprise.
        signup_id: of the sign-up.
        step: ``approve``, ``refuse`` or ``withdraw``.
        reason: for ``refuse``.
        expected: the state that the actor saw.
        booth: for ``approve``: the number of the booth, where it is known.

    Raises:
        PermissionDenied: no permission for the step.
        InputError: none that the actor may see (404), the step does not lead on from here (409), a reason is missing.
    """
    if step not in {"approve", "refuse", "withdraw"}:
        raise InputError("没有这个步骤", how="请刷新页面后重试")
    require(actor, permissions.OWN if step == "withdraw" else permissions.VIEW)
    row = locked_signup(actor, signup_id)
    event = row.event
    if event.state not in OPEN:
        raise InputError(f"{event.number} 已经提交结果或结束", how="不能再改报名", status=409)
    subject = events.signup_subject(row, event.name)
    case = advance(
        flow=SIGNUP_FLOW, subject=subject, transition=step, actor=actor, reason=reason, expected=expected
    )
    row.state = case.state
    if step != "withdraw":
        row.decided_on, row.decided_by = timezone.localdate(), actor.username
        row.reason = reason.strip()[:500]
    if step == "approve":
        row.booth = booth.replace("\0", "").strip()[:40]
    row.save()
    promote(event)
    return row


@transaction.atomic
def place_booth(*, actor: User, signup_id: int, booth: str) -> Signup:
    """Give a firm that was let in the number of its booth.

    Raises:
        PermissionDenied: the actor enters no events.
        InputError: there is none (404), or it is not let in (409).
    """
    require(actor, permissions.EDIT)
    row = locked_signup(actor, signup_id)
    if row.state != "approved":
        raise InputError("报名还没有通过", where=row.firm, how="请先审核", status=409)
    before, row.booth = row.booth, booth.replace("\0", "").strip()[:40]
    row.save(update_fields=["booth"])
    subject = events.signup_subject(row, row.event.name)
    record(events.PLACED, subject, {"booth": before}, {"booth": row.booth})
    return row


def locked_signup(actor: User, signup_id: int) -> Signup:
    """A sign-up that the actor may see, under lock, with its event.

    Raises:
        InputError: there is none (404).
    """
    seen = signup_of(actor, signup_id)
    return Signup.objects.select_for_update(of=("self",)).select_related("event").get(pk=seen.pk)


def _write(
    actor: User, event: Event, wish: SignupWish, firm: tuple[str, str], organisation: int | None
) -> Signup:
    if event.kind not in WITH_SIGNUPS or event.state != UNDER_WAY:
        raise InputError(f"{event.number} 现在不接受报名", how="请看别的活动", status=409)
    if organisation is not None and not (wish.contact_name.strip() and wish.contact_phone.strip()):
        raise InputError("没有联系人或电话", where="联系方式", how="请写一位能联系上的人和电话")
    name, code = firm
    again = Signup.objects.filter(event=event, state__in=LIVE, firm=name).exists()
    _check(actor, event, wish, name, again, organisation)
    row = Signup(
        event=event,
        organisation=organisation,
        firm=name[:100],
        firm_code=code[:32],
        wanted=wish.wanted,
        products=wish.products.replace("\0", "").strip()[:200],
        contact=_sealed(wish),
        applied_at=timezone.now(),
        applied_by=actor.username,
    )
    try:
        held = hold(row)
        if not held:
            row.state = WAITING
            with transaction.atomic():
                row.save()
    except IntegrityError as error:
        if constraint_of(error) not in _ONCE:
            raise
        _check(actor, event, wish, name, True, organisation)
        raise
    subject = events.signup_subject(row, event.name)
    start(flow=SIGNUP_FLOW, subject=subject, actor=actor, organisation=actor.organisation.code)
    if not held:
        lapse(flow=SIGNUP_FLOW, subject=subject, transition="queue", reason="名额已满")
    record(events.SIGNED_UP, subject, None, {"firm": name, "wanted": wish.wanted, "state": row.state})
    return row


def _check(  # noqa: PLR0917 - one sign-up
    actor: User, event: Event, wish: SignupWish, firm: str, again: bool, organisation: int | None
) -> None:
    checked(
        SignupFacts(
            day=timezone.localdate(),
            firm=firm,
            until=event.signup_until,
            starts_on=event.starts_on,
            wanted=wish.wanted,
            suspended=organisation is not None and is_suspended(actor),
            again=again,
            by_staff=organisation is None and allowed(actor, permissions.EDIT),
        )
    )


def _sealed(wish: SignupWish) -> str:
    name, phone = wish.contact_name.strip(), wish.contact_phone.strip()
    return seal(json.dumps([name, phone])) if name or phone else ""
