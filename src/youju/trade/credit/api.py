"""The room of credit for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import P, QueryEx, Router

from youju.foundation.identity.refusals import REFUSED, RefusedOut
from youju.foundation.identity.web.api_guard import Needs, NeedsAny
from youju.foundation.identity.web.idempotency import IdempotencyKey, once
from youju.foundation.identity.web.parameters import Key, Limit, Word
from youju.trade.credit import permissions, selectors, services
from youju.trade.credit.facts import mark_of
from youju.trade.credit.schemas import (
    CreditPleaIn,
    CreditPleaOut,
    CreditPleasOut,
    CreditScoreOut,
    CreditScoresOut,
)
from youju.trade.credit.selectors import RecordLine, ScoreFilter

if TYPE_CHECKING:
    from youju.trade.credit.models import Plea, Score

router = Router(tags=["credit"])
Offset = QueryEx[int, P(ge=0, le=10**9)]
_State = Literal["", "submitted", "checked", "upheld", "refused", "withdrawn"]


@router.get(
    "/scores", response=CreditScoresOut, auth=Needs(permissions.VIEW), summary="一个月的信用得分，从高到低"
)
def credit_scores(
    request: HttpRequest,
    *,
    q: Word = "",
    month: Word = "",
    grade: Word = "",
    offset: Offset = 0,
    limit: Limit = 100,
) -> dict[str, Any]:
    """The current scores of a month (``2023-12``; the latest where it is left out), found by words and grade."""
    rows = selectors.scores(permissions.actor_of(request), ScoreFilter(month, q, grade))
    rows = rows.select_related("snapshot").order_by("-total", "pk")
    return {"total": rows.count(), "items": [_line(row) for row in rows[offset : offset + limit]]}


@router.get(
    "/parties/{int:number}",
    response={200: CreditScoreOut, 404: RefusedOut},
    auth=NeedsAny(permissions.VIEW, permissions.OWN),
    summary="一户的信用得分，逐项列出所依据的记录",
)
def credit_score(request: HttpRequest, number: Key, *, month: Word = "") -> dict[str, Any]:
    """A party's score, the latest or that of a month; a caller without ``credit.view`` gets its own alone."""
    page = selectors.score_page(permissions.actor_of(request), number, month=month)
    row = page.score
    assert row is not None  # noqa: S101 - the page of a party without one is 404
    kinds = {mark_of(each): each for each in row.evidence}

    def record(each: RecordLine) -> dict[str, Any]:
        kept = kinds[each.mark]
        names = ("title", "day", "number", "url", "count", "outcome")
        return {"kind": kept["kind"], "key": kept["key"], **{name: getattr(each, name) for name in names}}

    return _line(row) | {
        "day": row.snapshot.day,
        "ceiling": row.ceiling,
        "digest": row.digest,
        "scored_at": row.scored_at,
        "items": [
            {
                "code": item.code,
                "title": item.title,
                "most": str(item.most),
                "points": str(item.points),
                "sentence": item.sentence,
                "against": [record(each) for each in item.against],
                "fitting": [record(each) for each in item.fitting],
            }
            for item in page.items
        ],
    }


@router.get(
    "/pleas",
    response=CreditPleasOut,
    auth=NeedsAny(permissions.VIEW, permissions.OWN),
    summary="信用申诉与修复，最新的在前",
)
def credit_pleas(
    request: HttpRequest,
    *,
    q: Word = "",
    kind: Literal["", "appeal", "repair"] = "",
    state: _State = "",
    offset: Offset = 0,
    limit: Limit = 100,
) -> dict[str, Any]:
    """Appeals and repairs in the caller's reach."""
    rows = selectors.pleas(permissions.actor_of(request), kind=kind, state=state, text=q).order_by("-pk")
    return {"total": rows.count(), "items": [_plea(row) for row in rows[offset : offset + limit]]}


@router.post(
    "/parties/{int:number}/pleas",
    response={200: CreditPleaOut, **REFUSED},
    auth=Needs(permissions.APPEAL),
    summary="提出信用申诉或修复",
)
def credit_plead(
    request: HttpRequest, number: Key, given: CreditPleaIn, idempotency_key: IdempotencyKey = ""
) -> HttpResponse:
    """Appeal against a record of one's own score, or ask for its repair. The same request under the same key asks once."""
    actor = permissions.actor_of(request)

    def work() -> tuple[int, dict[str, Any]]:
        files = [(given.evidence.encode(), "证据.txt")] if given.evidence.strip() else []
        row = services.submit_plea(
            actor=actor,
            kind=given.kind,
            party_id=number,
            mark=given.record,
            reason=given.reason,
            files=files,
            month=given.month,
        )
        row.refresh_from_db()
        return 200, CreditPleaOut(**_plea(row)).model_dump(mode="json")

    return once(request, idempotency_key, work)


def _line(row: Score) -> dict[str, Any]:
    return {
        "party": row.party_id,
        "month": f"{row.snapshot.month:%Y-%m}",
        "total": str(row.total),
        "most": str(row.most),
        **{name: getattr(row, name) for name in ("number", "name", "grade", "revision")},
    }


def _plea(row: Plea) -> dict[str, Any]:
    names = ("number", "kind", "state", "reason", "finding", "decision", "asked_at", "decided_at")
    return {"id": row.pk, "record": row.mark, **{name: getattr(row, name) for name in names}}
