"""Sessions of trainings and research visits: added, who is to come, who came."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from youju.foundation.audit.services import record
from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.office.events import events, permissions
from youju.office.events.models import Attendance, Event, Session, Signup
from youju.office.events.selectors.sessions import session_by_token, session_of
from youju.office.events.services.planning import locked
from youju.rules.office.events.kinds import WITH_SESSIONS
from youju.rules.office.events.lifecycle import APPROVED, OPEN

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

UNNAMED = "参加人"
"""What stands for a person of whom only the firm is known yet; a number follows."""
_LONGEST_NAME = 50


@dataclass(frozen=True, slots=True)
class SessionWish:
    """One sitting or visit; ``hours`` of teaching."""

    title: str
    held_on: date
    hours: Decimal
    place: str = ""
    speaker: str = ""


@transaction.atomic
def add_session(*, actor: User, event_id: int, wish: SessionWish) -> Session:
    """Enter a session within the days of its event.

    Raises:
        PermissionDenied: the actor enters no events.
        InputError: no such event (404), it has no sessions or is over (409), a day outside its days.
    """
    require(actor, permissions.EDIT)
    event = locked(actor, event_id)
    if event.kind not in WITH_SESSIONS:
        raise InputError("这一类活动没有场次", where=event.number, how="培训和调研才分场次", status=409)
    _open(event)
    if not event.starts_on <= wish.held_on <= event.ends_on:
        raise InputError(
            "场次的日期不在活动期间", where="日期", how=f"应在 {event.starts_on} 至 {event.ends_on} 之间"
        )
    row = Session.objects.create(
        event=event,
        title=wish.title.replace("\0", "").strip(),
        held_on=wish.held_on,
        hours=wish.hours,
        place=wish.place.replace("\0", "").strip(),
        speaker=wish.speaker.replace("\0", "").strip(),
        token=secrets.token_urlsafe(16),
    )
    record(
        events.SESSION,
        events.subject_of(event),
        None,
        {"title": row.title, "held_on": row.held_on, "hours": row.hours},
    )
    return row


@transaction.atomic
def expect_people(*, actor: User, session_id: int, firm: str, people: Sequence[str]) -> int:
    """Put people of a firm on the list of who is to come; how many are new.

    Raises:
        PermissionDenied: the actor enters no events.
        InputError: no such session (404), the event is over (409), no name or one that is too long.
    """
    require(actor, permissions.EDIT)
    session = _locked(actor, session_id)
    names = list(dict.fromkeys(name.replace("\0", "").strip() for name in people))
    if not firm.strip() or not names or not all(0 < len(name) <= _LONGEST_NAME for name in names):
        raise InputError("没有写企业或姓名", where="应到名单", how=f"姓名至多 {_LONGEST_NAME} 个字")
    rows = [
        Attendance(session=session, firm=firm.strip()[:100], person=name, source="typed") for name in names
    ]
    return _listed(session, rows)


@transaction.atomic
def expect_signed_up(*, actor: User, session_id: int) -> int:
    """Put everybody of the firms that were let in on the list, unnamed yet; how many are new.

    Raises:
        PermissionDenied: the actor enters no events.
        InputError: no such session (404), the event is over (409).
    """
    require(actor, permissions.EDIT)
    session = _locked(actor, session_id)
    signups = Signup.objects.filter(event=session.event, state=APPROVED).exclude(
        pk__in=session.attendances.exclude(signup=None).values("signup")
    )
    rows = [
        Attendance(
            session=session,
            signup=each,
            organisation=each.organisation,
            firm=each.firm,
            person=f"{UNNAMED} {place}",
            source="signup",
        )
        for each in signups
        for place in range(1, each.wanted + 1)
    ]
    return _listed(session, rows)


@transaction.atomic
def mark_present(*, actor: User, session_id: int, present: Sequence[int]) -> int:
    """Say who of the list came: those named, and nobody else; how many came.

    Raises:
        PermissionDenied: the actor enters no events.
        InputError: no such session (404), the event is over (409), the day has not come.
    """
    require(actor, permissions.EDIT)
    session = _locked(actor, session_id)
    if session.held_on > timezone.localdate():
        raise InputError("这一场还没有举行", where=session.title, how="请在当天或以后登记签到", status=409)
    chosen, now = set(present), timezone.now()
    rows = session.attendances
    rows.filter(pk__in=chosen, present=False).update(present=True, came_at=now)
    rows.exclude(pk__in=chosen).update(present=False, came_at=None)
    count = rows.filter(present=True).count()
    record(events.CAME, events.session_subject(session), None, {"count": count})
    return count


@transaction.atomic
def check_in(*, actor: User, token: str, person: str) -> Attendance:
    """Somebody of an enterprise that was let in checks in, by the code shown in the room, on the day.

    Raises:
        PermissionDenied: the actor may not.
        InputError: no such code (404), another day or not signed up (409), no name.
    """
    require(actor, permissions.OWN)
    session = session_by_token(actor, token)
    name = person.replace("\0", "").strip()
    if not 0 < len(name) <= _LONGEST_NAME:
        raise InputError("没有写姓名", where="姓名", how=f"请写参加人的姓名，至多 {_LONGEST_NAME} 个字")
    if session.held_on != timezone.localdate():
        raise InputError(f"这一场在 {session.held_on}", where="签到", how="请在当天签到", status=409)
    if session.event.state not in OPEN:
        raise InputError("这次活动已经结束", where="签到", how="请联系服务中心", status=409)
    signups = Signup.objects.select_for_update().filter(
        event_id=session.event_id, organisation=actor.organisation_id, state=APPROVED
    )
    signup = signups.first()
    if signup is None:
        raise InputError(
            "贵单位没有通过的报名", where="签到", how="请先报名，或请现场的工作人员登记", status=409
        )
    rows = Attendance.objects.filter(session=session, firm=signup.firm, organisation=actor.organisation_id)
    row = rows.filter(person=name).first()
    row = row or rows.filter(present=False, person__startswith=UNNAMED).order_by("pk").first()
    row = row or Attendance(
        session=session, signup=signup, organisation=actor.organisation_id, firm=signup.firm
    )
    if row.present:
        return row
    row.person, row.present, row.came_at, row.source = name, True, timezone.now(), "qr"
    row.save()
    record(events.CAME, events.session_subject(session), None, {"firm": row.firm, "person": name})
    return row


def _locked(actor: User, session_id: int) -> Session:
    seen = session_of(actor, session_id)
    row = Session.objects.select_for_update(of=("self",)).select_related("event").get(pk=seen.pk)
    _open(row.event)
    return row


def _open(event: Event) -> None:
    if event.state not in OPEN:
        raise InputError(f"{event.number} 已经提交结果或结束", how="不能再改场次和签到", status=409)


def _listed(session: Session, rows: Sequence[Attendance]) -> int:
    before = session.attendances.count()
    Attendance.objects.bulk_create(rows, batch_size=1_000, ignore_conflicts=True)
    new = session.attendances.count() - before
    if new:
        record(events.LISTED, events.session_subject(session), None, {"count": new})
    return new
