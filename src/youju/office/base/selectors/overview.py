"""The base at a glance: how many of each, by year and by state."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Count, Sum
from django.db.models.functions import ExtractYear
from django.utils import timezone

from youju.foundation.identity.permissions import require
from youju.office.base import permissions
from youju.office.base.models import Brand, Document, Patent, Platform, Standard
from youju.office.base.selectors.standing import stands
from youju.rules.office.base.kinds import BRANDS, DOCUMENTS, PATENTS, STANDARDS
from youju.rules.office.base.lifecycle import ACCEPTED, OPEN, STATES

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

_YEARS = 10


@dataclass(frozen=True, slots=True)
class YearLine:
    """A year: patents applied for and granted, brands registered."""

    year: int
    applied: int
    granted: int
    brands: int


@dataclass(frozen=True, slots=True)
class Overview:
    """``platforms``: state → how many; ``amount``: what supports those that are accepted, CNY; ``late``: past their day."""

    documents: int
    patents: int
    brands: int
    standards: int
    platforms: tuple[tuple[str, str, int], ...]
    amount: Decimal
    late: int
    years: tuple[YearLine, ...]


def overview(actor: User) -> Overview:
    """The base today; the last ten years that have something. Nine queries, however many records there are.

    Raises:
        PermissionDenied: the actor sees no base.
    """
    require(actor, permissions.VIEW)
    today = timezone.localdate()
    by_state = dict(Platform.objects.order_by().values_list("state").annotate(Count("pk")))
    applied, granted, brands = (
        _years(Patent, "applied_on"),
        _years(Patent, "granted_on"),
        _years(Brand, "registered_on"),
    )
    latest = max((*applied, *granted, *brands), default=today.year)
    first = max(min((*applied, *granted, *brands), default=latest), latest - _YEARS + 1)
    return Overview(
        documents=Document.objects.filter(stands(DOCUMENTS, "in_force", today)).count(),
        patents=Patent.objects.filter(stands(PATENTS, "granted", today)).count(),
        brands=Brand.objects.filter(stands(BRANDS, "in_force", today)).count(),
        standards=Standard.objects.filter(stands(STANDARDS, "in_force", today)).count(),
        platforms=tuple((state, label, by_state.get(state, 0)) for state, label in STATES.items()),
        amount=Platform.objects.filter(state=ACCEPTED).aggregate(sum=Sum("amount"))["sum"] or Decimal(0),
        late=Platform.objects.filter(state__in=OPEN, due_on__lt=today).count(),
        years=tuple(
            YearLine(year, applied[year], granted[year], brands[year]) for year in range(first, latest + 1)
        ),
    )


def _years(model: type[Patent] | type[Brand], day: str) -> Counter[int]:
    rows = model._default_manager.exclude(**{day: None}).order_by()
    return Counter(dict(rows.values_list(ExtractYear(day)).annotate(Count("pk"))))
