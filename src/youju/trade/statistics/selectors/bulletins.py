"""Reads of bulletins: the months that have one, its files, the figures of which it is made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from youju.analytics.comparing import Sums
from youju.analytics.cuts import Dimension, Question
from youju.analytics.periods import Period
from youju.foundation.documents.selectors import DocumentView, documents
from youju.foundation.identity.permissions import allowed, require
from youju.foundation.kernel.subjects import Subject
from youju.trade.statistics import permissions
from youju.trade.statistics.events import BULLETIN_KIND
from youju.trade.statistics.metrics.cutting import Cutter, Month, district_growth
from youju.trade.statistics.models import Alert, Bulletin
from youju.trade.statistics.selectors.dashboards import Ranking, ranking_of
from youju.trade.statistics.selectors.groups import groups_on
from youju.trade.statistics.selectors.labels import labels_of
from youju.trade.statistics.selectors.questions import Asked

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

TOLD = (
    Dimension.COUNTRY,
    Dimension.REGION,
    Dimension.CATEGORY,
    Dimension.HS_CODE,
    Dimension.PORT,
    Dimension.TRANSPORT,
)


@dataclass(frozen=True, slots=True)
class MonthFigures:
    """Everything a bulletin says of a month: the month, the year so far, each ranking, months, parties, district, alerts."""

    month: Period
    year: Period
    whole: Sums
    so_far: Sums
    months: Sequence[Month]
    rankings: dict[Dimension, Ranking]
    gone_markets: Sequence[str]
    agents: int
    merchants: int
    district: Decimal | None
    alerts: Sequence[str]


@dataclass(frozen=True, slots=True)
class BulletinPage:
    """A month's bulletin: the files made of it, newest first, and what the reader may do."""

    row: Bulletin
    files: Sequence[DocumentView]
    may_make: bool


def bulletins(*, actor: User) -> QuerySet[Bulletin]:
    """The months that have a bulletin, unsorted.

    Raises:
        PermissionDenied: the actor does not oversee operations.
    """
    require(actor, permissions.OVERSEE)
    return Bulletin.objects.all()


def bulletin_page(*, actor: User, month: date) -> BulletinPage | None:
    """One month's bulletin; ``None`` where none was made.

    Raises:
        PermissionDenied: the actor does not oversee operations.
    """
    row = bulletins(actor=actor).filter(month=month).first()
    if row is None:
        return None
    return BulletinPage(row, documents(subject_of(month)), allowed(actor, permissions.MANAGE))


def subject_of(month: date) -> Subject:
    """A bulletin as documents and the trail know it."""
    return Subject(BULLETIN_KIND, f"{month:%Y-%m}", f"{month.year}年{month.month}月月报")


def month_figures(*, month: date, day: date) -> MonthFigures:
    """The figures of a month under the groups of ``day``, for who reaches all rows."""
    period = Period.month(month)
    year = Period(date(month.year, 1, 1), period.end)
    cutter = Cutter.of(Question(period, groups=groups_on(day)))
    of_year = Cutter.of(Question(year, groups=groups_on(day)))
    asked = Asked(cutter.question, day)
    rankings = {dimension: ranking_of(cutter, asked, dimension, None) for dimension in TOLD}
    gone = labels_of(Dimension.COUNTRY, rankings[Dimension.COUNTRY].compared.gone, day=day)
    return MonthFigures(
        period,
        year,
        cutter.whole(),
        of_year.whole(),
        of_year.months(),
        rankings,
        list(gone.values()),
        len(cutter.by(Dimension.AGENT).groups),
        len(cutter.by(Dimension.MERCHANT).groups),
        district_growth(year)[0],
        list(
            Alert.objects.filter(period=f"{month:%Y-%m}", rule__in=("STA-001", "STA-005"))
            .order_by("rule", "subject")
            .values_list("message", flat=True)
        ),
    )
