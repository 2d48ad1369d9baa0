"""A chain that leaves the house: who took it away is on the trail before the first row goes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from youju.foundation.audit.services import record
from youju.foundation.identity.permissions import require
from youju.foundation.kernel.subjects import Subject
from youju.foundation.policies import law_on
from youju.rules.law import table
from youju.trade.orders.selectors.tracing import later_lines
from youju.trade.tracing import events, permissions
from youju.trade.tracing.epcis.documents import pieces
from youju.trade.tracing.epcis.events import events as events_of
from youju.trade.tracing.epcis.naming import Naming
from youju.trade.tracing.selectors.chains import chain_rows
from youju.trade.tracing.selectors.finding import Origin, origin_of
from youju.trade.tracing.selectors.pages import Rows
from youju.trade.tracing.selectors.scopes import scope_of

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


def export_chain(*, actor: User, kind: str, number: str, format: str) -> Rows:
    """The whole chain as rows to be written as ``csv`` or ``xlsx``.

    Raises:
        PermissionDenied: the actor may not export chains.
        InputError: no such record that the actor sees (404), or several (409).
    """
    require(actor, permissions.EXPORT)
    origin = origin_of(kind, number)
    rows = Rows(scope_of(origin))
    _note(origin, format, len(rows))
    return rows


def export_epcis(*, actor: User, kind: str, number: str, base: str) -> Iterator[bytes]:
    """The chain as an EPCIS 2.0 document, piece by piece.

    Raises:
        PermissionDenied, InputError: as :func:`export_chain`.
    """
    require(actor, permissions.EXPORT)
    origin = origin_of(kind, number)
    scope = scope_of(origin)
    _note(origin, "epcis", len(scope.ids))
    now = timezone.localtime()
    units = {unit: str(code) for unit, code in table(law_on(now.date()), "trade.tracing.unit_codes").items()}
    made = events_of(chain_rows(scope), later_lines(scope.ids), naming=Naming(base), units=units)
    return pieces(made, created=now)


@transaction.atomic
def _note(origin: Origin, format: str, lines: int) -> None:
    subject = Subject(events.CHAIN_KIND, f"{origin.kind}/{origin.number}", origin.label)
    record(events.CHAIN_EXPORTED, subject, None, {"format": format, "lines": lines})
