"""The goods room for programs: have a good recognised, read its decisions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import P, QueryEx, Router

from youju.foundation.identity.refusals import REFUSED, RefusedOut
from youju.foundation.identity.web.api_guard import Needs
from youju.foundation.identity.web.idempotency import IdempotencyKey, once
from youju.trade.goods import permissions, selectors, services
from youju.trade.goods.schemas import DecisionOut

if TYPE_CHECKING:
    from youju.trade.goods.models import Decision

router = Router(tags=["goods"])


@router.post(
    "/{number}/recognise",
    response={200: DecisionOut, **REFUSED},
    auth=Needs(permissions.EDIT),
    summary="认定一件商品",
)
def good_recognise(request: HttpRequest, number: str, idempotency_key: IdempotencyKey = "") -> HttpResponse:
    """Decide on a good under the law of today. The same request under the same key is one decision."""

    def work() -> tuple[int, Any]:
        decision = services.recognise_good(actor=permissions.actor_of(request), number=number)
        return 200, _plain(decision)

    return once(request, idempotency_key, work)


@router.get(
    "/{number}/decisions",
    response={200: list[DecisionOut], 404: RefusedOut},
    auth=Needs(permissions.VIEW),
    summary="一件商品的历次认定",
)
def good_decisions(
    request: HttpRequest,  # noqa: ARG001 - ninja hands every endpoint its request
    number: str,
    limit: QueryEx[int, P(ge=1, le=200, description="至多多少条，从新到旧")] = 50,
) -> list[dict[str, Any]]:
    """Every decision of a good, newest first."""
    if selectors.good_of(number) is None:
        raise Http404("没有这件商品。")
    return [_plain(each) for each in selectors.decisions_of(number).select_related("good")[:limit]]


def _plain(decision: Decision) -> dict[str, Any]:
    return {
        "decision": decision.pk,
        "good": decision.good.number,
        "state": decision.good.state,
        "tariff": decision.tariff.name if decision.tariff else None,
        "rules": decision.rule_ids,
        **{
            name: getattr(decision, name)
            for name in (
                "outcome", "step", "as_of", "policy_hash", "findings", "explanation", "decided_by", "decided_at",
            )
        },
    }  # fmt: skip
