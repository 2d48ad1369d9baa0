"""The goods room for programs: looking a code up, a merchant's goods, registering one."""

# ruff: noqa: ARG001 - ninja hands every endpoint its request
from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import P, QueryEx, Router

from youju.foundation.identity.refusals import RefusedOut
from youju.foundation.identity.web.api_guard import Needs
from youju.foundation.identity.web.idempotency import IdempotencyKey, once
from youju.foundation.identity.web.parameters import Word
from youju.trade.goods import permissions, selectors, services
from youju.trade.goods.schemas import CodeOut, GoodIn, GoodOut, HitOut, PageOut

if TYPE_CHECKING:
    from youju.trade.goods.models import Good

router = Router(tags=["goods"])
MISSING: dict[int, Any] = {404: RefusedOut}
_PAGE = 200
_HIGH = 10**15


def _line(line: selectors.Line) -> dict[str, Any]:
    names = ("code", "name", "unit1", "unit2", "supervision", "inspection")
    duty = None if line.export_duty is None else f"{line.export_duty.normalize():f}"
    return {name: getattr(line, name) for name in names} | {"export_duty": duty}


@router.get("/tariff", response=list[HitOut], auth=Needs(permissions.VIEW_TARIFF), summary="查商品编码")
def tariff_search(
    request: HttpRequest,
    q: Word = "",
    on: QueryEx[date | None, P(description="依据日期；不写取今天")] = None,
) -> list[dict[str, Any]]:
    """Lines by name, pinyin initials or the start of the code, best first."""
    version = selectors.version_on(on)
    hits = selectors.search(q, version=version) if version else []
    return [_line(hit.line) | {"exact": hit.exact} for hit in hits]


@router.get(
    "/tariff/{code}",
    response={200: CodeOut, **MISSING},
    auth=Needs(permissions.VIEW_TARIFF),
    summary="一个商品编码",
)
def tariff_code(
    request: HttpRequest, code: str, *, on: QueryEx[date | None, P(description="依据日期；不写取今天")] = None
) -> dict[str, Any]:
    """What the tariff of a day says of a ten-digit code."""
    facts = selectors.line_of(code, on)
    if facts is None:
        raise Http404(f"税则没有编码 {code[:20]}。")
    return _line(facts.line) | {
        "version": facts.version.name,
        "valid_from": facts.version.valid_from,
        "valid_to": facts.version.valid_to,
        "elements": [
            {"name": each.name, "required": each.required, "known": each.known} for each in facts.elements
        ],
    }


@router.get("/", response=PageOut, auth=Needs(permissions.VIEW), summary="商品清单")
def goods_list(
    request: HttpRequest,
    q: Word = "",
    state: Word = "",
    page: QueryEx[int, P(ge=1, le=10**6)] = 1,
) -> dict[str, Any]:
    """The goods that the caller sees, last changed first, 200 a page."""
    rows = selectors.goods(permissions.actor_of(request), text=q, state=state)
    rows = rows.order_by("-changed_at", "-pk")
    start = (page - 1) * _PAGE
    return {"total": rows.count(), "goods": [_good(row) for row in rows[start : start + _PAGE]]}


@router.get(
    "/{int:number}", response={200: GoodOut, **MISSING}, auth=Needs(permissions.VIEW), summary="一件商品"
)
def goods_detail(request: HttpRequest, number: int) -> dict[str, Any]:
    """One good with its latest decision."""
    return _whole(request, number)


@router.post(
    "/",
    response={201: GoodOut, 422: RefusedOut},
    auth=Needs(permissions.EDIT),
    summary="登记一件商品",
)
def goods_register(request: HttpRequest, good: GoodIn, idempotency_key: IdempotencyKey = "") -> HttpResponse:
    """Register a good. The same request under the same key is one good and gets the same answer."""

    def work() -> tuple[int, dict[str, Any]]:
        cells = good.dict()
        party = cells.pop("party")
        saved = services.save_good(
            actor=permissions.actor_of(request),
            party_id=party if 0 < party < _HIGH else 0,
            values=services.GoodValues(**cells),
        )
        return 201, GoodOut(**_whole(request, saved.pk)).dict()

    return once(request, idempotency_key, work)


def _whole(request: HttpRequest, number: int) -> dict[str, Any]:
    page = selectors.good_page(permissions.actor_of(request), number) if number < _HIGH else None
    if page is None:
        raise Http404("没有这件商品。")
    found, decision = page.good, page.decision
    names = ("producer", "extra_code", "authorised_until", "elements")
    return (
        _good(found)
        | {name: getattr(found, name) for name in names}
        | {
            "has_picture": page.has_picture,
            "decision": {
                name: getattr(decision, name) for name in ("outcome", "as_of", "rule_ids", "current")
            }
            if decision
            else None,
        }
    )


def _good(row: Good) -> dict[str, Any]:
    names = (
        "number", "name", "name_en", "model", "hs_code", "unit", "brand_kind", "brand", "state", "revision", "changed_at",
    )  # fmt: skip
    return {"id": row.pk, "party": row.party_id, **{name: getattr(row, name) for name in names}}
