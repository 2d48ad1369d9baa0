"""Orders won at an exhibition: declared by the participant with proof, confirmed or refused by the centre."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, BinaryIO

from django.db import transaction
from django.utils import timezone

from youju.foundation.audit.services import record
from youju.foundation.files.selectors import Attached, attachments
from youju.foundation.files.services import attach, keep
from youju.foundation.identity.permissions import allowed, require
from youju.foundation.kernel.countries import names as countries
from youju.foundation.kernel.errors import InputError
from youju.office.events import events, permissions
from youju.office.events.models import Deal, Signup
from youju.office.events.selectors.lists import deal_of
from youju.office.events.services.refusing import checked
from youju.office.events.services.signing_up import locked_signup
from youju.rules.office.events.facts import DealFacts
from youju.rules.office.events.kinds import EventKind
from youju.rules.office.events.lifecycle import APPROVED, UNDER_WAY

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

PROOF = "proof"


@dataclass(frozen=True, slots=True)
class DealWish:
    """An order won. ``amount`` in CNY; ``country`` of the buyer; ``order_number`` of the platform where there is one."""

    won_on: date
    amount: Decimal
    country: str
    buyer: str = ""
    order_number: str = ""


def declare_deal(
    *,
    actor: User,
    signup_id: int,
    wish: DealWish,
    proof: bytes | BinaryIO | None = None,
    proof_name: str = "",
) -> Deal:
    """Declare an order that a participant won, by itself or written down by staff, with a file that proves it.

    Raises:
        PermissionDenied: the actor neither takes part nor enters events.
        InputError: no such sign-up (404), it was not let in or the event is over (409), an unknown country, a bad file.
        EventRefusedError: what the rules found.
    """
    _may_write(actor)
    kept = keep(proof, name=proof_name, purpose="evidence") if proof is not None else None
    with transaction.atomic():
        signup = locked_signup(actor, signup_id)
        _open(signup)
        if wish.country not in countries():
            raise InputError("没有这个国家或地区", where="买家国家（地区）", how="请从列表里选择")
        today = timezone.localdate()
        event = signup.event
        checked(DealFacts("declare", today, wish.won_on, event.starts_on, wish.amount))
        row = Deal.objects.create(
            event=event,
            signup=signup,
            organisation=signup.organisation,
            won_on=wish.won_on,
            amount=wish.amount,
            country=wish.country,
            buyer=wish.buyer.replace("\0", "").strip()[:100],
            order_number=wish.order_number.replace("\0", "").strip()[:40],
            declared_on=today,
            declared_by=actor.username,
        )
        subject = events.deal_subject(row, signup.firm)
        told = {"firm": signup.firm, "amount": row.amount, "country": row.country, "won_on": row.won_on}
        if kept is not None:
            told["file"] = attach(sha256=kept.sha256, subject=subject, name=kept.name, role=PROOF).name
        record(events.DECLARED, subject, None, told)
    return row


def add_proof(*, actor: User, deal_id: int, content: bytes | BinaryIO, name: str) -> Attached:
    """Attach a file that proves an order, while nobody has decided on it.

    Raises:
        PermissionDenied: the actor neither takes part nor enters events.
        InputError: no such order (404), it is decided (409), a file that cannot be taken.
    """
    _may_write(actor)
    seen = deal_of(actor, deal_id)
    kept = keep(content, name=name, purpose="evidence")
    with transaction.atomic():
        row = _locked(seen.pk)
        if row.state != "declared":
            raise InputError("这笔成交已经核实过", how="请刷新页面", status=409)
        subject = events.deal_subject(row, row.signup.firm)
        found = attach(sha256=kept.sha256, subject=subject, name=kept.name, role=PROOF)
        record(events.PROVED, subject, None, {"file": found.name})
    return found


@transaction.atomic
def decide_deal(*, actor: User, deal_id: int, confirm: bool, reason: str = "") -> Deal:
    """Confirm an order that was declared, or refuse it with a reason.

    Raises:
        PermissionDenied: the actor enters no events.
        InputError: no such order (404), it is decided or the event is over (409), no reason.
        EventRefusedError: there is no proof, or the actor declared it.
    """
    require(actor, permissions.EDIT)
    row = _locked(deal_of(actor, deal_id).pk)
    if row.state != "declared":
        raise InputError("这笔成交已经核实过", how="请刷新页面", status=409)
    _open(row.signup)
    if not confirm and not reason.strip():
        raise InputError("不予认定须写明理由", where="理由", how="请写一句话，申报的企业会看到")
    subject = events.deal_subject(row, row.signup.firm)
    evidence = len(attachments(subject, PROOF)) if confirm else 1
    checked(
        DealFacts(
            "confirm", timezone.localdate(), row.won_on, row.event.starts_on, row.amount, evidence,
            row.declared_by, actor.username,
        )
    )  # fmt: skip
    row.state = "confirmed" if confirm else "refused"
    row.decided_on, row.decided_by = timezone.localdate(), actor.username
    row.reason = reason.replace("\0", "").strip()[:500]
    row.save()
    record(events.DECIDED, subject, {"state": "declared"}, {"state": row.state}, reason=row.reason)
    return row


def hand_out_proof(*, actor: User, deal_id: int, file_id: int) -> Attached:
    """A file of an order that the actor may see.

    Raises:
        InputError: there is none (404).
    """
    row = deal_of(actor, deal_id)
    files = attachments(events.deal_subject(row, row.signup.firm), PROOF)
    found = next((each for each in files if each.id == file_id), None)
    if found is None:
        raise InputError("没有这个文件", how="请回到成交页面", status=404)
    return found


def _may_write(actor: User) -> None:
    if not allowed(actor, permissions.EDIT):
        require(actor, permissions.OWN)


def _locked(deal_id: int) -> Deal:
    rows = Deal.objects.select_for_update(of=("self",)).select_related("signup__event", "event")
    return rows.get(pk=deal_id)


def _open(signup: Signup) -> None:
    event = signup.event
    if signup.state != APPROVED or event.kind != EventKind.EXHIBITION:
        raise InputError(
            "报名通过的参展企业才能申报成交", where=signup.firm, how="请先等报名通过", status=409
        )
    if event.state != UNDER_WAY:
        raise InputError(f"{event.number} 不在进行中", how="成交在提交结果以前申报和核实", status=409)
