"""Policies for programs: what is in force, one version with its text, a back-test."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.http import Http404, HttpRequest
from ninja import Router, Schema

from youju.foundation.identity.refusals import RefusedOut
from youju.foundation.identity.web.api_guard import Needs
from youju.foundation.identity.web.parameters import Limit, Word
from youju.funds.subsidies import permissions, selectors

router = Router(tags=["subsidies"])


class SubsidyPolicyOut(Schema):
    """A version of a policy; money in CNY as decimal text, windows half-open."""

    id: int
    code: str
    number: int
    state: str
    state_label: str
    title: str
    project: str
    window_from: date | None
    window_to: date | None
    filing_from: date | None
    filing_to: date | None
    budget: str | None
    sha256: str


class SubsidyPoliciesOut(Schema):
    """Versions, the latest changed first."""

    count: int
    items: list[SubsidyPolicyOut]


class SubsidyPolicyTextOut(SubsidyPolicyOut):
    """A version with its text as ``policies/schema/subsidy.schema.json`` has it."""

    text: dict[str, Any]


class BackTestOut(Schema):
    """A back-test: ``result`` is empty while it waits."""

    id: int
    policy: int
    year: int
    state: str
    requested_at: datetime
    done_at: datetime | None
    policy_hash: str
    result: dict[str, Any]


@router.get(
    "/policies",
    response={200: SubsidyPoliciesOut, 422: RefusedOut},
    auth=Needs(permissions.VIEW),
    summary="补贴政策清单",
)
def policy_list(
    request: HttpRequest, *, text: Word = "", state: Word = "", project: Word = "", limit: Limit = 100
) -> dict[str, Any]:
    """Versions in the key's reach; ``state`` is one of the flow ``subsidies.policy``."""
    rows = selectors.policies(actor=permissions.actor_of(request), text=text, state=state, project=project)
    return {
        "count": rows.count(),
        "items": [_out(row) for row in rows.order_by("-changed_at", "-pk")[:limit]],
    }


@router.get(
    "/policies/{int:number}",
    response={200: SubsidyPolicyTextOut},
    auth=Needs(permissions.VIEW),
    summary="一版补贴政策",
)
def policy_detail(request: HttpRequest, number: int) -> dict[str, Any]:
    """One version with its text."""
    row = selectors.policy_row(actor=permissions.actor_of(request), policy_id=number)
    if row is None:
        raise Http404("没有这项政策，或它还没有发布。")
    return {**_out(row), "text": row.text}


@router.get(
    "/backtests/{int:number}",
    response={200: BackTestOut},
    auth=Needs(permissions.BACKTEST),
    summary="一次政策回测",
)
def backtest_detail(request: HttpRequest, number: int) -> dict[str, Any]:
    """What a back-test found: as the command prints it."""
    page = selectors.backtest_page(actor=permissions.actor_of(request), backtest_id=number)
    if page is None:
        raise Http404("没有这次回测。")
    row = page.row
    return {
        "id": row.pk, "policy": row.policy_id, "year": row.year, "state": row.state, "requested_at": row.requested_at,
        "done_at": row.done_at, "policy_hash": row.policy_hash, "result": row.result,
    }  # fmt: skip


def _out(row: Any) -> dict[str, Any]:
    return {
        "id": row.pk, "code": row.code, "number": row.number, "state": row.state, "state_label": selectors.state_label(row),
        "title": row.title, "project": row.project, "window_from": row.window_from, "window_to": row.window_to,
        "filing_from": row.filing_from, "filing_to": row.filing_to,
        "budget": None if row.budget is None else str(row.budget), "sha256": row.sha256,
    }  # fmt: skip
