"""What other rooms may know of a party's filing: whether it is good today, and for which goods."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from youju.trade.parties.models import Party


@dataclass(frozen=True, slots=True)
class PartyScope:
    """A filing as recognition sees it; ``valid_to`` is inclusive, ``None`` where it has no end."""

    id: int
    number: str
    name: str
    state: str
    chapters: tuple[str, ...]
    valid_to: date | None


def party_scopes(ids: Collection[int]) -> dict[int, PartyScope]:
    """The filings with the ids that the actor reaches, by id. One query."""
    rows = Party.objects.filter(pk__in=set(ids)).order_by()
    names = ("pk", "number", "name", "state", "chapters", "valid_to")
    return {
        pk: PartyScope(pk, number, name, state, tuple(chapters), valid_to)
        for pk, number, name, state, chapters, valid_to in rows.values_list(*names)
    }
