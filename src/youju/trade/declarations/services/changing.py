"""What a step of customs writes into a declaration, whoever told it: a reply or a person."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone

from youju.foundation.audit.services import record
from youju.rules.trade.declarations.lifecycle import ACCEPTED, EXPORTED, REJECTED, RELEASED
from youju.trade.declarations import events_exchange as events
from youju.trade.declarations.models import Declaration
from youju.trade.declarations.services.held import refuse_taken, saved, subject_of
from youju.trade.declarations.services.listening import tell_released

_TIMES = {ACCEPTED: "accepted_at", RELEASED: "released_at", EXPORTED: "exported_at"}


def entered(
    row: Declaration,
    state: str,
    *,
    at: datetime | None = None,
    entry_number: str = "",
    sequence_number: str = "",
    rejection: str = "",
) -> None:
    """Write a held declaration into the state that its flow has just entered, with customs' numbers and time.

    The goods of a rejected one stay with it until it is corrected or withdrawn: nobody else takes them meanwhile.

    Raises:
        InputError: the customs number belongs to another declaration (409).
    """
    fields: dict[str, Any] = {"state": state}
    if state in _TIMES:
        now = timezone.now()
        fields[_TIMES[state]] = min(at, now) if at else now  # nobody's clock may put it into the future
    if state == REJECTED:
        fields["rejection"] = rejection
    saved(row, **fields, **_numbers(row, entry_number, sequence_number))
    if state == RELEASED:
        tell_released(row.pk)


def noted(row: Declaration, *, entry_number: str = "", sequence_number: str = "") -> None:
    """Note customs' numbers where they are not known yet; the state stays."""
    if fields := _numbers(row, entry_number, sequence_number):
        saved(row, **fields)


def _numbers(row: Declaration, entry_number: str, sequence_number: str) -> dict[str, Any]:
    before = {"entry_number": row.entry_number, "sequence_number": row.sequence_number}
    told = {"entry_number": entry_number, "sequence_number": sequence_number}
    fields = {name: value for name, value in told.items() if value and not before[name]}
    if "entry_number" in fields:
        refuse_taken(row, entry_number)
    if fields:
        record(events.NUMBERED, subject_of(row), {name: before[name] for name in fields}, fields)
    return fields
