"""Rooms above learn what becomes of a payment without payments knowing them: callables, called in the same transaction."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from django.utils import timezone

from youju.funds.payments.facts import Origin, PaymentEvent

if TYPE_CHECKING:
    from youju.funds.payments.models import Payment

Listener = Callable[[PaymentEvent], None]
_listeners: list[Listener] = []


def register_listener(listener: Listener) -> None:
    """Let a room above hear of payments: ``listener(event)`` runs in the transaction of the deed; what it raises undoes both."""
    if listener not in _listeners:
        _listeners.append(listener)


def tell(row: Payment, happening: str, *, on: date | None = None, reason: str = "") -> None:
    """Tell every listener what happened to a payment."""
    origin = Origin(row.origin_kind, row.origin_key) if row.origin_kind else None
    event = PaymentEvent(
        happening, row.pk, row.number, row.amount, origin, on or timezone.localdate(), reason
    )
    for listener in _listeners:
        listener(event)
