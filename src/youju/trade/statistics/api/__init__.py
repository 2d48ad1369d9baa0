"""The statistics room for programs."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from youju.analytics.cuts import Dimension
from youju.foundation.identity.refusals import RefusedOut
from youju.foundation.identity.web.api_guard import Needs
from youju.foundation.identity.web.parameters import Limit, Word
from youju.foundation.kernel.errors import InputError
from youju.trade.statistics import permissions, selectors

router = Router(tags=["statistics"])
_NAMES = {each.value: each for each in selectors.GROUPABLE}


class GroupOut(Schema):
    """One group: money in CNY, weights in kg, rates in per cent, as decimal text; null where there is no figure."""

    rank: int
    key: str
    label: str
    value_cny: str
    share: str | None
    on_year: str | None
    on_before: str | None
    year_value_cny: str
    before_value_cny: str
    net_weight: str
    gross_weight: str
    price_per_kg: str | None
    declarations: int
    lines: int
    is_new: bool


class CutOut(Schema):
    """A cut: its groups by value, how many there are in all, the concentration.

    ``as_of``: when the rows were true; ``behind``: how many records changed since and are not in it.
    """

    by: str
    period: str
    as_of: datetime
    engine: str
    behind: int
    count: int
    cr5: str | None
    hhi: str | None
    items: list[GroupOut]


@router.get(
    "/cuts", response={200: CutOut, 422: RefusedOut}, auth=Needs(permissions.VIEW), summary="出口统计的切分"
)
def cuts(
    request: HttpRequest,
    *,
    by: Word = "country",
    period: Word = "",
    category: Word = "",
    chapter: Word = "",
    heading: Word = "",
    hs_code: Word = "",
    country: Word = "",
    region: Word = "",
    port: Word = "",
    transport_mode: Word = "",
    agent: Word = "",
    merchant: Word = "",
    limit: Limit = 100,
) -> dict[str, Any]:
    """Released goods by one dimension, largest first; filters take values apart by commas and combine."""
    if by not in _NAMES:
        raise InputError(f"不能按“{by[:20]}”分组", where="by", how=f"可选 {'、'.join(_NAMES)}", status=422)
    filters = {
        "category": category, "chapter": chapter, "heading": heading, "hs_code": hs_code, "country": country,
        "region": region, "port": port, "transport_mode": transport_mode, "agent": agent, "merchant": merchant,
    }  # fmt: skip
    asked = selectors.asked(period=period, filters=filters)
    ground, found = selectors.cut(actor=permissions.actor_of(request), asked=asked, dimension=Dimension(by))
    compared = found.compared
    return {
        "by": by,
        "period": str(asked.period),
        "as_of": ground.as_of,
        "engine": ground.engine.name,
        "behind": ground.behind,
        "count": len(compared.groups),
        "cr5": _told(compared.cr5),
        "hhi": _told(compared.hhi),
        "items": [_item(row, has_year=compared.has_year) for row in found.rows[:limit]],
    }


def _item(row: selectors.Labelled, *, has_year: bool) -> dict[str, Any]:
    sums, group = row.sums, row.group
    return {
        "rank": group.rank,
        "key": row.key,
        "label": row.label,
        "value_cny": str(sums.value),
        "share": _told(group.share),
        "on_year": _told(sums.on_year),
        "on_before": _told(sums.on_before),
        "year_value_cny": str(sums.year_value),
        "before_value_cny": str(sums.before_value),
        "net_weight": str(sums.net_weight),
        "gross_weight": str(sums.gross_weight),
        "price_per_kg": _told(sums.price),
        "declarations": sums.declarations,
        "lines": sums.lines,
        "is_new": has_year and group.is_new,
    }


def _told(value: object) -> str | None:
    return None if value is None else str(value)
