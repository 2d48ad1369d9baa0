"""Reads of district statistics: the list, growth, which months are there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Max, Min, QuerySet, Sum

from youju.analytics.periods import Period
from youju.foundation.identity.permissions import require
from youju.trade.statistics import permissions
from youju.trade.statistics.metrics.cutting import district_growth
from youju.trade.statistics.models import DistrictFigure

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


@dataclass(frozen=True, slots=True)
class DistrictHead:
    """Above the list: the latest year with figures, its total and growth (or why there is none), the span of months."""

    period: Period | None
    value: Decimal
    growth: Decimal | None
    reason: str
    first: date | None
    last: date | None
    market: Decimal


def figures(
    *, actor: User, district: str = "", mode: str = "", year: int | None = None
) -> QuerySet[DistrictFigure]:
    """The figures imported, unsorted.

    Raises:
        PermissionDenied: the actor does not oversee operations.
    """
    require(actor, permissions.OVERSEE)
    rows = DistrictFigure.objects.all()
    if district:
        rows = rows.filter(district=district)
    if mode:
        rows = rows.filter(mode=mode)
    return rows.filter(month__year=year) if year else rows


def district_names() -> list[str]:
    """The districts that have figures."""
    return list(DistrictFigure.objects.order_by("district").values_list("district", flat=True).distinct())


def district_head(*, actor: User, district: str = "", year: int | None = None) -> DistrictHead:
    """What stands above the list. Four queries."""
    rows = figures(actor=actor, district=district)
    span = rows.aggregate(first=Min("month"), last=Max("month"))
    first, last = span["first"], span["last"]
    if last is None:
        return DistrictHead(None, Decimal(0), None, "还没有导入全口径统计", None, None, Decimal(0))
    chosen = year or last.year
    ends = rows.filter(month__year=chosen).aggregate(last=Max("month"))["last"]
    if ends is None:
        return DistrictHead(None, Decimal(0), None, f"{chosen} 年没有导入全口径统计", first, last, Decimal(0))
    period = Period(date(chosen, 1, 1), Period.month(ends).end)
    within = rows.filter(month__gte=period.start, month__lt=period.end)
    total = within.aggregate(sum=Sum("value_cny"))["sum"] or Decimal(0)
    market = within.filter(mode="1039").aggregate(sum=Sum("value_cny"))["sum"] or Decimal(0)
    value, reason = district_growth(period, district)
    return DistrictHead(period, total, value, reason, first, last, market)
