"""What the big screen in the hall shows: totals, months, markets, goods; no party, no merchant's value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from youju.analytics.comparing import Sums
from youju.analytics.cuts import Dimension, Question
from youju.analytics.periods import Period
from youju.foundation.identity.permissions import require
from youju.trade.statistics import permissions
from youju.trade.statistics.metrics.cutting import Cutter, Month
from youju.trade.statistics.metrics.engines import Ground
from youju.trade.statistics.selectors.dashboards import Ranking, ranking_of
from youju.trade.statistics.selectors.questions import Asked, asked

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

TOP = 8


@dataclass(frozen=True, slots=True)
class Screen:
    """The figures of the year so far and of its latest month."""

    period: Period
    month: Period
    ground: Ground
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
    cutter = Cutter.of(wish.question, tolerant=True)
    month = Period.month(wish.period.months[-1])
    of_month = Cutter(Question(month, groups=wish.question.groups), cutter.ground)
    return Screen(
        wish.period,
        month,
        cutter.ground,
        cutter.whole(),
        of_month.whole(),
        tuple(cutter.months()),
        _ranked(cutter, wish, Dimension.COUNTRY),
        _ranked(cutter, wish, Dimension.CATEGORY),
        _ranked(cutter, wish, Dimension.REGION),
        _ranked(cutter, wish, Dimension.TRANSPORT),
    )


def _ranked(cutter: Cutter, wish: Asked, dimension: Dimension) -> Ranking:
    return ranking_of(cutter, wish, dimension, TOP, declarations=False)
