"""Parties as the rooms of money ask for them: since when they are on file, in which roles; in the asker's reach."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models.functions import TruncDate

from youju.rules.trade.parties.lifecycle import CANCELLED, SUSPENDED
from youju.trade.parties.models import Party


@dataclass(frozen=True, slots=True)
class FiledParty:
    """A party that is, or was, on file; ``suspended``: suspended or cancelled now. ``valid_to`` is its last day."""

    id: int
    number: str
    name: str
    roles: tuple[str, ...]
    filed_on: date
    valid_to: date | None
    suspended: bool


def parties_on_file(ids: Iterable[int] | None = None) -> Iterator[FiledParty]:
    """Those of the ids (of all, where none are named) whose filing was ever approved, merged ones left out. One query."""
    rows = Party.objects.filter(merged_into=None).exclude(approved_at=None)
    if ids is not None:
        rows = rows.filter(pk__in=set(ids))
    found = rows.annotate(filed_on=TruncDate("approved_at")).order_by("pk")
    for row in found.only("number", "name", "roles", "valid_to", "state").iterator():
        gone = row.state in (SUSPENDED, CANCELLED)
        yield FiledParty(row.pk, row.number, row.name, tuple(row.roles), row.filed_on, row.valid_to, gone)
