"""Rates of days."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from youju.foundation.identity.permissions import require
from youju.foundation.policies import law_on
from youju.rules.law import whole
from youju.rules.trade.settlement.checks import RATE_DAYS, SINCE
from youju.trade.settlement import permissions
from youju.trade.settlement.models import Rate

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

CNY = "CNY"


@dataclass(frozen=True, slots=True)
class Quoted:
    """CNY for one unit of a currency, and the day that the rate is of."""

    rate: Decimal
    day: date


def rates(
    *, actor: User, currency: str = "", since: date | None = None, until: date | None = None
) -> QuerySet[Rate]:
    """The rates of days, unsorted.

    Raises:
        PermissionDenied: the actor does not see settlement.
    """
    require(actor, permissions.VIEW)
    rows = Rate.objects.all()
    if currency:
        rows = rows.filter(currency=currency.replace("\0", "").strip().upper())
    if since:
        rows = rows.filter(day__gte=since)
    if until:
        rows = rows.filter(day__lte=until)
    return rows


def quoted(wanted: Iterable[tuple[str, date]]) -> Mapping[tuple[str, date], Quoted]:
    """(currency, day) → the rate of that day or of the last one before it, as far back as the policy allows. One query.

    CNY is 1 on every day; what has no rate is left out, as is what came before there were rules.
    """
    asked = set(wanted)
    found = {each: Quoted(Decimal(1), each[1]) for each in asked if each[0] == CNY}
    open_ = {each for each in asked if each[0] != CNY and each[1] >= SINCE}
    if not open_:
        return found
    back = max(whole(law_on(day), RATE_DAYS) for _, day in open_)
    days = [day for _, day in open_]
    rows = Rate.objects.filter(
        currency__in={currency for currency, _ in open_},
        day__range=(min(days) - timedelta(days=back), max(days)),
    )
    known: dict[str, dict[date, Decimal]] = {}
    for currency, day, rate in rows.values_list("currency", "day", "rate"):
        known.setdefault(currency, {})[day] = rate
    for currency, day in open_:
        for behind in range(whole(law_on(day), RATE_DAYS) + 1):
            at = day - timedelta(days=behind)
            if (standing := known.get(currency, {}).get(at)) is not None:
                found[currency, day] = Quoted(standing, at)
                break
    return found
