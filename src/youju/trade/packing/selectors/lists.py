"""Lists of consolidations and packings. Row-level security shows each person those in which the own organisation takes part."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Count, DecimalField, F, QuerySet, Sum, Value
from django.db.models.functions import Coalesce

from youju.foundation.identity.permissions import require
from youju.trade.packing import permissions
from youju.trade.packing.models import Consolidation, Packing

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

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
    return rows.annotate(
        lines_count=Count("lines"),
        packages=Coalesce(Sum("lines__packages"), 0),
        gross_weight=Coalesce(Sum("lines__gross_weight"), Value(0, _WEIGHT), output_field=_WEIGHT),
        amount=Coalesce(Sum("lines__amount"), Value(0, _MONEY), output_field=_MONEY),
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
    return rows.annotate(
        containers_count=Count("containers", distinct=True),
        packages=Coalesce(Sum("containers__lines__packages"), 0),
        gross_weight=Coalesce(
            Sum("containers__lines__gross_weight"), Value(0, _WEIGHT), output_field=_WEIGHT
        ),
        volume=Coalesce(Sum("containers__lines__volume"), Value(0, _ROOM), output_field=_ROOM),
    )


def _clean(text: str) -> str:
    return text.replace("\0", "").strip()
