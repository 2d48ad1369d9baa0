"""The room of tasks for programs: found, opened, planned; requests and disputes brought and followed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import P, QueryEx, Router

from youju.foundation.identity.refusals import REFUSED, RefusedOut
from youju.foundation.identity.web.api_guard import Needs
from youju.foundation.identity.web.idempotency import IdempotencyKey, once
from youju.foundation.identity.web.parameters import Key, Limit, Word
from youju.office.tasks import permissions, selectors, services
from youju.office.tasks.schemas import (
    MatterIn,
    MatterOut,
    MattersOut,
    OfficeTaskIn,
    OfficeTaskOut,
    OfficeTasksMade,
    OfficeTasksOut,
)
from youju.office.tasks.selectors import TaskFilter
from youju.office.tasks.services import MatterWish, Repeat, TaskWish
from youju.office.tasks.web.telling import is_late
from youju.rules.office.tasks.kinds import Every

if TYPE_CHECKING:
    from youju.office.tasks.models import Task

router = Router(tags=["tasks"])
Offset = QueryEx[int, P(ge=0, le=10**9)]


@router.get("", response=OfficeTasksOut, auth=Needs(permissions.VIEW), summary="任务，期限近的在前")
def tasks(
    request: HttpRequest,
    *,
    q: Word = "",
    kind: Word = "",
    state: Word = "",
    tag: Word = "",
    project: Word = "",
    section: Word = "",
    person: Word = "",
    only: Literal["", "open", "late", "mine"] = "",
    offset: Offset = 0,
    limit: Limit = 100,
) -> dict[str, Any]:
    """Tasks found by words, kind, state, tag, project, section and doer."""
    wish = TaskFilter(q, kind, state, tag, project, section, person, only)
    rows = selectors.tasks(permissions.actor_of(request), wish).order_by("due_on", "pk")
    return {"total": rows.count(), "items": [_line(row) for row in rows[offset : offset + limit]]}


@router.post(
    "",
    response={200: OfficeTasksMade, **REFUSED},
    auth=Needs(permissions.PLAN),
    summary="安排一件任务，或一项重复的任务",
)
def plan_tasks(
    request: HttpRequest, given: OfficeTaskIn, idempotency_key: IdempotencyKey = ""
) -> HttpResponse:
    """Plan. The same request under the same key plans once, however often it is sent."""
    actor, words = permissions.actor_of(request), given.dict()
    repeat = Repeat(Every(words.pop("every")), words.pop("until"))
    wish = TaskWish(**(words | {"tags": tuple(words["tags"])}), repeat=repeat)

    def work() -> tuple[int, dict[str, Any]]:
        planned = services.plan_tasks(actor=actor, wish=wish)
        return 200, {"items": [_line(row) for row in planned.tasks]}

    return once(request, idempotency_key, work)


@router.get("/own", response=MattersOut, auth=Needs(permissions.OWN), summary="本单位提出的诉求和投诉")
def own_matters(request: HttpRequest, offset: Offset = 0, limit: Limit = 100) -> dict[str, Any]:
    """What the caller's organisation brought, newest first."""
    rows = selectors.own(permissions.actor_of(request))
    return {"total": rows.count(), "items": [_matter(row) for row in rows[offset : offset + limit]]}


@router.post(
    "/own",
    response={200: MatterOut, **REFUSED},
    auth=Needs(permissions.OWN),
    summary="提出物流诉求或纠纷投诉",
)
def bring_matter(request: HttpRequest, given: MatterIn, idempotency_key: IdempotencyKey = "") -> HttpResponse:
    """Bring a request or dispute. The same request under the same key brings it once."""
    actor = permissions.actor_of(request)

    def work() -> tuple[int, dict[str, Any]]:
        row = services.bring_matter(actor=actor, wish=MatterWish(**given.dict()))
        return 200, _matter(row)

    return once(request, idempotency_key, work)


@router.get(
    "/{int:number}",
    response={200: OfficeTaskOut, 404: RefusedOut},
    auth=Needs(permissions.VIEW),
    summary="一件任务",
)
def task(request: HttpRequest, number: Key) -> dict[str, Any]:
    """One task with what proves it and what may be done next."""
    page = selectors.task_page(permissions.actor_of(request), number)
    row = page.task
    names = ("details", "starts_on", "received_on", "acceptor", "done_on", "accepted_by")
    return _line(row) | {
        **{name: getattr(row, name) for name in names},
        "evidence": [each.name for each in page.evidence],
        "next": [each.code for each in page.options if not each.blocked],
    }


def _line(row: Task) -> dict[str, Any]:
    names = (
        "number", "kind", "title", "state", "due_on", "person", "section", "tags", "project", "accepted_on",
    )  # fmt: skip
    return {"id": row.pk, "late": is_late(row), **{name: getattr(row, name) for name in names}}


def _matter(row: Task) -> dict[str, Any]:
    names = ("number", "kind", "title", "state", "received_on", "due_on")
    closed = row.state == "accepted"
    return {
        "id": row.pk,
        **{name: getattr(row, name) for name in names},
        "outcome": row.matter.outcome if closed else "",
        "result": row.matter.result if closed else "",
    }
