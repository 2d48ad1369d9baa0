"""The directory: what everybody in the trade may know of a partner, and nothing more.

The rows come from two SQL functions that read past row-level security and give eight columns of it; no contact, no
address, no identifier. Searching finds those alone with whom an agreement can be made.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import connection

from youju.rules.trade.parties.agreement_facts import (
    AGENT_ROLES,
    PRINCIPAL,
    PRINCIPAL_ROLES,
    PartyFacts,
)
from youju.rules.trade.parties.lifecycle import APPROVED
from youju.rules.trade.parties.roles import PartyRole
from youju.trade.parties.models import Party

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

SHORTEST, LONGEST, MOST = 2, 50, 20
"""Signs of a search, and how many it finds at most."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One party in the directory. ``organisation``: id of whose people act for it; ``None``: nobody's yet."""

    id: int
    number: str
    name: str
    name_en: str
    roles: tuple[PartyRole, ...]
    country: str
    state: str
    organisation: int | None

    @property
    def role_names(self) -> str:
        """Its roles in Chinese."""
        return "、".join(role.label for role in self.roles)

    @property
    def facts(self) -> PartyFacts:
        """As the rules look at it."""
        return PartyFacts(
            self.id, self.name, self.number, frozenset(self.roles), self.state, self.organisation
        )


def directory(ids: Iterable[int]) -> dict[int, Entry]:
    """The parties with these ids, those left out that the actor may not know of (a draft of somebody else). One query."""
    wanted = sorted({int(number) for number in ids})
    return {entry.id: entry for entry in _ask("parties_directory(%s::bigint[])", [wanted])} if wanted else {}


def find_partners(*, text: str, side: str) -> list[Entry]:
    """Approved parties that could stand on a side of an agreement and whose name or number has every word.

    Args:
        text: the words; fewer than two signs find nothing, so that nobody lists the whole directory.
        side: ``principal`` or ``agent``: the side that is wanted.
    """
    words = text.replace("\0", "")[:LONGEST].split()
    if len("".join(words)) < SHORTEST:
        return []
    roles = PRINCIPAL_ROLES if side == PRINCIPAL else AGENT_ROLES
    arguments = [words, sorted(role.value for role in roles), MOST]
    return _ask("parties_directory_find(%s::text[], %s::text[], %s)", arguments)


def possible_partners(ids: Iterable[int]) -> dict[int, Entry]:
    """Those of :func:`directory` that could stand on a side of an agreement: nobody reads a buyer's name by counting ids up."""
    able = PRINCIPAL_ROLES | AGENT_ROLES
    return {number: entry for number, entry in directory(ids).items() if able & set(entry.roles)}


def own_parties(actor: User) -> list[Entry]:
    """The actor's own parties that are on file and could stand on a side of an agreement, by name. Two queries."""
    ids = Party.objects.filter(organisation_id=actor.organisation_id, state=APPROVED, merged_into=None)
    entries = directory(ids.values_list("pk", flat=True)).values()
    able = PRINCIPAL_ROLES | AGENT_ROLES
    return sorted((each for each in entries if able & set(each.roles)), key=lambda each: each.name)


def _ask(call: str, arguments: list[Any]) -> list[Entry]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, number, name, name_en, roles, country, state, organisation_id FROM " + call,  # noqa: S608
            arguments,
        )
        return [
            Entry(id, number, name, name_en, tuple(map(PartyRole, roles)), country, state, organisation)
            for id, number, name, name_en, roles, country, state, organisation in cursor.fetchall()
        ]
