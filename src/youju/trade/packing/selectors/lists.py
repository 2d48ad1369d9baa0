"""Lists of consolidations and packings. Row-level security shows each person those in which the own organisation takes part."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import (
    Aggregate,
    Count,
    DecimalField,
    F,
    Field,
    IntegerField,
    OuterRef,
    QuerySet,
    Subquery,
    Sum,
    Value,
)
from django.db.models.functions import Coalesce

from youju.foundation.identity.permissions import require
from youju.trade.packing import permissions
from youju.trade.packing.models import ConsolidatedLine, Consolidation, Container, PackedLine, Packing

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

_COUNT = IntegerField()
_WEIGHT = DecimalField(max_digits=20, decimal_places=5)
_MONEY = DecimalField(max_digits=20, decimal_places=2)
_ROOM = DecimalField(max_digits=20, decimal_places=6)


def consolidations(
    *, actor: User, text: str = "", state: str = "", country: str = "", unpacked: bool = False
) -> QuerySet[Consolidation]:
    """Consolidations with the sums of their lines, unsorted.

    Args:
        actor: who asks.
        text: part of the number, the truck or the note.
        state: a state's code.
        country: two letters.
        unpacked: only complete ones of which something stands in no container.

    Raises:
        PermissionDenied: the actor may not see packing.
    """
    require(actor, permissions.VIEW)
    rows = Consolidation.objects.all()
    if text := _clean(text):
        rows = (
            rows.filter(number__icontains=text)
            | rows.filter(truck__icontains=text)
            | rows.filter(note__icontains=text)
        )
    if state:
        rows = rows.filter(state=state)
    if country := _clean(country):
        rows = rows.filter(country=country.upper())
    if unpacked:
        rows = rows.filter(state="closed", lines__packed_quantity__lt=F("lines__quantity")).distinct()
        rows = Consolidation.objects.filter(pk__in=rows.values("pk"))
    inside = ConsolidatedLine.objects.filter(consolidation=OuterRef("pk"))
    return rows.annotate(
        lines_count=_of(inside, "consolidation", Count("pk"), _COUNT),
        packages=_of(inside, "consolidation", Sum("packages"), _COUNT),
        gross_weight=_of(inside, "consolidation", Sum("gross_weight"), _WEIGHT),
        amount=_of(inside, "consolidation", Sum("amount"), _MONEY),
    )


def packings(
    *,
    actor: User,
    text: str = "",
    state: str = "",
    country: str = "",
    since: date | None = None,
    until: date | None = None,
) -> QuerySet[Packing]:
    """Packings with the sums of what stands in their containers, unsorted.

    Args:
        actor: who asks.
        text: part of the number, the bill of lading or a container's number.
        state: a state's code.
        country: two letters.
        since: first day of packing.
        until: last day of packing.

    Raises:
        PermissionDenied: the actor may not see packing.
    """
    require(actor, permissions.VIEW)
    rows = Packing.objects.all()
    if text := _clean(text):
        inside = Packing.objects.filter(containers__number__icontains=text).values("pk")
        rows = (
            rows.filter(number__icontains=text)
            | rows.filter(bill_of_lading__icontains=text)
            | rows.filter(pk__in=inside)
        )
    if state:
        rows = rows.filter(state=state)
    if country := _clean(country):
        rows = rows.filter(country=country.upper())
    if since:
        rows = rows.filter(packed_on__gte=since)
    if until:
        rows = rows.filter(packed_on__lte=until)
    boxes = Container.objects.filter(packing=OuterRef("pk"))
    loaded = PackedLine.objects.filter(container__packing=OuterRef("pk"))
    return rows.annotate(
        containers_count=_of(boxes, "packing", Count("pk"), _COUNT),
        packages=_of(loaded, "container__packing", Sum("packages"), _COUNT),
        gross_weight=_of(loaded, "container__packing", Sum("gross_weight"), _WEIGHT),
        volume=_of(loaded, "container__packing", Sum("volume"), _ROOM),
    )


def _of(inside: QuerySet[Any], key: str, figure: Aggregate, field: Field[Any, Any]) -> Coalesce:
    """A figure of what hangs on a row, asked for the rows that are shown alone: a join would add up all of the year first."""
    found = inside.order_by().values(key).annotate(figure=figure).values("figure")
    return Coalesce(Subquery(found), Value(0), output_field=field)


def _clean(text: str) -> str:
    return text.replace("\0", "").strip()
