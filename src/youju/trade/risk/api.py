"""The room of risk for programs."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from ninja import P, PathEx, QueryEx, Router

from youju.foundation.identity.refusals import REFUSED, RefusedOut
from youju.foundation.identity.web.api_guard import Needs
from youju.foundation.identity.web.idempotency import IdempotencyKey, once
from youju.foundation.identity.web.parameters import Key, Limit, Word
from youju.foundation.kernel.errors import InputError
from youju.rules.trade.risk.judging import titles
from youju.trade.risk import permissions, selectors, services
from youju.trade.risk.schemas import (
    RiskAssignedOut,
    RiskAssignIn,
    RiskDrawOut,
    RiskHitFullOut,
    RiskHitsOut,
    RiskLaneOut,
    RiskOwnStepIn,
    RiskPeersOut,
    RiskScanIn,
    RiskScanOut,
    RiskStateOut,
    RiskStepIn,
)

if TYPE_CHECKING:
    from youju.trade.risk.models import Hit, Scan

router = Router(tags=["risk"])


@router.get("/hits", response=RiskHitsOut, auth=Needs(permissions.VIEW), summary="风险预警，新的在前")
def risk_hits(
    request: HttpRequest,
    *,
    rule: Word = "",
    state: Word = "",
    conclusion: Word = "",
    q: Word = "",
    place: Word = "",
    since: date | None = None,
    until: date | None = None,
    offset: QueryEx[int, P(ge=0, le=10**9)] = 0,
    limit: Limit = 100,
) -> dict[str, Any]:
    """Hits, found by rule, state, conclusion, words, a record's number and the business's days."""
    rows = selectors.hits(
        actor=permissions.actor_of(request), rule=rule, state=state, conclusion=conclusion, text=q, place=place,
        since=since, until=until,
    ).order_by("-pk")  # fmt: skip
    named = titles()
    return {"total": rows.count(), "items": [_line(row, named) for row in rows[offset : offset + limit]]}


@router.get(
    "/hits/{hit}",
    response={200: RiskHitFullOut, 404: RefusedOut},
    auth=Needs(permissions.VIEW),
    summary="一条风险预警和它的证据",
)
def risk_hit(request: HttpRequest, hit: Key) -> dict[str, Any]:
    """One hit."""
    page = selectors.hit_page(actor=permissions.actor_of(request), hit=hit)
    if page is None:
        raise InputError("没有这条预警", how="请核对编号", status=404)
    row = page.row
    return _line(row, titles()) | {
        "suggestion": row.suggestion,
        "evidence": [
            {name: getattr(each, name) for name in ("kind", "key", "line", "day", "quantity", "usd", "kg")}
            for each in page.evidence
        ],
        "figures": page.figures,
        "explanation": row.explanation,
        "grounds": row.grounds,
        "appeal": row.appeal,
        "decision": row.decision,
        "as_of": row.as_of,
        "policy_hash": row.policy_hash,
        "peers_version": row.peers_id,
    }


@router.post(
    "/assignments",
    response={200: RiskAssignedOut, **REFUSED},
    auth=Needs(permissions.ASSIGN),
    summary="分派风险预警",
)
def risk_assign(
    request: HttpRequest, wish: RiskAssignIn, idempotency_key: IdempotencyKey = ""
) -> HttpResponse:
    """Give hits to somebody, or in turn within the section."""

    def work() -> tuple[int, Any]:
        count = services.assign_hits(actor=permissions.actor_of(request), hits=wish.hits, to=wish.to)
        return 200, {"assigned": count}

    return once(request, idempotency_key, work)


@router.post(
    "/hits/{hit}/steps",
    response={200: RiskStateOut, **REFUSED},
    auth=Needs(permissions.VIEW),
    summary="办理一条风险预警",
)
def risk_step(
    request: HttpRequest, hit: Key, wish: RiskStepIn, idempotency_key: IdempotencyKey = ""
) -> HttpResponse:
    """Ask the party, dispose, decide: each asks for its own permission."""
    actor = permissions.actor_of(request)

    def work() -> tuple[int, Any]:
        seen = wish.revision
        if wish.step == "ask":
            row = services.ask_party(actor=actor, hit=hit, reason=wish.words, expected=seen)
        elif wish.step == "dispose":
            row = services.dispose_hit(
                actor=actor, hit=hit, conclusion=wish.conclusion, grounds=wish.words, expected=seen
            )
        else:
            row = services.decide_appeal(
                actor=actor, hit=hit, decision=wish.words, conclusion=wish.conclusion, expected=seen
            )
        return 200, {"id": row.pk, "state": row.state, "conclusion": row.conclusion, "revision": row.revision}

    return once(request, idempotency_key, work)


@router.get(
    "/own/hits", response=RiskHitsOut, auth=Needs(permissions.APPEAL), summary="向本单位公开的风险预警"
)
def risk_own_hits(
    request: HttpRequest, offset: QueryEx[int, P(ge=0, le=10**9)] = 0, limit: Limit = 100
) -> dict[str, Any]:
    """The hits that were opened to the asker's own organisation."""
    rows = selectors.own_hits(actor=permissions.actor_of(request)).order_by("-pk")
    named = titles()
    items = [_line(row, named) | {"assigned_to": ""} for row in rows[offset : offset + limit]]
    return {"total": rows.count(), "items": items}


@router.post(
    "/own/hits/{hit}/steps",
    response={200: RiskStateOut, **REFUSED},
    auth=Needs(permissions.APPEAL),
    summary="说明或申诉一条风险预警",
)
def risk_own_step(
    request: HttpRequest, hit: Key, wish: RiskOwnStepIn, idempotency_key: IdempotencyKey = ""
) -> HttpResponse:
    """Explain what the centre asked about, or appeal against a conclusion."""
    actor = permissions.actor_of(request)

    def work() -> tuple[int, Any]:
        deed = services.answer_hit if wish.step == "answer" else services.appeal_hit
        row = deed(actor=actor, hit=hit, words=wish.words, expected=wish.revision)
        return 200, {"id": row.pk, "state": row.state, "conclusion": row.conclusion, "revision": row.revision}

    return once(request, idempotency_key, work)


@router.get(
    "/lanes/{number}",
    response={200: RiskLaneOut, 404: RefusedOut},
    auth=Needs(permissions.VIEW),
    summary="一票报关单的通道",
)
def risk_lane(
    request: HttpRequest, number: PathEx[str, P(max_length=24, pattern=r"^[^\x00]*$")]
) -> dict[str, Any]:
    """The lane of a declaration by our number."""
    row = selectors.lane_of_declaration(actor=permissions.actor_of(request), number=number)
    if row is None:
        raise InputError("这票报关单还没有通道", how="请核对申报单号，或过几分钟再查", status=404)
    return {
        "number": row.number, "lane": row.lane, "points": row.points, "rules": row.rules, "drawn": row.drawn,
        "share": str(row.share), "draw_day": row.draw.day, "decided_at": row.decided_at,
    }  # fmt: skip


@router.get(
    "/draws/{day}",
    response={200: RiskDrawOut, 404: RefusedOut},
    auth=Needs(permissions.VIEW),
    summary="一天的抽签，公布种子后附核对结果",
)
def risk_draw(request: HttpRequest, day: date) -> dict[str, Any]:
    """A day's draw, checked anew once its seed is shown."""
    row = selectors.draw_of(actor=permissions.actor_of(request), day=day)
    if row is None:
        raise InputError("这一天没有抽签", how="请核对日期", status=404)
    checked = services.verify_draw(day)
    return {
        "day": day, "commitment": row.commitment, "committed_at": row.committed_at, "seed": row.revealed,
        "lanes": row.count, "drawn": row.hit, "faults": list(checked.faults),  # type: ignore[attr-defined]
    }  # fmt: skip


@router.get("/peers", response=RiskPeersOut, auth=Needs(permissions.VIEW), summary="同类统计")
def risk_peers(request: HttpRequest, hs6: Word = "", limit: Limit = 100) -> dict[str, Any]:
    """The newest peers' statistics of codes that begin so."""
    version, rows = selectors.peers(actor=permissions.actor_of(request), hs6=hs6)
    return {
        "version": version.pk if version else None,
        "counted_at": version.counted_at if version else None,
        "items": [
            {
                "hs6": row.hs6, "basis": row.basis, "unit": row.unit, "peers": row.peers,
                "median_usd": round(selectors.peer_view(row).median, 6), "log_median": row.median, "log_spread": row.spread,
            }
            for row in rows.order_by("hs6", "basis", "unit")[:limit]
        ],
    }  # fmt: skip


@router.post(
    "/scans",
    response={202: RiskScanOut, **REFUSED},
    auth=Needs(permissions.RUN),
    summary="请求对一段时间扫描",
)
def risk_scan(request: HttpRequest, wish: RiskScanIn, idempotency_key: IdempotencyKey = "") -> HttpResponse:
    """Put a scan into the queue."""

    def work() -> tuple[int, Any]:
        return 202, _scan(
            services.ask_for_scan(actor=permissions.actor_of(request), since=wish.since, until=wish.until)
        )

    return once(request, idempotency_key, work)


@router.get(
    "/scans/{scan}",
    response={200: RiskScanOut, 404: RefusedOut},
    auth=Needs(permissions.VIEW),
    summary="一次扫描",
)
def risk_scan_of(request: HttpRequest, scan: Key) -> dict[str, Any]:
    """How a scan stands."""
    row = selectors.scans(actor=permissions.actor_of(request)).filter(pk=scan).first()
    if row is None:
        raise InputError("没有这次扫描", how="请核对编号", status=404)
    return _scan(row)


def _scan(row: Scan) -> dict[str, Any]:
    names = ("since", "until", "state", "lines", "found", "new", "counts", "skipped")
    told = {name: getattr(row, name) for name in names}
    days = {name: value.isoformat() for name, value in told.items() if isinstance(value, date)}
    return {"id": row.pk} | told | days


def _line(row: Hit, named: dict[str, str]) -> dict[str, Any]:
    names = ("rule", "subject", "period", "day", "party_id", "message", "points", "state", "conclusion", "assigned_to",
             "found_at", "revision")  # fmt: skip
    told = {name: getattr(row, name) for name in names}
    return {"id": row.pk, "title": named.get(row.rule, row.rule), "stake_usd": str(row.stake)} | told
