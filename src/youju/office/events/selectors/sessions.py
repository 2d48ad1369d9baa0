"""One session: who was to come, who came; found by its key or by the code shown in the room."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone

from youju.foundation.identity.permissions import allowed, require
from youju.foundation.kernel.errors import InputError
from youju.office.events import permissions
from youju.office.events.models import Attendance, Event, Session, Signup
from youju.rules.office.events.lifecycle import APPROVED, OPEN

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

_LARGEST = 2**63 - 1
_TOKEN = 43
SHOWN = 500
"""People that the page of a session lists; the export has all."""


@dataclass(frozen=True, slots=True)
class SessionPage:
    """A session with its list; ``share`` of those expected who came, in whole per cent."""

    session: Session
    event: Event
    people: tuple[Attendance, ...]
    expected: int
    present: int
    may_edit: bool

    @property
    def share(self) -> int | None:
        """Who came, in whole per cent; nothing where nobody is on the list."""
        return self.present * 100 // self.expected if self.expected else None


@dataclass(frozen=True, slots=True)
class CheckInPage:
    """The check-in page for an enterprise: whether it may now, and who of it has come."""

    session: Session
    event: Event
    signed_up: bool
    today: bool
    people: tuple[Attendance, ...]


def session_of(actor: User, session_id: int) -> Session:
    """A session with its event.

    Raises:
        PermissionDenied: the actor sees no events.
        InputError: there is none (404).
    """
    require(actor, permissions.VIEW)
    rows = Session.objects.select_related("event")
    found = rows.filter(pk=session_id).first() if 0 < session_id <= _LARGEST else None
    if found is None:
        raise InputError("没有这一场", how="请回到展会与活动", status=404)
    return found


def session_by_token(actor: User, token: str) -> Session:
    """The session whose code is shown in the room, with its event.

    Raises:
        PermissionDenied: the actor is no enterprise.
        InputError: there is none that the enterprise may know of (404).
    """
    require(actor, permissions.OWN)
    rows = Session.objects.select_related("event").filter(event__announced_on__isnull=False)
    found = rows.filter(token=token).first() if len(token) <= _TOKEN and "\0" not in token else None
    if found is None:
        raise InputError("没有这个签到码", how="请重新扫描现场的二维码", status=404)
    return found


def session_page(actor: User, session_id: int) -> SessionPage:
    """One session for the centre. Four queries, however many came.

    Raises:
        PermissionDenied: the actor sees no events.
        InputError: there is none (404).
    """
    row = session_of(actor, session_id)
    people = row.attendances.order_by("firm", "person", "pk")
    return SessionPage(
        session=row,
        event=row.event,
        people=tuple(people[:SHOWN]),
        expected=people.count(),
        present=people.filter(present=True).count(),
        may_edit=row.event.state in OPEN and allowed(actor, permissions.EDIT),
    )


def check_in_page(actor: User, token: str) -> CheckInPage:
    """The check-in page of a session for the actor's organisation.

    Raises:
        PermissionDenied: the actor is no enterprise.
        InputError: there is no such code (404).
    """
    row = session_by_token(actor, token)
    own = Signup.objects.filter(event_id=row.event_id, organisation=actor.organisation_id, state=APPROVED)
    came = row.attendances.filter(organisation=actor.organisation_id, present=True)
    return CheckInPage(
        session=row,
        event=row.event,
        signed_up=own.exists(),
        today=row.held_on == timezone.localdate(),
        people=tuple(came),
    )


def sessions_of_numbers(actor: User, numbers: set[str]) -> list[Session]:
    """The sessions of the events with these numbers, with their events. One query.

    Raises:
        PermissionDenied: the actor sees no events.
    """
    require(actor, permissions.VIEW)
    rows = Session.objects.select_related("event").filter(event__number__in=sorted(numbers))
    return list(rows.order_by("pk"))


def people_of_sessions(actor: User, ids: set[int]) -> set[tuple[int, str, str]]:
    """Session, firm and name of everybody on the lists of these sessions. One query.

    Raises:
        PermissionDenied: the actor sees no events.
    """
    require(actor, permissions.VIEW)
    return set(Attendance.objects.filter(session__in=sorted(ids)).values_list("session_id", "firm", "person"))
