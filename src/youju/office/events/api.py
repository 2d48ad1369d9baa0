"""The room of events for programs: found, opened, entered; announced events found and signed up to by enterprises."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import P, QueryEx, Router

from youju.foundation.identity.refusals import REFUSED, RefusedOut
from youju.foundation.identity.web.api_guard import Needs
from youju.foundation.identity.web.idempotency import IdempotencyKey, once
from youju.foundation.identity.web.parameters import Key, Limit, Word
from youju.office.events import permissions, selectors, services
from youju.office.events.schemas import (
    EventSignupIn,
    EventSignupOut,
    EventSignupsOut,
    OfferedEventsOut,
    OfficeEventIn,
    OfficeEventOut,
    OfficeEventsOut,
)
from youju.office.events.selectors import EventFilter
from youju.office.events.services import EventWish, SignupWish

if TYPE_CHECKING:
    from youju.office.events.models import Event, Signup

router = Router(tags=["events"])
Offset = QueryEx[int, P(ge=0, le=10**9)]
_LINE = ("number", "kind", "name", "country", "city", "starts_on", "ends_on")


@router.get("", response=OfficeEventsOut, auth=Needs(permissions.VIEW), summary="展会与活动，近的在前")
def office_events(
    request: HttpRequest,
    *,
    q: Word = "",
    kind: Word = "",
    state: Word = "",
    year: QueryEx[int | None, P(ge=2000, le=2099)] = None,
    section: Word = "",
    project: Word = "",
    only: Literal["", "open", "late"] = "",
    offset: Offset = 0,
    limit: Limit = 100,
) -> dict[str, Any]:
    """The register, found by words, kind, state, year, section and project."""
    wish = EventFilter(q, kind, state, year, section, project, only)
    rows = selectors.events_of(permissions.actor_of(request), wish).order_by("-starts_on", "-pk")
    return {"total": rows.count(), "items": [_line(row) for row in rows[offset : offset + limit]]}


@router.post(
    "", response={200: OfficeEventOut, **REFUSED}, auth=Needs(permissions.EDIT), summary="登记一次活动"
)
def plan_event(
    request: HttpRequest, given: OfficeEventIn, idempotency_key: IdempotencyKey = ""
) -> HttpResponse:
    """Enter an event. The same request under the same key enters it once."""
    actor = permissions.actor_of(request)

    def work() -> tuple[int, dict[str, Any]]:
        made = services.plan_event(actor=actor, wish=EventWish(**given.dict()))
        return 200, _whole(request, made.event.pk)

    return once(request, idempotency_key, work)


@router.get(
    "/offered", response=OfferedEventsOut, auth=Needs(permissions.OWN), summary="发布的展会、培训和调研"
)
def offered_events(
    request: HttpRequest,
    *,
    q: Word = "",
    still_open: bool = True,
    offset: Offset = 0,
    limit: Limit = 100,
) -> dict[str, Any]:
    """Announced events, the latest first; those that take sign-ups today unless ``still_open`` is false."""
    rows = selectors.announced(permissions.actor_of(request), text=q, still_open=still_open)
    rows = rows.order_by("-starts_on", "-pk")
    return {"total": rows.count(), "items": [_offered(row) for row in rows[offset : offset + limit]]}


@router.get("/signups", response=EventSignupsOut, auth=Needs(permissions.OWN), summary="本单位的报名")
def own_signups(request: HttpRequest, offset: Offset = 0, limit: Limit = 100) -> dict[str, Any]:
    """The sign-ups of the caller's organisation, the newest first."""
    rows = selectors.signups(permissions.actor_of(request)).order_by("-applied_at", "-pk")
    return {"total": rows.count(), "items": [_signup(row) for row in rows[offset : offset + limit]]}


@router.post(
    "/offered/{int:number}/signups",
    response={200: EventSignupOut, **REFUSED},
    auth=Needs(permissions.OWN),
    summary="报名",
)
def sign_up(
    request: HttpRequest, number: Key, given: EventSignupIn, idempotency_key: IdempotencyKey = ""
) -> HttpResponse:
    """Sign the caller's organisation up; ``state`` is ``waiting`` where all places are held."""
    actor = permissions.actor_of(request)

    def work() -> tuple[int, dict[str, Any]]:
        row = services.sign_up(actor=actor, event_id=number, wish=SignupWish(**given.dict()))
        return 200, _signup(row)

    return once(request, idempotency_key, work)


@router.get(
    "/{int:number}",
    response={200: OfficeEventOut, 404: RefusedOut},
    auth=Needs(permissions.VIEW),
    summary="一次活动",
)
def office_event(request: HttpRequest, number: Key) -> dict[str, Any]:
    """One event with what hangs on it and what may be done next."""
    return _whole(request, number)


def _line(row: Event) -> dict[str, Any]:
    names = (*_LINE, "state", "places", "taken", "project", "section")
    return {"id": row.pk, **{name: getattr(row, name) for name in names}}


def _whole(request: HttpRequest, number: int) -> dict[str, Any]:
    page = selectors.event_page(permissions.actor_of(request), number)
    row, totals = page.event, page.totals
    names = ("name_en", "venue", "signup_until", "announced_on", "accepted_on")
    return _line(row) | {
        **{name: getattr(row, name) for name in names},
        "budget": None if row.budget is None else str(row.budget),
        "cost": str(totals.cost),
        "participants": totals.approved,
        "orders_won": str(totals.deal_amount),
        "result": row.report_note,
        "next": [each.code for each in page.options if not each.blocked],
    }


def _offered(row: Event) -> dict[str, Any]:
    left = None if row.places is None else row.places - row.taken
    return {
        "id": row.pk,
        **{name: getattr(row, name) for name in _LINE},
        "signup_until": row.signup_until,
        "left": left,
    }


def _signup(row: Signup) -> dict[str, Any]:
    names = ("wanted", "state", "booth", "applied_at")
    return {"id": row.pk, "event": row.event.number, **{name: getattr(row, name) for name in names}}
