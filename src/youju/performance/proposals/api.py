"""The room of proposals for programs: proposals and audits read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from ninja import P, QueryEx, Router

from youju.foundation.identity.refusals import RefusedOut
from youju.foundation.identity.web.api_guard import Needs
from youju.foundation.identity.web.parameters import Limit
from youju.performance.proposals import permissions, selectors
from youju.performance.proposals.schemas import ProposalOut, ProposalsOut, TargetAuditOut, TargetAuditsOut

if TYPE_CHECKING:
    from youju.performance.proposals.models import Audit

router = Router(tags=["proposals"])
Offset = QueryEx[int, P(ge=0, le=10**9)]


@router.get("/drafts", response=ProposalsOut, auth=Needs(permissions.VIEW), summary="下年目标建议，新的在前")
def proposals_list(request: HttpRequest, *, offset: Offset = 0, limit: Limit = 100) -> dict[str, Any]:
    """Proposals with how many rows they have and a person changed."""
    rows: Any = selectors.proposals(permissions.actor_of(request)).order_by("-year", "-pk")
    items = [
        {
            "number": each.number,
            "year": each.year,
            "state": each.state,
            "rows": each.count,
            "edited": each.edited,
        }
        for each in rows[offset : offset + limit]
    ]
    return {"total": rows.count(), "items": items}


@router.get(
    "/drafts/{number}",
    response={200: ProposalOut, 404: RefusedOut},
    auth=Needs(permissions.VIEW),
    summary="一份下年目标建议",
)
def proposal(request: HttpRequest, number: str) -> dict[str, Any]:
    """A proposal with its rows."""
    return selectors.plain_proposal(permissions.actor_of(request), number)


@router.get(
    "/audits", response=TargetAuditsOut, auth=Needs(permissions.VIEW), summary="绩效目标审核，新的在前"
)
def target_audits(request: HttpRequest, *, offset: Offset = 0, limit: Limit = 100) -> dict[str, Any]:
    """Audits with their totals and bands."""
    rows = selectors.audits(permissions.actor_of(request)).order_by("-made_at", "-pk")
    return {"total": rows.count(), "items": [_line(each) for each in rows[offset : offset + limit]]}


@router.get(
    "/audits/{number}",
    response={200: TargetAuditOut, 404: RefusedOut},
    auth=Needs(permissions.VIEW),
    summary="一份绩效目标审核：八个小项的评分和理由",
)
def target_audit(request: HttpRequest, number: str) -> dict[str, Any]:
    """An audit with its items."""
    return selectors.plain_audit(permissions.actor_of(request), number)


def _line(row: Audit) -> dict[str, Any]:
    names = ("number", "year", "state", "band", "marked_band")
    return {name: getattr(row, name) for name in names} | {
        "version": row.target_version,
        "total": str(row.total),
        "marked": None if row.marked is None else str(row.marked),
    }
