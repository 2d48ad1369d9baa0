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
    for row in found.values_list("pk", "number", "name", "roles", "filed_on", "valid_to", "state").iterator():
        *plain, state = row
        yield FiledParty(
            plain[0], plain[1], plain[2], tuple(plain[3]), plain[4], plain[5], state in (SUSPENDED, CANCELLED)
        )
