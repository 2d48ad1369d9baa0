"""The lists of the room, each in the asker's reach and unsorted."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, TypeVar

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from youju.foundation.identity.permissions import require
from youju.foundation.policies import law_on
from youju.rules.trade.settlement.ageing import late_before
from youju.trade.settlement import permissions
from youju.trade.settlement.models import Lot, Receipt, Reservation
from youju.trade.settlement.selectors.hints import named_in

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

_Row = TypeVar("_Row", Lot, Receipt)


def lots(
    *,
    actor: User,
    text: str = "",
    state: str = "",
    currency: str = "",
    since: date | None = None,
    until: date | None = None,
) -> QuerySet[Lot]:
    """Lines of the ledger that stand.

    Args:
        actor: who asks.
        text: a declaration's number (ours or customs', whole or its beginning), or part of the merchant's name.
        state: ``open``, ``collected``, ``reserved``, ``late``; empty for all.
        currency: three letters.
        since: released from.
        until: released to.

    Raises:
        PermissionDenied: the actor does not see settlement.
    """
    require(actor, permissions.VIEW)
    rows = Lot.objects.filter(live=True)
    if text := _clean(text):
        rows = rows.filter(_named(text))
    if state == "open":
        rows = rows.filter(declared__gt=F("collected"))
    elif state == "collected":
        rows = rows.filter(declared=F("collected"))
    elif state == "reserved":
        rows = rows.filter(reserved__gt=0)
    elif state == "late":
        today = timezone.localdate()
        rows = rows.filter(declared__gt=F("collected"), released_on__lt=late_before(law_on(today), today))
    if currency := _clean(currency):
        rows = rows.filter(currency=currency.upper())
    return _between(rows, "released_on", since, until)


def receipts(
    *,
    actor: User,
    text: str = "",
    state: str = "",
    source: str = "",
    currency: str = "",
    since: date | None = None,
    until: date | None = None,
    unmatched: bool = False,
) -> QuerySet[Receipt]:
    """Receipts; ``unmatched``: only those with money that stands nowhere.

    Raises:
        PermissionDenied: the actor does not see settlement.
    """
    require(actor, permissions.VIEW)
    rows = Receipt.objects.filter(suspense__gt=0) if unmatched else Receipt.objects.all()
    if text := _clean(text):
        rows = rows.filter(
            Q(number=text) | Q(reference=text) | Q(hint__startswith=text)
            | Q(payer_name__icontains=text) | Q(payee_name__icontains=text)
        )  # fmt: skip
    for name, value in (("state", state), ("source", source), ("currency", currency.upper())):
        if value := _clean(value):
            rows = rows.filter(**{name: value})
    return _between(rows, "received_on", since, until)


def reservations(*, actor: User, text: str = "", state: str = "") -> QuerySet[Reservation]:
    """A bank's own reservations; whoever takes part in the line sees that it is reserved.

    Raises:
        PermissionDenied: the actor does not see settlement.
    """
    require(actor, permissions.VIEW)
    rows = Reservation.objects.select_related("organisation")
    if text := _clean(text):
        rows = rows.filter(Q(number=text) | Q(reference=text) | Q(declaration__startswith=text))
    return rows.filter(state=_clean(state)) if state else rows


def _named(text: str) -> Q:
    names = named_in(text)
    if names:
        number, version = names[0]
        found = Q(number=number) | Q(entry_number=number)
        return found & Q(version=version) if version else found
    return (
        Q(number__startswith=text.upper())
        | Q(entry_number__startswith=text)
        | Q(merchant_name__icontains=text)
    )


def _between(rows: QuerySet[_Row], field: str, since: date | None, until: date | None) -> QuerySet[_Row]:
    if since:
        rows = rows.filter(**{f"{field}__gte": since})
    return rows.filter(**{f"{field}__lte": until}) if until else rows


def _clean(text: str) -> str:
    return text.replace("\0", "").strip()
