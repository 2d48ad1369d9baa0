"""The room of subsidies for programs: what an enterprise could get, applications, public lists."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, cast

from django.http import HttpRequest, HttpResponse
from ninja import P, QueryEx, Router

from youju.foundation.identity.refusals import REFUSED, RefusedOut
from youju.foundation.identity.web.api_guard import Needs, NeedsAny
from youju.foundation.identity.web.idempotency import IdempotencyKey, once
from youju.funds.subsidies import permissions, services
from youju.funds.subsidies.api.claim_schemas import (
    AwardRoundsOut,
    ClaimIn,
    ClaimOut,
    ClaimsOut,
    ClaimStepIn,
    CountedLinesOut,
    EntitlementOut,
)
from youju.funds.subsidies.selectors import claims as selectors
from youju.funds.subsidies.selectors.counted import counted_lines
from youju.funds.subsidies.selectors.entitlements import entitlements as found_entitlements
from youju.funds.subsidies.selectors.rounds import round_label, rounds

if TYPE_CHECKING:
    from youju.funds.subsidies.models import Application

router = Router(tags=["subsidies"])
MISSING: dict[int, Any] = {404: RefusedOut}
READS = (permissions.VIEW_CLAIMS, permissions.APPLY)


@router.get(
    "/entitlements",
    response=list[EntitlementOut],
    auth=Needs(permissions.APPLY),
    summary="我能享受什么：各项政策按本单位现在的记录算出的补贴",
)
def claim_entitlements(request: HttpRequest) -> list[dict[str, Any]]:
    """Every policy in force for each own filing, the best first. Amounts are CNY."""
    return [
        {
            "policy": each.policy.code,
            "title": each.policy.text.title,
            "party": each.party.pk,
            "party_name": each.party.name,
            "amount": str(each.computation.potential),
            "open": each.open_now,
            "fits": each.fits,
            "application": each.claim.number if each.claim else None,
            "missing": [finding.as_json() for finding in each.computation.missing],
        }
        for each in found_entitlements(permissions.actor_of(request))
    ]


@router.get(
    "/claims",
    response=ClaimsOut,
    auth=NeedsAny(*READS),
    summary="补贴申请：自己单位的、本科室的或全部的",
)
def claims(  # noqa: PLR0917 - what the address may say
    request: HttpRequest,
    q: QueryEx[str, P(max_length=50, description="编号或申请人里的词")] = "",
    state: QueryEx[str, P(max_length=14)] = "",
    policy: QueryEx[str, P(max_length=40)] = "",
    offset: QueryEx[int, P(ge=0, le=10**9)] = 0,
    limit: QueryEx[int, P(ge=1, le=200)] = 50,
) -> dict[str, Any]:
    """The applications that the caller may see, newest first."""
    rows = selectors.claims(permissions.actor_of(request), text=q, state=state, policy=policy).order_by("-pk")
    return {"total": rows.count(), "items": [_line(row) for row in rows[offset : offset + limit]]}


@router.get(
    "/claims/{number}",
    response={200: ClaimOut, **MISSING},
    auth=NeedsAny(*READS),
    summary="一份补贴申请：算出的金额、各条款、还缺什么",
)
def claim(request: HttpRequest, number: str) -> dict[str, Any]:
    """One application."""
    return _whole(request, number)


@router.get(
    "/claims/{number}/lines",
    response={200: CountedLinesOut, **MISSING},
    auth=NeedsAny(*READS),
    summary="一份补贴申请计入的报关单行",
)
def claim_lines(
    request: HttpRequest,
    number: str,
    offset: QueryEx[int, P(ge=0, le=10**9)] = 0,
    limit: QueryEx[int, P(ge=1, le=1000)] = 200,
) -> dict[str, Any]:
    """The declared lines that an application counts, by day."""
    rows = counted_lines(permissions.actor_of(request), number).order_by("day", "pk")
    names = (
        "part",
        "source",
        "declaration",
        "g_no",
        "entry_number",
        "day",
        "product",
        "partner",
        "container",
    )
    return {
        "total": rows.count(),
        "items": [
            {name: getattr(row, name) for name in names}
            | {"value_usd": str(row.value_usd), "teu": str(row.teu)}
            for row in rows[offset : offset + limit]
        ],
    }


@router.post(
    "/claims",
    response={200: ClaimOut, **REFUSED},
    auth=Needs(permissions.APPLY),
    summary="开始一份补贴申请：按政策和本单位的记录算好的草稿",
)
def begin_claim(request: HttpRequest, given: ClaimIn, idempotency_key: IdempotencyKey = "") -> HttpResponse:
    """Begin an application. The same request under the same key begins one, however often it is sent."""
    actor = permissions.actor_of(request)

    def work() -> tuple[int, dict[str, Any]]:
        row = services.begin_claim(actor=actor, policy=given.policy, party_id=given.party)
        if given.account is not None:
            account = services.AccountIn(given.account.name, given.account.bank, given.account.number)
            services.save_claim(actor=actor, number=row.number, account=account, remark=given.remark)
        return 200, _whole(request, row.number)

    return once(request, idempotency_key, work)


@router.post(
    "/claims/{number}/steps/{step}",
    response={200: ClaimOut, **REFUSED},
    auth=Needs(permissions.APPLY),
    summary="办理一步：certify、submit、reopen、withdraw",
)
def claim_step(
    request: HttpRequest, number: str, step: str, given: ClaimStepIn, idempotency_key: IdempotencyKey = ""
) -> HttpResponse:
    """Sign off, submit, open again or withdraw an application."""
    actor = permissions.actor_of(request)

    def work() -> tuple[int, dict[str, Any]]:
        if step == "certify":
            services.certify_claim(
                actor=actor, number=number, revision=given.revision, expected=given.expected
            )
        elif step == "submit":
            services.submit_claim(actor=actor, number=number, expected=given.expected)
        else:
            services.take_claim_step(
                actor=actor, number=number, step=step, reason=given.reason, expected=given.expected
            )
        return 200, _whole(request, number)

    return once(request, idempotency_key, work)


@router.get(
    "/claims-rounds",
    response=AwardRoundsOut,
    auth=Needs(permissions.VIEW_CLAIMS),
    summary="补贴名单：各批次的户数、合计、状态和校验值",
)
def claim_rounds(
    request: HttpRequest,
    offset: QueryEx[int, P(ge=0, le=10**9)] = 0,
    limit: QueryEx[int, P(ge=1, le=200)] = 50,
) -> dict[str, Any]:
    """Rounds of awards, newest first."""
    rows = rounds(permissions.actor_of(request)).order_by("-pk")
    names = (
        "number",
        "policy_code",
        "policy_title",
        "state",
        "version",
        "list_hash",
        "shown_on",
        "shown_until",
        "decided_on",
    )
    return {
        "total": rows.count(),
        "items": [
            {name: getattr(row, name) for name in names}
            | {"lines": row.lines_count, "amount": str(row.total or 0), "state_label": round_label(row)}
            for row in cast("Iterable[Any]", rows[offset : offset + limit])
        ],
    }


def _line(row: Application) -> dict[str, Any]:
    names = (
        "number",
        "policy_code",
        "policy_title",
        "policy_hash",
        "party_name",
        "state",
        "revision",
        "submitted_at",
    )
    return {name: getattr(row, name) for name in names} | {
        "party": row.party_id,
        "amount": str(row.amount),
        "state_label": selectors.label_of(row),
    }


def _whole(request: HttpRequest, number: str) -> dict[str, Any]:
    page = selectors.claim_page(permissions.actor_of(request), number)
    last = page.computation
    return _line(page.row) | {
        "bank": page.row.bank,
        "account_name": page.row.account_name,
        "account": page.row.account_masked,
        "remark": page.row.remark,
        "lines_count": page.lines_count,
        "clauses": [
            {
                name: line[name]
                for name in ("clause", "title", "reference", "base", "unit", "rate", "amount", "sentence")
            }
            for line in (last.lines if last else [])
        ],
        "missing": last.missing if last else [],
        "facts_hash": last.facts_hash if last else "",
        "award": str(page.award.amount) if page.award else None,
        "paid_on": page.award.paid_on if page.award else None,
    }
