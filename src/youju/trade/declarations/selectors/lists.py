"""The list of declarations."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from youju.foundation.identity.permissions import require
from youju.trade.declarations import permissions
from youju.trade.declarations.models import Declaration, DeclaredLine

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


def declarations(
    *,
    actor: User,
    text: str = "",
    state: str = "",
    country: str = "",
    since: date | None = None,
    until: date | None = None,
    packing: str = "",
    replaced: bool = False,
) -> QuerySet[Declaration]:
    """Declarations with the number of their lines (``lines_count``), unsorted; a corrected one shows its newest version.

    Args:
        actor: who asks.
        text: part of the number, the customs number or the number of the packing.
        state: a state's code.
        country: two letters.
        since: first day of declaring.
        until: last day of declaring.
        packing: number of a packing, exactly.
        replaced: also versions that were corrected.

    Raises:
        PermissionDenied: the actor may not see declarations.
    """
    require(actor, permissions.VIEW)
    rows = Declaration.objects.all() if replaced else Declaration.objects.filter(corrections=None)
    if text := _clean(text):
        rows = (
            rows.filter(number__icontains=text)
            | rows.filter(entry_number__icontains=text)
            | rows.filter(packing__number__icontains=text)
        )
    if state:
        rows = rows.filter(state=state)
    if country := _clean(country):
        rows = rows.filter(country=country.upper())
    if since:
        rows = rows.filter(declared_on__gte=since)
    if until:
        rows = rows.filter(declared_on__lte=until)
    if packing:
        rows = rows.filter(packing__number=_clean(packing))
    lines = (
        DeclaredLine.objects.filter(declaration=OuterRef("pk"))
        .order_by()
        .values("declaration")
        .annotate(count=Count("pk"))
        .values("count")
    )
    return rows.annotate(lines_count=Coalesce(Subquery(lines, output_field=IntegerField()), 0))


def _clean(text: str) -> str:
    return text.replace("\0", "").strip()
