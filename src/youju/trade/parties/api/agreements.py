"""The parties room for programs: agency agreements, found, drafted, signed and moved on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import P, QueryEx, Router

from youju.foundation.identity.permissions import allowed
from youju.foundation.identity.refusals import REFUSED, RefusedOut
from youju.foundation.identity.web.api_guard import Needs
from youju.foundation.identity.web.idempotency import IdempotencyKey, once
from youju.rules.trade.parties.agreement_facts import Terms
from youju.trade.parties import permissions, selectors, services
from youju.trade.parties.schemas import (
    AgreementIn,
    AgreementOut,
    AgreementsOut,
    AgreementStepIn,
    SignIn,
)
from youju.trade.parties.services import Wording

if TYPE_CHECKING:
    from youju.trade.parties.models import Agreement

router = Router(tags=["parties"])
MISSING: dict[int, Any] = {404: RefusedOut}
STATES = Literal["", "draft", "signing", "in_force", "ended", "refused", "cancelled"]


@router.get(
    "/agreements",
    response=AgreementsOut,
    auth=Needs(permissions.VIEW_AGREEMENTS),
    summary="代理协议：自己单位的、本科室的或全部的",
)
def agreements(
    request: HttpRequest,
    q: QueryEx[str, P(max_length=100, description="编号或名称里的词")] = "",
    state: STATES = "",
    offset: QueryEx[int, P(ge=0, le=10**9)] = 0,
    limit: QueryEx[int, P(ge=1, le=200)] = 50,
) -> dict[str, Any]:
    """The agreements that the caller may see, newest first."""
    rows = selectors.agreements(permissions.actor_of(request), text=q, state=state).order_by("-number")
    return {"total": rows.count(), "items": [_line(row) for row in rows[offset : offset + limit]]}


@router.get(
    "/agreements/{int:number}",
    response={200: AgreementOut, **MISSING},
    auth=Needs(permissions.VIEW_AGREEMENTS),
    summary="一份代理协议的文本、签署和状态",
)
def agreement(request: HttpRequest, number: int) -> dict[str, Any]:
    """One agreement."""
    return _whole(request, number)


@router.post(
    "/agreements/drafts",
    response={200: AgreementOut, **REFUSED},
    auth=Needs(permissions.SIGN_AGREEMENTS),
    summary="拟订一份代理协议",
)
def draft_agreement(
    request: HttpRequest, given: AgreementIn, idempotency_key: IdempotencyKey = ""
) -> HttpResponse:
    """Draft an agreement. The same request under the same key drafts one, however often it is sent."""
    actor = permissions.actor_of(request)
    wording = Wording(given.valid_from, given.valid_to, Terms(**given.terms.dict()))

    def work() -> tuple[int, dict[str, Any]]:
        row = services.draft_agreement(
            actor=actor, principal_id=given.principal, agent_id=given.agent, wording=wording
        )
        return 200, _whole(request, row.pk)

    return once(request, idempotency_key, work)


@router.post(
    "/agreements/{int:number}/sign",
    response={200: AgreementOut, **REFUSED},
    auth=Needs(permissions.SIGN_AGREEMENTS),
    summary="代表本单位签署",
)
def sign_agreement(
    request: HttpRequest, number: int, given: SignIn, idempotency_key: IdempotencyKey = ""
) -> HttpResponse:
    """Sign the text with that hash; the second signature brings the agreement into force."""
    actor = permissions.actor_of(request)

    def work() -> tuple[int, dict[str, Any]]:
        services.sign_agreement(actor=actor, agreement_id=number, text_hash=given.text_hash)
        return 200, _whole(request, number)

    return once(request, idempotency_key, work)


@router.post(
    "/agreements/{int:number}/steps/{step}",
    response={200: AgreementOut, **REFUSED},
    auth=Needs(permissions.SIGN_AGREEMENTS),
    summary="办理一步：offer、refuse、drop、end",
)
def agreement_step(
    request: HttpRequest, number: int, step: str, given: AgreementStepIn, idempotency_key: IdempotencyKey = ""
) -> HttpResponse:
    """Offer, refuse, drop or end an agreement."""
    actor = permissions.actor_of(request)

    def work() -> tuple[int, dict[str, Any]]:
        services.take_agreement_step(
            actor=actor, agreement_id=number, step=step, reason=given.reason, expected=given.expected
        )
        return 200, _whole(request, number)

    return once(request, idempotency_key, work)


def _line(row: Agreement) -> dict[str, Any]:
    names = (
        "number", "principal_name", "agent_name", "state", "valid_from", "valid_to", "ended_on",
    )  # fmt: skip
    return {
        "id": row.pk,
        "principal": row.principal_id,
        "agent": row.agent_id,
        **{name: getattr(row, name) for name in names},
    }


def _whole(request: HttpRequest, number: int) -> dict[str, Any]:
    actor = permissions.actor_of(request)
    page = selectors.agreement_page(actor, number, may_sign=allowed(actor, permissions.SIGN_AGREEMENTS))
    row = page.agreement
    return _line(row) | {
        "revision": row.revision,
        "terms": page.terms.as_json(),
        "text": row.text,
        "text_hash": row.text_hash,
        "signatures": [
            {
                name: getattr(each, name)
                for name in (
                    "side", "party_name", "username", "display_name", "signed_at", "text_hash", "voided_at",
                )
            }
            for each in (*page.signatures, *page.voided)
        ],
        "next": [*(["sign"] if page.may_sign else []), *(each.code for each in page.deeds)],
    }  # fmt: skip
