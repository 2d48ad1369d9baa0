"""The room of assets for programs and for phones: found, opened, counted."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Literal

from django.http import HttpRequest
from ninja import P, QueryEx, Router

from youju.foundation.identity.refusals import REFUSED, RefusedOut
from youju.foundation.identity.web.api_guard import Needs
from youju.foundation.identity.web.parameters import Key, Limit, Word
from youju.foundation.kernel.errors import InputError
from youju.funds.assets import permissions, selectors, services
from youju.funds.assets.schemas import AssetCountsIn, AssetCountsOut, AssetOut, AssetsOut
from youju.funds.assets.selectors import AssetFilter
from youju.funds.assets.services import CountIn

if TYPE_CHECKING:
    from youju.funds.assets.models import Asset

router = Router(tags=["assets"])
_FIRST_YEAR, _LAST_YEAR = 2000, 2100
_State = Literal["", "in_use", "idle", "lent", "leaving", "disposed"]
_Only = Literal["", "mine", "unkept", "unpaid", "full", "late", "missing"]


@router.get("", response=AssetsOut, auth=Needs(permissions.VIEW), summary="固定资产台账，按编号")
def assets(
    request: HttpRequest,
    *,
    q: Word = "",
    category: Word = "",
    section: Word = "",
    place: Word = "",
    state: _State = "",
    only: _Only = "",
    offset: QueryEx[int, P(ge=0, le=10**9)] = 0,
    limit: Limit = 100,
) -> dict[str, Any]:
    """The register, found by words, category (a code or a group), section, place and state; disposed ones by state alone."""
    wish = AssetFilter(q, category, section, place, state, "", only)
    rows = selectors.assets(permissions.actor_of(request), wish).order_by("number")
    return {"total": rows.count(), "items": [_line(row) for row in rows[offset : offset + limit]]}


@router.get(
    "/{int:number}",
    response={200: AssetOut, 404: RefusedOut},
    auth=Needs(permissions.VIEW),
    summary="一件固定资产",
)
def asset(request: HttpRequest, number: Key) -> dict[str, Any]:
    """An asset with what paid for it and its schedule of depreciation."""
    page = selectors.asset_page(permissions.actor_of(request), number)
    row = page.asset
    names = ("depreciated_to", "disposed_on", "counted_on", "note")
    return _line(row) | {
        **{name: getattr(row, name) for name in names},
        "fundings": [
            {"payment": each.payment.number, "amount": str(each.amount), "line": each.line}
            for each in page.fundings
        ],
        "schedule": [
            {
                "month": f"{each.month:%Y-%m}",
                "amount": str(each.amount),
                "accumulated": str(each.accumulated),
                "booked": row.depreciated_to is not None and each.month <= row.depreciated_to,
            }
            for each in page.schedule
        ],
    }


@router.post(
    "/stocktakes/{int:number}/counts",
    response={200: AssetCountsOut, **REFUSED},
    auth=Needs(permissions.COUNT),
    summary="上传清点；重发不会重复登记",
)
def upload_counts(request: HttpRequest, number: Key, given: AssetCountsIn) -> dict[str, Any]:
    """Counts of a round. Each carries an id of the sender's own, so no key for the whole request is needed."""
    wishes = [
        CountIn(each.id, each.text, _moment(each.made_at), each.place, each.note) for each in given.counts
    ]
    answers = services.upload_counts(actor=permissions.actor_of(request), stocktake_id=number, counts=wishes)
    names = ("id", "number", "outcome", "result", "message")
    return {"counts": [{name: getattr(each, name) for name in names} for each in answers]}


def _moment(given: datetime) -> datetime:
    """The moment of a count with its zone.

    Raises:
        InputError: a clock that is wrong by many years (422).
    """
    if not _FIRST_YEAR <= given.year <= _LAST_YEAR:
        raise InputError("清点的时间不对", where="made_at", how="请校准手机的时钟", status=422)
    return given if given.tzinfo else given.replace(tzinfo=UTC)


def _line(row: Asset) -> dict[str, Any]:
    names = (
        "number",
        "name",
        "category",
        "model",
        "serial",
        "acquired_on",
        "months",
        "section",
        "place",
        "state",
        "project",
    )
    return {
        "id": row.pk,
        "category_name": selectors.category_name(row.category),
        "cost": str(row.cost),
        "depreciated": str(row.depreciated),
        "net": str(row.cost - row.depreciated),
        "keeper": row.keeper_name,
        **{name: getattr(row, name) for name in names},
    }
