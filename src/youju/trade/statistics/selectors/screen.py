"""What the big screen in the hall shows: totals, months, markets, goods; no party, no merchant's value."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from youju.analytics.comparing import Sums
from youju.analytics.cuts import Dimension, Question
from youju.analytics.periods import Period
from youju.foundation.identity.permissions import require
from youju.trade.statistics import permissions
from youju.trade.statistics.metrics.cutting import Cutter, Month
from youju.trade.statistics.selectors.dashboards import Ranking, ranking_of
from youju.trade.statistics.selectors.questions import asked

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

TOP = 8


@dataclass(frozen=True, slots=True)
class Screen:
    """The figures of the year so far and of its latest month."""

    period: Period
    month: Period
    as_of: datetime
    year: Sums
    latest: Sums
    months: tuple[Month, ...]
    markets: Ranking
    categories: Ranking
    regions: Ranking
    ways: Ranking


def screen(*, actor: User) -> Screen:
    """The screen's figures.

    Raises:
        PermissionDenied: the actor does not oversee operations.
    """
    require(actor, permissions.OVERSEE)
    wish = asked()
    cutter = Cutter.of(wish.question)
    month = Period.month(wish.period.months[-1])
    of_month = Cutter(Question(month, groups=wish.question.groups), cutter.engine)
    return Screen(
        wish.period,
        month,
        cutter.as_of,
        cutter.whole(),
        of_month.whole(),
        tuple(cutter.months()),
        ranking_of(cutter, wish, Dimension.COUNTRY, TOP),
        ranking_of(cutter, wish, Dimension.CATEGORY, TOP),
        ranking_of(cutter, wish, Dimension.REGION, TOP),
        ranking_of(cutter, wish, Dimension.TRANSPORT, TOP),
    )
