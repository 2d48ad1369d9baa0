"""The register of events: entered, and put right while nobody has accepted their result."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from youju.foundation.audit.encoding import changes
from youju.foundation.audit.services import record, record_many
from youju.foundation.identity.limits import sections
from youju.foundation.identity.permissions import require
from youju.foundation.kernel.countries import names as countries
from youju.foundation.kernel.errors import InputError
from youju.foundation.workflow.services import set_due, start_many
from youju.office.events import events, permissions
from youju.office.events.facts import event_facts
from youju.office.events.models import Event
from youju.office.events.selectors.lists import one_of
from youju.office.events.services.numbering import next_numbers
from youju.office.events.services.promoting import promote
from youju.office.events.services.refusing import checked
from youju.rules.findings import Finding
from youju.rules.office.events.kinds import KIND_NAMES
from youju.rules.office.events.lifecycle import EVENT_FLOW, OPEN, PLANNED, UNDER_WAY

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

_NAMES = (
    "name", "name_en", "country", "city", "venue", "starts_on", "ends_on", "signup_until", "places", "budget", "project",
    "section", "details", "subsidy", "evaluation",
)  # fmt: skip
EARLIEST, FURTHEST = date(2000, 1, 1), timedelta(days=3_660)


@dataclass(frozen=True, slots=True)
class EventWish:
    """An event as it is to stand in the register. ``budget`` in CNY; days both included; ``kind`` stays once it stands."""

    kind: str
    name: str
    starts_on: date
    ends_on: date
    name_en: str = ""
    country: str = "CN"
    city: str = ""
    venue: str = ""
    signup_until: date | None = None
    places: int | None = None
    budget: Decimal | None = None
    project: str = ""
    section: str = ""
    details: str = ""
    subsidy: str = ""
    evaluation: str = ""


@dataclass(frozen=True, slots=True)
class Planned:
    """The event, and what the rules said besides."""

    event: Event
    findings: Sequence[Finding]


@transaction.atomic
def plan_event(*, actor: User, wish: EventWish) -> Planned:
    """Enter an event that is to be held.

    Raises:
        PermissionDenied: the actor enters no events.
        InputError: an unknown kind, section or country, days out of reach.
        EventRefusedError: what the rules found.
    """
    require(actor, permissions.EDIT)
    row = row_of(actor, wish)
    found = checked(event_facts(row, "plan", timezone.localdate(), actor=actor.username))
    write_events(actor, [row])
    return Planned(row, found)


@transaction.atomic
def change_event(*, actor: User, event_id: int, wish: EventWish, revision: int) -> Planned:
    """Put an event right, or put it off, while it is open. More places let those who wait move up.

    Raises:
        PermissionDenied: the actor enters no events.
        InputError: none of the kind (404), it is reported or over, or was changed meanwhile (409).
        EventRefusedError: what the rules found.
    """
    require(actor, permissions.EDIT)
    row = locked(actor, event_id)
    if row.state not in OPEN:
        raise InputError(f"{row.number} 已经提交结果或结束，不能修改", how="请刷新页面", status=409)
    if row.revision != revision:
        raise InputError(f"{row.number} 刚被改过", how="请刷新页面，看过最新内容再改", status=409)
    known(wish)
    before, had = told(row), (row.starts_on, row.ends_on)
    put(row, wish)
    found = checked(event_facts(row, "plan", timezone.localdate(), actor=actor.username))
    gone, new = changes(before, told(row))
    if not gone and not new:
        return Planned(row, found)
    row.revision += 1
    row.save(update_fields=[*_NAMES, "revision"])
    if (row.starts_on, row.ends_on) != had:
        _put_off(row)
    record(events.CHANGED, events.subject_of(row), gone, new)
    promote(row)
    return Planned(row, found)


def row_of(actor: User, wish: EventWish, batch: str = "") -> Event:
    """An unsaved row of a wish, without a number.

    Raises:
        InputError: an unknown kind, section or country, days out of reach.
    """
    known(wish)
    row = Event(kind=wish.kind, created_by=actor.username, batch=batch)
    put(row, wish)
    return row


def write_events(actor: User, rows: Sequence[Event]) -> None:
    """Number and write rows, begin their cases, note them on the trail."""
    for kind, year in sorted({(row.kind, row.starts_on.year) for row in rows}):
        alike = [row for row in rows if (row.kind, row.starts_on.year) == (kind, year)]
        for row, number in zip(alike, next_numbers(kind, year, len(alike)), strict=True):
            row.number = number
    Event.objects.bulk_create(rows, batch_size=1_000)
    today = timezone.localdate()
    subjects = {row.pk: events.subject_of(row) for row in rows}
    start_many(
        flow=EVENT_FLOW,
        subjects=list(subjects.values()),
        actor=actor,
        organisations={each.key: actor.organisation.code for each in subjects.values()},
        due={subjects[row.pk].key: row.starts_on for row in rows if row.starts_on >= today},
    )
    record_many(events.PLANNED, [(subjects[row.pk], None, told(row)) for row in rows])


def known(wish: EventWish) -> None:
    """Check what is neither rule nor person.

    Raises:
        InputError: an unknown kind, section or country, days out of reach.
    """
    if wish.kind not in KIND_NAMES:
        raise InputError("没有这个类别", where="类别", how="请从列表里选择")
    if wish.section and wish.section not in sections():
        raise InputError("没有这个科室", where="负责科室", how="请从列表里选择")
    if wish.country not in countries():
        raise InputError("没有这个国家或地区", where="国家（地区）", how="请从列表里选择")
    furthest = timezone.localdate() + FURTHEST
    for label, day in (("开始日期", wish.starts_on), ("结束日期", wish.ends_on)):
        if not EARLIEST <= day <= furthest:
            raise InputError("日期太早或太远", where=label, how=f"应在 {EARLIEST} 至十年以内")


def locked(actor: User, event_id: int) -> Event:
    """An event that the actor may see, under lock.

    Raises:
        InputError: there is none (404).
    """
    seen = one_of(actor, event_id)
    return Event.objects.select_for_update().get(pk=seen.pk)


def put(row: Event, wish: EventWish) -> None:
    """Write a wish into a row; the kind stays."""
    for name in _NAMES:
        value = getattr(wish, name)
        setattr(row, name, value.replace("\0", "").strip() if isinstance(value, str) else value)


def told(row: Event) -> dict[str, Any]:
    """An event for the trail."""
    names = ("number", "kind", *_NAMES)
    return {name: value for name in names if (value := getattr(row, name)) not in ("", None)}


def _put_off(row: Event) -> None:
    from youju.office.events.services.stepping import report_due

    today = timezone.localdate()
    due = row.starts_on if row.state == PLANNED else report_due(row)
    if due >= today and row.state in (PLANNED, UNDER_WAY):
        set_due(subject=events.subject_of(row), due=due)
