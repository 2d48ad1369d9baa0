"""The parties room for programs."""

# ruff: noqa: ARG001 - ninja hands every endpoint its request
from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import P, QueryEx, Router

from youju.foundation.identity.refusals import REFUSED, RefusedOut
from youju.foundation.identity.web.api_guard import Needs, NeedsAny
from youju.foundation.identity.web.idempotency import IdempotencyKey, once
from youju.foundation.identity.web.parameters import Key, Word
from youju.trade.parties import permissions, selectors, services
from youju.trade.parties.schemas import (
    ChangeIn,
    ChangeOut,
    ChangeStepIn,
    ReminderOut,
    StallOut,
    StandingOut,
    StatisticsOut,
)

if TYPE_CHECKING:
    from youju.trade.parties.models import ChangeRequest

router = Router(tags=["parties"])
READS = NeedsAny(permissions.VIEW, permissions.OWN)
MOST = 500


class NeedsStep(Needs):
    """Asks for the permission of the very step that the address names, so that a key without it in its scopes is refused."""

    def __call__(self, request: HttpRequest) -> Any:
        """Let the caller in or not; an unknown step is the service's to refuse."""
        named = request.resolver_match.kwargs.get("transition", "") if request.resolver_match else ""
        permission = permissions.REVIEW if named in ("approve", "return") else permissions.FILE
        return Needs(permission)(request)


def _out(change: ChangeRequest) -> dict[str, Any]:
    names = (
        "kind", "state", "reason", "requested_by", "requested_at", "decided_by", "decided_at", "decision_reason",
    )  # fmt: skip
    return {name: getattr(change, name) for name in names} | {
        "id": change.pk,
        "party": change.party_id,
        "party_name": change.party.name,
        "cells": [
            {"name": cell.name, "label": cell.label, "before": cell.before, "after": cell.after}
            for cell in selectors.cells(change)
        ],
    }


@router.get(
    "/changes",
    response=list[ChangeOut],
    auth=READS,
    summary="变更和续期申请",
    url_name="party_changes",
)
def party_changes(
    request: HttpRequest,
    *,
    state: Word = "",
    kind: Word = "",
    party: int | None = None,
    limit: QueryEx[int, P(ge=1, le=MOST)] = 100,
) -> list[dict[str, Any]]:
    """The requests that the caller reaches, newest first."""
    return [_out(row) for row in selectors.change_rows(state=state, kind=kind, party=party)[:limit]]


@router.post(
    "/{int:party_id}/changes",
    response={201: ChangeOut, **REFUSED},
    auth=Needs(permissions.FILE),
    summary="申请备案变更",
    url_name="party_change_request",
)
def request_change(
    request: HttpRequest, party_id: int, asked: ChangeIn, *, key: IdempotencyKey
) -> HttpResponse:
    """Ask for what is on file to be changed; nothing changes until it is granted."""

    def work() -> tuple[int, Any]:
        made = services.request_change(
            actor=permissions.actor_of(request),
            party_id=party_id,
            values=asked.values,
            numbers=asked.numbers,
            reason=asked.reason,
            expected=asked.revision,
        )
        made.refresh_from_db()
        return 201, ChangeOut(**_out(made)).model_dump(mode="json")

    return once(request, key, work)


@router.post(
    "/changes/{int:number}/{transition}",
    response={200: ChangeOut, **REFUSED},
    auth=NeedsStep(permissions.FILE),
    summary="办理变更申请：approve 通过、return 不通过、withdraw 撤回",
    url_name="party_change_step",
)
def step(
    request: HttpRequest, number: int, transition: str, given: ChangeStepIn, *, key: IdempotencyKey
) -> HttpResponse:
    """Take a step with a request."""

    def work() -> tuple[int, Any]:
        made = services.decide_change(
            actor=permissions.actor_of(request),
            change_id=number,
            transition=transition,
            reason=given.reason,
            expected=given.state,
        )
        return 200, ChangeOut(**_out(made)).model_dump(mode="json")

    return once(request, key, work)


@router.get(
    "/reminders",
    response=list[ReminderOut],
    auth=READS,
    summary="到期提醒",
    url_name="party_reminders",
)
def reminders(
    request: HttpRequest, *, only: Word = "", limit: QueryEx[int, P(ge=1, le=MOST)] = 100
) -> list[dict[str, Any]]:
    """Filings and papers that end soon or have ended."""
    return [
        {
            "party": row.party_id,
            "party_name": row.party.name,
            "kind": row.kind,
            "paper": row.paper.kind if row.paper else "",
            "due_on": row.due_on,
        }
        for row in selectors.reminder_rows(only=only)[:limit]
    ]


@router.get(
    "/{int:party_id}/standing",
    response=StandingOut,
    auth=READS,
    summary="主体能不能办理业务",
    url_name="party_standing",
)
def standing(request: HttpRequest, party_id: Key, *, on: date | None = None) -> dict[str, Any]:
    """Whether a party may act on a day (today), also a partner whose file the caller may not read."""
    found = selectors.may_act(party_id, on=on or timezone.localdate())
    return {"may_act": found.ok, "reason": found.reason, "rule": found.rule}


@router.get(
    "/statistics",
    response=StatisticsOut,
    auth=Needs(permissions.VIEW),
    summary="备案统计",
    url_name="party_statistics",
)
def statistics(request: HttpRequest) -> dict[str, Any]:
    """What the page of statistics shows."""
    found = selectors.statistics()
    return {
        "total": found.total,
        "by": {
            name: [{"key": each.key, "label": each.label, "count": each.count} for each in slices]
            for name, slices in found.by.items()
        },
        "steps": found.kept.total,
        "steps_in_time": found.kept.kept,
        "rate": found.kept.rate,
    }


@router.get(
    "/markets/{int:number}/stalls",
    response={200: list[StallOut], 404: RefusedOut},
    auth=READS,
    summary="一个市场的摊位",
    url_name="party_stalls",
)
def stalls(request: HttpRequest, number: int, *, floor: int | None = None) -> list[Any]:
    """The stalls of a market today; the state of a holder is told to who may read its file."""
    selectors.market_of(number)
    names = ("number", "floor", "row", "position", "state", "holder", "since")
    return [
        {name: getattr(cell, name) for name in names} for cell in selectors.stall_cells(number, floor=floor)
    ]
