"""The duplicate proof for programs: hits, one with both records; reading only."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.http import Http404, HttpRequest
from ninja import Router, Schema

from youju.foundation.identity.refusals import RefusedOut
from youju.foundation.identity.web.api_guard import Needs
from youju.foundation.identity.web.parameters import Key, Limit, Word
from youju.foundation.kernel.errors import InputError
from youju.funds.subsidies import permissions
from youju.funds.subsidies.selectors import duplicates as selectors

router = Router(tags=["subsidies"])


class DuplicateClaimOut(Schema):
    """One of the two applications of a hit; ``amount`` in CNY as decimal text."""

    number: str
    name: str
    policy: str
    period: str
    amount: str


class DuplicateReasonOut(Schema):
    """One thing in common: the rule, both wordings, its weight in tenths of a bit (0 for hard evidence)."""

    rule: str
    field: str
    hard: bool
    weight: int
    message: str
    suggestion: str
    first: str
    second: str


class DuplicateHitOut(Schema):
    """Two applications to be looked at, why, and what people decided."""

    id: int
    first: DuplicateClaimOut
    second: DuplicateClaimOut
    hard: bool
    weight: int
    state: str
    against: str
    why: str
    proposed_by: str
    decided_by: str
    decided_at: datetime | None
    as_of: date
    policy_hash: str
    found_at: datetime
    reasons: list[DuplicateReasonOut]


class DuplicateHitsOut(Schema):
    """Hits by id, oldest first; ``next`` is the ``after`` of the next page, null at the end."""

    items: list[DuplicateHitOut]
    next: int | None


@router.get(
    "/",
    response={200: DuplicateHitsOut, 422: RefusedOut},
    auth=Needs(permissions.VIEW_CLAIMS),
    summary="重复线索",
)
def duplicate_hits(
    request: HttpRequest,
    *,
    state: Word = "all",
    rule: Word = "",
    q: Word = "",
    after: int = 0,
    limit: Limit = 100,
) -> dict[str, Any]:
    """Hits, narrowed by state (``open``, ``proposed``, ``confirmed``, ``cleared``, ``gone``, ``all``), rule and words."""
    if state not in (*selectors.STATES, "all", ""):
        raise InputError(
            f"没有“{state[:20]}”这种判断",
            where="state",
            how=f"可选 {'、'.join(selectors.STATES)}、all",
            status=422,
        )
    actor = permissions.actor_of(request)
    rows = selectors.hits(actor=actor, state=state, rule=rule, text=q)
    found = list(rows.filter(pk__gt=max(0, min(after, 2**62))).order_by("pk")[: limit + 1])
    more = len(found) > limit
    items = found[:limit]
    return {"items": [_item(row) for row in items], "next": items[-1].pk if more else None}


@router.get(
    "/{hit}",
    response={200: DuplicateHitOut, 404: RefusedOut},
    auth=Needs(permissions.VIEW_CLAIMS),
    summary="一条重复线索",
)
def duplicate_hit(request: HttpRequest, hit: Key) -> dict[str, Any]:
    """One hit."""
    page = selectors.hit_page(actor=permissions.actor_of(request), hit=hit)
    if page is None:
        raise Http404("没有这条重复线索。")
    return _item(page.row)


def _item(row: Any) -> dict[str, Any]:
    plain = ("hard", "weight", "state", "against", "why", "proposed_by", "decided_by", "decided_at", "as_of")
    return {
        "id": row.pk,
        "first": _claim(row.first),
        "second": _claim(row.second),
        **{name: getattr(row, name) for name in (*plain, "policy_hash", "found_at", "reasons")},
    }


def _claim(row: Any) -> dict[str, str]:
    return {
        "number": row.number,
        "name": row.name,
        "policy": row.policy_title,
        "period": row.period,
        "amount": str(row.amount),
    }
