"""The room of contracts for programs: found, opened, registered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import P, QueryEx, Router

from youju.foundation.identity.refusals import REFUSED, RefusedOut
from youju.foundation.identity.web.api_guard import Needs
from youju.foundation.identity.web.idempotency import IdempotencyKey, once
from youju.foundation.identity.web.parameters import Key, Limit, Word
from youju.office.contracts import permissions, selectors, services
from youju.office.contracts.schemas import ContractIn, ContractOut, ContractsOut
from youju.office.contracts.selectors import ContractFilter
from youju.office.contracts.services import ContractWish

if TYPE_CHECKING:
    from youju.office.contracts.models import Contract

router = Router(tags=["contracts"])


@router.get("", response=ContractsOut, auth=Needs(permissions.VIEW), summary="合同台账，新签的在前")
def contracts(
    request: HttpRequest,
    *,
    q: Word = "",
    state: Literal["", "in_force", "expired", "ended", "void"] = "",
    tag: Word = "",
    project: Word = "",
    only: Literal["", "ending", "waiting", "refused"] = "",
    offset: QueryEx[int, P(ge=0, le=10**9)] = 0,
    limit: Limit = 100,
) -> dict[str, Any]:
    """The register, found by words, state, tag and project."""
    wish = ContractFilter(q, state, tag, project, only)
    rows = selectors.contracts(permissions.actor_of(request), wish).order_by("-signed_on", "-pk")
    return {"total": rows.count(), "items": [_line(row) for row in rows[offset : offset + limit]]}


@router.post("", response={200: ContractOut, **REFUSED}, auth=Needs(permissions.EDIT), summary="登记一份合同")
def register_contract(
    request: HttpRequest, given: ContractIn, idempotency_key: IdempotencyKey = ""
) -> HttpResponse:
    """Register a contract. The same request under the same key registers it once."""
    actor = permissions.actor_of(request)
    words = given.dict()
    wish = ContractWish(**(words | {"tags": tuple(words["tags"])}))

    def work() -> tuple[int, dict[str, Any]]:
        made = services.register_contract(actor=actor, wish=wish)
        return 200, _whole(request, made.contract.pk)

    return once(request, idempotency_key, work)


@router.get(
    "/{int:number}",
    response={200: ContractOut, 404: RefusedOut},
    auth=Needs(permissions.VIEW),
    summary="一份合同",
)
def contract(request: HttpRequest, number: Key) -> dict[str, Any]:
    """A contract with deliverables and due payments."""
    return _whole(request, number)


def _line(row: Contract) -> dict[str, Any]:
    names = (
        "number", "title", "party", "party_code", "signed_on", "valid_from", "valid_to", "state", "ended_on", "tags", "project",
    )  # fmt: skip
    return {"id": row.pk, "amount": str(row.amount), **{name: getattr(row, name) for name in names}}


def _whole(request: HttpRequest, number: int) -> dict[str, Any]:
    page = selectors.contract_page(permissions.actor_of(request), number)
    names = ("place", "title", "due_on", "state", "delivered_on", "accepted_on", "accepted_by")
    return _line(page.contract) | {
        "note": page.contract.note,
        "deliverables": [
            {
                "id": part.row.pk,
                "price": str(part.row.price),
                **{name: getattr(part.row, name) for name in names},
            }
            for part in page.parts
        ],
        "instalments": [
            {
                "place": each.place,
                "due_on": each.due_on,
                "amount": str(each.amount),
                "after": each.after.place if each.after else None,
            }
            for each in page.instalments
        ],
        "opinions": len(page.opinions),
        "hours": str(page.hours),
    }
