"""Events and what hangs on them for lists; an enterprise sees what was announced and what is its own (so does the database)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from django.db.models import Model, Q, QuerySet
from django.utils import timezone

from youju.foundation.identity.permissions import allowed, require
from youju.foundation.kernel.errors import InputError
from youju.office.events import permissions
from youju.office.events.models import Application, Attendance, Deal, Event, Prospect, Signup
from youju.rules.office.events.kinds import WITH_SIGNUPS
from youju.rules.office.events.lifecycle import OPEN, UNDER_WAY

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

_LARGEST = 2**63 - 1
Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True, slots=True)
class EventFilter:
    """What narrows the register; empty: everything. ``only``: ``open``, ``late`` (over and not reported)."""

    text: str = ""
    kind: str = ""
    state: str = ""
    year: int | None = None
    section: str = ""
    project: str = ""
    only: str = ""


@dataclass(frozen=True, slots=True)
class PartFilter:
    """What narrows sign-ups, orders, prospects, applications or attendance; ``event``: a number."""

    text: str = ""
    state: str = ""
    event: str = ""


def visible(actor: User) -> QuerySet[Event]:
    """The events that the actor may see."""
    if allowed(actor, permissions.VIEW):
        return Event.objects.all()
    if allowed(actor, permissions.OWN):
        return Event.objects.filter(announced_on__isnull=False)
    return Event.objects.none()


def events_of(actor: User, wish: EventFilter | None = None) -> QuerySet[Event]:
    """The register; ``wish`` narrows it."""
    wish, rows = wish or EventFilter(), visible(actor)
    for word in wish.text.replace("\0", "").split():
        rows = rows.filter(
            Q(number__icontains=word)
            | Q(name__icontains=word)
            | Q(city__icontains=word)
            | Q(name_en__icontains=word)
        )
    for name in ("kind", "state", "section", "project"):
        if value := getattr(wish, name):
            rows = rows.filter(**{name: value})
    if wish.year:
        rows = rows.filter(starts_on__year=wish.year)
    if wish.only:
        rows = rows.filter(state__in=OPEN)
    if wish.only == "late":
        rows = rows.filter(ends_on__lt=timezone.localdate())
    return rows


def announced(actor: User, *, text: str = "", still_open: bool = False) -> QuerySet[Event]:
    """What enterprises can take part in or could; ``still_open``: those that take sign-ups today.

    Raises:
        PermissionDenied: the actor is no enterprise.
    """
    require(actor, permissions.OWN)
    rows = Event.objects.filter(announced_on__isnull=False, kind__in=[kind.value for kind in WITH_SIGNUPS])
    for word in text.replace("\0", "").split():
        rows = rows.filter(Q(name__icontains=word) | Q(city__icontains=word))
    if still_open:
        today = timezone.localdate()
        until = Q(signup_until__gte=today) | Q(signup_until=None, starts_on__gte=today)
        rows = rows.filter(until, state=UNDER_WAY)
    return rows


def signups(actor: User, wish: PartFilter | None = None) -> QuerySet[Signup]:
    """Sign-ups with their events, the newest first: all of them for the centre, its own for an enterprise."""
    rows = _narrowed(_own_of(actor, Signup.objects.select_related("event")), wish, "firm")
    return rows.filter(state=wish.state) if wish and wish.state else rows


def deals(actor: User, wish: PartFilter | None = None) -> QuerySet[Deal]:
    """Orders won with firm and event: all of them for the centre, its own for an enterprise."""
    rows = Deal.objects.select_related("event", "signup")
    rows = _narrowed(_own_of(actor, rows), wish, "signup__firm", "buyer", "order_number")
    return rows.filter(state=wish.state) if wish and wish.state else rows


def prospects(actor: User, wish: PartFilter | None = None) -> QuerySet[Prospect]:
    """Firms that are to be won.

    Raises:
        PermissionDenied: the actor sees no events.
    """
    require(actor, permissions.VIEW)
    rows = _narrowed(Prospect.objects.select_related("event"), wish, "firm", "region")
    return rows.filter(stage=wish.state) if wish and wish.state else rows


def applications(actor: User, wish: PartFilter | None = None) -> QuerySet[Application]:
    """Enterprises on the way to the AEO certificate.

    Raises:
        PermissionDenied: the actor sees no events.
    """
    require(actor, permissions.VIEW)
    rows = _narrowed(Application.objects.select_related("event"), wish, "firm", "firm_code")
    return rows.filter(stage=wish.state) if wish and wish.state else rows


def attendances(actor: User, wish: PartFilter | None = None) -> QuerySet[Attendance]:
    """Who was to come and who came, with session and event; ``state``: ``yes`` or ``no``.

    Raises:
        PermissionDenied: the actor sees no events.
    """
    require(actor, permissions.VIEW)
    rows = Attendance.objects.select_related("session__event")
    for word in (wish.text if wish else "").replace("\0", "").split():
        rows = rows.filter(
            Q(firm__icontains=word) | Q(person__icontains=word) | Q(session__title__icontains=word)
        )
    if wish and wish.event:
        rows = rows.filter(session__event__number=wish.event)
    return rows.filter(present=wish.state == "yes") if wish and wish.state else rows


def one_of(actor: User, event_id: int) -> Event:
    """An event that the actor may see.

    Raises:
        InputError: there is none (404).
    """
    return _one(visible(actor), event_id, "没有这次活动")


def signup_of(actor: User, signup_id: int) -> Signup:
    """A sign-up that the actor may see, with its event.

    Raises:
        InputError: there is none (404).
    """
    return _one(signups(actor), signup_id, "没有这份报名")


def deal_of(actor: User, deal_id: int) -> Deal:
    """An order won that the actor may see, with firm and event.

    Raises:
        InputError: there is none (404).
    """
    return _one(deals(actor), deal_id, "没有这笔成交")


def prospect_of(actor: User, prospect_id: int) -> Prospect:
    """A firm that is to be won.

    Raises:
        PermissionDenied: the actor sees no events.
        InputError: there is none (404).
    """
    return _one(prospects(actor), prospect_id, "没有这个招商对象")


def application_of(actor: User, application_id: int) -> Application:
    """An AEO application.

    Raises:
        PermissionDenied: the actor sees no events.
        InputError: there is none (404).
    """
    return _one(applications(actor), application_id, "没有这家 AEO 企业")


def _own_of(actor: User, rows: QuerySet[Row]) -> QuerySet[Row]:
    if allowed(actor, permissions.VIEW):
        return rows
    require(actor, permissions.OWN)
    return rows.filter(organisation=actor.organisation_id)


def _narrowed(rows: QuerySet[Row], wish: PartFilter | None, *fields: str) -> QuerySet[Row]:
    if wish is None:
        return rows
    for word in wish.text.replace("\0", "").split():
        found = Q(event__name__icontains=word)
        for field in fields:
            found |= Q(**{f"{field}__icontains": word})
        rows = rows.filter(found)
    return rows.filter(event__number=wish.event) if wish.event else rows


def _one(rows: QuerySet[Row], key: int, missing: str) -> Row:
    found = rows.filter(pk=key).first() if 0 < key <= _LARGEST else None
    if found is None:
        raise InputError(missing, how="请回到展会与活动", status=404)
    return found
